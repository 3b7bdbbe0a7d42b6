"""The response levels of a plan on one sheet for the wall: when, who starts it, who does what within how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.page import MM, Rendered, new_canvas, save
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.text import Line, shorten, text_width, wrap
from drillapp.core.reports.writing import Writing

LEADING = 1.36
# Times the size of the text:
GAP = 0.7  # above and below a piece
HANG = 1.5  # the number before an action
SMALL = 0.84  # the time in its box
STRIP = 1.15  # the strip behind a label, times the leading
MOST_LEVELS = 6
_SHADE = 0.2
"""Grey of all bands: warning colours mean warnings, and a plan may list its highest level first or last."""


class SheetSize(msgspec.Struct, frozen=True):
    """A size of sheet laid across, in points."""

    width: float
    height: float
    largest: float
    smallest: float
    """Sizes of the text."""
    callers: int
    """So many people to call stand at the foot."""


SIZES = {
    "a3": SheetSize(420 * MM, 297 * MM, 22, 10.5, 12),
    "a4": SheetSize(297 * MM, 210 * MM, 16, 8, 8),
}


class SheetAction(msgspec.Struct, frozen=True):
    """What somebody does."""

    action: str
    actor: str = ""
    within_minutes: int | None = None


class SheetLevel(msgspec.Struct, frozen=True):
    """A response level."""

    name: str
    trigger: str = ""
    starter: str = ""
    actions: tuple[SheetAction, ...] = ()


class Caller(msgspec.Struct, frozen=True):
    """Somebody to call."""

    role: str
    name: str
    phone: str


class ResponseSheet(msgspec.Struct, frozen=True):
    """What the sheet says, the levels in the plan's order."""

    office: str
    title: str
    number: str
    version: str
    unit: str
    as_of: date
    levels: tuple[SheetLevel, ...]
    callers: tuple[Caller, ...] = ()
    size: str = "a3"


def render_response_sheet(
    data: ResponseSheet,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Draw the sheet.

    Raises InvalidInput when the plan has no levels or too many for one sheet, and naming the level whose text does
    not fit.
    """
    fonts = fonts or bundled()
    if not data.levels:
        raise InvalidInput(
            _("The plan {number} has no response levels to print.").format(number=data.number),
            _("Enter its levels first: name, trigger, who starts it, actions."),
        )
    if len(data.levels) > MOST_LEVELS:
        raise InvalidInput(
            _("A sheet has room for {most} response levels; this plan has {count}.").format(
                most=MOST_LEVELS, count=len(data.levels)
            )
        )
    size = SIZES[data.size]
    canvas = new_canvas(data.title, data.office, (size.width, size.height), fonts)
    _Sheet(canvas, size, fonts, data).draw()
    canvas.showPage()
    progress.step(1, 1, "")
    return save(canvas, target, 1)


class _Part(msgspec.Struct, frozen=True):
    """A piece of a column: a label in bold, then lines."""

    label: str
    lines: tuple[Line, ...]
    number: str = ""
    tag: str = ""
    """In a box before the first line: the time in which it is to be done."""


class _Sheet:
    """One sheet being drawn."""

    def __init__(self, canvas: Any, size: SheetSize, fonts: Fonts, data: ResponseSheet) -> None:
        self.canvas, self.size, self.fonts, self.data = canvas, size, fonts, data
        self.margin = size.height * 0.045
        self.gap = size.height * 0.014
        self.band = size.height * 0.062
        self.inner = size.width - 2 * self.margin
        self.column = (self.inner - self.gap * (len(data.levels) - 1)) / len(data.levels)
        self.pad = self.column * 0.03 + 2

    def draw(self) -> None:
        """Head, a column for each level, whom to call."""
        top = self._draw_head(self.size.height - self.margin)
        foot = self._draw_callers(self.margin)
        room = top - foot - self.band - 2 * self.gap
        text, columns = self._fit(room)
        for place, (level, parts) in enumerate(zip(self.data.levels, columns, strict=True)):
            left = self.margin + place * (self.column + self.gap)
            self._draw_column(left, top, foot + self.gap, level.name, parts, text)

    def _draw_head(self, top: float) -> float:
        """The title, and under it which text of which plan this is; returns where the columns begin."""
        data, size = self.data, self.size.height * 0.045
        while size > 10 and text_width(data.title, self.fonts.bold, size) > self.inner:
            size -= 0.5
        ink = Writing(self.canvas)
        title = shorten(data.title, self.fonts.bold, size, self.inner)
        ink.put(self.fonts.bold, size, self.margin, top - size, title)
        small, base = self.size.height * 0.019, top - size - self.size.height * 0.034
        parts = (
            data.unit,
            _("No. {number}").format(number=data.number),
            _("version {version}").format(version=data.version) if data.version else "",
            _("As of {day}").format(day=long_date(data.as_of)),
        )
        line = "　".join(filter(None, parts))
        ink.put(self.fonts.sans, small, self.margin, base, shorten(line, self.fonts.sans, small, self.inner))
        ink.finish()
        return base - self.size.height * 0.02

    def _draw_callers(self, bottom: float) -> float:
        """The people to call in a ruled strip; returns its upper edge."""
        shown = self.data.callers[: self.size.callers]
        if not shown:
            return bottom
        columns = 4
        size, rows = self.size.height * 0.0195, -(-len(shown) // columns)
        leading, label = size * 1.75, _("Whom to call")
        left_out = len(self.data.callers) - len(shown)
        if left_out:
            label = _("Whom to call ({count} more are in the plan)").format(count=left_out)
        height = rows * leading + size * 2.4
        self.canvas.setLineWidth(0.8)
        self.canvas.rect(self.margin, bottom, self.inner, height)
        ink = Writing(self.canvas)
        ink.put(self.fonts.bold, size, self.margin + self.pad, bottom + height - size * 1.5, label)
        share = (self.inner - 2 * self.pad) / columns
        for place, caller in enumerate(shown):
            x = self.margin + self.pad + place % columns * share
            y = bottom + height - size * 1.7 - (place // columns + 1) * leading + size * 0.35
            who = " ".join(filter(None, (caller.role, caller.name)))
            phone = text_width(caller.phone, self.fonts.bold, size)
            who = shorten(who, self.fonts.sans, size, share - phone - size * 1.2)
            ink.put(self.fonts.sans, size, x, y, who)
            ink.put(
                self.fonts.bold,
                size,
                x + text_width(who, self.fonts.sans, size) + size * 0.5,
                y,
                caller.phone,
            )
        ink.finish()
        return bottom + height + self.gap

    def _fit(self, room: float) -> tuple[float, list[list[_Part]]]:
        """The largest size of text at which every column fits."""
        size = self.size.largest
        while True:
            columns = [list(self._parts(level, size)) for level in self.data.levels]
            heights = [self._height(parts, size) for parts in columns]
            if max(heights) <= room:
                return size, columns
            if size <= self.size.smallest:
                longest = self.data.levels[heights.index(max(heights))]
                raise InvalidInput(
                    _("The text of level “{level}” does not fit on the sheet.").format(level=longest.name),
                    _("Shorten its trigger and actions, or take the larger sheet."),
                )
            size -= 0.5

    def _parts(self, level: SheetLevel, size: float) -> Iterator[_Part]:
        none, width = _("(not written in the plan)"), self.column - 2 * self.pad
        for label, text in ((_("Started when"), level.trigger), (_("Started by"), level.starter)):
            yield _Part(label, wrap(text or none, self.fonts.sans, size, width))
        for place, each in enumerate(level.actions):
            words = (
                _("{action} ({actor})").format(action=each.action, actor=each.actor)
                if each.actor
                else each.action
            )
            tag = _time(each.within_minutes)
            lines = wrap(words, self.fonts.sans, size, width - HANG * size, self._tag_width(tag, size))
            yield _Part(_("Actions") if not place else "", lines, str(place + 1), tag)

    def _tag_width(self, tag: str, size: float) -> float:
        """Of the box with the time and the space behind it."""
        return text_width(tag, self.fonts.bold, size * SMALL) + 1.2 * size if tag else 0.0

    def _height(self, parts: list[_Part], size: float) -> float:
        return sum(_part_height(part, size) for part in parts)

    def _draw_column(
        self, left: float, top: float, bottom: float, name: str, parts: list[_Part], size: float
    ) -> None:
        self._draw_band(left, top, name)
        y = top - self.band
        for part in parts:
            self._draw_part(part, left, y, size)
            y -= _part_height(part, size)
        self.canvas.setLineWidth(0.8)
        self.canvas.rect(left, bottom, self.column, top - bottom)

    def _draw_band(self, left: float, top: float, name: str) -> None:
        self.canvas.setFillGray(_SHADE)
        self.canvas.rect(left, top - self.band, self.column, self.band, stroke=0, fill=1)
        room, size = self.column - 2 * self.pad, self.band * 0.5
        while size > 8 and text_width(name, self.fonts.bold, size) > room:
            size -= 0.5
        shown = shorten(name, self.fonts.bold, size, room)
        x = left + (self.column - text_width(shown, self.fonts.bold, size)) / 2
        white = Writing(self.canvas, grey=1.0)
        white.put(self.fonts.bold, size, x, top - self.band / 2 - size * 0.36, shown)
        white.finish()

    def _draw_part(self, part: _Part, left: float, top: float, size: float) -> None:
        """A label on a grey strip, or a thin rule; then the lines, an action's with its number before them."""
        canvas, x, y, step = self.canvas, left + self.pad, top, size * LEADING
        ink = Writing(canvas)
        if part.label:
            canvas.setFillGray(0.9)
            canvas.rect(left, y - step * STRIP, self.column, step * STRIP, stroke=0, fill=1)
            ink.put(self.fonts.bold, size, x, y - size * 1.12, part.label)
            y -= step * STRIP
        else:
            canvas.setLineWidth(0.3)
            canvas.line(x, y, left + self.column - self.pad, y)
        y -= size * GAP / 2
        if part.number:
            ink.put(self.fonts.bold, size, x, y - size * 1.04, part.number)
            x += HANG * size
        indent = self._tag_width(part.tag, size)
        if part.tag:
            self._draw_tag(part.tag, x, y - step / 2, size)
        for line in part.lines:
            ink.put(self.fonts.sans, size, x + indent, y - size * 1.04, line.text)
            y, indent = y - step, 0.0
        ink.finish()

    def _draw_tag(self, tag: str, x: float, middle: float, size: float) -> None:
        """The time in white on a dark box."""
        small, tall = size * SMALL, size * 1.16
        self.canvas.setFillGray(0.25)
        wide = self._tag_width(tag, size) - 0.4 * size
        self.canvas.roundRect(x, middle - tall / 2, wide, tall, size * 0.2, stroke=0, fill=1)
        white = Writing(self.canvas, grey=1.0)
        white.put(self.fonts.bold, small, x + 0.4 * size, middle - small * 0.36, tag)
        white.finish()


def _time(minutes: int | None) -> str:
    if minutes is None:
        return ""
    return _("within {minutes} min").format(minutes=minutes) if minutes else _("at once")


def _part_height(part: _Part, size: float) -> float:
    return ((len(part.lines) + (STRIP if part.label else 0)) * LEADING + GAP) * size
