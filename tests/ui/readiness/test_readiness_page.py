"""The readiness page on a small district: every figure opens the rows it was counted from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from drillapp.ui.charts.chart import ChartView
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.readiness.page import ReadinessPage
from drillapp.ui.readiness.rows_behind import ObligationRow
from drillapp.ui.session import Session, Target
from tests.ui.small_district import fill


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> ReadinessPage:
    assert session.office is not None
    fill(session.office)
    made = ReadinessPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    qtbot.waitUntil(lambda: made.standing is not None and session.tasks.is_idle)
    return made


def rows(page: ReadinessPage, qtbot: QtBot) -> list[ObligationRow]:
    view = page.obligations
    assert view is not None
    qtbot.waitUntil(lambda: page.session.tasks.is_idle and view.table.model.state != "loading")
    found = [view.table.model.row(i) for i in range(view.table.model.rowCount())]
    return [row for row in found if row is not None]


def figure(chart: ChartView) -> Any:
    """What a chart shows."""
    assert chart.figure is not None
    return chart.figure


def wanted(session: Session, qtbot: QtBot, act: Callable[[], object]) -> Target:
    with qtbot.waitSignal(session.wanted) as told:
        act()
    return told.args[0]


def test_the_ranking_has_the_units_right_below_the_best_first(page: ReadinessPage) -> None:
    bars = figure(page.standing.ranking).bars
    assert [bar.name for bar in bars] == ["North", "South"]
    assert bars[0].value > bars[1].value


def test_a_bar_shows_that_unit_and_its_term_opens_the_rows_behind(page: ReadinessPage, qtbot: QtBot) -> None:
    ranking = page.standing.ranking
    ranking.chosen.emit(figure(ranking).key(1))
    page.standing.findChild(QPushButton, "term-plans").click()
    found = rows(page, qtbot)
    assert {row.unit_code for row in found} == {"S", "S1"}
    value = page.standing.unit.indicators["plans"]
    assert len(found) == value.asked
    assert sum(row.state == "met" for row in found) == value.met


@pytest.mark.parametrize("indicator", ["plans", "drills", "corrections", "supplies", "cards"])
def test_each_term_opens_as_many_rows_as_it_counts(page: ReadinessPage, qtbot: QtBot, indicator: str) -> None:
    page.show_rows(page.standing.unit, indicator)
    found = rows(page, qtbot)
    value = page.standing.unit.indicators[indicator]
    late = sum(row.state == "overdue" for row in found)
    assert late == value.asked - value.met
    assert {row.indicator for row in found} <= {found[0].indicator}


def test_a_cell_of_the_map_opens_its_rows(page: ReadinessPage, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(1)
    heat_map = figure(page.map.map)
    south = next(i for i in range(heat_map.rows()) if heat_map.lines[i].name == "South")
    page.map.map.chosen.emit(heat_map.key(south * 6 + 4))
    found = rows(page, qtbot)
    assert [(row.subject, row.state, row.evidence) for row in found] == [("Blanket", "overdue", "0/50")]


def test_the_map_can_be_ordered_by_what_is_lowest(page: ReadinessPage) -> None:
    page.tabs.setCurrentIndex(1)
    page.map.order.setCurrentIndex(1)
    scores = [row.cells[0].value for row in figure(page.map.map).lines if row.cells[0].value is not None]
    assert scores == sorted(scores)
    assert len(scores) == 4


def test_a_row_leads_to_its_record(page: ReadinessPage, session: Session, qtbot: QtBot) -> None:
    page.show_target(Target("readiness", "obligations", choices={"indicator": frozenset({"corrections"})}))
    found = rows(page, qtbot)
    assert [row.subject for row in found] == ["Gate shut", "No radio"]
    page.obligations.table.grid.selectRow(0)
    target = wanted(session, qtbot, page.obligations.record_button.click)
    assert (target.page, target.kind, target.record_id) == ("drills", "findings", found[0].subject_id)


def test_a_shortage_is_settled_by_bringing_in_the_item(
    page: ReadinessPage, session: Session, qtbot: QtBot
) -> None:
    page.show_target(
        Target(
            "readiness", "obligations",
            choices={"indicator": frozenset({"supplies"}), "state": frozenset({"overdue"})},
        )
    )  # fmt: skip
    assert [row.subject for row in rows(page, qtbot)] == ["Blanket"]
    page.obligations.table.grid.selectRow(0)
    target = wanted(session, qtbot, page.obligations.settle_button.click)
    assert (target.page, target.kind, target.action) == ("supplies", "movements", "new")
    assert target.values["item_code"] == "K"


def test_the_whole_scope_comes_back_when_the_unit_is_taken_away(page: ReadinessPage, qtbot: QtBot) -> None:
    page.show_rows(figure(page.standing.ranking).key(1), "plans")
    narrow = len(rows(page, qtbot))
    page.obligations.unit_chip.click()
    assert len(rows(page, qtbot)) > narrow


def test_text_narrows_the_obligations(page: ReadinessPage, qtbot: QtBot) -> None:
    page.show_target(Target("readiness", "obligations", text="gate"))
    assert [row.subject for row in rows(page, qtbot)] == ["Gate shut", "Southgate", "Southgate"]


def test_a_unit_can_be_shown_from_elsewhere(page: ReadinessPage) -> None:
    north = figure(page.standing.ranking).key(0)
    page.show_target(Target("readiness", "units", north.unit_id))
    assert page.standing.unit == north


def test_the_figure_of_the_first_page_leads_to_the_standing(page: ReadinessPage) -> None:
    page.tabs.setCurrentIndex(2)
    page.show_target(Target("readiness"))
    assert page.tabs.currentIndex() == 0


def test_a_point_of_the_trend_shows_everything_as_of_its_day(
    page: ReadinessPage, session: Session, qtbot: QtBot
) -> None:
    trend = page.standing.trend
    qtbot.waitUntil(lambda: figure(trend).count() == 24)
    day = figure(trend).key(20)
    with qtbot.waitSignal(session.as_of_changed):
        trend.chosen.emit(day)
    assert session.as_of == day


def test_the_report_of_the_unit_shown_opens_in_the_preview(page: ReadinessPage, qtbot: QtBot) -> None:
    page.standing.ranking.chosen.emit(figure(page.standing.ranking).key(0))
    page.print_button.click()
    qtbot.waitUntil(
        lambda: bool(page.findChildren(PdfPreview)) and page.session.tasks.is_idle, timeout=20_000
    )
    preview = page.findChildren(PdfPreview)[0]
    assert preview.windowTitle() == "North: readiness report"
    preview.close()
