"""The line below the page: what is running, who is here, when the last backup was."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.parts.words import button, label
from drillapp.ui.session import Session
from drillapp.ui.tasks import Task
from drillapp.ui.theme import GRID

_NOTE_MS = 6000


class StatusBar(QFrame):
    """Shows the oldest slow task with its progress and the way to stop it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self._session = session
        self._shown: list[Task] = []
        self._task = label(parent=self)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(_("Progress"))
        self._stop = button(_("Stop"), role="ghost", icon="stop", parent=self)
        self._stop.clicked.connect(self._on_stop)
        self._note_timer = QTimer(self, singleShot=True, interval=_NOTE_MS)
        self._note_timer.timeout.connect(self._refresh_task)
        self._lock, self._mode = QLabel(self), label(_("Read only"), parent=self)
        self._who, self._backup = label(parent=self), label(parent=self)
        self._lay_out()
        session.opened.connect(self.refresh)
        session.backed_up.connect(self.refresh)
        session.said.connect(self.note)
        tasks = session.tasks
        tasks.slow.connect(self._on_slow)
        tasks.moved.connect(self._refresh_task)
        tasks.ended.connect(self._on_ended)
        self.refresh()
        self._refresh_task()

    def refresh(self) -> None:
        """Say who is here and whether anything can be changed."""
        office = self._session.office
        self._who.setText("" if office is None else f"{office.name} · {office.actor}")
        reads_only = office is not None and office.is_read_only
        if reads_only:
            self._lock.setPixmap(icons.pixmap("lock", "muted", 14, self.devicePixelRatioF()))
        self._lock.setVisible(reads_only)
        self._mode.setVisible(reads_only)
        day = "" if office is None else self._session.preferences.last_backup(office.location)
        known = office is not None and not office.is_server
        words = _("Last backup: {day}").format(day=day) if day else _("No backup yet")
        self._backup.setText(words if known else "")

    def note(self, text: str) -> None:
        """Say something for a few seconds."""
        self._task.setText(text)
        self._note_timer.start()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 4, 2 * GRID, 4)
        layout.setSpacing(GRID)
        for widget in (self._task, self._bar, self._stop):
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in (self._lock, self._mode, self._who, self._backup):
            layout.addWidget(widget)
        self.setFixedHeight(32)

    def _on_slow(self, task: Task) -> None:
        self._shown.append(task)
        self._refresh_task()

    def _on_ended(self, task: Task) -> None:
        self._shown.remove(task)
        self._refresh_task()
        if task.is_cancelled:
            self.note(_("{title}: stopped, nothing was changed").format(title=task.title))

    def _on_stop(self) -> None:
        if self._shown:
            self._shown[0].cancel()
            self._task.setText(_("Stopping …"))

    def _refresh_task(self, *_ignored: object) -> None:
        running = bool(self._shown)
        self._bar.setVisible(running)
        self._stop.setVisible(running)
        if not running:
            self._task.setText("")
            return
        task = self._shown[0]
        words = f"{task.title} · {task.text}" if task.text else task.title
        others = len(self._shown) - 1
        self._task.setText(words + (_(" (and {count} more)").format(count=others) if others else ""))
        self._bar.setRange(0, task.total or 0)
        self._bar.setValue(task.done)
