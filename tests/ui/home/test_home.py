"""The first page: its figures are right, and each leads to the rows behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from drillapp.core.home.figures import HomeFigures, remembered_figures
from drillapp.core.home.queries import home_figures
from drillapp.core.kinds import KINDS
from drillapp.core.office import Office
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.windows import window
from drillapp.ui.home.due_card import days_words
from drillapp.ui.home.lines import alert_lines, drill_lines, finding_lines, unit_line
from drillapp.ui.home.page import HomePage
from drillapp.ui.parts.record_link import RecordLink
from drillapp.ui.session import Session, Target
from tests.ui.small_district import DAY, fill


def shown(session: Session, qtbot: QtBot) -> HomePage:
    made = HomePage(session)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    qtbot.waitUntil(lambda: made.figures is not None and session.tasks.is_idle)
    return made


@pytest.fixture
def filled(session: Session) -> Office:
    assert session.office is not None
    fill(session.office)
    return session.office


@pytest.fixture
def figures(filled: Office) -> HomeFigures:
    return home_figures(filled, filled.unit_id)


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
    for name in ("overdue", "due_30", "due_90"):
        assert figures.due[name] == windows.count(name)
    assert figures.due == {"overdue": 7, "due_30": 3, "due_90": 0}
    assert [row.subject for row in figures.soonest["due_30"]] == ["No radio", "North plan", "North"]


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


def test_units_with_most_overdue_come_first_with_what_is_below_them(figures: HomeFigures) -> None:
    assert [(unit.name, unit.overdue) for unit in figures.by_unit] == [("South", 6), ("North", 1)]


def test_figures_are_remembered_until_a_fact_changes(filled: Office, figures: HomeFigures) -> None:
    assert remembered_figures(filled, filled.unit_id) == figures
    KINDS["plans"].save(
        filled, [PlanEntry(number="S1-1", title="Gate plan", unit_code="S1", published_on=DAY)]
    )
    assert remembered_figures(filled, filled.unit_id) is None


@pytest.mark.parametrize("name", ["overdue", "due_30", "due_90"])
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
    south = unit_line(figures.by_unit[0], 7)
    assert south.target is not None
    assert (south.target.kind, south.target.record_id) == ("obligations", figures.by_unit[0].unit_id)


def test_one_click_opens_the_form_that_settles_it(filled: Office, session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    settle = [made for made in page.due.findChildren(QPushButton) if made.text() == "Schedule a drill"]
    target = wanted(session, qtbot, settle[0].click)
    assert (target.page, target.action, target.values["unit_code"]) == ("drills", "new", "S")


def test_the_page_follows_what_is_entered(filled: Office, session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    before = page.figures.due["overdue"]
    entry = PlanEntry(number="S1-1", title="Gate plan", unit_code="S1", published_on=DAY)
    session.tasks.run_write(
        lambda office, _progress: KINDS["plans"].save(office, [entry]), lambda _saved: None
    )
    qtbot.waitUntil(lambda: page.figures.due["overdue"] == before - 1)
    assert page.tiles["overdue"].number == str(before - 1)


def test_the_list_changes_with_the_switch(filled: Office, session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    page.due.switches["due_30"].click()
    QApplication.processEvents()
    lines = [link.line for link in page.due.findChildren(RecordLink) if link.isVisibleTo(page.due)]
    assert [line.mark for line in lines] == ["10 days left", "27 days left", "30 days left"]
    assert {line.tone for line in lines} == {"orange"}


@pytest.mark.parametrize(("offset", "words"), [(-3, "3 days over"), (0, "due today"), (5, "5 days left")])
def test_days_are_said_in_words(offset: int, words: str) -> None:
    assert days_words(DAY + timedelta(days=offset), DAY) == words
    assert days_words(None, DAY) == "never done"
