"""Writing the script of a drill: its injects in a table, above them on a line of time; saved in one go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from drillapp.core.drills.conduct.queries import ConductView, conduct_view
from drillapp.core.drills.injects.checking import told_of
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.names import names_taking_part
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.inject_sheets import export_injects
from drillapp.core.office import Office
from drillapp.ui.drills.injects.import_dialog import ScriptImportDialog
from drillapp.ui.drills.injects.script_table import ScriptTable
from drillapp.ui.drills.injects.shift_bar import ShiftBar
from drillapp.ui.drills.injects.time_axis import TimeAxis
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.file_dialogs import ask_open, ask_save
from drillapp.ui.parts.words import button, icon_button, label, row
from drillapp.ui.session import Session

_SIZE = (1280, 700)
_MOST_TOLD = 3


class _Script(NamedTuple):
    view: ConductView
    names: set[str]
    sections: dict[int, str]


class ScriptDialog(Dialog):
    """Ctrl+S saves and stays; what was released in the drill already stays as it is."""

    def __init__(self, session: Session, drill_id: int, parent: QWidget | None = None) -> None:
        super().__init__(_("Script"), parent, width=940)
        self._session = session
        self._drill_id = drill_id
        self._names: set[str] = set()
        self._released: frozenset[str] = frozenset()
        self._title = ""
        self._stored: Sequence[InjectEntry] = ()
        self.is_touched = False
        self.heading = label("", "heading", parent=self)
        self.summary = label("", "muted", parent=self)
        self.axis = TimeAxis(self)
        self.table = ScriptTable(self)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.told = label("", "small", wraps=True, parent=self)
        self.shift = ShiftBar(self)
        self._lay_out()
        self._arm_keys()
        self.axis.chosen.connect(self.table.go_to)
        self.table.edited.connect(self._on_edited)
        self.table.currentCellChanged.connect(lambda *_places: self._show_axis())
        self.shift.wanted.connect(self._on_shift)
        self._let_write(False)
        room = self.screen().availableSize()
        self.resize(min(_SIZE[0], room.width() - 40), min(_SIZE[1], room.height() - 60))
        self._load()

    def accept(self) -> None:
        """Save the whole script."""
        if not self.save.isEnabled():
            return
        wrong = self.table.check()
        if wrong:
            self._tell(wrong)
            return
        drill_id, entries, before = self._drill_id, self.table.entries(), self._stored
        self.save.setEnabled(False)
        self._session.tasks.run_write(
            lambda office, _progress: save_injects(office, drill_id, entries, before=before),
            lambda _changes: self._on_saved(entries),
            owner=self,
            failed=self._on_failed,
        )

    def reject(self) -> None:
        """Leave, asking first when something was not saved."""
        title, sentence = _("Leave without saving?"), _("What you typed would be lost.")
        if not self.is_touched or confirm(title, sentence, _("Leave"), danger=True, parent=self):
            super().reject()

    def import_sheet(self, path: Path) -> None:
        """Read a sheet and show what would come of it."""
        dialog = ScriptImportDialog(self._session, self._drill_id, path, self)
        dialog.read.connect(self._on_read)
        dialog.open()

    def export_sheet(self, path: Path) -> None:
        """Write the saved script to a sheet."""
        drill_id = self._drill_id
        words = _("{count} rows written to {file}")
        self._session.tasks.run_read(
            lambda office, _progress: export_injects(office, drill_id, path),
            lambda count: self._session.said.emit(words.format(count=count, file=path.name)),
            owner=self,
            failed=self._on_failed,
            title=_("Exporting"),
        )

    def _load(self) -> None:
        drill_id = self._drill_id
        self._session.tasks.run_read(
            lambda office, _progress: _script(office, drill_id), self._on_loaded, owner=self
        )

    def _on_loaded(self, script: _Script) -> None:
        view = script.view
        self._title = view.drill.title
        self.heading.setText(_("Script: {title}").format(title=view.drill.title))
        self._names = script.names
        self.table.names.names = sorted(script.names)
        self.table.sections.sections = script.sections
        injects = [inject for inject in view.injects if not inject.retired]
        self._released = frozenset(inject.number for inject in injects if inject.id in view.timeline.released)
        self._stored = [inject.entry for inject in injects]
        self.table.fill(self._stored, self._released)
        self._let_write(not self._session.is_read_only and view.drill.retired_on is None)
        self._settled()

    def _on_edited(self) -> None:
        self.is_touched = True
        self._look()

    def _settled(self) -> None:
        self.is_touched = False
        self._look()

    def _look(self) -> None:
        """Show what goes with the table as it is now."""
        self._show_axis()
        self.summary.setText(self.axis.summary())
        wrong = self.table.check()
        self._tell(wrong)
        entries = [] if wrong else self.table.entries()
        told = [
            _("Row {number}: {message}").format(number=one.place + 1, message=one.message)
            for one in told_of(entries, self._names)
        ]
        self.told.setText("\n".join(_first(told)))
        self.told.setVisible(bool(told))
        self.save.setEnabled(self.is_touched and not self.table.isHidden() and self._writes)
        self.bring_out.setEnabled(not self.is_touched and self.table.rowCount() > 0)

    def _show_axis(self) -> None:
        self.axis.show_times(self.table.times(), self.table.currentRow())

    def _on_shift(self, seconds: int, from_current: bool) -> None:
        if not self.table.shift(seconds, from_current=from_current):
            self._tell([_("There is nothing to shift.")])

    def _on_saved(self, entries: Sequence[InjectEntry]) -> None:
        self._stored = entries
        self._session.said.emit(_("The script was saved."))
        self._settled()

    def _on_failed(self, error: BaseException) -> None:
        self.save.setEnabled(self.is_touched)
        if isinstance(error, InvalidInput) and error.problems:
            self._tell(self.table.check(error.problems))
        elif isinstance(error, DrillappError):
            self._tell([words_of(error)])
        else:
            self._session.tasks.tell_error(error)

    def _on_read(self, entries: Sequence[InjectEntry]) -> None:
        self.table.fill(entries, self._released)
        self._on_edited()

    def _on_bring_in(self) -> None:
        kinds = _("Spreadsheets (*.xlsx *.xls *.csv);;All files (*)")
        path = ask_open(self._session, self, _("Import a script"), kinds, "import")
        if path is not None:
            self.import_sheet(path)

    def _on_bring_out(self) -> None:
        proposed, kinds = f"{self._title} {_('Script')}.xlsx", _("Excel (*.xlsx);;Text (*.csv)")
        path = ask_save(self._session, self, _("Export the script"), proposed, kinds, "export")
        if path is not None:
            self.export_sheet(path)

    def _tell(self, problems: Sequence[str]) -> None:
        self.problem.setText("\n".join(_first(problems)))
        self.problem.setVisible(bool(problems))

    def _let_write(self, writes: bool) -> None:
        self._writes = writes
        for widget in (*self._tools, self.shift, self.bring_in):
            widget.setEnabled(writes)
        if not writes:
            self.table.setEditTriggers(self.table.EditTrigger.NoEditTriggers)
        else:
            self.table.setEditTriggers(
                self.table.EditTrigger.DoubleClicked
                | self.table.EditTrigger.EditKeyPressed
                | self.table.EditTrigger.AnyKeyPressed
            )

    def _lay_out(self) -> None:
        tools = (
            (_("Add"), "add", "Ctrl+N", self.table.add), (_("Duplicate"), "copy", "Ctrl+D", self.table.duplicate),
            (_("Take out"), "close", "Ctrl+Del", self.table.remove),
            (_("In order of time"), "history", "", self.table.by_time),
        )  # fmt: skip
        self._tools: list[QAbstractButton] = []
        for words, icon, tip, done in tools:
            made = button(words, icon=icon, role="ghost", tip=tip, parent=self)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _on=False, done=done: done())
            self._tools.append(made)
        for icon, words, step in (("control-up", _("Up"), -1), ("control-down", _("Down"), 1)):
            small = icon_button(icon, words, parent=self)
            small.clicked.connect(partial(self.table.move_row, step))
            self._tools.append(small)
        self.body.addLayout(row(self.heading, 1, self.summary))
        self.body.addWidget(self.axis)
        self.body.addLayout(row(*self._tools, 1, self.shift, spacing=2))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.told)
        self.bring_out = self.add_action(_("Export …"), self._on_bring_out)
        self.bring_out.setToolTip(_("What is saved is exported."))
        self.bring_in = self.add_action(_("Import …"), self._on_bring_in)
        self.add_closing(_("Close")).setAutoDefault(False)
        self.save = self.add_closing(_("Save"), accepts=True)
        self.save.setDefault(False)
        self.save.setAutoDefault(False)
        self.save.setToolTip("Ctrl+S")

    def _arm_keys(self) -> None:
        for keys, done in (
            ("Ctrl+N", self.table.add), ("Ctrl+D", self.table.duplicate), ("Ctrl+Del", self.table.remove),
            ("Alt+Up", lambda: self.table.move_row(-1)), ("Alt+Down", lambda: self.table.move_row(1)),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self, lambda done=done: self._writes and done())
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)


def _script(office: Office, drill_id: int) -> _Script:
    tested = drill_record(office, drill_id).tested
    view = conduct_view(office, drill_id)
    sections = {one.section_id: one.section for one in tested if one.section_id is not None and one.section}
    known = {
        row.section_id: row.section_title for row in view.injects if row.section_id and row.section_title
    }
    return _Script(view, names_taking_part(office, drill_id), known | sections)


def _first(lines: Sequence[str]) -> list[str]:
    more = len(lines) - _MOST_TOLD
    return [*lines[:_MOST_TOLD], *([_("and {count} more").format(count=more)] if more > 0 else [])]
