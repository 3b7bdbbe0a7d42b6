"""What the window knows of a drill that is conducted: its view, the ticks of its clock, the lines being written."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from drillapp.core.changes import Changes
from drillapp.core.drills.conduct import commands
from drillapp.core.drills.conduct.lines import Entered
from drillapp.core.drills.conduct.queries import ConductView, conduct_view
from drillapp.core.drills.conduct.standing import Standing
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.office import Office
from drillapp.ui.session import Session

TICK_MS = 250
_PATIENCE = 0.2
"""Seconds that a key waits for its line to be on disk; where something long is being written, the line says so."""
_KINDS = ("drills", "drill_log", "drill_injects", "drill_people")

Command = Callable[[Office], Entered]


class Now(NamedTuple):
    """The drill at a moment."""

    moment: datetime
    seconds: float
    """The drill's clock."""
    standings: tuple[Standing, ...]
    """One for each inject of the view, in its order."""


class Pending(NamedTuple):
    """A line on its way to the disk."""

    id: int
    at: datetime
    text: str
    who: str
    subject: str
    line_id: int | None = None
    """Once it is there."""


class Conductor(QObject):
    """Reads only when something changed; a tick works everything out from what was read."""

    loaded = Signal(object)
    """The ConductView."""
    ticked = Signal(object)
    """Now."""
    pending_changed = Signal()
    entered = Signal(object)
    """The line that a command wrote."""
    refused = Signal(object, object)
    """The error, and what should be put back: a Pending or None."""

    def __init__(
        self, session: Session, drill_id: int, parent: QObject | None = None, *, ticks: bool = True
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.drill_id = drill_id
        self.view: ConductView | None = None
        self.pending: list[Pending] = []
        self._numbers = count(1)
        self._is_held_up = False
        self._ticks = ticks
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        session.changed.connect(self._on_changed)

    @property
    def office(self) -> Office | None:
        """The office, while it is open."""
        return self.session.office

    def load(self) -> None:
        """Read the drill."""
        drill_id = self.drill_id
        self.session.tasks.run_read(
            lambda office, _progress: conduct_view(office, drill_id),
            self._on_loaded,
            owner=self,
            replaces="load",
            failed=lambda error: self.refused.emit(error, None),
        )

    def now(self) -> Now | None:
        """The drill at this moment; None before it was read."""
        if self.view is None or self.office is None:
            return None
        moment = self.office.clock.now()
        return Now(moment, self.view.seconds(moment), tuple(self.view.standings(moment)))

    def tick(self) -> None:
        """Tell everybody what time it is."""
        now = self.now()
        if now is not None:
            self.ticked.emit(now)

    def stop(self) -> None:
        """No more ticks."""
        self._timer.stop()

    def next_inject(self) -> tuple[InjectRow, Standing] | None:
        """The inject that is to be released next: the one most overdue, or else the one that is planned soonest."""
        now = self.now()
        return None if now is None or self.view is None else next_of(self.view, now)

    def awaited(self) -> list[tuple[InjectRow, Standing]]:
        """Released injects whose action is still to come, the most urgent first."""
        now = self.now()
        return [] if now is None or self.view is None else awaited_of(self.view, now)

    def note(self, text: str, who: str, subject: str, kind: str = "note") -> None:
        """Log what happened; it is on disk when this returns, unless something long is being written."""
        assert self.office is not None
        pending = Pending(next(self._numbers), self.office.clock.now(), text, who, subject)
        self.pending.append(pending)
        self.pending_changed.emit()
        drill_id, at = self.drill_id, self.office.clock.now() if self._is_held_up else None
        self._write(
            lambda office: commands.log_entry(
                office, drill_id, text, who=who, subject=subject, kind=kind, at=at
            ),
            pending,
        )

    def run(self, command: Command) -> None:
        """Do something that writes a line."""
        self._write(command, None)

    def _write(self, command: Command, pending: Pending | None) -> None:
        written = threading.Event()

        def work(office: Office, _progress: object) -> Entered:
            try:
                return command(office)
            finally:
                written.set()

        self.session.tasks.run_write(
            work,
            lambda entered: self._on_entered(entered, pending),
            owner=self,
            failed=lambda error: self._on_refused(error, pending),
        )
        if not self._is_held_up:  # whoever waited once does not wait again for the same long work
            self._is_held_up = not written.wait(_PATIENCE)

    def _on_entered(self, entered: Entered, pending: Pending | None) -> None:
        self._is_held_up = False
        if pending is not None:
            place = self.pending.index(pending)
            self.pending[place] = pending._replace(line_id=entered.line.id)
            self.pending_changed.emit()
        self.entered.emit(entered.line)

    def _on_refused(self, error: BaseException, pending: Pending | None) -> None:
        self._is_held_up = False
        if pending is not None:
            self.pending.remove(pending)
            self.pending_changed.emit()
        self.refused.emit(error, pending)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*_KINDS):
            self.load()

    def _on_loaded(self, view: ConductView) -> None:
        self.view = view
        known = {line.id for line in view.lines}
        self.pending = [one for one in self.pending if one.line_id not in known]
        self.loaded.emit(view)
        self.tick()
        if self._ticks and not self._timer.isActive():
            self._timer.start()


def next_of(view: ConductView, now: Now) -> tuple[InjectRow, Standing] | None:
    """What is to be released next at a moment."""
    open_ones = [
        (row, one)
        for row, one in zip(view.injects, now.standings, strict=True)
        if one.state in ("due", "waiting")
    ]
    return min(open_ones, key=_soonest, default=None)


def _soonest(pair: tuple[InjectRow, Standing]) -> tuple[float, int]:
    row, one = pair
    return (one.remaining if one.remaining is not None else float(row.offset_seconds or 0), row.position)


def awaited_of(view: ConductView, now: Now) -> list[tuple[InjectRow, Standing]]:
    """Whose action is awaited at a moment."""
    if view.timeline.is_over:
        return []
    found = [
        (row, one)
        for row, one in zip(view.injects, now.standings, strict=True)
        if one.state in ("released", "late") and row.awaits_action
    ]
    return sorted(found, key=lambda pair: (pair[1].remaining is None, pair[1].remaining or 0.0))
