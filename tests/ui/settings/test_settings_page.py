"""Settings: the office's facts, the person's choices, backup and check, what the program follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.core.check import CheckResult, Fault
from drillapp.core.database.backup import verify
from drillapp.ui import theme
from drillapp.ui.parts.mark import Mark
from drillapp.ui.session import Session, Target
from drillapp.ui.settings.page import SettingsPage
from tests.ui.filled import settle, shown


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SettingsPage:
    return shown(session, qtbot, SettingsPage)


def _words(widget: object) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [one.text() for one in widget.findChildren(QLabel)]


def test_the_office_is_named_with_its_place_and_size(page: SettingsPage, session: Session) -> None:
    words = _words(page.section("general"))
    assert session.office is not None
    assert {session.office.name, session.office.location, session.office.uid} <= set(words)
    assert any(word.endswith(" MB") for word in words)


def test_the_name_given_stands_in_the_journal_from_now_on(
    page: SettingsPage, session: Session, qtbot: QtBot
) -> None:
    line = page.section("general").actor
    line.clear()
    qtbot.keyClicks(line, "Li Ming")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert session.office is not None
    assert session.office.actor == "Li Ming"
    assert session.preferences.text("actor") == "Li Ming"


def test_the_theme_changes_at_once_and_is_remembered(
    page: SettingsPage, session: Session, qtbot: QtBot
) -> None:
    general = page.section("general")
    general.themes.button(2).click()
    assert theme.current() is theme.DARK
    assert session.preferences.text("theme") == "dark"
    general.themes.button(1).click()
    assert theme.current() is theme.LIGHT


def test_the_language_is_remembered_for_the_next_start(page: SettingsPage, session: Session) -> None:
    choice = page.section("general").language
    choice.setCurrentIndex(choice.findData("en"))
    choice.activated.emit(choice.currentIndex())
    assert session.preferences.text("language") == "en"


def test_a_backup_is_written_verified_and_noted(
    page: SettingsPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page.show_target(Target("settings", "data"))
    data = page.section("data")
    assert "No backup yet" in _words(data)
    data.back_up(tmp_path / "copy.drill")
    settle(session, qtbot)
    verify(tmp_path / "copy.drill")
    assert "Last backup: 2026-11-24" in _words(data)


def test_a_backup_that_fails_is_told(
    page: SettingsPage, session: Session, qtbot: QtBot, errors: list[BaseException]
) -> None:
    assert session.office is not None
    data = page.section("data")
    data.back_up(Path(session.office.location))
    settle(session, qtbot)
    assert [str(error) for error in errors] == ["The copy cannot replace the office itself."]
    errors.clear()
    assert data.backup.isEnabled()


def test_the_check_names_every_part(page: SettingsPage, session: Session, qtbot: QtBot) -> None:
    data = page.section("data")
    data.run_check()
    settle(session, qtbot)
    assert [mark._text for mark in data.findChildren(Mark)] == ["whole"] * 6


def test_faults_are_said_in_words(page: SettingsPage) -> None:
    data = page.section("data")
    data.show_check(CheckResult(False, ("file", "tree"), (Fault("tree", "Unit 3 is lost."),)))
    assert [mark._text for mark in data.findChildren(Mark)] == ["whole", "1 faults"]
    assert "Unit 3 is lost." in _words(data)


def test_a_years_holidays_are_brought_in_and_the_year_counts_as_known(
    page: SettingsPage, session: Session, qtbot: QtBot, tmp_path: Path, errors: list[BaseException]
) -> None:
    page.show_target(Target("settings", "workdays"))
    section = page.section("workdays")
    settle(session, qtbot)
    assert "2099" not in section.known.text()
    path = tmp_path / "2099.csv"
    path.write_text("date,name,day off\n2099-10-01,National Day,yes\n2099-10-02,National Day,yes\n")
    section.bring_in(path)
    settle(session, qtbot)
    assert section.result.text() == "The working days of '2099.csv' are taken over."
    assert "The office's own table, 2099: 2 days." in section.known.text()
    path.write_text("date,name,day off\n2098-05-01,Labour Day,perhaps\n")
    section.bring_in(path)
    settle(session, qtbot)
    assert [str(error).startswith("Line 2") for error in errors] == [True]
    errors.clear()
    assert section.choose.isEnabled()
    assert section.result.isHidden()
    path.write_text("date,name,day off\n2098-05-01,Labour Day,yes\n")
    section.bring_in(path)
    settle(session, qtbot)
    assert "2098: 1 days; without its National Day it stays estimated." in section.known.text()


def test_every_part_can_be_opened(page: SettingsPage, session: Session, qtbot: QtBot) -> None:
    for place in range(page.list.count()):
        page.list.setCurrentRow(place)
        settle(session, qtbot)
    about = _words(page.section("about"))
    assert any(word.startswith("SQLAlchemy 2") for word in about)
