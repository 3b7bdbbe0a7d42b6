"""The same figure looks alike in the window's picture and on paper."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from drillapp.core.charts.due import DueAxis, count_by_month
from drillapp.core.charts.figure import Figure, RowsFigure
from drillapp.core.charts.heat_map import Cell, HeatMap, HeatRow
from drillapp.core.charts.pairs import Pair, Pairs
from drillapp.core.charts.radar import Radar, Side
from drillapp.core.charts.ranking import Bar, Ranking
from drillapp.core.charts.tiles import Tile, Tiles, tile_places
from drillapp.core.charts.trend import Series, Trend
from drillapp.core.reports.charts.drawn import Drawn
from drillapp.core.reports.charts.pen import SCALE
from drillapp.core.reports.fonts import bundled
from drillapp.core.reports.page import Document, Paper
from drillapp.ui.charts import picture
from drillapp.ui.charts.chart import ChartView
from drillapp.ui.charts.rows_view import RowsView
from tests.core.reports.paper import picture as page_picture
from tests.core.reports.paper import texts
from tests.ui.charts.figures import STEPS

WIDTH, HEIGHT = 600.0, 360.0
BLOCK = 6
"""Pixels of a square whose mean grey is compared: letters of two fonts differ, where ink lies does not."""
DAYS = [date(2024 + month // 12, month % 12 + 1, 28) for month in range(24)]
VALUES = tuple(0.3 + 0.02 * place for place in range(24))
FIGURES = {
    "ranking": Ranking(
        [Bar(i, f"Unit {i}", 0.95 - i / 10, "ABCD"[i // 2], earlier=0.5, confidence=0.2 * i) for i in range(7)],
        STEPS, earlier_words="2026-08-24",
    ),
    "heat map": HeatMap(
        ["One", "Two", "Three"],
        [HeatRow(i, f"Unit {i}", (Cell(i / 10), Cell(None), Cell(0.1 * i, confidence=0.1))) for i in range(8)],
    ),
    "low heat map": HeatMap(
        ["One", "Two", "Three"],
        [HeatRow(i, f"Unit {i}", (Cell(i / 40), Cell(None), Cell(None, is_asked=False))) for i in range(40)],
        row=6.0,
    ),
    "trend": Trend(DAYS, [Series("Score", VALUES, (0.1,) * 8 + (1.0,) * 16), Series("Plans", VALUES[::-1], ink=1)]),
    "radar": Radar(
        [Side(i, f"S{i}", 0.2 + i / 10, 0.5) for i in range(6)] + [Side(6, "S6", None)], now_words="now", earlier_words="then"
    ),
    "due": DueAxis(count_by_month([*DAYS, DAYS[-1]], DAYS[10], 8), DAYS[10], past_words="overdue"),
    "pairs": Pairs([Pair(i, f"Unit {i}", 0.5, i / 8) for i in range(8)], before_words="then", after_words="now"),
    "tiles": Tiles([Tile(code, code, code, i / 15, "DCBA"[i // 4]) for i, code in enumerate(tile_places())]),
}  # fmt: skip


def on_paper(figure: Figure) -> BytesIO:
    block = Drawn(figure, bundled(), 0.0 if isinstance(figure, RowsFigure) else HEIGHT * SCALE)
    paper = Paper(WIDTH * SCALE, block.height(0), left=0, right=0, top=0, bottom=0)
    document, pdf = Document("Chart", paper=paper, numbering="none"), BytesIO()
    document.add(block)
    document.close(pdf)
    return pdf


def in_window(figure: Figure) -> QImage:
    view = RowsView("Chart") if isinstance(figure, RowsFigure) else ChartView("Chart")
    view.show_figure(figure)
    view.setFixedSize(int(WIDTH), int(figure.whole() if isinstance(figure, RowsFigure) else HEIGHT))
    view.show()
    QApplication.processEvents()
    made = picture.image(view, 1.0)
    view.close()
    view.deleteLater()
    return made


def greys(image: QImage) -> list[int]:
    """The mean grey of each block."""
    size = QSizeF(image.size()) / BLOCK
    small = image.scaled(
        size.toSize(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    small = small.convertToFormat(QImage.Format.Format_Grayscale8)
    return [small.pixelColor(x, y).red() for y in range(small.height()) for x in range(small.width())]


def as_image(made: Any, like: QImage) -> QImage:
    made = made.convert("RGBA").resize((like.width(), like.height()))
    return QImage(made.tobytes(), made.width, made.height, QImage.Format.Format_RGBA8888).copy()


@pytest.mark.parametrize("name", FIGURES)
def test_screen_and_paper_show_the_same(themed: QApplication, name: str) -> None:
    window = in_window(FIGURES[name])
    paper = as_image(page_picture(on_paper(FIGURES[name]), scale=2), window)
    pairs = list(zip(greys(window), greys(paper), strict=True))
    inked = [(one, other) for one, other in pairs if min(one, other) < 235]
    unlike = sum(abs(one - other) > 60 for one, other in inked)
    assert len(inked) > 100
    assert unlike / len(inked) < 0.01


@pytest.mark.parametrize("name", FIGURES)
def test_paper_has_no_pixels_and_words_that_can_be_searched(name: str) -> None:
    pdf = on_paper(FIGURES[name])
    assert b"/Subtype /Image" not in pdf.getvalue()
    said = {
        "ranking": "Unit6",
        "heat map": "Three",
        "low heat map": "Unit39",
        "trend": "2025",
        "radar": "then",
        "due": "overdue",
        "pairs": "Unit7",
    }
    assert said.get(name, "Dashilan") in texts(pdf)[0]


def test_a_line_that_rests_on_little_is_dashed_on_paper_too() -> None:
    def gaps(confidence: float) -> int:
        """Light stretches of the line between its ends; an open mark makes one too."""
        figure = Trend(DAYS, [Series("Score", (0.5,) * 24, (confidence,) * 24)])
        page = page_picture(on_paper(figure), scale=4).convert("L")
        y = round((12 + (HEIGHT - 40 - 12) / 2) * 4 * SCALE)
        dark = [page.getpixel((x, y)) < 160 for x in range(240, page.width - 500)]
        return sum(one and not other for one, other in pairwise(dark))

    assert gaps(1.0) == 0
    assert gaps(0.1) > 2 * len(DAYS)
