"""Charts tell what is behind the place that was clicked, and draw only what is in sight."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from drillapp.ui import theme
from drillapp.ui.charts import picture
from drillapp.ui.charts.chart import NONE, Chart
from drillapp.ui.charts.heat_map import HeatCell, HeatMap, HeatRow
from drillapp.ui.charts.radar import RadarChart, Side
from drillapp.ui.charts.ranking import Bar, RankingChart, Step
from drillapp.ui.charts.trend import Line, TrendChart

STEPS = (Step("A", 85), Step("B", 70), Step("C", 55), Step("D", 0))


def shown(qtbot: QtBot, chart: Any, width: int = 700, height: int = 400) -> Any:
    qtbot.addWidget(chart)
    chart.resize(width, height)
    chart.show()
    QApplication.processEvents()
    return chart


def click(chart: Chart, x: float, y: float) -> None:
    QTest.mouseClick(chart.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPointF(x, y).toPoint())


@pytest.fixture
def ranking(themed: QApplication, qtbot: QtBot) -> RankingChart:
    chart = RankingChart("Ranking", STEPS)
    bars = [Bar(f"row {i}", f"Unit {i}", 90.0 - i, "A", 80.0) for i in range(40)]
    chart.show_bars(bars, "2026-08-24")
    return shown(qtbot, chart)


@pytest.fixture
def heat_map(themed: QApplication, qtbot: QtBot) -> HeatMap:
    chart = HeatMap("Heat map")
    rows = [HeatRow(i, f"Unit {i}", (50.0, None, 100.0), ("1 / 2", "", "3 / 3")) for i in range(20_000)]
    chart.show_rows(("One", "Two", "Three"), rows)
    return shown(qtbot, chart)


@pytest.fixture
def radar(themed: QApplication, qtbot: QtBot) -> RadarChart:
    chart = RadarChart("Radar")
    chart.show_sides(
        [Side("plans", "Plans", 80, 60), Side("drills", "Drills", 40), Side("cards", "Cards", None)]
    )
    return shown(qtbot, chart, 300, 260)


def test_a_click_on_a_bar_tells_the_row_behind(ranking: RankingChart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ranking.chosen) as told:
        click(ranking, 300, ranking.head_height + ranking.row_height * 2.5)
    assert told.args == ["row 2"]


def test_a_click_after_scrolling_tells_the_bar_that_is_seen_there(
    ranking: RankingChart, qtbot: QtBot
) -> None:
    ranking.bar.setValue(int(ranking.row_height * 10))
    with qtbot.waitSignal(ranking.chosen) as told:
        click(ranking, 300, ranking.head_height + ranking.row_height * 0.5)
    assert told.args == ["row 10"]


def test_bars_can_be_reached_by_the_keyboard(ranking: RankingChart, qtbot: QtBot) -> None:
    for _press in range(30):
        QTest.keyClick(ranking, Qt.Key.Key_Down)
    assert ranking.accessibleDescription().startswith("Unit 29: 61.0 of 100")
    assert 29 in ranking.visible_rows(ranking.canvas.height())
    with qtbot.waitSignal(ranking.chosen) as told:
        QTest.keyClick(ranking, Qt.Key.Key_Return)
    assert told.args == ["row 29"]


def test_the_words_of_a_bar_say_how_it_changed(ranking: RankingChart) -> None:
    assert ranking.words(0) == "Unit 0: 90.0 of 100, A\n2026-08-24: 80.0 (+10.0)"


def test_other_bars_keep_the_chosen_row(ranking: RankingChart) -> None:
    ranking.choose("row 3")
    ranking.show_bars([Bar("row 9", "Nine", 1.0, "D"), Bar("row 3", "Three", 2.0, "D")], "")
    assert ranking.current == 1


def test_a_map_of_20_000_units_paints_only_what_is_in_sight(heat_map: HeatMap) -> None:
    heat_map.canvas.grab()
    in_sight = heat_map.canvas.height() / heat_map.row_height
    assert 0 < heat_map.painted <= in_sight + 2
    heat_map.scale_rows(0.01)
    heat_map.canvas.grab()
    assert heat_map.painted <= heat_map.canvas.height() / 3 + 2


def test_the_map_reaches_its_last_row(heat_map: HeatMap) -> None:
    heat_map.bar.setValue(heat_map.bar.maximum())
    assert heat_map.visible_rows(heat_map.canvas.height())[-1] == 19_999


def test_a_cell_tells_unit_and_column(heat_map: HeatMap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(heat_map.chosen) as told:
        click(heat_map, heat_map.canvas.width() - 30, heat_map.head_height + heat_map.row_height * 1.5)
    assert told.args == [HeatCell(1, 2)]
    assert heat_map.words(5) == "Unit 1\nThree: 100.0 (3 / 3)"


def test_names_and_head_of_the_map_are_no_cells(heat_map: HeatMap) -> None:
    assert heat_map.spot_at(QPointF(20, heat_map.head_height + 5)) == NONE
    assert heat_map.spot_at(QPointF(400, 5)) == NONE


def test_a_point_of_the_trend_tells_its_day(themed: QApplication, qtbot: QtBot) -> None:
    days = [date(2026, month, 28) for month in range(1, 12)]
    chart = TrendChart("Trend")
    chart.show_lines(days, [Line("Score", tuple(float(i) for i in range(11))), Line("Plans", (None,) * 11)])
    shown(qtbot, chart)
    with qtbot.waitSignal(chart.chosen) as told:
        click(chart, chart.canvas.width() - 44, 100)
    assert told.args == [date(2026, 11, 28)]
    assert chart.words(10) == "2026-11-28\nScore: 10.0"
    chart.switch([0])
    assert chart.words(10) == "2026-11-28\nScore: 10.0\nPlans: no score"


def test_a_side_of_the_radar_tells_its_row(radar: RadarChart, qtbot: QtBot) -> None:
    centre, radius = radar._round(radar.canvas.rect().toRectF())
    with qtbot.waitSignal(radar.chosen) as told:
        click(radar, centre.x(), centre.y() - radius * 0.8)
    assert told.args == ["plans"]
    assert radar.words(2) == "Cards: nothing is asked"


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_chart_can_be_saved(radar: RadarChart, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"radar.{ending}"
    picture.save(radar, path)
    image = QImage(str(path))
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(0, image.height(), 5)}
    assert theme.colour("accent").rgb() in colours
    if ending == "svg":
        assert "<polygon" in path.read_text(encoding="utf-8")


def test_a_chart_follows_the_theme(radar: RadarChart, themed: QApplication) -> None:
    theme.apply_theme(themed, "dark")
    QApplication.processEvents()
    image = radar.grab().toImage()
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert QColor(theme.DARK.accent).rgb() in colours
    assert QColor(theme.LIGHT.accent).rgb() not in colours
