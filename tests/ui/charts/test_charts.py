"""Charts tell what is behind the place that was clicked, by mouse and by keys, and draw only what is in sight."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from drillapp.core.charts.due import Bucket, DueAxis
from drillapp.core.charts.figure import NONE
from drillapp.core.charts.heat_map import HeatCell
from drillapp.core.charts.radar import Radar, Side
from drillapp.core.charts.ranking import Bar, Ranking
from drillapp.core.charts.tiles import Tile, Tiles
from drillapp.core.charts.trend import Series, Trend
from drillapp.ui import theme
from drillapp.ui.charts.chart import ChartView
from drillapp.ui.charts.rows_view import RowsView
from tests.ui.charts.figures import STEPS, click, heat_map, ranking, shown


@pytest.fixture
def ranked(themed: QApplication, qtbot: QtBot) -> RowsView:
    chart = RowsView("Ranking")
    chart.show_figure(ranking())
    return shown(qtbot, chart)


@pytest.fixture
def mapped(themed: QApplication, qtbot: QtBot) -> RowsView:
    chart = RowsView("Heat map")
    chart.show_figure(heat_map())
    return shown(qtbot, chart)


@pytest.fixture
def radar(themed: QApplication, qtbot: QtBot) -> ChartView:
    sides = [
        Side("plans", "Plans", 0.8, 0.6),
        Side("drills", "Drills", 0.4),
        Side("cards", "Cards", None, is_asked=False),
    ]
    chart = ChartView("Radar")
    chart.show_figure(Radar(sides, now_words="now", earlier_words="before"))
    return shown(qtbot, chart, 300, 260)


def test_a_click_on_a_bar_tells_the_row_behind(ranked: RowsView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ranked.chosen) as told:
        click(ranked, 300, ranked.lines.head + ranked.row_height * 2.5)
    assert told.args == ["row 2"]


def test_a_double_click_opens_the_row_behind(ranked: RowsView, qtbot: QtBot) -> None:
    pos = QPointF(300, ranked.lines.head + ranked.row_height * 1.5).toPoint()
    with qtbot.waitSignal(ranked.opened) as told:
        QTest.mouseDClick(ranked.canvas, Qt.MouseButton.LeftButton, pos=pos)
    assert told.args == ["row 1"]


def test_keys_say_and_open_what_they_reach(ranked: RowsView, qtbot: QtBot, monkeypatch: Any) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "drillapp.ui.charts.chart.QToolTip.showText", lambda _at, text, _chart: said.append(text)
    )
    QTest.keyClick(ranked, Qt.Key.Key_Down)
    assert said == [ranked.words(0)]
    with qtbot.waitSignal(ranked.opened) as told, qtbot.assertNotEmitted(ranked.chosen):
        QTest.keyClick(ranked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["row 0"]


def test_a_click_after_scrolling_tells_the_bar_that_is_seen_there(ranked: RowsView, qtbot: QtBot) -> None:
    ranked.bar.setValue(int(ranked.row_height * 10))
    with qtbot.waitSignal(ranked.chosen) as told:
        click(ranked, 300, ranked.lines.head + ranked.row_height * 0.5)
    assert told.args == ["row 10"]


def test_bars_can_be_reached_by_the_keyboard(ranked: RowsView, qtbot: QtBot) -> None:
    for _press in range(30):
        QTest.keyClick(ranked, Qt.Key.Key_Down)
    assert ranked.accessibleDescription().startswith("Unit 29: 61.0 of 100")
    assert 29 in ranked.visible_rows()
    with qtbot.waitSignal(ranked.chosen) as told:
        QTest.keyClick(ranked, Qt.Key.Key_Return)
    assert told.args == ["row 29"]
    QTest.keyClick(ranked, Qt.Key.Key_End)
    assert ranked.current == 39
    QTest.keyClick(ranked, Qt.Key.Key_PageUp)
    assert 20 < ranked.current < 39


def test_the_first_arrow_leads_to_the_first_bar_in_sight(ranked: RowsView) -> None:
    ranked.bar.setValue(int(ranked.row_height * 7))
    QTest.keyClick(ranked, Qt.Key.Key_Down)
    assert ranked.current == 7


def test_other_bars_keep_the_chosen_row(ranked: RowsView) -> None:
    ranked.choose("row 3")
    ranked.show_figure(Ranking([Bar("row 9", "Nine", 0.01), Bar("row 3", "Three", 0.02)], STEPS))
    assert ranked.current == 1
    ranked.show_figure(Ranking([Bar("row 9", "Nine", 0.01)], STEPS))
    assert ranked.current == NONE


def test_the_description_says_the_whole_until_a_bar_is_chosen(ranked: RowsView) -> None:
    assert ranked.accessibleName() == "Ranking"
    assert ranked.accessibleDescription().startswith("40 bars; the first: Unit 0: 90.0 of 100")
    ranked.show_figure(Ranking([], STEPS, empty_words="None."))
    assert ranked.accessibleDescription() == "None."
    assert ranked.spot_at(QPointF(100, 100)) == NONE


def test_a_map_of_20_000_units_paints_only_what_is_in_sight(mapped: RowsView) -> None:
    mapped.canvas.grab()
    in_sight = mapped.canvas.height() / mapped.row_height
    assert 0 < len(mapped.drawn_rows) <= in_sight + 2
    mapped.zoom(0.01)
    mapped.canvas.grab()
    assert mapped.row_height == mapped.lines.lowest
    assert in_sight < len(mapped.drawn_rows) <= mapped.canvas.height() / mapped.row_height + 2


def test_the_map_reaches_its_last_row(mapped: RowsView) -> None:
    mapped.bar.setValue(mapped.bar.maximum())
    assert mapped.visible_rows()[-1] == 19_999
    QTest.keyClick(mapped, Qt.Key.Key_Home)
    QTest.keyClick(mapped, Qt.Key.Key_End)
    assert mapped.current == 20_000 * 4 - 1


def test_a_cell_tells_unit_and_column(mapped: RowsView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(mapped.chosen) as told:
        click(mapped, mapped.canvas.width() - 30, mapped.lines.head + mapped.row_height * 1.5)
    assert told.args == [HeatCell(1, 3)]
    QTest.keyClick(mapped, Qt.Key.Key_Down)
    QTest.keyClick(mapped, Qt.Key.Key_Left)
    with qtbot.waitSignal(mapped.chosen) as told:
        QTest.keyClick(mapped, Qt.Key.Key_Space)
    assert told.args == [HeatCell(2, 2)]
    assert mapped.accessibleDescription() == "Unit 2\nThree: no data"


def test_names_head_and_foot_of_the_map_are_no_cells(mapped: RowsView) -> None:
    assert mapped.spot_at(QPointF(20, mapped.lines.head + 5)) == NONE
    assert mapped.spot_at(QPointF(400, 5)) == NONE
    assert mapped.spot_at(QPointF(400, mapped.canvas.height() - 5)) == NONE
    assert mapped.spot_at(QPointF(400, mapped.lines.head + 5)) != NONE


def test_a_drag_scrolls_and_is_no_click(mapped: RowsView, qtbot: QtBot) -> None:
    viewport, button = mapped.canvas, Qt.MouseButton.LeftButton
    with qtbot.assertNotEmitted(mapped.chosen):
        QTest.mousePress(viewport, button, pos=QPoint(400, 300))
        QTest.mouseMove(viewport, QPoint(400, 250))
        QTest.mouseMove(viewport, QPoint(400, 160))
        QTest.mouseRelease(viewport, button, pos=QPoint(400, 160))
    assert mapped.bar.value() == 140


def wheel(chart: RowsView, y: float, turn: int, modifier: Qt.KeyboardModifier) -> None:
    at = QPointF(400, y)
    event = QWheelEvent(
        at, chart.canvas.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, modifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(chart.canvas, event)


def test_the_wheel_scrolls_and_with_ctrl_zooms_around_the_mouse(mapped: RowsView) -> None:
    wheel(mapped, 200, -1200, Qt.KeyboardModifier.NoModifier)
    assert mapped.bar.value() > 0
    row, height = mapped.row_at(200), mapped.row_height
    wheel(mapped, 200, -240, Qt.KeyboardModifier.ControlModifier)
    assert mapped.row_height < height
    assert abs(mapped.row_at(200) - row) <= 1
    QTest.keyClicks(mapped, "+++++")
    assert mapped.row_height > height


def test_a_point_of_the_trend_tells_its_day(themed: QApplication, qtbot: QtBot) -> None:
    days = [date(2026, month, 28) for month in range(1, 12)]
    score = Series("Score", tuple(i / 100 for i in range(11)))
    chart = ChartView("Trend")
    chart.show_figure(Trend(days, [score]))
    shown(qtbot, chart)
    place = chart.places(10)[0].center()
    with qtbot.waitSignal(chart.chosen) as told:
        click(chart, place.x(), place.y())
    assert told.args == [date(2026, 11, 28)]
    assert chart.words(10) == "2026-11-28\nScore: 10.0"
    chart.show_figure(Trend(days, [score, Series("Plans", (None,) * 11, ink=0)]))
    assert chart.words(10) == "2026-11-28\nScore: 10.0\nPlans: no data"


def test_a_side_of_the_radar_tells_its_key(radar: ChartView, qtbot: QtBot) -> None:
    for place in radar.places(0):  # its point and its words
        with qtbot.waitSignal(radar.chosen) as told:
            click(radar, place.center().x(), place.center().y())
        assert told.args == ["plans"]
    assert len(radar.places(0)) == 2
    assert radar.words(2) == "Cards: nothing is asked"


def test_a_month_in_which_nothing_falls_is_no_bar_but_can_be_chosen(
    themed: QApplication, qtbot: QtBot
) -> None:
    buckets = [Bucket(i, date(2026, i + 1, 1), count, f"{count} lots") for i, count in enumerate((2, 0, 1))]
    chart = ChartView("Months")
    chart.show_figure(DueAxis(buckets, date(2026, 1, 1)))
    shown(qtbot, chart, 600, 200)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    with qtbot.waitSignal(chart.chosen) as told:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert told.args == [1]
    assert chart.accessibleDescription() == "2026-02: 0 lots"
    assert chart.spot_at(QPointF(-5, 100)) == NONE


def test_arrows_go_over_the_map_as_the_tiles_lie(themed: QApplication, qtbot: QtBot) -> None:
    codes = ("110102010", "110102003", "110102012", "110102009", "elsewhere")
    chart = ChartView("Map")
    chart.show_figure(Tiles([Tile(code, code, code, 0.5, "D") for code in codes]))
    shown(qtbot, chart, 600, 400)
    gone = []
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Left,
        Qt.Key.Key_Left,
        Qt.Key.Key_Down,
    ):
        QTest.keyClick(chart, key)
        gone.append(codes[chart.current])
    assert gone == ["110102010", "110102012", "110102003", "110102009", "110102009", "elsewhere"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_chart_follows_the_theme(radar: ChartView, themed: QApplication, mode: str) -> None:
    theme.apply_theme(themed, mode)
    QApplication.processEvents()
    image = radar.grab().toImage()
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    palettes = {"light": theme.LIGHT, "dark": theme.DARK}
    assert QColor(palettes[mode].accent).rgb() in colours
    assert QColor(palettes["dark" if mode == "light" else "light"].accent).rgb() not in colours


def test_the_spot_under_the_mouse_is_marked_and_said(ranked: RowsView, monkeypatch: Any) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "drillapp.ui.charts.chart.QToolTip.showText", lambda _at, text, _chart: said.append(text)
    )
    before = ranked.canvas.grab().toImage()
    ranked.point_at(QPointF(300, ranked.lines.head + 5))
    assert said == ["Unit 0: 90.0 of 100, A (ready)\n2026-08-24: 80.0 (+10.0)"]
    assert ranked.canvas.grab().toImage() != before
    ranked.point_at(None)
    assert ranked.canvas.grab().toImage() == before
