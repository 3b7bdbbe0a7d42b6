"""Figures that tests of charts show, and how a chart is shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from drillapp.core.charts.heat_map import Cell, HeatMap, HeatRow
from drillapp.core.charts.ranking import Bar, Ranking, Step
from drillapp.ui.charts.chart import ChartView

STEPS = (Step("A", 0.85), Step("B", 0.7), Step("C", 0.55), Step("D", 0))


def shown(qtbot: QtBot, chart: Any, width: int = 700, height: int = 400) -> Any:
    qtbot.addWidget(chart)
    chart.resize(width, height)
    chart.show()
    QApplication.processEvents()
    return chart


def click(chart: ChartView, x: float, y: float) -> None:
    QTest.mouseClick(chart.canvas, Qt.MouseButton.LeftButton, pos=QPointF(x, y).toPoint())


def ranking(count: int = 40) -> Ranking:
    bars = [Bar(f"row {i}", f"Unit {i}", 0.9 - i / 100, "A", "A (ready)", earlier=0.8) for i in range(count)]
    return Ranking(bars, STEPS, earlier_words="2026-08-24", empty_words="None.")


def heat_map(count: int = 20_000) -> HeatMap:
    cells = (Cell(0.5, words="1 / 2"), Cell(None, is_asked=False), Cell(None), Cell(1.0, confidence=0.5))
    rows = [HeatRow(i, f"Unit {i}", cells) for i in range(count)]
    return HeatMap(("One", "Two", "Three", "Four"), rows)
