"""Disposal cards on sheets: several pocket cards on one, with marks to cut and fold along, or one of a larger size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.card_drawing import CardDrawing
from drillapp.core.reports.card_faces import lay_out
from drillapp.core.reports.card_format import CardFormat, card_format
from drillapp.core.reports.card_text import Card
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.page import MM, Rendered, new_canvas, save
from drillapp.core.reports.writing import Writing

REPORT_EVERY = 50
_NEAR, _FAR = 2 * MM, 6 * MM  # the marks in the margin, from the cards
_DASHES = 3, 2
_MARK_SIZE = 6.0


class CardSheet(msgspec.Struct, frozen=True):
    """Cards to print in one size: a name of card_format.FORMATS."""

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
    pages = count = 0
    for batch in _batches(data.cards, layout.places):
        drawings = [CardDrawing(canvas, fonts, lay_out(card, layout, fonts)) for card in batch]
        pages += _draw_sheet(canvas, layout, fonts, drawings)
        if (count + len(batch)) // REPORT_EVERY > count // REPORT_EVERY:
            progress.step(count + len(batch), None, _("{count} cards").format(count=count + len(batch)))
        count += len(batch)
    if not pages:
        canvas.showPage()
    return save(canvas, target, max(1, pages))


def _batches(cards: Iterable[Card], size: int) -> Iterator[list[Card]]:
    """The cards of one sheet after another."""
    rest = iter(cards)
    while batch := list(islice(rest, size)):
        yield batch


def _draw_sheet(canvas: Any, layout: CardFormat, fonts: Fonts, drawings: Sequence[CardDrawing]) -> int:
    """Draw the cards of one sheet; returns how many pages it takes."""
    corners = list(layout.corners())
    canvas.setPageSize(drawings[0].layout.sheet)
    if layout.places > 1:
        _draw_marks(canvas, layout, fonts)
    for drawing, (left, _top) in zip(drawings, corners, strict=False):
        drawing.draw_front((left, drawing.layout.sheet[1]) if layout.places == 1 else (left, _top))
    if layout.is_duplex:
        canvas.showPage()
    if layout.faces == 2:
        for drawing, corner in zip(drawings, corners, strict=False):
            drawing.draw_back(layout.back_corner(corner))
    canvas.showPage()
    return 2 if layout.is_duplex else 1


def _draw_marks(canvas: Any, layout: CardFormat, fonts: Fonts) -> None:
    """Short lines in the margins where the knife goes and faint ones between the cards; dashed where to fold."""
    left, top = next(layout.corners())
    right, bottom = left + layout.columns * layout.card[0], top - layout.rows * layout.card[1]
    across = [left + layout.card[0] * column for column in range(layout.columns + 1)]
    down = [top - layout.card[1] * row for row in range(layout.rows + 1)]
    margins = [(x, top + _NEAR, x, top + _FAR) for x in across]
    margins += [(x, bottom - _NEAR, x, bottom - _FAR) for x in across]
    margins += [(left - _NEAR, y, left - _FAR, y) for y in down]
    margins += [(right + _NEAR, y, right + _FAR, y) for y in down]
    between = [(x, top, x, bottom) for x in across] + [(left, y, right, y) for y in down]
    canvas.saveState()
    _draw_lines(canvas, margins, 0.4, 0.0)
    _draw_lines(canvas, between, 0.25, 0.75)
    if layout.faces == 2 and not layout.is_duplex:
        fold = left + layout.face[0]
        canvas.setDash(*_DASHES)
        _draw_lines(canvas, [(fold, top + _FAR, fold, bottom - _FAR)], 0.4, 0.5)
        _put_word(canvas, fonts, _("fold"), fold, top + _FAR + _NEAR)
    _put_word(canvas, fonts, _("cut"), across[0], top + _FAR + _NEAR)
    canvas.restoreState()


def _draw_lines(
    canvas: Any, lines: Sequence[tuple[float, float, float, float]], width: float, grey: float
) -> None:
    canvas.setLineWidth(width)
    canvas.setStrokeGray(grey)
    canvas.lines(lines)


def _put_word(canvas: Any, fonts: Fonts, word: str, x: float, y: float) -> None:
    ink = Writing(canvas, grey=0.4)
    ink.put(fonts.sans, _MARK_SIZE, x - _MARK_SIZE / 2, y, word)
    ink.finish()
