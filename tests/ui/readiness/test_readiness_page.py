"""The readiness page on a small district: what the head says, and that every figure opens the rows it was counted from."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from drillapp.core.readiness.formula import formula
from drillapp.core.reports.registry import REPORTS
from drillapp.ui.readiness import printing
from drillapp.ui.readiness.page import ReadinessPage
from drillapp.ui.session import Session, Target
from tests.ui.readiness.looking import (
    choose_bar,
    figure,
    front,
    heat_map,
    obligations,
    overview,
    rows,
    settled,
    wanted,
)

INDICATORS = [one.name for one in formula().indicator]


def test_the_head_says_score_grade_confidence_and_coverage(page: ReadinessPage) -> None:
    unit, head = front(page), page.head
    assert unit.unit == "110102"
    assert unit.confidence is not None
    assert head.score.text() == f"{unit.score:.1f}"
    assert head.grade.accessibleName() == "D (needs action now)"
    assert head.confidence.text() in {
        f"Confidence {word}: {100 * unit.confidence:.0f}% known" for word in ("high", "medium", "low")
    }
    assert head.coverage.text() == f"{unit.reported} of {unit.units} units reported"
    assert head.when.text() == f"As of 2026-11-24 · formula {formula().version}"


def test_a_broken_floor_is_a_sentence_that_opens_its_rows(page: ReadinessPage, qtbot: QtBot) -> None:
    page.show_unit(choose_bar(page, 1).unit_id)
    opener = page.head.findChild(QPushButton, "floor-no_drill")
    assert opener.isVisible()
    assert opener.text() == "no drill in the period asked for: the grade is not better than C"
    opener.click()
    found = rows(page, qtbot)
    assert found
    assert {row.unit_code for row in found} == {front(page).unit}
    assert {row.settled_by for row in found} == {"drill_held"}
    assert {row.state for row in found} <= {"overdue", "no_data"}


def test_a_floor_that_is_kept_says_nothing(page: ReadinessPage) -> None:
    kept = {floor.name for floor in formula().floor} - set(front(page).broken)
    assert kept
    assert not any(page.head.findChild(QPushButton, f"floor-{name}").isVisible() for name in kept)


def test_what_the_confidence_lacks_is_opened_as_no_data(page: ReadinessPage, qtbot: QtBot) -> None:
    page.head.confidence.click()
    found = rows(page, qtbot)
    unknown = sum(one.asked - one.known for one in front(page).indicators.values())
    assert len(found) == unknown > 0
    assert {row.state for row in found} == {"no_data"}


def test_units_below_that_break_a_floor_are_shown_on_the_map(page: ReadinessPage) -> None:
    assert page.shown is not None
    failing = [unit.unit_name for unit in page.shown.below if unit.broken]
    assert page.head.below.text() == f"{len(failing)} of the units below break a floor"
    page.head.below.click()
    assert page.current == "map"
    shown = [row.name for row in figure(heat_map(page).map).lines]
    assert set(failing) <= set(shown)
    assert all(row.key.broken for row in figure(heat_map(page).map).lines)


def test_the_ranking_has_the_units_right_below_the_best_first(page: ReadinessPage) -> None:
    bars = figure(overview(page).ranking).bars
    assert [bar.name for bar in bars] == ["North", "South"]
    assert bars[0].value > bars[1].value
    assert bars[0].beside == ""
    assert bars[1].beside == f"{bars[1].key.reported}/{bars[1].key.units}"


def test_a_bar_puts_its_unit_in_front_and_the_link_brings_the_scope_back(page: ReadinessPage) -> None:
    unit = choose_bar(page, 1)
    assert page.head.name.text() == "South"
    assert page.head.score.text() == f"{unit.score:.1f}"
    sides = figure(overview(page).radar).sides
    assert [side.value for side in sides] == [unit.indicators[name].value for name in INDICATORS]
    page.head.back.click()
    assert front(page).unit == "110102"


def test_the_unit_in_front_can_become_the_scope(page: ReadinessPage, session: Session, qtbot: QtBot) -> None:
    unit = choose_bar(page, 1)
    page.head.enter.click()
    assert session.scope.unit_id == unit.unit_id
    settled(page, qtbot)
    assert not page.head.enter.isVisible()
    assert [bar.name for bar in figure(overview(page).ranking).bars] == ["Southgate"]


@pytest.mark.parametrize("indicator", INDICATORS)
def test_each_side_of_the_radar_opens_as_many_rows_as_it_counts(
    page: ReadinessPage, qtbot: QtBot, indicator: str
) -> None:
    overview(page).radar.chosen.emit(indicator)
    found = rows(page, qtbot)
    value = front(page).indicators[indicator]
    assert sum(row.state == "overdue" for row in found) == value.known - value.met
    assert sum(row.state == "no_data" for row in found) == value.asked - value.known


def test_a_cell_of_the_map_opens_its_rows(page: ReadinessPage, qtbot: QtBot) -> None:
    shown = figure(heat_map(page).map)
    south = next(i for i in range(shown.rows()) if shown.lines[i].name == "South")
    supplies = 1 + INDICATORS.index("supplies")
    heat_map(page).map.chosen.emit(shown.key(south * (1 + len(INDICATORS)) + supplies))
    found = [row for row in rows(page, qtbot) if row.settled_by == "level_met"]
    assert [(row.subject, row.state, row.evidence) for row in found] == [("Blanket", "no_data", "0/50")]


def test_the_map_can_be_ordered_by_what_is_lowest(page: ReadinessPage) -> None:
    heat_map(page).order.setCurrentIndex(1)
    lines = figure(heat_map(page).map).lines
    scores = [row.cells[0].value for row in lines if row.cells[0].value is not None]
    assert scores == sorted(scores)
    assert len(lines) == 4


def test_the_map_is_searched_by_name(page: ReadinessPage, qtbot: QtBot) -> None:
    heat_map(page).text.setText("south")
    qtbot.waitUntil(lambda: figure(heat_map(page).map).rows() == 2)
    assert [row.name for row in figure(heat_map(page).map).lines] == ["South", "Southgate"]


def test_what_is_not_known_is_no_zero_on_the_map(page: ReadinessPage) -> None:
    assert page.shown is not None
    by_name = {row.name: row for row in figure(heat_map(page).map).lines}
    for unit in page.shown.overview.rows:
        for name, cell in zip(INDICATORS, by_name[unit.unit_name].cells[1:], strict=True):
            value = unit.indicators[name]
            assert (cell.value is None) == (not value.known)
            assert cell.is_asked == bool(value.asked)


def test_a_row_leads_to_its_record(page: ReadinessPage, session: Session, qtbot: QtBot) -> None:
    sorts = frozenset({"finding_corrected"})
    page.show_target(Target("readiness", "obligations", choices={"settled_by": sorts}))
    found = rows(page, qtbot)
    assert [row.subject for row in found] == ["Gate shut", "No radio"]
    shown = obligations(page).list
    shown.table.grid.selectRow(0)
    target = wanted(session, qtbot, shown.record_button.click)
    assert (target.page, target.kind, target.record_id) == ("drills", "findings", found[0].subject_id)


def test_a_shortage_is_settled_by_bringing_in_the_item(
    page: ReadinessPage, session: Session, qtbot: QtBot
) -> None:
    choices = {"settled_by": frozenset({"level_met"}), "state": frozenset({"no_data"})}
    page.show_target(Target("readiness", "obligations", choices=choices))
    assert [row.subject for row in rows(page, qtbot)] == ["Blanket"]
    shown = obligations(page).list
    shown.table.grid.selectRow(0)
    assert shown.settle_button.text() == "Bring in stock"
    target = wanted(session, qtbot, shown.settle_button.click)
    assert (target.page, target.kind, target.action) == ("supplies", "movements", "new")
    assert target.values["item_code"] == "K"


def test_a_rule_narrows_the_obligations_to_its_own(page: ReadinessPage, qtbot: QtBot) -> None:
    page.show_target(Target("readiness", "obligations"))
    rule = rows(page, qtbot)[0].rule
    choice = obligations(page).rules
    place = next(i for i in range(choice.count()) if choice.itemData(i) == (rule,))
    choice.setCurrentIndex(place)
    choice.activated.emit(place)
    assert {row.rule for row in rows(page, qtbot)} == {rule}
    obligations(page).clear.click()
    assert len({row.rule for row in rows(page, qtbot)}) > 1
    assert choice.codes() == ()


def test_the_whole_scope_comes_back_when_the_unit_is_taken_away(page: ReadinessPage, qtbot: QtBot) -> None:
    choose_bar(page, 1)
    overview(page).radar.chosen.emit("plans")
    narrow = len(rows(page, qtbot))
    assert obligations(page).unit_chip.text() == "South"
    obligations(page).unit_chip.click()
    assert len(rows(page, qtbot)) > narrow


def test_text_narrows_the_obligations(page: ReadinessPage, qtbot: QtBot) -> None:
    page.show_target(Target("readiness", "obligations", text="gate"))
    subjects = {row.subject for row in rows(page, qtbot)}
    assert "Gate shut" in subjects
    assert all("gate" in f"{row.subject} {row.unit_name}".casefold() for row in rows(page, qtbot))


def test_a_unit_can_be_shown_from_elsewhere(page: ReadinessPage) -> None:
    north = figure(overview(page).ranking).key(0)
    page.show_target(Target("readiness", "units", north.unit_id))
    assert front(page) == north


def test_the_figure_of_the_first_page_leads_to_the_first_view(page: ReadinessPage) -> None:
    page.show_view("map")
    page.show_target(Target("readiness"))
    assert page.current == "overview"


def test_a_point_of_the_trend_shows_everything_as_of_its_day(
    page: ReadinessPage, session: Session, qtbot: QtBot
) -> None:
    trend = overview(page).trend
    assert figure(trend.chart).count() == 24
    day = figure(trend.chart).key(20)
    trend.chart.chosen.emit(day)
    assert session.as_of == day
    settled(page, qtbot)
    assert day.isoformat() in page.head.when.text()


def test_the_trend_goes_back_five_years_and_shows_an_indicator(page: ReadinessPage, qtbot: QtBot) -> None:
    trend = overview(page).trend
    trend.spans[1].click()
    qtbot.waitUntil(lambda: figure(trend.chart).count() == 60, timeout=20_000)
    trend.lines.menu().actions()[1].trigger()
    assert [line.name for line in figure(trend.chart).series] == ["Score", "Drills"]
    expected = tuple(point.readiness.indicators["drills"].value for point in trend.points)
    assert figure(trend.chart).series[1].values == expected


def test_a_month_of_the_due_axis_opens_its_rows(page: ReadinessPage, qtbot: QtBot) -> None:
    from drillapp.ui.readiness.due import DueView

    view = cast(DueView, page.show_view("due"))
    model = view.list.table.model
    qtbot.waitUntil(lambda: page.session.tasks.is_idle and model.state != "loading")
    assert view.chart.figure is not None
    buckets = figure(view.chart).buckets
    assert sum(bucket.count for bucket in buckets) == model.rowCount() > 0
    full = next(bucket for bucket in buckets if bucket.count)
    view.chart.chosen.emit(full.key)
    qtbot.waitUntil(lambda: page.session.tasks.is_idle and model.state != "loading")
    assert model.rowCount() == full.count
    view.everything.click()
    qtbot.waitUntil(lambda: page.session.tasks.is_idle and model.state != "loading")
    assert model.rowCount() == sum(bucket.count for bucket in buckets)


def test_each_paper_is_of_the_unit_in_front(page: ReadinessPage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str, str | None]] = []

    def preview(_session: Any, name: str, title: str, _parent: Any, *, unit_code: str, number: Any) -> None:
        asked.append((name, title, unit_code))

    monkeypatch.setattr(printing, "preview_report", preview)
    unit = choose_bar(page, 0)
    page.print_button.click()
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    for action in menu.actions()[:5]:
        action.trigger()
    menu.close()
    assert [name for name, _title, _code in asked] == [
        "readiness",
        "bulletin",
        "comparison",
        "dossier",
        "reminder",
    ]
    assert {code for _name, _title, code in asked} == {unit.unit}
    assert all(title.startswith("North: ") for _name, title, _code in asked)
    assert {name for name, _title, _code in asked} <= set(REPORTS)


def test_the_obligations_shown_are_printed_as_a_list(
    page: ReadinessPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[Any, str]] = []
    monkeypatch.setattr(printing, "print_list", lambda _session, table, title: printed.append((table, title)))
    page.show_target(Target("readiness", "obligations", text="gate"))
    rows(page, qtbot)
    page.print_button.click()
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    next(one for one in menu.actions() if one.text() == "The list as shown").trigger()
    menu.close()
    assert printed == [(obligations(page).list.table, "Obligations")]


def test_the_figures_are_written_as_a_workbook(page: ReadinessPage, qtbot: QtBot, tmp_path: Path) -> None:
    assert page.shown is not None
    path = tmp_path / "figures.xlsx"
    with qtbot.waitSignal(page.session.said, timeout=20_000) as told:
        printing.write_figures(page.session, page.shown, path, page)
    assert told.args == ["Written to figures.xlsx"]
    sheet = load_workbook(path).worksheets[0]
    names = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"North", "South", "Southgate"} <= names
