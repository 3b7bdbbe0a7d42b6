"""The reminder at the start: only where the office wants it, in the tray or else in the status bar."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.home.queries import home_figures
from drillapp.core.office import Office
from drillapp.core.settings import REMIND_AT_START, set_setting, setting
from drillapp.ui.reminding import Reminder, reminder_words
from drillapp.ui.session import Session, Target
from drillapp.ui.settings.page import SettingsPage
from tests.ui.filled import settle, shown
from tests.ui.small_district import fill


@pytest.fixture
def filled(session: Session) -> Office:
    assert session.office is not None
    fill(session.office)
    return session.office


@pytest.fixture
def said(session: Session) -> list[str]:
    told: list[str] = []
    session.said.connect(told.append)
    return told


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_nothing_is_said_unless_the_office_wants_it(
    filled: Office, session: Session, qtbot: QtBot, said: list[str], window: QWidget
) -> None:
    Reminder(session, window, session)
    settle(session, qtbot)
    assert said == []


def test_without_a_tray_the_status_bar_says_how_much_is_due(
    filled: Office,
    session: Session,
    qtbot: QtBot,
    said: list[str],
    window: QWidget,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    set_setting(filled, REMIND_AT_START, True)
    Reminder(session, window, session)
    qtbot.waitUntil(lambda: bool(said))
    figures = home_figures(filled, filled.unit_id)
    assert said == [f"{figures.due['overdue']} overdue, {figures.this_month} due this month"]


def test_a_click_on_the_trays_message_leads_to_the_first_page(
    filled: Office,
    session: Session,
    qtbot: QtBot,
    said: list[str],
    window: QWidget,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown_words: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _tray: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _tray, *told: shown_words.append(told[1]))
    set_setting(filled, REMIND_AT_START, True)
    reminder = Reminder(session, window, session)
    qtbot.waitUntil(lambda: bool(shown_words))
    assert len(shown_words) == 1
    assert said == []
    assert reminder.tray is not None
    with qtbot.waitSignal(session.wanted) as wanted:
        reminder.tray.messageClicked.emit()
    assert wanted.args == [Target("home")]


def test_where_nothing_is_due_nothing_is_said(filled: Office) -> None:
    figures = home_figures(filled, filled.unit_id)
    none_late = replace(figures, due=figures.due | {"overdue": 0}, this_month=1)
    assert reminder_words(none_late) == "0 overdue, 1 due this month"
    assert reminder_words(replace(none_late, this_month=0)) == ""


def test_the_office_chooses_it_in_the_settings(session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot, SettingsPage)
    general = page.section("general")
    settle(session, qtbot)
    assert not general.remind.isChecked()
    general.remind.click()
    settle(session, qtbot)
    assert session.office is not None
    assert setting(session.office, REMIND_AT_START) is True
    session.office.is_read_only = True
    general.refresh()
    settle(session, qtbot)
    assert general.remind.isChecked()
    assert not general.remind.isEnabled()
