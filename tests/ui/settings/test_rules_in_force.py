"""The rules in the settings: found, read, switched off with a reason and on again, given a term, entered, ended."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.rules.book import national_rules, rule_book
from drillapp.core.rules.changing import save_local_rule
from drillapp.core.rules.listed import RuleRow
from drillapp.core.rules.local import LocalRule
from drillapp.core.rules.unasked import unasked
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.session import Session, Target
from drillapp.ui.settings.page import SettingsPage
from drillapp.ui.settings.rules.dialogs import RetireRuleDialog, SwitchOffDialog, TermDialog
from drillapp.ui.settings.rules.section import RulesSection
from tests.ui.filled import settle, shown

DialogType = TypeVar("DialogType", bound=QDialog)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SettingsPage:
    return shown(session, qtbot, SettingsPage)


@pytest.fixture
def section(page: SettingsPage, session: Session, qtbot: QtBot) -> RulesSection:
    page.show_target(Target("settings", "rules"))
    settle(session, qtbot)
    made: RulesSection = page.section("rules")
    return made


def rows(section: RulesSection) -> dict[str, RuleRow]:
    model = section.rules.table.model
    return {row.rule: row for row in map(model.row, range(model.rowCount()))}


def choose(section: RulesSection, rule: str, session: Session, qtbot: QtBot) -> None:
    assert section.rules.table.choose(rows(section)[rule].id)
    settle(session, qtbot)


def opened(section: RulesSection, kind: type[DialogType]) -> DialogType:
    return next(made for made in section.findChildren(kind) if made.isVisible())


def words(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def test_all_rules_are_listed_with_how_far_each_was_verified(section: RulesSection) -> None:
    assert rows(section).keys() == {rule.id for rule in national_rules()}
    assert rows(section)["DR-05"].subject == "High risk"


def test_the_panel_says_that_a_rule_could_not_be_verified(
    section: RulesSection, session: Session, qtbot: QtBot
) -> None:
    choose(section, "DR-07", session, qtbot)
    assert "Could not be verified in a text: look it up before you rely on it." in words(section)
    assert "国办发〔2024〕5号第32条" in words(section.rules.panel)
    choose(section, "DR-01", session, qtbot)
    assert "Read in the text itself." in words(section)


def test_the_list_is_narrowed_by_text_and_chips(
    section: RulesSection, session: Session, qtbot: QtBot
) -> None:
    qtbot.keyClicks(section.rules.filters.text, "evacuation school")
    qtbot.waitUntil(lambda: rows(section).keys() == {"DR-13", "DR-14", "DR-15"})
    section.rules.filters.choose("", {"mark": frozenset({"M"}), "settled_by": frozenset({"drill_held"})})
    settle(session, qtbot)
    assert rows(section).keys() == {"DR-07", "DR-10", "DR-11"}


def test_a_rule_is_switched_off_with_a_reason_and_on_again(
    section: RulesSection, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    choose(section, "DR-18", session, qtbot)
    section.rules.deeds["off"].click()
    dialog = opened(section, SwitchOffDialog)
    dialog.go.click()
    settle(session, qtbot)
    assert dialog.problem.text() == "Must not be empty."
    qtbot.keyClicks(dialog.reason, "done by the street")
    dialog.go.click()
    settle(session, qtbot)
    assert rule_book(session.office).off == {"DR-18": "done by the street"}
    row = rows(section)["DR-18"]
    assert (row.state, row.reason) == ("off", "done by the street")
    assert section.rules.table.current_row() == row
    assert not section.rules.deeds["off"].isVisible()
    section.rules.deeds["on"].click()
    settle(session, qtbot)
    assert rows(section)["DR-18"].state == "in_force"
    assert rule_book(session.office).off == {}


def test_a_term_that_no_law_sets_is_set_and_given_back(
    section: RulesSection, session: Session, qtbot: QtBot
) -> None:
    choose(section, "DR-01", session, qtbot)
    assert not section.rules.deeds["term"].isEnabled()
    choose(section, "DR-06", session, qtbot)
    for typed, problem, days in (("0", "Between 1 and 365 working days.", 10), ("5", "", 5), ("", "", 10)):
        section.rules.deeds["term"].click()
        dialog = opened(section, TermDialog)
        dialog.term.clear()
        qtbot.keyClicks(dialog.term, typed)
        qtbot.keyClick(dialog.term, Qt.Key.Key_Return)
        settle(session, qtbot)
        assert session.office is not None
        assert rule_book(session.office).known["DR-06"].days == days
        if problem:
            assert dialog.problem.text() == problem
            dialog.reject()


def test_a_local_rule_is_entered_changed_and_ended(
    section: RulesSection, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    section.rules.deeds["new"].click()
    form = opened(section, FormDialog).form
    assert form.editor("id").value() == "LOCAL-01"
    form.save()
    assert form.problem("zh") == form.problem("article") == "Must not be empty."
    for name, value in (("zh", "街道每季度演练"), ("article", "京应急发〔2025〕1号第6条"), ("kinds", ("street",)),
                        ("names", ("西城",)), ("high_risk", None)):  # fmt: skip
        form.editor(name).set_value(value)
    form.save()
    settle(session, qtbot)
    assert "once in each window" in form.problem("months")
    form.editor("window").set_value("cal_quarter")
    form.save()
    settle(session, qtbot)
    entered = rule_book(session.office).known["LOCAL-01"]
    assert (entered.kinds, entered.names, entered.window, entered.high_risk, entered.valid_from) == (
        ("street",), ("西城",), "cal_quarter", None, date(2026, 11, 24),
    )  # fmt: skip
    choose(section, "LOCAL-01", session, qtbot)
    section.rules.deeds["edit"].click()
    settle(session, qtbot)
    form = opened(section, FormDialog).form
    form.editor("window").set_value(None)
    form.editor("months").set_value(6)
    form.save()
    settle(session, qtbot)
    assert rule_book(session.office).known["LOCAL-01"].months == 6
    section.rules.deeds["retire"].click()
    opened(section, RetireRuleDialog).go.click()
    settle(session, qtbot)
    assert rule_book(session.office).known["LOCAL-01"].valid_to == date(2026, 11, 24)


def test_rules_of_the_law_are_neither_edited_nor_ended(
    section: RulesSection, session: Session, qtbot: QtBot
) -> None:
    choose(section, "DR-01", session, qtbot)
    assert not section.rules.deeds["edit"].isEnabled()
    assert not section.rules.deeds["retire"].isEnabled()
    assert section.rules.deeds["off"].isEnabled()


def test_nothing_is_decided_in_an_office_that_is_only_read(
    section: RulesSection, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    save_local_rule(session.office, LocalRule(id="LOCAL-01", zh="演练", article="文", months=6))
    session.office.is_read_only = True
    section.refresh()
    settle(session, qtbot)
    choose(section, "LOCAL-01", session, qtbot)
    assert not any(made.isEnabled() for made in section.rules.deeds.values())


def test_what_no_rule_asks_is_shown_with_the_reason(
    section: RulesSection, session: Session, qtbot: QtBot
) -> None:
    section.tabs.setCurrentIndex(1)
    settle(session, qtbot)
    model = section.unasked.table.model
    found = {model.row(i).rule: model.row(i) for i in range(model.rowCount())}
    assert found.keys() == {one.id for one in unasked()}
    section.unasked.table.choose(found["DR-16"].id)
    settle(session, qtbot)
    assert any("height" in word for word in words(section.unasked.panel))
