"""Above the pages: a drill is running, and its window can be opened again; nothing of it is lost by closing."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from drillapp.core.changes import Changes
from drillapp.core.drills.conduct.running import RunningDrill, running_drills
from drillapp.core.i18n import _
from drillapp.ui.drills.conduct import times
from drillapp.ui.drills.conduct.opening import open_conduct
from drillapp.ui.parts.words import button, icon_button, label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_LATER_MS = 800
"""After the first page, which nobody should wait longer for."""


class RunningBanner(QFrame):
    """Offers the drill that was started last; one that was put aside is not offered again."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "banner")
        self._session = session
        self._aside: set[int] = set()
        self.running: RunningDrill | None = None
        self.words = label("", parent=self)
        self.go_on = button(_("Go on conducting it"), role="primary", icon="stopwatch", parent=self)
        self.go_on.clicked.connect(self._on_go_on)
        close = icon_button("close", _("Not now"), parent=self)
        close.clicked.connect(self._on_close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 6, GRID, 6)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.go_on)
        layout.addWidget(close)
        self.hide()
        session.opened.connect(self._on_opened)
        session.closing.connect(self._on_closing)
        session.changed.connect(self._on_changed)
        self.look()

    def look(self) -> None:
        """Look whether something is running."""
        if self._session.office is not None:
            self._session.tasks.run_read(
                lambda office, _progress: running_drills(office), self._on_found, owner=self, replaces="look"
            )

    def _on_opened(self) -> None:
        QTimer.singleShot(_LATER_MS, self, self.look)

    def _on_closing(self) -> None:
        self._aside.clear()
        self.hide()

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("drills"):
            self.look()

    def _on_found(self, found: list[RunningDrill]) -> None:
        self.running = next((drill for drill in found if drill.id not in self._aside), None)
        self.setVisible(self.running is not None)
        if self.running is not None:
            is_event = self.running.kind == "event"
            words = (
                _("An event is running since {time}: {title}")
                if is_event
                else _("A drill is running since {time}: {title}")
            )
            since = times.wall(self.running.started_at, seconds=False)
            self.words.setText(words.format(time=since, title=self.running.title))

    def _on_go_on(self) -> None:
        if self.running is not None:
            open_conduct(self._session, self.running.id)

    def _on_close(self) -> None:
        if self.running is not None:
            self._aside.add(self.running.id)
        self.look()
