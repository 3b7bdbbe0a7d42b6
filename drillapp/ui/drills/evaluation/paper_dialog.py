"""A sheet that was filled in on paper or in a spreadsheet: its rows typed off, pasted or read from a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from drillapp.core.drills.evaluation.paper import read_rows
from drillapp.core.drills.evaluation.rows import Sheet, SheetSaved
from drillapp.core.drills.evaluation.sheets import save_answers
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.evaluation_sheets import export_sheet, sheet_text
from drillapp.ui.errors import lines_of
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.dropped import dropped_files, welcome_files
from drillapp.ui.parts.file_dialogs import ask_open, ask_save
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_NAMED = 6
"""So many wrong lines are named."""


class PaperDialog(Dialog):
    """Rows that are there take the place of what the sheet says; all others stay."""

    saved = Signal()

    def __init__(self, session: Session, sheet: Sheet, revision: int, parent: QWidget | None = None) -> None:
        super().__init__(_("Take over a paper sheet"), parent, width=640)
        self._session = session
        self._sheet = sheet
        self._revision = revision
        self.body.addWidget(label(_("Take over a paper sheet"), "heading", parent=self))
        hint = _("A row a line: code, answer, reason, such as “A1.3 no the aim is not measurable”; or pasted from a spreadsheet.")  # fmt: skip
        self.body.addWidget(label(hint, "muted", wraps=True, parent=self))
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(_("Rows of the sheet"))
        self.text.setAcceptDrops(False)  # files dropped are the dialog's
        self.body.addWidget(self.text, 1)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.export = self.add_action(_("Save as a spreadsheet …"), self._on_export, role="ghost")
        self.open_file = self.add_action(_("Open a file …"), self._on_open)
        self.add_closing(_("Cancel"))
        self.save = self.add_closing(_("Take over"), accepts=True)
        self.setAcceptDrops(True)
        self.text.textChanged.connect(self.problem.hide)
        self.resize(720, 480)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        welcome_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        for path in dropped_files(event)[:1]:
            self.read(path)

    def read(self, path: Path) -> None:
        """Show the rows of a file, to be looked at before they are taken over."""
        self._session.tasks.run_read(
            lambda _office, progress: sheet_text(path, progress),
            self.text.setPlainText,
            owner=self,
            title=_("Opening the file"),
        )

    def accept(self) -> None:
        """Save the rows; the dialog closes when that has worked."""
        try:
            answers = read_rows(self.text.toPlainText(), self._sheet.asked_by)
        except InvalidInput as error:
            self._tell(error)
            return
        sheet, revision = self._sheet.id, self._revision
        self._session.tasks.run_write(
            lambda office, _progress: save_answers(office, sheet, revision, answers),
            self._on_saved,
            owner=self,
        )

    def _tell(self, error: InvalidInput) -> None:
        self.problem.setText(lines_of(error, _NAMED))
        self.problem.show()
        self.text.setFocus()

    def _on_saved(self, _saved: SheetSaved) -> None:
        self.saved.emit()
        super().accept()

    def _on_open(self) -> None:
        kinds = _("Sheets (*.xlsx *.xls *.csv *.txt);;All files (*)")
        path = ask_open(self._session, self, _("Open a file …"), kinds, "import")
        if path is not None:
            self.read(path)

    def _on_export(self) -> None:
        kinds = _("Spreadsheets (*.xlsx *.csv)")
        proposed = f"{self._sheet.position} {self._sheet.evaluator}.xlsx"
        path = ask_save(self._session, self, _("Save as a spreadsheet …"), proposed, kinds, "export")
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the sheet as it is kept to a file."""
        sheet = self._sheet
        self._session.tasks.run_read(
            lambda _office, _progress: export_sheet(sheet, path),
            lambda _count: self._session.said.emit(_("Written to {file}.").format(file=path)),
            owner=self,
        )
