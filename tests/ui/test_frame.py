"""The frame: there before the office is, and clear about scope, date and what is running."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.clock import FixedClock
from drillapp.ui import destinations
from drillapp.ui.parts.page import Page
from drillapp.ui.session import Scope, Session, Target
from drillapp.ui.tasks import Tasks
from drillapp.ui.window import Window

HEAVY = ("sqlalchemy", "msgspec", "pypdfium2", "pypinyin", "reportlab")
"""Modules that take longer to import than the frame to show."""
SHOW_FRAME = f"""
import sys
from PySide6 import QtCore
from PySide6.QtWidgets import QApplication
from drillapp.ui.app import Application, Start
app = QApplication([])
application = Application(app, Start())
def look():
    print([name for name in {HEAVY} if name in sys.modules], "Qt" in vars(QtCore))
    app.quit()
application.window.painted.disconnect()
application.window.painted.connect(look)
application.begin()
app.exec()
"""
"""Says what there is when the frame is painted. The types of Qt's own namespace are made at the first look at it."""


class NotedPage(Page):
    """Notes how often it is loaded and what it is to show."""

    kinds = frozenset({"plans"})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.loads = 0
        self.targets: list[Target] = []

    def reload(self) -> None:
        self.loads += 1

    def show_target(self, target: Target) -> None:
        self.targets.append(target)


@pytest.fixture
def window(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    for name, page in (("home", "HomePage"), ("plans", "PlansPage")):
        stand_in = ModuleType(f"drillapp.ui.{name}.page")
        setattr(stand_in, page, NotedPage)
        monkeypatch.setitem(sys.modules, f"drillapp.ui.{name}", ModuleType(f"drillapp.ui.{name}"))
        monkeypatch.setitem(sys.modules, stand_in.__name__, stand_in)
    made = Window(session)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.painted):
        made.show()
    yield made
    made.drop_pages()


def test_frame_is_painted_before_anything_heavy_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", SHOW_FRAME], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False"


def test_pages_are_made_when_first_gone_to(window: Window, qtbot: QtBot) -> None:
    assert window._pages == {}
    page = window.open_page("plans")
    assert isinstance(page, NotedPage)
    assert window.open_page("plans") is page
    assert list(window._pages) == ["plans"]


def test_page_that_cannot_be_made_leaves_the_window_alive(
    window: Window, errors: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(destinations.Destination, "make", lambda _self, _session: 1 // 0)
    assert window.open_page("home") is None
    assert isinstance(errors[0], ZeroDivisionError)


def test_page_reloads_only_while_seen_and_only_for_its_kinds(window: Window, session: Session) -> None:
    from drillapp.core.changes import Changes

    page = window.open_page("plans")
    assert isinstance(page, NotedPage)
    assert page.loads == 1
    session.changed.emit(Changes(frozenset({"items"})))
    assert page.loads == 1
    session.changed.emit(Changes(frozenset({"plans"})))
    assert page.loads == 2
    window.open_page("home")
    session.set_scope(Scope(None, "", ""))
    session.changed.emit(Changes(frozenset({"plans"})))
    assert page.loads == 2
    window.open_page("plans")
    assert page.loads == 3


def test_numbers_with_ctrl_go_to_destinations(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert list(window._pages) == ["plans"]


def test_target_leads_to_its_page(window: Window, session: Session) -> None:
    target = Target("plans", record_id=7)
    session.go(target)
    page = window.stack.currentWidget()
    assert isinstance(page, NotedPage)
    assert page.targets == [target]


def test_date_that_is_not_today_is_marked_and_left_with_one_click(
    window: Window, session: Session, qtbot: QtBot
) -> None:
    assert not window.topbar.today.isVisible()
    session.set_as_of(date(2025, 6, 30))
    assert "2025-06-30" in window.topbar.day.text()
    assert window.topbar.day.property("marked") == "true"
    qtbot.mouseClick(window.topbar.today, Qt.MouseButton.LeftButton)
    assert session.is_today
    assert window.topbar.day.property("marked") == "false"


def test_a_window_left_open_past_midnight_shows_the_new_day(
    window: Window, session: Session, clock: FixedClock, qtbot: QtBot
) -> None:
    assert "2026-11-24" in window.topbar.day.text()
    window.topbar._minutes.setInterval(1)
    clock.moment = datetime(2026, 11, 24, 16, 1, tzinfo=UTC)  # a minute past midnight in Beijing
    with qtbot.waitSignal(session.as_of_changed):
        pass
    assert "2026-11-25" in window.topbar.day.text()
    assert session.is_today


def test_a_day_that_was_chosen_stays_past_midnight(session: Session, clock: FixedClock) -> None:
    session.set_as_of(date(2025, 6, 30))
    clock.moment = datetime(2026, 11, 24, 16, 1, tzinfo=UTC)
    session.follow_the_day()
    assert session.as_of == date(2025, 6, 30)


def test_collapsed_navigation_keeps_its_names_for_readers(window: Window, qtbot: QtBot) -> None:
    window.navigation.toggle()
    buttons = window.navigation._buttons
    assert all(made.text() == "" and made.accessibleName() for made in buttons.values())
    assert window.navigation.width() < 100


def test_every_control_of_the_frame_has_a_name(window: Window) -> None:
    from PySide6.QtWidgets import QAbstractButton

    nameless = [made for made in window.findChildren(QAbstractButton) if not made.accessibleName()]
    assert nameless == []


def test_status_says_what_was_done_and_who_is_here(window: Window, session: Session) -> None:
    session.said.emit("Saved")
    assert window.status._task.text() == "Saved"
    assert session.office is not None
    assert session.office.actor in window.status._who.text()
    assert not window.status._mode.isVisible()
    assert window.status._backup.text() == "No backup yet"
    session.note_backup()
    assert window.status._backup.text() == "Last backup: 2026-11-24"


def test_slow_task_is_shown_and_stopped_from_the_status_bar(
    window: Window, session: Session, tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from drillapp.ui import tasks as tasks_module

    monkeypatch.setattr(tasks_module, "SLOW_AFTER", 0.0)

    def work(_office: object, progress: object) -> None:
        while True:
            progress.step(1, 4, "rows")

    tasks.run_write(work, lambda _result: None, title="Importing")
    qtbot.waitUntil(window.status._stop.isVisible)
    assert "Importing" in window.status._task.text()
    qtbot.mouseClick(window.status._stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert "stopped" in window.status._task.text()
    assert not window.status._stop.isVisible()


def test_frame_stays_within_a_small_screen(window: Window) -> None:
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 768
    assert isinstance(window.stack, QWidget)
