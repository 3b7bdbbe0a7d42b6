"""1,000 disposal cards to PDF, against drawing the same strings and QR matrices on a bare canvas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from benchmarks.district import District
from benchmarks.figure import Figure, compared
from drillapp.core.reports.card_code import code_text
from drillapp.core.reports.card_format import card_format
from drillapp.core.reports.card_sheet import CardSheet, render_card_sheet
from drillapp.core.reports.card_source import card_sheet
from drillapp.core.reports.card_text import Card, foot, groups, owner
from drillapp.core.reports.fonts import bundled
from drillapp.core.reports.matrix_code import draw_code, stencil
from drillapp.core.reports.page import new_canvas
from drillapp.core.reports.text import wrap

_CARDS = 1000
_LINE = 20  # characters


class Drawn(NamedTuple):
    """What stands on a card."""

    lines: Sequence[str]
    code: str
    level: str


def figures(district: District) -> Iterator[Figure]:
    """Pocket cards, five on a sheet with their backs beside them."""
    with district.open() as office:
        sheet = card_sheet(office)
        cards = [card for card, _ in zip(sheet.cards, range(round(_CARDS * district.size)), strict=False)]
    drawn = [Drawn(_lines(card), *code_text(card, card_format("pocket").code_version)) for card in cards]
    yield compared(
        f"{_CARDS:,} pocket cards with QR codes to PDF",
        lambda: _print(sheet.office, cards),
        lambda: _draw(drawn),
        2,
    )


def _print(office: str, cards: Sequence[Card]) -> None:
    """As the first time: no line that was broken in an earlier round is known."""
    wrap.cache_clear()
    render_card_sheet(CardSheet(office, cards), BytesIO())


def _lines(card: Card) -> list[str]:
    """The words of a card, cut into lines."""
    said = [text for group in groups(card, runs_on=True) for text in (group.label, *_texts(group.entries))]
    texts = (card.title, owner(card), card.first_action, *said, "  ".join(foot(card)))
    return [text[start : start + _LINE] for text in texts for start in range(0, len(text), _LINE)]


def _texts(entries: Any) -> Iterator[str]:
    for entry in entries:
        yield from filter(None, (entry.lead, f"{entry.number}." if entry.number else "", entry.text))


def _draw(cards: Sequence[Drawn]) -> None:
    layout, fonts = card_format("pocket"), bundled()
    target = BytesIO()
    canvas: Any = new_canvas("cards", "office", layout.sheet, fonts)
    corners = list(layout.corners())
    for number, card in enumerate(cards):
        left, top = corners[number % len(corners)]
        if number and number % len(corners) == 0:
            canvas.showPage()
        canvas.setFont(fonts.sans, layout.text)
        for place, line in enumerate(card.lines, 1):
            canvas.drawString(left, top - place * layout.text, line)
        draw_code(canvas, stencil(card.code, card.level), left, top, layout.code)
    target.write(canvas.getpdfdata())
