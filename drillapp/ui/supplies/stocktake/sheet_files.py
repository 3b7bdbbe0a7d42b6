"""A stocktake's sheet to a file and back: written for a spreadsheet, read with what is wrong by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.rows import LedgerError
from drillapp.core.ledgers.stocktake_sheets import SheetImport, export_sheet, import_sheet
from drillapp.core.listing import Column, View
from drillapp.core.supplies.stocktake.rows import Header
from drillapp.ui.errors import words_of
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.file_dialogs import ask_open, ask_save
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label, row
from drillapp.ui.session import Session

_COLUMNS = (
    Column("row", "Row", "number", 70),
    Column("column", "Column", width=120),
    Column("value", "Cell value", width=130),
    Column("message", "What is wrong", width=480),
)


class _Wrong(NamedTuple):
    id: int
    row: int
    column: str
    value: str
    message: str


class SheetImportDialog(Dialog):
    """Nothing is taken while a row is wrong."""

    taken = Signal()

    def __init__(
        self, session: Session, header: Header, path: Path, by: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Import the sheet"), parent, width=860)
        self._session, self._header, self._path, self._by = session, header, path, by
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = _("Import {file}").format(file=path.name)
        self.body.addWidget(label(words, "heading", wraps=True, parent=self))
        self.at = DateField(self, moment=True)
        self.at.edited.connect(self.check)
        hint = _("For rows without a moment of their own; empty: now.")
        self.body.addLayout(
            row(label(_("Counted at"), "label", parent=self), self.at, label(hint, "small", parent=self), 1)
        )
        self.summary = label("", wraps=True, parent=self)
        self.body.addWidget(self.summary)
        self._source = FixedSource(_COLUMNS)
        self.wrong = Table(self._source, session, "stocktake-problems", parent=self)
        self.wrong.setMinimumHeight(240)
        self.body.addWidget(self.wrong, 1)
        self.again = self.add_action(_("Check again"), self.check)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Take the counts"), accepts=True)
        self.check()

    def check(self) -> None:
        """Read the sheet without writing anything."""
        self._run(dry_run=True, then=self._on_checked)

    def accept(self) -> None:
        """Take the counts; the dialog closes when that has worked."""
        if self.go.isEnabled():
            self._run(dry_run=False, then=self._on_taken)

    def _run(self, *, dry_run: bool, then: Callable[[SheetImport], object]) -> None:
        self.go.setEnabled(False)
        try:
            moment = self.at.value()
        except ValueError as error:
            self.summary.setText(str(error))
            return
        assert moment is None or isinstance(moment, datetime)
        key, path, by = self._header.id, self._path, self._by
        self._session.tasks.run_write(
            lambda office, progress: import_sheet(
                office, key, path, by, at=moment, dry_run=dry_run, progress=progress
            ),
            then,
            owner=self,
            failed=self._on_failed,
            title=_("Checking"),
        )

    def _on_checked(self, result: SheetImport) -> None:
        self.go.setEnabled(bool(result.counted) and not result.errors)
        self.wrong.placeholder.empty_text = _("Nothing is wrong")
        self._show(result.errors)
        words = [
            _("{read} rows read, {counted} of them counted.").format(read=result.read, counted=result.counted)
        ]
        if result.errors:
            words.append(_("Nothing is taken while a row is wrong. Correct these cells and check again."))
        self.summary.setText("\n".join(words))

    def _on_taken(self, result: SheetImport) -> None:
        if result.errors:
            self._on_checked(result)
            return
        super().accept()
        self.taken.emit()

    def _on_failed(self, error: BaseException) -> None:
        words = words_of(error)
        if not words:
            self._session.tasks.tell_error(error)
        self.summary.setText(words)
        self.wrong.placeholder.empty_text = _("The sheet could not be checked")
        self._show(())

    def _show(self, errors: tuple[LedgerError, ...]) -> None:
        self._source.fill(
            [_Wrong(i, one.row, one.column, one.value, one.message) for i, one in enumerate(errors)]
        )
        self.wrong.set_view(View())


def ask_sheet(session: Session, header: Header, by: str, parent: QWidget) -> SheetImportDialog | None:
    """Let the person choose a file and show what would come of it."""
    kinds = _("Spreadsheets (*.xlsx *.xls *.csv);;All files (*)")
    path = ask_open(session, parent, _("Import the sheet"), kinds, "import")
    if path is None:
        return None
    dialog = SheetImportDialog(session, header, path, by, parent)
    dialog.open()
    return dialog


def ask_export(session: Session, header: Header, parent: QWidget) -> None:
    """Let the person choose a name and write the sheet."""
    proposed = f"{header.storehouse_name} {header.number}.xlsx"
    kinds = _("Excel (*.xlsx);;Text (*.csv)")
    path = ask_save(session, parent, _("Export the sheet"), proposed, kinds, "export")
    if path is None:
        return
    key, words = header.id, _("{count} rows written to {file}")
    session.tasks.run_read(
        lambda office, _progress: export_sheet(office, key, path),
        lambda count: session.said.emit(words.format(count=count, file=path.name)),
        owner=parent,
        title=_("Exporting"),
    )
