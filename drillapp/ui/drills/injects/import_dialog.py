"""A planner's own sheet is read and checked; what it says comes into the script, which is then saved as any other."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.i18n import _
from drillapp.core.ledgers.inject_sheets import InjectImport, import_injects
from drillapp.core.ledgers.rows import LedgerError
from drillapp.core.listing import Column, View
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label, row
from drillapp.ui.session import Session

_COLUMNS = (
    Column("row", "Row", "number", 70),
    Column("column", "Column", width=100),
    Column("value", "Cell value", width=130),
    Column("message", "What is wrong", width=420),
    Column("weight", "Severity", width=90),
)


class _Found(NamedTuple):
    id: int
    row: int
    column: str
    value: str
    message: str
    weight: str


class ScriptImportDialog(Dialog):
    """Nothing is taken while a row is wrong; what is only worth telling does not stop it."""

    read = Signal(object)
    """The entries, once they are wanted."""

    def __init__(self, session: Session, drill_id: int, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(_("Import a script"), parent, width=900)
        self._session = session
        self._drill_id = drill_id
        self._path = path
        self._entries: tuple[InjectEntry, ...] = ()
        self.body.addWidget(
            label(_("Import {file}").format(file=path.name), "heading", wraps=True, parent=self)
        )
        self.start = QLineEdit(self)
        self.start.setPlaceholderText("9:00")
        self.start.setAccessibleName(_("Start of the drill"))
        self.start.setFixedWidth(100)
        self.start.editingFinished.connect(self.check)
        told = _(
            "Times of day in the sheet are counted from the start of the drill; lengths of time stay as they are."
        )
        self.body.addLayout(
            row(
                label(_("Start of the drill"), "label", parent=self),
                self.start,
                label(told, "small", parent=self),
                1,
            )
        )
        self.summary = label("", wraps=True, parent=self)
        self.body.addWidget(self.summary)
        self._source = FixedSource(_COLUMNS)
        self.found = Table(self._source, session, "script-problems", parent=self)
        self.found.setMinimumHeight(260)
        self.body.addWidget(self.found, 1)
        self.again = self.add_action(_("Check again"), self.check)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Take the script"), accepts=True)
        self.go.setEnabled(False)
        self.check()

    def check(self) -> None:
        """Read the sheet without writing anything."""
        self.go.setEnabled(False)
        drill_id, path, start = self._drill_id, self._path, self.start.text()
        self._session.tasks.run_read(
            lambda office, progress: import_injects(
                office, drill_id, path, start=start, dry_run=True, progress=progress
            ),
            self._on_checked,
            owner=self,
            failed=self._on_failed,
            title=_("Checking"),
            replaces="check",
        )

    def accept(self) -> None:
        """Hand the script over."""
        if self.go.isEnabled():
            super().accept()
            self.read.emit(self._entries)

    def _on_checked(self, result: InjectImport) -> None:
        self._entries = result.entries
        self.found.placeholder.empty_text = _("Nothing is wrong")
        self.go.setEnabled(bool(result.entries) and not result.errors)
        self._source.fill(
            [*_rows(result.errors, _("wrong"), 0), *_rows(result.told, _("look at it"), len(result.errors))]
        )
        self.found.set_view(View())
        words = [_("{count} injects read.").format(count=len(result.entries))]
        if result.errors:
            words.append(_("Nothing is taken while a row is wrong. Correct these cells and check again."))
        if result.ignored:
            left_out = _("Columns that are no field of this ledger, left out: {columns}")
            words.append(left_out.format(columns=", ".join(result.ignored)))
        self.summary.setText("\n".join(words))

    def _on_failed(self, error: BaseException) -> None:
        words = words_of(error)
        if not words:
            self._session.tasks.tell_error(error)
        self.summary.setText(words)
        self.found.placeholder.empty_text = _("The sheet could not be checked")
        self._source.fill([])
        self.found.set_view(View())


def _rows(errors: tuple[LedgerError, ...], weight: str, first: int) -> list[_Found]:
    return [
        _Found(first + i, error.row, error.column, error.value, error.message, weight)
        for i, error in enumerate(errors)
    ]
