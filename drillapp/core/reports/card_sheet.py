"""Disposal cards: pocket size eight on a sheet with marks to cut along, A6, or A4 for the wall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.card_format import CardFormat, card_format
from drillapp.core.reports.card_layout import Body, Entry, fit_body, fit_line, try_body, unit_width
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.matrix_code import draw_code
from drillapp.core.reports.page import MM, Rendered, new_canvas, save
from drillapp.core.reports.writing import Writing

SMALL = 0.8  # the line at the foot, times the largest size of the text
ONE_LINE = 0.7  # the foot stays on one line down to this share of its size
FOOT_LEADING = 1.3
AIRY = 0.6  # times the size of the text: so much of the room that is left goes below each step
REPORT_EVERY = 50


class Card(msgspec.Struct, frozen=True):
    """The words of one card."""

    number: str
    unit: str
    post: str
    title: str
    steps: tuple[str, ...]
    hazards: str = ""
    contacts: tuple[str, ...] = ()
    person: str = ""
    plan: str = ""
    """Number of the plan that the card belongs to."""
    issued_on: date | None = None
    code: str = ""
    """What the QR code says; the card's number when empty."""


class CardSheet(msgspec.Struct, frozen=True):
    """Cards to print in one size: `pocket`, `a6` or `a4`."""

    office: str
    cards: Iterable[Card]
    size: str = "pocket"


def render_card_sheet(
    data: CardSheet,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Print the cards; raises InvalidInput naming the line when one's text does not fit its card."""
    fonts, layout = fonts or bundled(), card_format(data.size)
    canvas = new_canvas(_("Disposal cards"), data.office, layout.sheet, fonts)
    corners = list(layout.corners())
    count = 0
    for count, card in enumerate(data.cards, 1):
        place = (count - 1) % len(corners)
        if place == 0 and count > 1:
            canvas.showPage()
        if place == 0:
            _draw_cut_marks(canvas, layout)
        CardDrawing(canvas, layout, fonts, card).draw(*corners[place])
        if count % REPORT_EVERY == 0:
            progress.step(count, None, _("{count} cards").format(count=count))
    canvas.showPage()
    return save(canvas, target, max(1, -(-count // len(corners))))


def _draw_cut_marks(canvas: Any, layout: CardFormat) -> None:
    """Short lines in the margins of the sheet where the knife goes, and faint ones between the cards."""
    if layout.columns * layout.rows == 1:
        return
    left, top = next(layout.corners())
    right, bottom = left + layout.columns * layout.card[0], top - layout.rows * layout.card[1]
    across = [left + layout.card[0] * column for column in range(layout.columns + 1)]
    down = [top - layout.card[1] * row for row in range(layout.rows + 1)]
    near, far = 2 * MM, 7 * MM
    marks = [(x, top + near, x, top + far) for x in across] + [
        (x, bottom - near, x, bottom - far) for x in across
    ]
    marks += [(left - near, y, left - far, y) for y in down] + [
        (right + near, y, right + far, y) for y in down
    ]
    canvas.setLineWidth(0.4)
    canvas.lines(marks)
    canvas.setStrokeGray(0.75)
    canvas.setLineWidth(0.25)
    canvas.lines([(x, top, x, bottom) for x in across] + [(left, y, right, y) for y in down])
    canvas.setStrokeGray(0)


class CardDrawing:
    """One card being drawn."""

    def __init__(self, canvas: Any, layout: CardFormat, fonts: Fonts, card: Card) -> None:
        self.canvas, self.layout, self.fonts, self.card = canvas, layout, fonts, card
        self.inner = layout.card[0] - 2 * layout.padding

    def draw(self, left: float, top: float) -> None:
        """Draw the card with its upper left corner there."""
        layout, x = self.layout, left + self.layout.padding
        bottom = top - layout.card[1]
        edge = layout.padding * 0.6
        self.canvas.setFillGray(0.13)
        self.canvas.rect(
            left + edge, top - edge - layout.band, layout.card[0] - 2 * edge, layout.band, stroke=0, fill=1
        )
        self._put_band(x, top - edge)
        ink = Writing(self.canvas)
        y = top - edge - layout.band - layout.padding * 0.5
        foot = bottom + layout.padding * 0.8
        self._put_body(ink, x, y, y - foot - self._foot_room())
        size, lines = self._fit_foot()
        for place, line in enumerate(reversed(lines)):
            ink.put(self.fonts.sans, size, x, foot + place * size * FOOT_LEADING, line)
        ink.finish()
        code = self.card.code or self.card.number
        draw_code(self.canvas, code, left + layout.card[0] - layout.padding - layout.code, foot, layout.code)

    def _put_band(self, x: float, top: float) -> None:
        """The title, and under it whose card it is."""
        card, layout = self.card, self.layout
        name = _("Card {card}: the title").format(card=card.number)
        size = fit_line(card.title, self.fonts.bold, layout.title, layout.title * 0.7, self.inner, name)
        ink = Writing(self.canvas, grey=1.0)
        ink.put(self.fonts.bold, size, x, top - layout.band * 0.5, card.title)
        owner = "  ".join(filter(None, (card.unit, card.post, card.person)))
        name = _("Card {card}: the line with unit, post and person").format(card=card.number)
        size = fit_line(
            owner, self.fonts.sans, layout.text * 0.95, layout.smallest_text * 0.85, self.inner, name
        )
        ink.put(self.fonts.sans, size, x, top - layout.band * 0.86, owner)
        ink.finish()

    def _put_body(self, ink: Writing, x: float, top: float, height: float) -> None:
        """Hazards and steps over the whole width, under a rule the contacts beside the code."""
        layout, contacts = self.layout, self._fit_contacts(height, self._comfortable_size())
        rule = top - height + self._foot_height(contacts)
        entries = self._entries()
        body = try_body(entries, layout, self.fonts, (self.inner, top - rule - 1), layout.text)
        if body is None or (contacts is not None and contacts.size > body.size):
            # The steps come first: the contacts give way.
            contacts = self._fit_contacts(height, body.size if body else layout.smallest_text)
            rule = top - height + self._foot_height(contacts)
            body = fit_body(
                entries, layout, self.fonts, (self.inner, top - rule - 1), layout.text, self.card.number
            )
        spare = (top - rule - 1 - body.height) / max(len(entries), 1)
        self._put_entries(ink, body, x, top, min(spare, body.size * AIRY))
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x, rule, x + self.inner, rule)
        if contacts:
            self._put_entries(ink, contacts, x, rule - layout.text * 0.5)

    def _foot_height(self, contacts: Body | None) -> float:
        beside_code = self.layout.code - self._foot_room()
        return max(beside_code, contacts.height if contacts else 0.0) + self.layout.text * 0.5

    def _comfortable_size(self) -> float:
        """The size at which each contact stands on one line."""
        fonts, layout = self.fonts, self.layout
        widths = [
            unit_width(each.mark, fonts.bold) + unit_width(each.text, fonts.sans) for each in self._contacts()
        ]
        return max(
            layout.smallest_text, min([layout.text, *(self._contact_width / wide for wide in widths if wide)])
        )

    @property
    def _contact_width(self) -> float:
        return self.inner - self.layout.code * 1.15

    def _fit_contacts(self, height: float, largest: float) -> Body | None:
        """The contacts in up to two fifths of the card."""
        entries, room = self._contacts(), (self._contact_width, height * 0.4)
        if not entries:
            return None
        return fit_body(entries, self.layout, self.fonts, room, largest, self.card.number)

    def _entries(self) -> list[Entry]:
        card = self.card
        entries = []
        if card.hazards:
            entries.append(Entry(_("Hazards: "), card.hazards, _("the hazards")))
        for number, step in enumerate(card.steps, 1):
            entries.append(Entry(f"{number}. ", step, _("step {number}").format(number=number)))
        return entries

    def _contacts(self) -> list[Entry]:
        return [
            Entry(
                _("Contacts: ") if not place else "", contact, _("contact {number}").format(number=place + 1)
            )
            for place, contact in enumerate(self.card.contacts)
        ]

    def _put_entries(self, ink: Writing, body: Body, x: float, top: float, extra: float = 0.0) -> None:
        y = top
        bold, sans = self.fonts.bold, self.fonts.sans
        for entry in body.entries:
            start = x
            if entry.mark:
                ink.put(bold, body.size, x, y - body.size, entry.mark)
                start += unit_width(entry.mark, bold) * body.size
            for line in entry.lines:
                ink.put(sans, body.size, start, y - body.size, line.text)
                y -= body.size * self.layout.leading
            y -= entry.gap + extra

    def _foot_room(self) -> float:
        size, lines = self._fit_foot()
        return len(lines) * size * FOOT_LEADING + self.layout.text * 0.5

    def _fit_foot(self) -> tuple[float, list[str]]:
        """Size and lines of number, day of issue and plan: on one line, or the plan on a second."""
        card, size, font = self.card, self.layout.text * SMALL, self.fonts.sans
        number = _("No. {number}").format(number=card.number)
        issued = _("Issued {date}").format(date=card.issued_on) if card.issued_on else ""
        plan = _("Plan {number}").format(number=card.plan) if card.plan else ""
        lines = ["  ".join(filter(None, (number, issued, plan)))]
        if plan and unit_width(lines[0], font) * size * ONE_LINE > self._contact_width:
            lines = ["  ".join(filter(None, (number, issued))), plan]
        name = _("Card {card}: the line with number, plan and date").format(card=card.number)
        widest = max(lines, key=lambda line: unit_width(line, font))
        return fit_line(widest, font, size, size * 0.6, self._contact_width, name), lines
