"""Each thing that is asked leads by one click to where it is settled, whatever settles it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.law import SETTLEMENTS, Settlement
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.lifecycle import possible_events
from drillapp.core.plans.queries import PLANS
from drillapp.core.plans.versions import versions_of
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.ui.cards.page import CardsPage
from drillapp.ui.drills.evaluation.dialog import EvaluationDialog
from drillapp.ui.drills.findings.step_dialogs import DoneDialog
from drillapp.ui.drills.page import DrillsPage
from drillapp.ui.drills.record.dialog import RecordDialog
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.plans.assessment_dialog import AssessmentDialog
from drillapp.ui.plans.event_dialog import EventDialog
from drillapp.ui.plans.missing_dialog import MissingDialog
from drillapp.ui.plans.page import PlansPage
from drillapp.ui.readiness.settling import record_target, settle, settle_words
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.ledger.document_dialog import DocumentDialog
from drillapp.ui.supplies.page import SuppliesPage
from drillapp.ui.supplies.stocktake.draw_dialog import DrawDialog
from drillapp.ui.units.page import UnitsPage
from tests.ui.filled import STREET, fill
from tests.ui.filled import settle as until_quiet
from tests.ui.kept import kept_office

PAGES: dict[str, Callable[[Session], ListPage]] = {
    "plans": PlansPage, "drills": DrillsPage, "supplies": SuppliesPage, "cards": CardsPage, "units": UnitsPage,
}  # fmt: skip


office_file = kept_office(fill)


@pytest.fixture
def filled(session: Session) -> Office:
    assert session.office is not None
    return session.office


def asked(settled_by: Settlement, subject_kind: str = "", subject_id: int = 1) -> Obligation:
    return Obligation(
        1, STREET, "West street", "DR-01", "", "", settled_by, subject_kind, subject_id, "Subject", None, "overdue", [],
    )  # fmt: skip


def led_to(session: Session, qtbot: QtBot, thing: Obligation) -> Target:
    with qtbot.waitSignal(session.wanted) as told:
        settle(session, thing, thing.unit)
    target: Target = told.args[0]
    return target


def begun(session: Session, qtbot: QtBot, thing: Obligation) -> tuple[ListPage, list[QDialog]]:
    """The page on which a thing is settled, and the dialogs that came up there."""
    target = led_to(session, qtbot, thing)
    page = PAGES[target.page](session)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    until_quiet(session, qtbot)
    page.show_target(target)
    until_quiet(session, qtbot)
    return page, [one for one in page.findChildren(QDialog) if one.isVisible()]


def pane_of(page: ListPage, kind: str) -> ListPane:
    inner = getattr(page, "reporting", page)
    return inner.pane(kind) if kind == "drill_reports" else page.pane(kind)


def of_street(office: Office, settled_by: Settlement) -> Obligation:
    return next(row for row in obligations(office, settled_by=(settled_by,)) if row.unit == STREET)


@pytest.mark.parametrize("settled_by", SETTLEMENTS)
def test_there_is_a_list_that_can_do_what_is_asked_for(
    session: Session, qtbot: QtBot, filled: Office, settled_by: Settlement
) -> None:
    target = led_to(session, qtbot, asked(settled_by))
    page = PAGES[target.page](session)
    qtbot.addWidget(page)
    pane = pane_of(page, target.kind)
    if target.action == "new":
        assert pane.spec.editable
        return
    assert target.record_id == 1
    deeds = {action.label for action in pane._actions()} | pane.spec.asked.keys()
    assert target.action in deeds | {tab.label for tab in pane.spec.tabs}


@pytest.mark.parametrize("settled_by", SETTLEMENTS)
def test_the_record_behind_is_in_a_list_that_there_is(
    session: Session, qtbot: QtBot, settled_by: Settlement
) -> None:
    for number in ("", "N-1"):
        target = record_target(asked(settled_by), number)
        page = PAGES[target.page](session)
        qtbot.addWidget(page)
        assert pane_of(page, target.kind).spec.kind == target.kind


def test_every_way_has_its_own_words() -> None:
    words = [settle_words(one) for one in SETTLEMENTS]
    assert len(set(words)) == len(words) - 1  # both sorts of stock are brought in


def test_a_drill_is_scheduled_with_what_the_rule_asks_for(
    session: Session, qtbot: QtBot, filled: Office
) -> None:
    plan = next(row for row in obligations(filled, settled_by=("drill_held",)) if row.rule == "DR-07")
    assert plan.subject_kind == "plans"
    target = led_to(session, qtbot, plan)
    assert target.values == {
        "unit_code": STREET, "plan_number": "P-2", "title": "Drill of “Flood plan”",
    }  # fmt: skip
    fire = replace(asked("drill_held"), rule="DR-12", unit_id=plan.unit_id)
    assert led_to(session, qtbot, fire).values == {
        "unit_code": STREET, "plan_number": "P-2", "title": "Drill of “Flood plan”", "hazard": "火灾", "form": "live",
    }  # fmt: skip
    evacuation = led_to(session, qtbot, replace(fire, rule="DR-15")).values
    assert (evacuation["hazard"], evacuation["evacuation"]) == ("地震", True)


def test_the_plan_that_a_rule_asks_for_is_the_newest_in_force(
    session: Session, qtbot: QtBot, filled: Office
) -> None:
    unit = of_street(filled, "drill_held").unit_id
    special = replace(asked("drill_held"), rule="DR-03", unit_id=unit)
    values = led_to(session, qtbot, special).values
    assert values["plan_number"] == "P-2"  # P-3 is a draft
    assert values["content"] == "comprehensive"
    filled.as_of = date(2020, 2, 28)
    assert "plan_number" not in led_to(session, qtbot, special).values


def test_stock_is_brought_in_with_what_is_missing_and_where_to(
    session: Session, qtbot: QtBot, filled: Office
) -> None:
    save_levels(filled, [LevelEntry(unit_code=STREET, item_code="1", quantity=90)])
    _page, [dialog] = begun(session, qtbot, of_street(filled, "level_met"))
    assert isinstance(dialog, DocumentDialog)
    [line] = dialog.lines.rows
    assert (dialog.kind, dialog.head.value("storehouse"), line.code) == ("in", "S", "1")
    assert line.quantity.text() == "40"  # 80 were brought in; 30 of them have expired


def test_a_unit_without_key_posts_is_led_to_its_posts(session: Session, qtbot: QtBot) -> None:
    target = led_to(session, qtbot, asked("card_issued", "units"))
    assert target == Target("units", "posts", action="new", values={"unit_code": STREET, "key_post": True})
    target = led_to(session, qtbot, asked("card_issued", "posts"))
    assert target.values == {"unit_code": STREET, "post": "Subject"}


@pytest.mark.parametrize(
    ("settled_by", "dialog"),
    [
        ("plan_assessed", AssessmentDialog),
        ("plan_filed", EventDialog),
        ("drill_evaluated", EvaluationDialog),
        ("drill_attended", RecordDialog),
        ("finding_corrected", DoneDialog),
        ("stocktake_done", DrawDialog),
    ],
)
def test_one_click_opens_the_dialog_for_the_record(
    session: Session, qtbot: QtBot, filled: Office, settled_by: Settlement, dialog: type[QDialog]
) -> None:
    _page, dialogs = begun(session, qtbot, of_street(filled, settled_by))
    assert [type(one) for one in dialogs] == [dialog]


def test_what_cannot_be_recorded_yet_says_why_and_what_comes_first(
    session: Session, qtbot: QtBot, filled: Office
) -> None:
    [draft] = first_rows(filled, PLANS, View(choices={"number": ("P-3",)}), 1)
    page, [missing] = begun(session, qtbot, asked("plan_filed", "plans", draft.id))
    assert isinstance(missing, MissingDialog)
    words = [one.text() for one in missing.findChildren(QLabel)]
    steps = ("risk_assessed", "approved", "published", "filed")
    names = [enumerations.label("plan_event", kind) for kind in steps]
    assert [one for one in words if one[:1].isdigit()] == [f"{i}. {name}" for i, name in enumerate(names, 1)]
    missing.accept()
    [dialog] = [one for one in page.findChildren(QDialog) if one.isVisible()]
    assert dialog.windowTitle() == _("Record: {event}").format(event=names[0])


def test_a_plan_in_force_without_review_is_led_from_step_to_step(
    session: Session, qtbot: QtBot, filled: Office
) -> None:
    """Of an enterprise the risk assessment and the survey of resources come before the review."""
    save_units(filled, [UnitEntry(code="E", name="Works", kind="enterprise", parent_code=STREET)])
    entry = PlanEntry(number="P-4", title="Works plan", unit_code="E", published_on=date(2025, 3, 1))
    [key] = save_plans(filled, [entry]).ids
    assert key is not None
    page, [missing] = begun(session, qtbot, asked("plan_reviewed", "plans", key))
    for kind in ("risk_assessed", "resources_surveyed"):
        assert isinstance(missing, MissingDialog)
        missing.accept()
        [dialog] = [one for one in page.findChildren(EventDialog) if one.isVisible()]
        name = enumerations.label("plan_event", kind)
        assert dialog.windowTitle() == _("Record: {event}").format(event=name)
        dialog.fields.editor("people").set_value("A. Adviser")
        dialog.accept()
        until_quiet(session, qtbot)
        [missing] = [one for one in page.findChildren(QDialog) if one.isVisible()]
    name = enumerations.label("plan_event", "reviewed")
    assert isinstance(missing, EventDialog)
    assert missing.windowTitle() == _("Record: {event}").format(event=name)


def test_what_can_never_be_recorded_only_says_why(session: Session, qtbot: QtBot, filled: Office) -> None:
    [filed] = first_rows(filled, PLANS, View(choices={"number": ("P-2",)}), 1)
    event = next(
        one for one in possible_events(filled, versions_of(filled, filed.id)[0].id) if one.kind == "published"
    )
    dialog = MissingDialog("Flood plan", event, [])
    qtbot.addWidget(dialog)
    assert event.why_not in [one.text() for one in dialog.findChildren(QLabel)]
    assert dialog.first is None


def test_in_an_office_that_is_only_read_the_record_is_shown_and_no_dialog(
    session: Session, qtbot: QtBot, filled: Office
) -> None:
    filled.is_read_only = True
    page, dialogs = begun(session, qtbot, of_street(filled, "finding_corrected"))
    assert dialogs == []
    assert page.pane("findings").table.current_row() is not None


def test_a_new_record_begins_with_the_unit(session: Session, qtbot: QtBot, filled: Office) -> None:
    _page, dialogs = begun(session, qtbot, asked("team_standing"))
    [dialog] = dialogs
    assert isinstance(dialog, FormDialog)
    values: dict[str, Any] = dialog.form.values()
    assert values["unit_code"] == STREET
    assert dialog.windowTitle() == _("New: {record}").format(record="Team")
