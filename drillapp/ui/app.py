"""Starts the window and wires its parts together; the frame is on the screen before the office is opened."""

from __future__ import annotations

import gc
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from drillapp.core import i18n
from drillapp.core.i18n import _
from drillapp.ui import icons, theme
from drillapp.ui.preferences import Preferences
from drillapp.ui.session import Scope, Session
from drillapp.ui.tasks import Tasks
from drillapp.ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from drillapp.core.office import Office
    from drillapp.core.progress import Progress
    from drillapp.ui.welcome import NewOffice, WelcomePage

_SETTLE_MS = 15
_LATER_MS = 1500
"""What nobody needs at once waits until the first page is there."""
_QUIET_LOOKS = 3


class Start(NamedTuple):
    """How to start the window."""

    office: str | None = None
    as_of: date | None = None
    language: str | None = None
    page: str = "home"
    grab: Path | None = None
    exit_when_shown: bool = False
    began: float | None = None
    """`time.perf_counter()` when the process began; by default when the window began."""


class Application(QObject):
    """Owns what outlives every page: preferences, tasks, session, window."""

    def __init__(self, app: QApplication, start: Start) -> None:
        super().__init__(app)
        self._start = start
        self._began = time.perf_counter() if start.began is None else start.began
        self._frame_ms = 0.0
        self._quiet = 0
        self._welcome: WelcomePage | None = None
        self.preferences = Preferences()
        i18n.use_language(start.language or self.preferences.text("language", "zh_CN"))
        theme.apply_theme(app, self.preferences.text("theme", "system"))
        self.tasks = Tasks(self._on_error, self)
        self.session = Session(self.tasks, self.preferences, self, as_of=start.as_of)
        self.window = Window(self.session)
        self.window.painted.connect(self._on_painted)
        self.session.restore_wanted.connect(self._on_restore_wanted)
        self.session.reopen_wanted.connect(self._on_reopen_wanted)
        theme.notifier().changed.connect(icons.retint)
        app.aboutToQuit.connect(self._on_quit)
        sys.excepthook = self._on_bug

    def begin(self) -> None:
        """Show the frame; the office follows once the frame is painted."""
        self.window.show_waiting(_("Opening …"))
        self.window.show()

    def open_office(self, location: str) -> None:
        """Open an office in the background and show it in place of the one shown now."""
        self._leave_office()
        self.window.show_frame()
        self.window.show_waiting(_("Opening {office} …").format(office=location))
        self.tasks.run_write(
            lambda _office, _progress: self._opened(location),
            self._show_office,
            owner=self,
            failed=self._on_open_failed,
            title=_("Opening"),
        )

    def show_welcome(self) -> None:
        """Show the ways to an office."""
        from drillapp.ui.welcome import WelcomePage  # most starts open the last office

        welcome = WelcomePage(self.preferences)
        welcome.open_wanted.connect(self.open_office)
        welcome.new_wanted.connect(self._on_new_wanted)
        welcome.sample_wanted.connect(self._on_sample_wanted)
        self._welcome = welcome
        self.window.show_alone(welcome)

    def _on_painted(self) -> None:
        self._frame_ms = (time.perf_counter() - self._began) * 1000
        QTimer.singleShot(_LATER_MS, self, self._settle)
        known = [
            place for place in self.preferences.recent_offices() if "://" in place or Path(place).exists()
        ]
        location = self._start.office or (known[0] if known else None)
        if location is None:
            self.show_welcome()
        else:
            self.open_office(location)
        if self._start.exit_when_shown:
            QTimer.singleShot(_SETTLE_MS, self, self._look_whether_shown)

    def _settle(self) -> None:
        """Do what the first page did not wait for."""
        gc.freeze()  # what is there by now stays: no collection need go through it again
        self.tasks.garbage.begin()
        self._speak_qt()
        self._offer_running()
        self._listen_to_scanners()
        self._take_files()
        self._remind()

    def _speak_qt(self) -> None:
        """Let Qt's own dialogs and menus (files, copy and paste) speak our language."""
        from PySide6.QtCore import QLibraryInfo, QTranslator

        words = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if i18n.language() != "en" and words.load(f"qtbase_{i18n.language()}", folder):
            QApplication.installTranslator(words)

    def _offer_running(self) -> None:
        """A drill that was running when the program ended can be gone on with."""
        from drillapp.ui.drills.conduct.running_banner import RunningBanner  # not needed to show the frame

        self.window.show_above(RunningBanner(self.session, self.window))

    def _listen_to_scanners(self) -> None:
        from drillapp.ui.parts.scanner import Scanner  # not needed to show the frame

        Scanner(self.session, self)

    def _take_files(self) -> None:
        from drillapp.ui.ledgers.dropping import FileDrop  # not needed to show the frame

        FileDrop(self.session, self.window)

    def _remind(self) -> None:
        from drillapp.ui.reminding import Reminder  # not needed to show the frame

        Reminder(self.session, self.window, self)

    def _show_office(self, opened: tuple[Office, Scope]) -> None:
        office, scope = opened
        self.preferences.remember_office(office.location)
        self.session.begin(office, scope)
        name = _("{office} (read-only)").format(office=office.name) if office.is_read_only else office.name
        self.window.setWindowTitle(f"{name} · {_('Plans and drills')}")
        self.window.show_frame()
        self.window.open_page(self._start.page)
        if self._welcome is not None:
            self._welcome.deleteLater()
            self._welcome = None

    def _leave_office(self) -> None:
        office = self.session.end()
        self.window.drop_pages()
        if office is not None:
            office.close()

    def _on_open_failed(self, error: BaseException) -> None:
        self.show_welcome()
        self._on_error(error)

    def _opened(self, location: str) -> tuple[Office, Scope]:
        return _opened(location, self._start.as_of, self.preferences.text("actor"))

    def _on_reopen_wanted(self) -> None:
        office = self.session.office
        if office is not None:
            self.open_office(office.location)

    def _on_restore_wanted(self, backup: Path) -> None:
        """Close the office, put the backup in its place, open it again; if that fails, open what was there."""
        office = self.session.office
        if office is None:
            return
        location = office.location
        self._leave_office()
        self.window.show_waiting(_("Restoring {file} …").format(file=backup.name))

        def restored(_office: Office | None, _progress: Progress) -> tuple[Office, Scope]:
            from drillapp.core.database.backup import restore

            restore(backup, Path(location))
            return self._opened(location)

        self.tasks.run_write(
            restored,
            self._show_office,
            owner=self,
            failed=lambda error: self._on_restore_failed(error, location),
            title=_("Restoring"),
        )

    def _on_restore_failed(self, error: BaseException, location: str) -> None:
        self._on_error(error)
        self.open_office(location)

    def _on_new_wanted(self, wanted: NewOffice) -> None:
        self._make(lambda _office, _progress: _created(wanted), _("Creating the office …"))

    def _on_sample_wanted(self) -> None:
        self._make(_sample, _("Filling the sample district; this takes a moment …"))

    def _make(self, work: Callable[[Office | None, Progress], tuple[Office, Scope]], words: str) -> None:
        if self._welcome is not None:
            self._welcome.tell_busy(words)
        self.tasks.run_write(work, self._show_office, owner=self, failed=self._on_make_failed, title=words)

    def _on_make_failed(self, error: BaseException) -> None:
        if self._welcome is not None:
            self._welcome.tell_busy("")
        self._on_error(error)

    def _on_error(self, error: BaseException) -> None:
        from drillapp.ui.errors import report  # rarely needed

        report(error, self.window)

    def _on_bug(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self._on_error(error)

    def _on_quit(self) -> None:
        self.tasks.close()
        office = self.session.end()
        if office is not None:
            office.close()

    def _look_whether_shown(self) -> None:
        """Once nothing has been under way for a few looks, the page holds what it can show."""
        self._quiet = self._quiet + 1 if self.tasks.is_idle else 0
        if self._quiet < _QUIET_LOOKS:
            QTimer.singleShot(_SETTLE_MS, self, self._look_whether_shown)
            return
        shown = (time.perf_counter() - self._began) * 1000 - _QUIET_LOOKS * _SETTLE_MS
        if self._start.grab is not None:
            self.window.grab().save(str(self._start.grab))
        print(f'{{"shown_ms": {shown:.1f}, "frame_ms": {self._frame_ms:.1f}}}', flush=True)
        self.window.close()


def run(start: Start) -> int:
    """Open the window and stay until it is closed; the exit code of the process."""
    theme.choose_style()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("drillapp")
    application = Application(app, start)
    application.begin()
    return app.exec()


def _opened(location: str, as_of: date | None, actor: str) -> tuple[Office, Scope]:
    from drillapp.core.office import Office  # brings the database layer, after the frame is shown

    office = Office.open(location, as_of=as_of, mode="auto", actor=actor or None)
    return office, own_scope(office)


def _created(wanted: NewOffice) -> tuple[Office, Scope]:
    from drillapp.core.office import Office

    office = Office.create(wanted.location, name=wanted.name, level=wanted.level, code=wanted.code or None)
    return office, own_scope(office)


def _sample(_office: Office | None, progress: Progress) -> tuple[Office, Scope]:
    from drillapp.core.sample import open_sample

    office = open_sample(progress=progress)
    return office, own_scope(office)


def own_scope(office: Office) -> Scope:
    """The office's own unit, with which the window begins."""
    from drillapp.core.units.own import own_unit

    found = own_unit(office)
    return Scope(found.id, found.code, found.name) if found else Scope()
