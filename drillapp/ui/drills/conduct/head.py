"""The head of the conduct window: what is conducted, its clock and state, and what can be done with it as a whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.conduct.queries import ConductedDrill, ConductView
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.ui.drills.conduct import times
from drillapp.ui.drills.conduct.clock_face import ClockFace
from drillapp.ui.drills.conduct.conductor import Now
from drillapp.ui.drills.conduct.hold_button import HoldButton
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.theme import GRID

_TONES = {"ready": "neutral", "running": "accent", "paused": "neutral", "ended": "blue", "stopped": "problem"}


class Head(QFrame):
    """Start, pause and end are held down; stopping early asks for the reason."""

    start_wanted = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()
    end_wanted = Signal()
    stop_wanted = Signal()
    room_wanted = Signal()
    script_wanted = Signal()
    afterwards_wanted = Signal()
    slipped = Signal()

    def __init__(self, *, writes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._writes = writes
        self._state = ""
        self.title = _Title(self)
        self.about = label("", "muted", wraps=True, parent=self)
        self.state = Mark(self)
        self.since = label("", "muted", parent=self)
        self.face = ClockFace(self)
        self.main, self.end = HoldButton(self), HoldButton(self)
        for made in (self.main, self.end):
            made.setMinimumSize(QSize(112, 36))
            made.slipped.connect(self.slipped)
        self.main.held.connect(self._on_main)
        self.end.held.connect(self.end_wanted)
        self.stop = button(_("Stop early …"), role="danger", parent=self)
        self.stop.setMinimumHeight(36)
        self.stop.clicked.connect(self.stop_wanted)
        self.script = button(_("Script …"), icon="list", role="ghost", parent=self)
        self.script.clicked.connect(self.script_wanted)
        self.afterwards = button(_("Enter afterwards …"), icon="edit", role="ghost", parent=self)
        self.afterwards.clicked.connect(self.afterwards_wanted)
        self.room = button(_("Screen for the room"), icon="screen", role="ghost", tip="F7", parent=self)
        self.room.clicked.connect(self.room_wanted)
        self._lay_out()

    def show_view(self, view: ConductView) -> None:
        """Show what was read."""
        drill, state = view.drill, view.timeline.state
        self._state = state
        is_event = drill.kind == "event"
        self.title.tell(drill.title)
        self.about.setText(_about(drill))
        self.state.tell(state_word(state, is_event=is_event), _TONES[state])
        self.since.setText(_since(view))
        is_over = view.timeline.is_over
        self._offer(state, is_event=is_event)
        self.stop.setVisible(state in ("running", "paused") and not is_event)
        self.afterwards.setVisible(self._writes and (is_over or state == "ready"))
        self.script.setVisible(self._writes and not is_over and not is_event)

    def show_now(self, now: Now) -> None:
        """Show what time it is."""
        ink = "text" if self._state == "running" else "faint"
        self.face.tell(times.clock(now.seconds), times.wall(now.moment), ink)

    def _offer(self, state: str, *, is_event: bool) -> None:
        words = {
            "ready": (_("Start"), "play", "primary"),
            "running": (_("Pause"), "pause", ""),
            "paused": (_("Resume"), "play", "primary"),
        }.get(state)
        self.main.setVisible(words is not None and not (is_event and state == "running"))
        if words is not None:
            self.main.tell(*words)
        self.end.tell(_("End"), "stop", "primary" if state == "running" else "")
        self.end.setVisible(state in ("running", "paused"))
        for made in (self.main, self.end, self.stop):
            made.setEnabled(self._writes)

    def _on_main(self) -> None:
        wanted = {"ready": self.start_wanted, "running": self.pause_wanted, "paused": self.resume_wanted}
        if self._state in wanted:
            wanted[self._state].emit()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.about)
        words.addLayout(row(self.state, self.since, 1))
        words.addStretch(1)
        controls = QVBoxLayout()
        controls.setSpacing(GRID)
        controls.addStretch(1)
        controls.addLayout(row(1, self.main, self.end, self.stop))
        controls.addLayout(row(1, self.script, self.afterwards, self.room, spacing=0))
        controls.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        layout.setSpacing(3 * GRID)
        layout.addLayout(words, 1)
        layout.addWidget(self.face, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(controls, 1)


class _Title(QLabel):
    """One line, shortened to the room that clock and buttons leave it; in full in its tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("type", "title")
        self.setMinimumWidth(120)
        self._words = ""

    def tell(self, words: str) -> None:
        """Show these words."""
        self._words = words
        self.setToolTip(words)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width()))


def state_word(state: str, *, is_event: bool) -> str:
    """The state of a drill or an event in a word."""
    return {
        "ready": _("Not activated yet") if is_event else _("Ready"),
        "running": _("Under way"),
        "paused": _("Paused"),
        "ended": _("Ended"),
        "stopped": _("Stopped early"),
    }[state]


def _about(drill: ConductedDrill) -> str:
    form = enumerations.label("drill_form", drill.form) if drill.form else ""
    kind = enumerations.label("drill_kind", drill.kind) if drill.kind == "event" else form
    parts = (kind, drill.unit_name, drill.place, drill.number, drill.plan_title)
    return " · ".join(part for part in parts if part)


def _since(view: ConductView) -> str:
    timeline = view.timeline
    if timeline.started_at is None:
        return _("planned for {day}").format(day=view.drill.planned_on)
    begin = times.wall(timeline.started_at)
    if timeline.ended_at is not None:
        return f"{local_day(timeline.started_at)} {begin} – {times.wall(timeline.ended_at)}"
    if timeline.state == "paused":
        return _("since {time}").format(time=times.wall(timeline.pauses[-1].begin))
    return _("since {time}").format(time=begin)
