"""The first page: its figures are right, and each leads to the rows behind it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from drillapp.core.clock import FixedClock
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.home.figures import WINDOWS, HomeFigures, RuleDue, remembered_figures
from drillapp.core.home.pressing import sorts_in_order
from drillapp.core.home.queries import home_figures
from drillapp.core.i18n import language, use_language
from drillapp.core.kinds import KINDS
from drillapp.core.law import SETTLEMENTS, Settlement
from drillapp.core.office import Office
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.formula import formula
from drillapp.core.rules.changing import switch_off
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.windows import day_of, window
from drillapp.core.units.references import unit_id as units_by_code
from drillapp.ui.home.due_card import days_words, rule_line, unit_line
from drillapp.ui.home.lines import alert_lines, drill_lines, finding_lines
from drillapp.ui.home.page import HomePage
from drillapp.ui.home.standing import floor_words, standing_words
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.session import Session, Target
from tests.ui.kept import bring
from tests.ui.small_district import DAY, fill_and_look


def shown(session: Session, qtbot: QtBot) -> HomePage:
    made = HomePage(session)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    qtbot.waitUntil(lambda: made.figures is not None and session.tasks.is_idle)
    return made


@pytest.fixture
def office_file(
    office_file: Path,
    request: pytest.FixtureRequest,
    clock: FixedClock,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    if "filled" not in request.fixturenames:
        return office_file
    return bring(office_file, fill_and_look, clock, tmp_path_factory)


@pytest.fixture
def filled(session: Session) -> Office:
    """The small district, with its figures remembered."""
    assert session.office is not None
    return session.office


@pytest.fixture
def figures(filled: Office) -> HomeFigures:
    found = remembered_figures(filled, filled.unit_id)
    assert found is not None
    return found


def wanted(session: Session, qtbot: QtBot, act: Any) -> Target:
    with qtbot.waitSignal(session.wanted) as told:
        act()
    return told.args[0]


def test_an_empty_office_shows_the_first_steps_instead(session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    assert page.steps.isVisible()
    assert not page.dashboard.isVisible()
    new = next(made for made in page.steps.findChildren(QPushButton) if made.text() == "Schedule a drill")
    assert wanted(session, qtbot, new.click) == Target("drills", "drills", action="new")


def test_the_steps_go_when_all_were_taken(filled: Office, session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    assert not page.steps.isVisible()
    assert page.dashboard.isVisible()


def test_what_is_due_is_counted_as_the_obligations_say(filled: Office, figures: HomeFigures) -> None:
    asked = obligations(filled, filled.unit_id)
    windows = [window(row.settled_by, row.state, row.due_on, DAY) for row in asked]
    for name in WINDOWS:
        assert figures.due[name] == windows.count(name), name
        assert figures.due[name] > 0 or name == "due_90"
    assert [row.subject for row in figures.soonest["due_30"]] == ["No radio", "North plan", "North"]
    assert len(figures.soonest["no_data"]) == min(8, figures.due["no_data"])
    assert {row.state for row in figures.soonest["no_data"]} == {"no_data"}


def test_what_is_overdue_shows_every_sort_and_what_breaks_a_floor_first(filled: Office) -> None:
    late = [
        PlanEntry(number=f"OLD-{place}", title="Old plan", unit_code="S1", published_on=date(2015, 1, place))
        for place in range(1, 20)
    ]
    KINDS["plans"].save(filled, late)  # so many that the list would be full of them
    held = datetime(2016, 5, 1, 2, tzinfo=UTC)
    drill = DrillEntry(
        number="OLD", unit_code="S", title="Old drill", planned_on=held.date(), started_at=held, ended_at=held + timedelta(hours=1)
    )  # fmt: skip
    KINDS["drills"].save(filled, [drill])
    asked = obligations(filled, filled.unit_id, states=("overdue",))
    shown = home_figures(filled, filled.unit_id).soonest["overdue"]
    sorts = [row.settled_by for row in shown]
    present = {row.settled_by for row in asked}
    assert len(shown) == min(8, len(asked))
    assert all(row in asked for row in shown)
    assert len(set(sorts)) == min(8, len(present))
    floors = [floor.broken_by for floor in formula().floor if floor.broken_by in present]
    assert floors
    assert sorts[: len(floors)] == floors
    assessed = next(row for row in shown if row.settled_by == "plan_assessed")
    assert assessed.due_on == min(
        row.due_on for row in asked if row.settled_by == "plan_assessed" and row.due_on
    )


@pytest.mark.parametrize("missing", SETTLEMENTS)
def test_the_order_of_sorts_names_each_once(missing: Settlement) -> None:
    present = [one for one in SETTLEMENTS if one != missing]
    order = sorts_in_order(present, formula())
    assert sorted(order) == sorted(present)
    first = {
        indicator.name
        for indicator in formula().indicator
        for one in order[:8]
        if one in indicator.settled_by
    }
    assert first == {
        indicator.name for indicator in formula().indicator if set(indicator.settled_by) != {missing}
    }


def test_this_month_ends_with_the_month(filled: Office) -> None:
    asked = [
        row
        for row in obligations(filled, filled.unit_id)
        if day_of(row) is not None and row.state != "overdue"
    ]
    days = [row.due_on for row in asked if row.due_on is not None]
    for day in (date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 31)):
        filled.as_of = day
        figures = home_figures(filled, filled.unit_id)
        last = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        assert figures.this_month == sum(day <= due < last for due in days)


@pytest.mark.parametrize("unit", ["110102", "S", "S1"])
def test_by_rule_and_by_unit_add_up_to_the_whole(filled: Office, unit: str) -> None:
    with filled.read() as connection:
        unit_id = units_by_code(connection, unit)
    figures = home_figures(filled, unit_id)
    asked = obligations(filled, unit_id)
    by_rule = Counter((row.rule, window(row.settled_by, row.state, row.due_on, DAY)) for row in asked)
    for one in figures.by_rule:
        assert one.due == {name: by_rule[one.rule, name] for name in WINDOWS}
    for name in WINDOWS:
        assert sum(one.due[name] for one in figures.by_rule) == figures.due[name]
    assert sum(one.due["overdue"] for one in figures.by_unit) <= figures.due["overdue"]


def test_a_rule_that_is_switched_off_leaves_the_figures(filled: Office, figures: HomeFigures) -> None:
    most = max(figures.by_rule, key=lambda one: one.due["overdue"])
    switch_off(filled, most.rule, "not here")
    after = home_figures(filled, filled.unit_id)
    assert after.due["overdue"] == figures.due["overdue"] - most.due["overdue"]
    assert most.rule not in {one.rule for one in after.by_rule}


def test_figures_of_stock_findings_and_drills(figures: HomeFigures) -> None:
    assert figures.stock == {"expired": 1, "due_30": 1, "short": 1}
    assert figures.findings == {"open": 1, "overdue": 1}
    assert [drill.title for drill in figures.drills] == ["Next drill"]


def test_drills_not_reported_in_time_lead_to_their_list(figures: HomeFigures) -> None:
    late = replace(figures, late_reports=2)
    line, *planned = drill_lines(late, DAY)
    assert (line.title, line.mark) == ("Drills not reported in time", "2")
    assert line.target == Target("drills", "drill_reports", choices={"state": frozenset({"late"})})
    assert planned == drill_lines(replace(figures, late_reports=0), DAY)


def test_units_with_most_overdue_come_first_with_what_is_below_them(
    filled: Office, figures: HomeFigures
) -> None:
    assert {unit.name for unit in figures.by_unit} == {"South", "North"}
    first, second = figures.by_unit
    assert first.due["overdue"] > second.due["overdue"] > 0
    below = Counter(row.unit for row in obligations(filled, filled.unit_id, states=("overdue",)))
    south = next(unit for unit in figures.by_unit if unit.name == "South")
    assert south.due["overdue"] == below["S"] + below["S1"]


def test_figures_are_remembered_until_a_fact_changes(filled: Office) -> None:
    figures = home_figures(filled, filled.unit_id)
    assert remembered_figures(filled, filled.unit_id) == figures
    KINDS["plans"].save(
        filled, [PlanEntry(number="S1-1", title="Gate plan", unit_code="S1", published_on=DAY)]
    )
    assert remembered_figures(filled, filled.unit_id) is None


@pytest.mark.parametrize("name", WINDOWS)
def test_a_figure_leads_to_its_obligations(filled: Office, session: Session, qtbot: QtBot, name: str) -> None:
    page = shown(session, qtbot)
    target = wanted(session, qtbot, page.tiles[name].clicked.emit)
    assert target == Target("readiness", "obligations", choices={"state": frozenset({name})})


def test_the_findings_figure_leads_to_those_not_put_right(
    filled: Office, session: Session, qtbot: QtBot
) -> None:
    page = shown(session, qtbot)
    assert page.tiles["findings"].number == "2"
    target = wanted(session, qtbot, page.tiles["findings"].clicked.emit)
    assert target == Target("drills", "findings", choices={"state": frozenset({"open", "overdue"})})


def test_every_line_leads_to_the_rows_it_counts(figures: HomeFigures) -> None:
    expired, soon, later, short, *_lots = alert_lines(figures)
    assert [line.mark for line in (expired, soon, later, short)] == ["1", "1", "0", "1"]
    assert expired.target == Target("supplies", "stock", choices={"state": frozenset({"expired"})})
    assert finding_lines(figures)[0].target == Target(
        "drills", "findings", choices={"state": frozenset({"overdue"})}
    )
    unit = unit_line(figures.by_unit[0], "no_data", 7)
    assert unit.target is not None
    assert (unit.target.kind, unit.target.record_id) == ("obligations", figures.by_unit[0].unit_id)
    assert unit.target.choices == {"state": frozenset({"no_data"})}
    rule = rule_line(figures.by_rule[0], "overdue")
    assert rule.target is not None
    assert rule.target.choices == {
        "state": frozenset({"overdue"}), "rule": frozenset({figures.by_rule[0].rule}),
    }  # fmt: skip


def test_one_click_opens_the_form_that_settles_it(filled: Office, session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    page.due.switches["due_30"].click()
    settle = [made for made in page.due.findChildren(QPushButton) if made.text() == "Schedule a drill"]
    target = wanted(session, qtbot, settle[0].click)
    assert (target.page, target.action, target.values["unit_code"]) == ("drills", "new", "N")


def without_plan(page: HomePage) -> int:
    assert page.figures is not None
    return sum(one.due["no_data"] for one in page.figures.by_rule if one.rule == "PL-FORCE")


def test_the_page_follows_what_is_entered(filled: Office, session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    before = without_plan(page)
    entry = PlanEntry(number="S1-1", title="Gate plan", unit_code="S1", published_on=DAY)
    session.tasks.run_write(
        lambda office, _progress: KINDS["plans"].save(office, [entry]), lambda _saved: None
    )
    qtbot.waitUntil(lambda: without_plan(page) == before - 1)
    assert page.figures is not None
    assert page.tiles["no_data"].number == str(page.figures.due["no_data"])


def test_the_list_changes_with_the_switch(filled: Office, session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    page.due.switches["due_30"].click()
    QApplication.processEvents()
    lines = [link.line for link in page.due.findChildren(RecordLink) if link.isVisibleTo(page.due)]
    assert [line.mark for line in lines] == ["10 days left", "27 days left", "30 days left"]
    assert {line.tone for line in lines} == {"orange"}


@pytest.mark.parametrize(
    ("offset", "words"),
    [(-3, "3 days over"), (-1, "1 day over"), (0, "due today"), (1, "1 day left"), (5, "5 days left")],
)
def test_days_are_said_in_words(offset: int, words: str) -> None:
    assert days_words(DAY + timedelta(days=offset), DAY) == words
    assert days_words(None, DAY) == "never done"


def lines_of(page: HomePage) -> list[RecordLine]:
    QApplication.processEvents()
    return [link.line for link in page.due.findChildren(RecordLink) if link.isVisibleTo(page.due)]


def test_the_card_shows_the_same_by_rule_and_by_unit(filled: Office, session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    assert page.figures is not None
    page.due.views["rule"].click()
    marks = [line.mark for line in lines_of(page)]
    assert marks == [
        str(count) for count in sorted((one.due["overdue"] for one in page.figures.by_rule), reverse=True) if count
    ][:8]  # fmt: skip
    page.due.views["unit"].click()
    assert [line.title for line in lines_of(page)] == [unit.name for unit in page.figures.by_unit]
    page.due.switches["no_data"].click()
    assert {line.tone for line in lines_of(page)} == {"neutral"}
    page.due.views["thing"].click()
    assert {line.mark for line in lines_of(page)} == {"never done"}


def test_a_rule_that_was_not_verified_says_so(figures: HomeFigures) -> None:
    lines = {one.rule: rule_line(one, "overdue").subtitle for one in figures.by_rule}
    assert lines["PL-09"].endswith("not verified")
    assert not lines["DR-01"].endswith("verified")


def test_a_rule_that_cites_a_convention_says_so_once() -> None:
    before = language()
    use_language("zh_CN")
    try:
        one = RuleDue("X-1", "t", "惯例", "C", "plan_filed", {"overdue": 1})
        assert rule_line(one, "overdue").subtitle == "X-1 · 惯例"
        cited = replace(one, article="某办法第1条")
        assert rule_line(cited, "overdue").subtitle == "X-1 · 某办法第1条 · 惯例"
    finally:
        use_language(before)


def test_grade_confidence_and_floors_are_said_in_words(figures: HomeFigures) -> None:
    ready = figures.readiness
    assert ready is not None
    sure = replace(ready, confidence=0.99, broken=())
    assert standing_words(sure) == "confidence high"
    assert floor_words(sure) == ""
    capped = replace(ready, confidence=0.2, broken=("no_plan",))
    assert standing_words(capped) == "capped: no plan in force · confidence low"
    assert floor_words(capped).startswith("no plan in force: not better than D")
    assert standing_words(replace(capped, broken=tuple(one.name for one in formula().floor))).startswith(
        "capped by "
    )
    assert standing_words(None) == standing_words(replace(ready, confidence=None)) == ""


def test_the_calendar_file_has_what_is_due_in_90_days(
    filled: Office, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, path, said = shown(session, qtbot), tmp_path / "due.ics", []
    session.said.connect(said.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    page.due.calendar.click()
    qtbot.waitUntil(lambda: bool(said))
    near = [row for row in obligations(filled, filled.unit_id, within_days=90) if day_of(row) is not None]
    assert path.read_bytes().decode().count("BEGIN:VEVENT") == len(near) > 0
    assert said == [f"{len(near)} events written to due.ics."]
