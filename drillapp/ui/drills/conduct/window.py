"""The window in which a drill, or a real event, is conducted: injects, log, awaited actions, check-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from drillapp.core.drills.conduct import commands
from drillapp.core.drills.conduct.lines import LineRow
from drillapp.core.drills.conduct.phrases import phrases_of, set_phrases
from drillapp.core.drills.conduct.queries import ConductView, LogLine
from drillapp.core.drills.events import report_made
from drillapp.core.drills.injects.names import names_taking_part
from drillapp.core.drills.record.files import AddedFiles, add_files
from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.drills.conduct.awaited_panel import AwaitedPanel
from drillapp.ui.drills.conduct.check_in_panel import CheckInPanel
from drillapp.ui.drills.conduct.conductor import Command, Conductor, Now, Pending, awaited_of
from drillapp.ui.drills.conduct.dialogs import CorrectDialog, PhrasesDialog, ReasonDialog
from drillapp.ui.drills.conduct.head import Head
from drillapp.ui.drills.conduct.inject_panel import InjectPanel
from drillapp.ui.drills.conduct.log_panel import LogPanel
from drillapp.ui.drills.conduct.notice import Notice
from drillapp.ui.drills.conduct.reports_panel import ReportedDialog, ReportsPanel
from drillapp.ui.drills.conduct.room import RoomScreen
from drillapp.ui.drills.conduct.rows_model import is_typing
from drillapp.ui.errors import words_of
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.dropped import dropped_files, welcome_files
from drillapp.ui.parts.words import line
from drillapp.ui.session import Session

_SIZE = (1320, 720)
_GEOMETRY = "conduct/geometry"


class ConductWindow(QWidget):
    """Stands where the log says; whatever is entered is on disk before it is shown as entered."""

    closed = Signal()

    def __init__(self, session: Session, drill_id: int) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "surface")
        self.setWindowIcon(icons.icon("app", "accent"))
        self.setAcceptDrops(True)
        self.setMinimumSize(980, 600)
        self.session = session
        writes = not session.is_read_only
        self.conductor = Conductor(session, drill_id, self)
        self.head = Head(writes=writes, parent=self)
        self.notice = Notice(self)
        self.injects = InjectPanel(writes=writes, parent=self)
        self.log = LogPanel(writes=writes, parent=self)
        self.awaited = AwaitedPanel(writes=writes, parent=self)
        self.check_in = CheckInPanel(session, drill_id, writes=writes, parent=self)
        self.reports = ReportsPanel(session, drill_id, writes=writes, parent=self)
        self.reports.hide()
        self.room: RoomScreen | None = None
        self._drill_id = drill_id
        self._writes = writes
        self._lay_out()
        self._connect()
        self._arm_keys()
        if not self.restoreGeometry(session.preferences.blob(_GEOMETRY)):
            room = self.screen().availableSize()
            self.resize(min(_SIZE[0], room.width() - 20), min(_SIZE[1], room.height() - 40))
        self.conductor.load()
        self.check_in.look()
        self._look_up()
        self.log.begin()

    def act(self, inject_id: int, *, regardless: bool = False) -> None:
        """Release an inject, now."""
        self.conductor.run(
            partial(commands.release, drill_id=self._drill_id, inject_id=inject_id, regardless=regardless)
        )

    def note_done(self, inject_id: int) -> None:
        """Note that the action on an inject is done."""
        self.conductor.run(partial(commands.done, drill_id=self._drill_id, inject_id=inject_id))

    def release_next(self) -> None:
        """Release the inject that is next."""
        found = self.conductor.next_inject()
        if found is not None and self._writes:
            self._on_release(found[0].id)

    def first_done(self) -> None:
        """Note the most urgent action done."""
        awaited = self.conductor.awaited()
        if awaited and self._writes:
            self.note_done(awaited[0][0].id)

    def add_files(self, paths: list[Path]) -> None:
        """Keep photographs and other files with the drill."""
        drill_id = self._drill_id
        self.session.tasks.run_write(
            lambda office, progress: add_files(office, drill_id, paths, progress=progress),
            self._on_files,
            owner=self,
            failed=self._on_refused,
            title=_("Adding files"),
        )

    def show_room(self) -> None:
        """Open the screen for the room."""
        if self.room is None:
            self.room = RoomScreen()
        if self.conductor.view is not None:
            self.room.show_view(self.conductor.view)
        self.conductor.tick()
        self.room.open_beside(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_typing(event) and self._writes:
            self.log.begin(event.text())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._writes:
            welcome_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_files(event)
        if paths:
            self.add_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.conductor.stop()
        self.session.preferences.set_blob(_GEOMETRY, self.saveGeometry())
        if self.room is not None:
            self.room.close()
            self.room.deleteLater()
            self.room = None
        super().closeEvent(event)
        self.closed.emit()

    def _on_loaded(self, view: ConductView) -> None:
        word = _("Event") if view.drill.kind == "event" else _("Conduct")
        self.setWindowTitle(f"{view.drill.title} · {word}")
        self.head.show_view(view)
        self.injects.show_view(view)
        self.log.show_log(view, self.conductor.pending)
        self.check_in.show_roll(view.roll, view.drill.expected)
        self.awaited.show_limits(view)
        if view.drill.kind == "event":
            for panel in (self.injects, self.awaited):  # an emergency seldom has a script
                panel.setVisible(bool(view.injects))
            self.reports.show()
            self.reports.begin()
        if self.room is not None:
            self.room.show_view(view)

    def _on_tick(self, now: Now) -> None:
        assert self.conductor.view is not None
        self.head.show_now(now)
        self.injects.show_now(now)
        self.awaited.show_awaited(awaited_of(self.conductor.view, now))
        self.reports.show_now(now.moment)
        if self.room is not None:
            self.room.show_now(now)

    def _on_pending(self) -> None:
        if self.conductor.view is not None:
            self.log.show_log(self.conductor.view, self.conductor.pending)

    def _on_entered(self, row: LineRow) -> None:
        if row.kind == "release" and self.room is not None:
            self.room.follow()
        if row.kind in ("release", "done"):
            words = _("Inject released") if row.kind == "release" else _("Action noted as done")
            undo = partial(self.conductor.run, partial(commands.void, line_id=row.id))
            self.notice.tell(f"{words}: {' '.join(row.text.split())[:80]}", _("Annul"), undo)
        elif row.kind in ("start", "pause", "resume", "end", "stop", "void") or row.corrects_id is not None:
            self.notice.hide()

    def _on_refused(self, error: BaseException, pending: Pending | None = None) -> None:
        if pending is not None:
            self.log.give_back(pending)
        if not isinstance(error, DrillappError):
            self.session.tasks.tell_error(error)
            return
        self.notice.tell(words_of(error), problem=True)

    def _on_release(self, inject_id: int) -> None:
        """One that waits for another is released only when that is confirmed."""
        now = self.conductor.now()
        state = next((one.state for one in now.standings if one.id == inject_id), "") if now else ""
        if state == "blocked":
            self.notice.tell(
                _("This inject waits until the action on another one is done."),
                _("Release it regardless"),
                partial(self.act, inject_id, regardless=True),
                problem=True,
            )
        else:
            self.act(inject_id)

    def _on_stop(self) -> None:
        view = self.conductor.view
        conditions = "" if view is None else view.drill.stop_conditions or ""
        limits = _("Stopped when: {conditions}").format(conditions=conditions) if conditions else ""
        title, question = (
            _("Stop the drill early"),
            "\n".join(filter(None, (_("Why is it stopped?"), limits))),
        )
        dialog = ReasonDialog(title, question, _("Stop early"), self)
        dialog.accepted.connect(lambda: self._control(commands.stop, reason=dialog.reason.text()))
        _open(dialog)

    def _on_reported(self, rule: str) -> None:
        dialog = ReportedDialog(self.reports.lines[rule].words.text(), self)
        dialog.accepted.connect(
            lambda: self._control(report_made, rule_id=rule, to=dialog.to.text(), text=dialog.text.text())
        )
        _open(dialog)

    def _on_correct(self, line_: LogLine) -> None:
        dialog = CorrectDialog(line_, self)
        dialog.decided.connect(self.conductor.run)
        _open(dialog)

    def _on_phrases(self) -> None:
        dialog = PhrasesDialog(self.log.phrases, self)
        dialog.accepted.connect(lambda: self._keep_phrases(dialog.phrases()))
        _open(dialog)

    def _keep_phrases(self, phrases: list[str]) -> None:
        self.session.tasks.run_write(
            lambda office, _progress: set_phrases(office, phrases),
            self.log.show_phrases,
            owner=self,
            failed=self._on_refused,
        )

    def _on_note(self, text: str, who: str, subject: str) -> None:
        """What is said after the end is a comment on the spot."""
        view = self.conductor.view
        is_over = view is not None and view.timeline.is_over
        self.conductor.note(text, who, subject, "comment" if is_over else "note")

    def _on_files(self, added: AddedFiles) -> None:
        words = (
            [_("{count} files were kept with the drill.").format(count=len(added.ids))] if added.ids else []
        )
        words += [f"{one.name}: {one.message}" for one in added.refused]
        self.notice.tell("\n".join(words), problem=bool(added.refused))

    def _on_room_wanted(self, inject_id: int) -> None:
        self.show_room()
        assert self.room is not None
        self.room.show_inject(inject_id)

    def _on_script(self) -> None:
        from drillapp.ui.drills.injects.dialog import ScriptDialog  # rarely wanted while a drill runs

        _open(ScriptDialog(self.session, self._drill_id, self))

    def _on_afterwards(self) -> None:
        from drillapp.ui.drills.conduct.afterwards_dialog import AfterwardsDialog  # only for paper records

        _open(AfterwardsDialog(self.session, self._drill_id, self))

    def _control(self, command: Callable[..., Any], **said: str) -> None:
        bound: Command = partial(command, drill_id=self._drill_id, **said)
        self.conductor.run(bound)

    def _look_up(self) -> None:
        """The phrases, and who may be meant by names."""
        drill_id = self._drill_id
        self.session.tasks.run_read(
            lambda office, _progress: (phrases_of(office), names_taking_part(office, drill_id)),
            self._on_looked_up,
            owner=self,
        )

    def _on_looked_up(self, found: tuple[list[str], set[str]]) -> None:
        phrases, names = found
        self.log.names = tuple(sorted(names))
        self.log.show_phrases(phrases)

    def _lay_out(self) -> None:
        right = QSplitter(Qt.Orientation.Vertical, self)
        right.addWidget(self.reports)
        right.addWidget(self.awaited)
        right.addWidget(self.check_in)
        right.setSizes([260, 240, 240])
        columns = QSplitter(self)
        for part, stretch in ((self.injects, 4), (self.log, 4), (right, 3)):
            columns.addWidget(part)
            columns.setStretchFactor(columns.count() - 1, stretch)
        columns.setSizes([480, 480, 360])
        columns.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(line(self))
        layout.addWidget(self.notice)
        layout.addWidget(columns, 1)

    def _connect(self) -> None:
        conductor, head = self.conductor, self.head
        conductor.loaded.connect(self._on_loaded)
        conductor.ticked.connect(self._on_tick)
        conductor.pending_changed.connect(self._on_pending)
        conductor.entered.connect(self._on_entered)
        conductor.refused.connect(self._on_refused)
        head.start_wanted.connect(partial(self._control, commands.start))
        head.pause_wanted.connect(partial(self._control, commands.pause))
        head.resume_wanted.connect(partial(self._control, commands.resume))
        head.end_wanted.connect(partial(self._control, commands.end))
        head.stop_wanted.connect(self._on_stop)
        head.room_wanted.connect(self.show_room)
        head.script_wanted.connect(self._on_script)
        head.afterwards_wanted.connect(self._on_afterwards)
        head.slipped.connect(lambda: self.notice.tell(_("Hold the button down until its line is full.")))
        self.injects.release_wanted.connect(self._on_release)
        self.injects.done_wanted.connect(self.note_done)
        self.injects.room_wanted.connect(self._on_room_wanted)
        self.reports.reported.connect(self._on_reported)
        self.awaited.done_wanted.connect(self.note_done)
        self.log.noted.connect(self._on_note)
        self.log.phrases_wanted.connect(self._on_phrases)
        self.log.list.correct_wanted.connect(self._on_correct)
        self.check_in.refused.connect(self._on_refused)
        self.check_in.told.connect(self.notice.tell)
        self.session.closing.connect(self.close)

    def _arm_keys(self) -> None:
        shortcut("F2", self, self.log.begin)
        shortcut("F4", self, self.check_in.line.setFocus)
        shortcut("F7", self, self.show_room)
        shortcut("F8", self, self.first_done)
        shortcut("F9", self, self.release_next)
        shortcut("F11", self, self._toggle_full)

    def _toggle_full(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()


def _open(dialog: Dialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
