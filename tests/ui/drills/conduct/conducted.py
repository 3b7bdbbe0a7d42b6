"""A street's tabletop drill with eight injects and one in reserve, and how tests go through it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.conduct.queries import ConductView, conduct_view
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.record.roll import PersonEntry, enrol
from drillapp.core.office import Office
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.ui.drills.conduct.hold_button import HOLD_MS
from drillapp.ui.drills.conduct.window import ConductWindow
from drillapp.ui.session import Session
from tests.ui.filled import settle

SCRIPT = [
    InjectEntry(number="1", content="Storm warning", offset_seconds=0, addressee="all", means="alarm"),
    InjectEntry(number="2", content="Fire on the third floor", offset_seconds=180, addressee="Command", means="phone",
                expected_action="Activate the plan", within_seconds=120),
    InjectEntry(number="3", content="Three people trapped", offset_seconds=480, addressee="Fire station",
                expected_action="Send a search party", within_seconds=240),
    InjectEntry(number="4", content="Blankets are short", offset_seconds=600, expected_action="Bring blankets"),
    InjectEntry(number="5", content="Reporters have come", offset_seconds=900, addressee="Command"),
    InjectEntry(number="6", content="Gas is leaking", offset_seconds=1080, after="3", expected_action="Close the valve"),
    InjectEntry(number="7", content="The fire is out", offset_seconds=1500),
    InjectEntry(number="8", content="A report is wanted", offset_seconds=1620),
    InjectEntry(number="R1", content="Radio fails"),
]  # fmt: skip


def planned_drill(office: Office, *, kind: str = "drill", hazard: str | None = None) -> int:
    """The drill of a factory, on the tests' day, with two people on its roll."""
    save_units(office, [UnitEntry(code="F", name="Factory", parent_code="110102", kind="enterprise")])
    entry = DrillEntry(
        number="D-9", unit_code="F", title="Fire drill", planned_on=date(2026, 11, 24), form="tabletop", kind=kind,
        hazard=hazard,
    )  # fmt: skip
    save_drills(office, [entry])
    drill_id = drill_named(office, "D-9")
    save_injects(office, drill_id, SCRIPT)
    enrol(
        office,
        drill_id,
        [PersonEntry(name="Li", organisation="Street"), PersonEntry(name="Wu", organisation="Fire station")],
    )
    return drill_id


def opened(session: Session, qtbot: QtBot, drill_id: int) -> ConductWindow:
    """The window on a drill, with all it shows."""
    window = ConductWindow(session, drill_id)
    window.resize(1366, 768)
    window.show()
    settle(session, qtbot)
    return window


def pass_time(window: ConductWindow, clock: FixedClock, seconds: float) -> None:
    """Let time go on."""
    clock.moment += timedelta(seconds=seconds)
    window.conductor.tick()


def hold(button: QPushButton, qtbot: QtBot, session: Session) -> None:
    """Hold a button down long enough."""
    assert button.isVisible(), button.text()
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    qtbot.wait(HOLD_MS + 300)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    settle(session, qtbot)


def kept(session: Session, drill_id: int) -> ConductView:
    """The drill as it is on disk."""
    assert session.office is not None
    return conduct_view(session.office, drill_id)


def states(window: ConductWindow) -> dict[str, str]:
    """How the window says that each inject stands."""
    return {line.number: line.word for line in window.injects.list.rows.rows}


def log(window: ConductWindow) -> list[str]:
    """The words of the log's lines; what is struck out begins with a tilde."""
    return [
        ("~" if line.is_struck else "") + " ".join(part for part in (line.kind, line.text) if part)
        for line in window.log.list.lines
    ]
