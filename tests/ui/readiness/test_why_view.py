"""Why a unit has its score, what would help, what moved, what comes near, and bulletins: seen on the page."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from drillapp.core.listing import View, first_rows
from drillapp.core.readiness.bulletins.queries import BULLETINS
from drillapp.core.readiness.formula import formula
from drillapp.core.rules.nearly import nearly
from drillapp.ui.parts.record_link import RecordLink
from drillapp.ui.parts.sections import SectionsTab
from drillapp.ui.readiness.bulletins import BulletinsView, compare
from drillapp.ui.readiness.changes import ChangesView
from drillapp.ui.readiness.folded import Folded
from drillapp.ui.readiness.page import ReadinessPage
from drillapp.ui.readiness.why import WhyView
from drillapp.ui.session import Session, Target
from tests.ui.readiness.looking import choose_bar, front, obligations, rows, settled


@pytest.fixture
def why(page: ReadinessPage, qtbot: QtBot) -> WhyView:
    view = cast(WhyView, page.show_view("why"))
    qtbot.waitUntil(lambda: view.why is not None and page.session.tasks.is_idle, timeout=30_000)
    return view


@pytest.fixture
def changes(page: ReadinessPage, qtbot: QtBot) -> ChangesView:
    view = cast(ChangesView, page.show_view("changes"))
    qtbot.waitUntil(lambda: view.compared is not None and page.session.tasks.is_idle, timeout=30_000)
    return view


def test_the_points_of_the_terms_add_up_to_the_score_in_the_head(page: ReadinessPage, why: WhyView) -> None:
    assert why.why is not None
    links = why.terms()
    assert [link.line.title for link in links] == [one.title for one in formula().indicator]
    assert sum(term.points for term in why.why.terms) == pytest.approx(why.why.exact)
    assert page.head.score.text() == f"{why.why.exact:.1f}"
    counted = [link for link in links if link.line.share is not None]
    assert all(" points" in link.line.mark for link in counted)
    assert all(link.line.mark == "left out" for link in links if link not in counted)


def test_a_term_and_its_rule_open_the_rows_they_count(
    page: ReadinessPage, why: WhyView, qtbot: QtBot
) -> None:
    assert why.why is not None
    term = next(one for one in why.why.terms if one.indicator == "plans")
    link = next(link for link in why.terms() if link.objectName() == "term-plans")
    folded = next(one for one in why.findChildren(Folded) if one.head is link)
    rules = folded.rows.findChildren(RecordLink)
    assert not folded.rows.isVisible()
    folded.opener.click()
    assert folded.rows.isVisible()
    assert [rule.line.title for rule in rules] == [one.title for one in term.rules]
    rules[0].click()
    found = rows(page, qtbot)
    assert {row.rule for row in found} == {term.rules[0].rule}
    assert sum(row.state not in ("later", "due_30", "due_90") or row.obligation.state == "met" for row in found) == (
        term.rules[0].asked
    )  # fmt: skip
    page.show_view("why")
    link.click()
    assert {row.indicator for row in rows(page, qtbot)} == {"Plans"}


def test_what_would_help_says_its_points_and_opens_the_form(
    why: WhyView, session: Session, qtbot: QtBot
) -> None:
    actions = why.help.actions_shown
    assert 0 < len(actions) <= 3
    assert all(action.points > 0 for action in actions)
    button = why.help.findChild(QPushButton, "help-0")
    with qtbot.waitSignal(session.wanted, timeout=10_000) as told:
        button.click()
    target = told.args[0]
    assert target.page in ("plans", "drills", "supplies", "cards", "units")
    assert target.action


def test_two_days_are_compared_and_the_points_add_up(changes: ChangesView) -> None:
    found = changes.compared
    assert found is not None
    assert (found.before_on, found.after_on) == (date(2026, 8, 24), date(2026, 11, 24))
    assert changes.after.line.text() == "2026-11-24"
    moved = sum(one.points for one in found.moved)
    assert moved == pytest.approx((found.exact_after or 0) - (found.exact_before or 0), abs=1e-6)
    assert len(changes.moves()) == len(found.moved)


def test_other_days_are_compared_when_chosen(changes: ChangesView, qtbot: QtBot) -> None:
    changes.spans[3].click()
    qtbot.waitUntil(
        lambda: changes.compared is not None and changes.compared.before_on == date(2025, 11, 24),
        timeout=30_000,
    )
    assert changes.days() == "2025-11-24..2026-11-24"


def test_days_in_the_wrong_order_are_refused_beside_them(changes: ChangesView) -> None:
    before = changes.compared
    changes.before.set_value(date(2026, 11, 25))
    changes.before.line.editingFinished.emit()
    assert changes.problem.text() == "The earlier day must be before the later one."
    assert changes.compared is before


def test_what_comes_near_is_told_with_the_reason(page: ReadinessPage, session: Session, qtbot: QtBot) -> None:
    office = session.office
    assert office is not None
    page.show_target(Target("readiness", "obligations", choices={"state": frozenset({"overdue"})}))
    near = [nearly(office, row.obligation) for row in rows(page, qtbot)]
    place = next(i for i, one in enumerate(near) if one)
    shown = obligations(page).list
    shown.table.grid.selectRow(place)
    shown.panel.show_tab("What comes near")
    settled(page, qtbot)
    (tab,) = shown.panel.findChildren(SectionsTab)
    assert [link.line.title for link in tab.links()] == [one.name for one in near[place]]
    assert all(one.why in link.line.subtitle for link, one in zip(tab.links(), near[place], strict=True))
    with qtbot.waitSignal(session.wanted) as told:
        tab.links()[0].click()
    assert (told.args[0].kind, told.args[0].record_id) == (near[place][0].kind, near[place][0].id)


def test_a_bulletin_is_issued_kept_and_worked_out_again(page: ReadinessPage, qtbot: QtBot) -> None:
    office = page.session.office
    assert office is not None
    choose_bar(page, 1)
    view = cast(BulletinsView, page.show_view("bulletins"))
    settled(page, qtbot)
    dialog = view.begin_new()
    assert dialog is not None
    with qtbot.waitSignal(dialog.accepted, timeout=60_000):
        dialog.issue.click()
    (row,) = first_rows(office, BULLETINS, View(), 2)
    assert row.unit_id == front(page).unit_id
    assert (row.as_of, row.compared_with) == (date(2026, 11, 24), date(2026, 8, 24))
    assert row.has_paper
    (section,) = compare(office, row)
    assert section.lines == []
    assert "have the figures of the bulletin" in section.empty


def test_a_bulletin_of_a_day_to_come_is_refused_beside_the_field(page: ReadinessPage, qtbot: QtBot) -> None:
    view = cast(BulletinsView, page.show_view("bulletins"))
    dialog = view.begin_new()
    assert dialog is not None
    dialog.fields.editor("as_of").set_value(date(2027, 1, 1))
    dialog.issue.click()
    qtbot.waitUntil(lambda: page.session.tasks.is_idle, timeout=60_000)
    assert dialog.fields.problem("as_of")
    assert dialog.isVisible()
    dialog.reject()
