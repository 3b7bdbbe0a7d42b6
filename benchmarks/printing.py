"""1,000 disposal cards to PDF, against drawing the same strings on a bare canvas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from benchmarks.district import District
from benchmarks.figure import Figure, compared
from drillapp.core.reports.card_format import card_format
from drillapp.core.reports.card_sheet import Card, CardSheet, render_card_sheet
from drillapp.core.reports.card_source import card_sheet
from drillapp.core.reports.fonts import bundled
from drillapp.core.reports.page import new_canvas

_CARDS = 1000


def figures(district: District) -> Iterator[Figure]:
    """Cards of pocket size, eight on a sheet."""
    with district.open() as office:
        sheet = card_sheet(office)
        cards = [card for card, _ in zip(sheet.cards, range(round(_CARDS * district.size)), strict=False)]
    strings = [_strings(card) for card in cards]
    yield compared(
        f"{_CARDS:,} cards to PDF",
        lambda: render_card_sheet(CardSheet(sheet.office, cards), BytesIO()),
        lambda: _draw(strings),
        2.5,
    )


def _strings(card: Card) -> list[str]:
    """The words of a card, cut into lines of twenty characters."""
    texts = (
        card.title,
        card.unit,
        card.post,
        card.person,
        card.hazards,
        *card.steps,
        *card.contacts,
        card.number,
    )
    return [text[start : start + 20] for text in texts for start in range(0, len(text), 20)]


def _draw(cards: Sequence[Sequence[str]]) -> None:
    layout, fonts = card_format("pocket"), bundled()
    target = BytesIO()
    canvas: Any = new_canvas("cards", "office", layout.sheet, fonts)
    corners = list(layout.corners())
    for number, lines in enumerate(cards):
        left, top = corners[number % len(corners)]
        if number and number % len(corners) == 0:
            canvas.showPage()
        canvas.setFont(fonts.sans.chain[0] if hasattr(fonts.sans, "chain") else fonts.sans, layout.text)
        for place, line in enumerate(lines, 1):
            canvas.drawString(left, top - place * layout.text, line)
    target.write(canvas.getpdfdata())
