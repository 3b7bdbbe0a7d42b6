"""A real event in the same window, and a drill that runs when the program is opened again."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.core.clock import FixedClock
from drillapp.core.drills.conduct import commands
from drillapp.core.drills.conduct.running import running_drills
from drillapp.ui.drills.conduct import opening
from drillapp.ui.drills.conduct.reports_panel import ReportedDialog
from drillapp.ui.drills.conduct.running_banner import RunningBanner
from drillapp.ui.session import Session
from tests.ui.drills.conduct.conducted import hold, kept, log, opened, pass_time, planned_drill
from tests.ui.filled import settle


def test_an_event_shows_its_reporting_clock(session: Session, qtbot: QtBot, clock: FixedClock) -> None:
    assert session.office is not None
    event = planned_drill(session.office, kind="event", hazard="火灾")
    window = opened(session, qtbot, event)
    assert window.reports.isVisible()
    assert window.reports.lines == {}
    hold(window.head.main, qtbot, session)
    window.reports.look()
    settle(session, qtbot)
    assert not window.head.main.isVisible()  # nobody pauses an emergency
    rule, line = next(iter(window.reports.lines.items()))
    pass_time(window, clock, 65)
    assert line.left.text()
    qtbot.mouseClick(line.made, Qt.MouseButton.LeftButton)
    dialog = window.findChild(ReportedDialog)
    assert dialog is not None
    dialog.accept()
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.to, "District duty office")
    dialog.accept()
    settle(session, qtbot)
    assert kept(session, event).lines[-1].subject == rule
    assert "District duty office" in log(window)[-1]
    assert not window.reports.lines[rule].made.isVisible()
    window.close()


def test_a_running_drill_is_offered_and_gone_on_with(
    session: Session, qtbot: QtBot, clock: FixedClock
) -> None:
    assert session.office is not None
    drill = planned_drill(session.office)
    banner = RunningBanner(session)
    qtbot.addWidget(banner)
    settle(session, qtbot)
    assert banner.isHidden()
    session.tasks.run_write(lambda office, _progress: commands.start(office, drill), lambda _entered: None)
    settle(session, qtbot)
    assert "Fire drill" in banner.words.text()
    qtbot.mouseClick(banner.go_on, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    window = opening.open_conduct(session, drill)
    assert window.head.title.text() == "Fire drill"
    hold(window.head.end, qtbot, session)
    assert banner.isHidden()
    window.close()


def test_a_drill_that_was_forgotten_is_not_offered(session: Session, clock: FixedClock) -> None:
    assert session.office is not None
    drill = planned_drill(session.office)
    commands.start(session.office, drill)
    clock.moment += timedelta(hours=25)
    assert running_drills(session.office) == []
