"""Reports upward by clicking: reported, returned, accepted, what a file lacks, rates, who takes part."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.queries import DRILLS
from drillapp.core.drills.record.model import DrillPerson
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.reporting.commands import report
from drillapp.core.drills.reporting.queries import report_steps
from drillapp.core.listing import View, first_rows
from drillapp.core.units.commands import save_people, save_units
from drillapp.core.units.entries import PersonEntry, UnitEntry
from drillapp.core.units.model import Person
from drillapp.ui.drills.evaluation.dialog import EvaluationDialog
from drillapp.ui.drills.log_dialog import LogDialog
from drillapp.ui.drills.page import DrillsPage
from drillapp.ui.drills.papers.dialog import PapersDialog
from drillapp.ui.drills.record.dialog import RecordDialog
from drillapp.ui.drills.reporting.event_dialog import EventDialog
from drillapp.ui.drills.reporting.page import ReportingPage
from drillapp.ui.drills.reporting.step_dialog import ReportStepDialog
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session, Target
from tests.core.drills.record.recorded import plan
from tests.ui.filled import STREET, choose, fill, follow, links, numbers, open_tab, pick, press, settle, shown
from tests.ui.kept import kept_office

office_file = kept_office(fill)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> DrillsPage:
    assert session.office is not None
    people = [PersonEntry(unit_code=STREET, name=name) for name in ("Wang", "Li")]
    save_people(session.office, people)
    save_units(
        session.office, [UnitEntry(code=STREET, name="West street", parent_code="110102", headcount=80)]
    )
    with session.office.write("check in") as work:
        wang = work.connection.execute(Person.__table__.select().where(Person.name == "Wang")).first()
        assert wang is not None
        values = {
            "drill_id": drill_named(session.office, "D-1"), "person_id": wang.id, "name": "Wang",
            "checked_in_at": datetime(2026, 6, 5, 1, tzinfo=UTC),
        }  # fmt: skip
        work.connection.execute(insert(DrillPerson).values(**values))
    made = shown(session, qtbot, DrillsPage)
    made.tabs.setCurrentIndex(made.tabs.count() - 1)
    settle(session, qtbot)
    return made


def reports(page: DrillsPage) -> ListPane:
    return page.reporting.pane("drill_reports")


def enter(
    page: DrillsPage, session: Session, qtbot: QtBot, words: str, who: str, note: str = ""
) -> ReportStepDialog:
    choose(reports(page), session, qtbot)
    press(reports(page).toolbar, words, qtbot)
    dialog: ReportStepDialog = page.findChildren(ReportStepDialog)[-1]
    dialog.who.clear()
    qtbot.keyClicks(dialog.who, who)
    qtbot.keyClicks(dialog.note, note)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    return dialog


def test_a_report_goes_up_comes_back_and_is_accepted(
    page: DrillsPage, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    pane = reports(page)
    assert numbers(pane) == ["D-1"]
    assert numbers(pane, "state") == ["late"]
    refused = enter(page, session, qtbot, "Accepted …", "Bureau")
    assert "has not been reported yet" in refused.problem.text()
    refused.reject()
    enter(page, session, qtbot, "Report upward …", "Bureau")
    assert numbers(pane, "state") == ["reported"]
    refused = enter(page, session, qtbot, "Returned …", "Bureau")
    assert refused.problem.text() == "Say what is to be mended."
    refused.reject()
    enter(page, session, qtbot, "Returned …", "Bureau", "No photographs")
    assert numbers(pane, "state") == ["returned"]
    enter(page, session, qtbot, "Report upward …", "Bureau")
    enter(page, session, qtbot, "Accepted …", "Bureau")
    assert numbers(pane, "state") == ["accepted"]
    steps = report_steps(session.office, drill_named(session.office, "D-1"))
    assert [step.kind for step in steps] == ["reported", "returned", "reported", "accepted"]
    choose(pane, session, qtbot)
    tab = open_tab(pane, "Report", session, qtbot)
    assert "2026-11-24  returned" in links(tab)


def test_the_emergency_management_of_the_district_is_proposed(
    page: DrillsPage, session: Session, qtbot: QtBot
) -> None:
    office = session.office
    assert office is not None
    choose(reports(page), session, qtbot)
    press(reports(page).toolbar, "Report upward …", qtbot)
    dialog: ReportStepDialog = page.findChildren(ReportStepDialog)[-1]
    settle(session, qtbot)
    assert dialog.who.value().endswith(": emergency management")
    dialog.reject()
    bureau = UnitEntry(code="EM", name="West 应急管理局", parent_code="110102", kind="department")
    save_units(office, [bureau])
    settle(session, qtbot)
    choose(reports(page), session, qtbot)
    press(reports(page).toolbar, "Report upward …", qtbot)
    dialog = page.findChildren(ReportStepDialog)[-1]
    settle(session, qtbot)
    assert dialog.who.value() == "West 应急管理局"


@pytest.mark.parametrize(
    ("paper", "dialog"),
    [("working plan", PapersDialog), ("photographs", RecordDialog), ("sign-in sheet", None), ("log", LogDialog), ("evaluation", EvaluationDialog)],
)  # fmt: skip
def test_a_click_leads_to_where_a_missing_paper_is_added(
    page: DrillsPage, session: Session, qtbot: QtBot, paper: str, dialog: type[QWidget] | None
) -> None:
    choose(reports(page), session, qtbot)
    tab = open_tab(reports(page), "Report", session, qtbot)
    if dialog is None:  # somebody was checked in, so that nothing is missing there
        assert paper not in links(tab)
        return
    follow(tab, paper, qtbot)
    settle(session, qtbot)
    (opened,) = page.findChildren(dialog)
    assert opened.isVisible()
    if isinstance(opened, RecordDialog):
        assert opened.tabs.currentWidget() is opened.files
    opened.done(0)  # type: ignore[attr-defined]


def test_the_chip_finds_what_lacks_a_paper(page: DrillsPage, session: Session, qtbot: QtBot) -> None:
    session.go(Target("drills", "drill_reports", choices={"missing": frozenset({"sign_in"})}))
    settle(session, qtbot)
    assert numbers(reports(page)) == []
    session.go(Target("drills", "drill_reports", choices={"missing": frozenset({"photo"})}))
    settle(session, qtbot)
    assert numbers(reports(page)) == ["D-1"]


def test_the_slip_is_printed(page: DrillsPage, session: Session, qtbot: QtBot) -> None:
    choose(reports(page), session, qtbot)
    pick(reports(page), "Report slip", session, qtbot)
    assert page.findChild(PdfPreview) is not None


def rows_of(view: object) -> list[tuple[object, ...]]:
    model = view.model  # type: ignore[attr-defined]
    return [tuple(model.row(i))[2:] for i in range(model.rowCount())]


def test_rates_of_a_period_and_the_drills_behind_them(
    page: DrillsPage, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    upward: ReportingPage = page.reporting
    report(session.office, drill_named(session.office, "D-1"), day=date(2026, 6, 9), to="Bureau")
    upward.tabs.setCurrentIndex(1)
    settle(session, qtbot)
    assert rows_of(upward.rates.table)[1] == ("West street", 1, 1, 1, 1.0, 1.0)
    press(upward.rates, "2nd half", qtbot)
    settle(session, qtbot)
    assert rows_of(upward.rates.table)[1] == ("West street", 0, 0, 0, None, None)
    press(upward.rates, "Q2", qtbot)
    settle(session, qtbot)
    assert rows_of(upward.rates.table)[0][1:4] == (1, 1, 1)
    upward.rates.table.opened.emit(upward.rates.table.model.row(1))
    settle(session, qtbot)
    assert (upward.tabs.currentIndex(), session.scope.name) == (0, "West street")
    assert numbers(reports(page)) == ["D-1"]
    upward.tabs.setCurrentIndex(1)
    settle(session, qtbot)
    press(upward.rates, "Print", qtbot)
    settle(session, qtbot)
    assert page.findChild(PdfPreview) is not None


def test_who_takes_part(page: DrillsPage, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    upward = page.reporting
    upward.tabs.setCurrentIndex(2)
    settle(session, qtbot)
    view = upward.participation
    assert rows_of(view.units) == [
        (session.scope.name, 0, 0, None, None, 0, 0),
        ("West street", 1, 40, 80, 0.5, 2, 1),
    ]
    assert view.told.text() == "2 units, 1 of them without a drill"
    view.write_table(tmp_path / "units.csv")
    settle(session, qtbot)
    assert "West street,1,40,80,0.5,2,1" in (tmp_path / "units.csv").read_text(encoding="utf-8-sig")
    press(view, "By person", qtbot)
    settle(session, qtbot)
    assert [view.people.model.row(i).name for i in range(2)] == ["Li", "Wang"]
    press(view, "Never took part", qtbot)
    settle(session, qtbot)
    assert [view.people.model.row(i).name for i in range(view.people.model.rowCount())] == ["Li"]
    view.write_table(tmp_path / "never.xlsx")
    settle(session, qtbot)
    assert (tmp_path / "never.xlsx").stat().st_size > 1000
    press(view, "By unit", qtbot)
    settle(session, qtbot)
    view.units.opened.emit(view.units.model.row(1))
    settle(session, qtbot)
    assert page.tabs.currentIndex() == 0
    assert numbers(page.pane("drills")) == ["D-1"]


def test_another_year_has_other_figures(page: DrillsPage, session: Session, qtbot: QtBot) -> None:
    page.reporting.tabs.setCurrentIndex(2)
    settle(session, qtbot)
    view = page.reporting.participation
    qtbot.mouseClick(view.years.back, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert rows_of(view.units)[1][:3] == ("West street", 0, 0)


def test_an_event_is_recorded_and_never_reported_as_a_drill(
    page: DrillsPage, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    page.tabs.setCurrentIndex(0)
    settle(session, qtbot)
    pick(page.pane("drills"), "Record an event …", session, qtbot, behind="More …")
    dialog = page.findChild(EventDialog)
    dialog.form.editor("unit_code").set_value(STREET)
    settle(session, qtbot)  # its number is proposed
    dialog.form.editor("number").set_value("E-1")
    qtbot.keyClicks(dialog.form.editor("title"), "Cellar flooded")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    (event,) = (row for row in first_rows(session.office, DRILLS, View(), 9) if row.number == "E-1")
    assert (event.kind, event.planned_on) == ("event", date(2026, 11, 24))
    assert numbers(page.pane("drills")) == ["E-1"]
    assert numbers(reports(page)) == ["D-1"]


def test_the_level_that_was_started_is_of_the_plan_in_force(
    page: DrillsPage, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    plan(session.office, "P-9")
    dialog = EventDialog(session, page)
    dialog.begin_new({"unit_code": STREET, "planned_on": session.today, "number": "E-2", "title": "Fire"})
    assert not dialog.level.isEnabled()
    dialog.form.editor("plan_number").set_value("P-9")
    dialog.form.editor("plan_number").edited.emit()
    settle(session, qtbot)
    assert [dialog.level.itemText(i) for i in range(dialog.level.count())] == ["none", "一级", "二级"]
    dialog.level.setCurrentIndex(2)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    record = drill_record(session.office, drill_named(session.office, "E-2"))
    assert (record.drill.kind, record.drill.plan_number, record.design.level) == ("event", "P-9", "二级")
