"""A reminder at the start, if the office wants it: how much is overdue and due this month, in the tray or the status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.session import Session, Target

if TYPE_CHECKING:
    from drillapp.core.home.figures import HomeFigures
    from drillapp.core.office import Office

_SHOWN_MS = 12_000


class Reminder(QObject):
    """Asks once for the figures of the first page, beside the window; shows nothing where nothing is due."""

    def __init__(self, session: Session, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self.tray: QSystemTrayIcon | None = None
        session.opened.connect(self.remind)
        session.closing.connect(self._leave)
        self.remind()

    def remind(self) -> None:
        """Tell what is due of the office's own unit and all below it, if the office wants it."""
        if self._session.office is None:
            return
        unit_id = self._session.scope.unit_id
        self._session.tasks.run_read(
            lambda office, _progress: _wanted_figures(office, unit_id),
            self._tell,
            owner=self,
            replaces="reminder",
        )

    def _tell(self, figures: HomeFigures | None) -> None:
        words = "" if figures is None else reminder_words(figures)
        if not words:
            return
        if not QSystemTrayIcon.isSystemTrayAvailable():
            self._session.said.emit(words)
            return
        if self.tray is None:
            self.tray = QSystemTrayIcon(icons.icon("app", "accent"), self)
            self.tray.activated.connect(lambda _reason: self._open())
            self.tray.messageClicked.connect(self._open)
        self.tray.setToolTip(words)
        self.tray.show()
        title = self._session.office.name if self._session.office is not None else ""
        self.tray.showMessage(title, words, QSystemTrayIcon.MessageIcon.Information, _SHOWN_MS)

    def _open(self) -> None:
        """Bring the window to the front, with the first page."""
        self._session.go(Target("home"))
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    def _leave(self) -> None:
        if self.tray is not None:
            self.tray.hide()


def reminder_words(figures: HomeFigures) -> str:
    """How much is overdue, and due by the end of the month; empty where nothing is."""
    overdue, soon = figures.due["overdue"], figures.this_month
    if not overdue and not soon:
        return ""
    return _("{overdue} overdue, {soon} due this month").format(overdue=f"{overdue:,}", soon=f"{soon:,}")


def _wanted_figures(office: Office, unit_id: int | None) -> HomeFigures | None:
    """The figures as the first page has them, where the office wants a reminder."""
    from drillapp.core.home.figures import remembered_figures
    from drillapp.core.home.queries import home_figures  # brings all rooms of the core
    from drillapp.core.settings import REMIND_AT_START, setting

    if not setting(office, REMIND_AT_START, False):
        return None
    return remembered_figures(office, unit_id) or home_figures(office, unit_id)
