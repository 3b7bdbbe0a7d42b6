"""The faces of one disposal card: the title, the first action, the text, the foot and the code, each at its place."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.reports.card_code import code_text
from drillapp.core.reports.card_format import TURNED, CardFormat
from drillapp.core.reports.card_layout import Body, Region, fit_body, fit_lines, unit_width
from drillapp.core.reports.card_text import Card, Entry, foot, owner
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.matrix_code import stencil
from drillapp.core.reports.text import Line

LINE = 1.24  # distance of lines, times their size
EDGE = 0.6  # between the band and the edge of the card, times the padding
_SHRINKS = 0.7
_BESIDE_CODE = 0.1  # white left of the code, times its side: four modules at least
_FIRST_LINES = 3
_COMFORTABLE = 0.3  # of the way from the smallest size of the text to the largest


class Lines(msgspec.Struct, frozen=True):
    """Text at one size."""

    size: float
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """Points from the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * LINE


class Faces(msgspec.Struct, frozen=True):
    """All of a card at its size, with the places of its parts from the top of the front."""

    card: Card
    layout: CardFormat
    title: Lines
    owner: Lines
    first: Lines | None
    first_label: str
    band: tuple[float, float]
    """Top and height of the dark band with title and owner."""
    box: tuple[float, float]
    """Top and height of the box with the first action."""
    regions: tuple[Region, ...]
    body: Body
    foot: Lines
    code: tuple[int, str]


def lay_out(card: Card, layout: CardFormat, fonts: Fonts) -> Faces:
    """The card in that size, turned where its text can then be larger; raises InvalidInput naming what does not fit."""
    turned = TURNED.get(layout.name)
    if turned is None:
        return _laid(card, layout, fonts)
    found, refused = [], None
    for each in (layout, turned):
        try:
            found.append(_laid(card, each, fonts))
        except InvalidInput as error:
            refused = refused or error
    if not found:
        raise refused  # type: ignore[misc]  # nothing was found, so something was refused
    return max(found, key=lambda faces: faces.body.style.size)


def first_room(layout: CardFormat, label: str, fonts: Fonts) -> tuple[float, float]:
    """Where the first action begins, right of its label, and the width it has; lengths from the left of the face."""
    start = layout.padding + (unit_width(label, fonts.bold) + 0.8) * layout.owner
    return start, layout.face[0] - layout.padding - start


def _laid(card: Card, layout: CardFormat, fonts: Fonts) -> Faces:
    """With a first action as large as it can be, or smaller where the rest of the text needs its room."""
    code = code_text(card, layout.code_version)
    comfortable = layout.smallest_text + (layout.text - layout.smallest_text) * _COMFORTABLE
    for largest in (layout.first, (layout.first + layout.smallest_first) / 2):
        with suppress(InvalidInput):
            faces = _with_first(card, layout, fonts, largest)
            if faces.body.style.size >= comfortable:
                return msgspec.structs.replace(faces, code=stencil(*code))
    faces = _with_first(card, layout, fonts, layout.smallest_first)
    return msgspec.structs.replace(faces, code=stencil(*code))


def _with_first(card: Card, layout: CardFormat, fonts: Fonts, largest: float) -> Faces:
    inner = layout.face[0] - 2 * layout.padding
    title, whose = _title(card, layout, fonts, inner), _owner(card, layout, fonts, inner)
    edge = layout.padding * EDGE
    band = (edge, title.height + whose.height + layout.title * 0.45)
    label = _("First")
    first = _first(card, layout, fonts, largest)
    box = (sum(band), first.height + first.size * 0.45 if first else 0.0)
    last = _foot(card, layout, fonts, inner - layout.code * (1 + _BESIDE_CODE))
    regions = _regions(layout, sum(box) + layout.padding * 0.5, last.height)
    body = fit_body(card, layout, fonts, regions)
    return Faces(card, layout, title, whose, first, label, band, box, regions, body, last, (0, ""))


def _title(card: Card, layout: CardFormat, fonts: Fonts, width: float) -> Lines:
    """On one line, or smaller on two."""
    entry = Entry(card.title, _("the title"), "title")
    sizes = (layout.title, layout.title * _SHRINKS)
    if unit_width(card.title, fonts.bold) * sizes[1] <= width:
        return Lines(*fit_lines(card, entry, fonts.bold, sizes, (width, 1)))
    return Lines(*fit_lines(card, entry, fonts.bold, (sizes[1], sizes[1] * _SHRINKS), (width, 2)))


def _owner(card: Card, layout: CardFormat, fonts: Fonts, width: float) -> Lines:
    entry = Entry(owner(card), _("the line with unit, post and person"), "post")
    sizes = (layout.owner, layout.owner * _SHRINKS)
    most = 1 if unit_width(entry.text, fonts.sans) * sizes[1] <= width else 2
    return Lines(*fit_lines(card, entry, fonts.sans, sizes, (width, most)))


def _first(card: Card, layout: CardFormat, fonts: Fonts, largest: float) -> Lines | None:
    """The largest text of the card, in few lines."""
    if not card.first_action:
        return None
    entry = Entry(card.first_action, _("the first action"), "first_action")
    width = first_room(layout, _("First"), fonts)[1]
    sizes = (largest, layout.smallest_first)
    return Lines(*fit_lines(card, entry, fonts.bold, sizes, (width, _FIRST_LINES)))


def _foot(card: Card, layout: CardFormat, fonts: Fonts, width: float) -> Lines:
    entry = Entry("\n".join(foot(card)), _("the line with number, plan and date"), "number")
    return Lines(*fit_lines(card, entry, fonts.sans, (layout.foot, layout.foot * _SHRINKS), (width, 4)))


def _regions(layout: CardFormat, top: float, foot_height: float) -> tuple[Region, ...]:
    """Below the first action, above the code, and beside it above the foot."""
    (wide, tall), padding, back = layout.face, layout.padding, layout.faces - 1
    column = (wide - 2 * padding - layout.gutter) / (2 if layout.gutter else 1)
    left = wide - padding - column
    code_top = tall - padding - layout.code
    beside = column - layout.code * (1 + _BESIDE_CODE)
    last = Region(back, left, code_top, beside, layout.code - foot_height - layout.foot * 0.5)
    above = code_top - layout.code * _BESIDE_CODE
    if not layout.gutter and not back:
        return Region(0, left, top, column, above - top), last
    start = top if layout.gutter else padding
    front = Region(0, padding, top, column, tall - padding - top)
    return front, Region(back, left, start, column, above - start), last
