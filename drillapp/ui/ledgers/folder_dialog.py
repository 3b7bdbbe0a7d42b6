"""What came back from many units: every file of a folder is checked, brought in, and reported on."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QProgressBar, QWidget

from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.folder import FileReport, hint_of_check, import_folder, write_reports
from drillapp.core.ledgers.layout import layout
from drillapp.core.listing import Column, View
from drillapp.core.progress import Cancelled
from drillapp.ui.parts import file_dialogs
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_COLUMNS = (
    Column("file", "File", width=230),
    Column("ledger", "Which ledger", width=110),
    Column("read", "Rows", "number", 64),
    Column("created", "New records", "number", 64),
    Column("updated", "Changed records", "number", 64),
    Column("unchanged", "Known already", "number", 72),
    Column("refused", "Has a problem", "number", 72),
    Column("told", "What is to be said", width=200),
)
_WIDTH, _HEIGHT = 1100, 620


class _Line(NamedTuple):
    id: int
    file: str
    ledger: str
    read: int | None
    created: int | None
    updated: int | None
    unchanged: int | None
    refused: int | None
    told: str


class _Brought(NamedTuple):
    """The reports, with what everybody has to look at again."""

    reports: list[FileReport]
    changes: Changes


class FolderDialog(Dialog):
    """A check first; then each file as a whole, and one that is refused stops no other."""

    def __init__(self, session: Session, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(_("Bring in a folder"), parent, width=880)
        self._session = session
        self._folder = folder
        self.reports: list[FileReport] = []
        self._source = FixedSource(_COLUMNS)
        self.table = Table(self._source, session, "folder-import", parent=self)
        self.table.placeholder.empty_text = _("There is no file in this folder")
        self.number = QCheckBox(_("Give new records the next numbers"), self)
        self.summary = label("", "muted", wraps=True, parent=self)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setRange(0, 0)
        title = _("Bring in the folder {folder}").format(folder=folder.name)
        self.body.addWidget(label(title, "heading", wraps=True, parent=self))
        words = _("A file is brought in as a whole or not at all; open one to put it right.")
        self.body.addWidget(label(words, "muted", wraps=True, parent=self))
        self.told = label(wraps=True, parent=self)
        for widget in (self.number, self.table, self.told, self._bar, self.summary):
            self.body.addWidget(widget, 1 if widget is self.table else 0)
        self.save = self.add_action(_("Save the reports …"), self._on_save, "ghost")
        self.correct = self.add_action(_("Open this file"), self._on_open)
        self.cancel = self.add_closing(_("Close"))
        self.go = self.add_closing(_("Import"), accepts=True)
        self.number.toggled.connect(lambda _on: self.check())
        self.table.opened.connect(lambda _row: self._on_open())
        self.table.current_changed.connect(self._on_current)
        self.resize(_WIDTH, min(_HEIGHT, self.screen().availableSize().height() - 80))
        self.check()

    def check(self) -> None:
        """Look what would come of each file; nothing is written."""
        self._run(dry=True)

    def accept(self) -> None:
        """Bring in the files that can be."""
        if self.go.isEnabled():
            self._run(dry=False)

    def reject(self) -> None:
        """Leave; what is under way stops after the file that it is at."""
        self._task.cancel()
        super().reject()

    def _run(self, *, dry: bool) -> None:
        folder, number = self._folder, self.number.isChecked()
        words = _("Checking the files …") if dry else _("Importing …")
        self._bar.show()
        self.summary.setText(words)
        for widget in (self.go, self.save, self.correct, self.number):
            widget.setEnabled(False)

        self._task = self._session.tasks.run_write(
            lambda office, progress: _brought(
                import_folder(office, folder, number=number, dry_run=dry, progress=progress)
            ),
            lambda done: self._on_done(done.reports, dry=dry),
            owner=self,
            failed=self._on_failed,
            title=words,
        )

    def _on_done(self, reports: list[FileReport], *, dry: bool) -> None:
        self._bar.hide()
        self.reports = reports
        self._source.fill([_line(place, report) for place, report in enumerate(reports)])
        self.table.set_view(View())
        good = [report for report in reports if _writes(report)]
        self.go.setText(_("Import {count} files").format(count=len(good)) if dry and good else _("Import"))
        self.go.setEnabled(dry and bool(good) and not self._session.is_read_only)
        self.save.setEnabled(bool(reports))
        self.number.setEnabled(dry)
        bad = sum(not report.is_in for report in reports)
        words = (
            _("{count} files, of which {bad} cannot be brought in as they are. Nothing is written yet.")
            if dry
            else _("{count} files, of which {bad} were not brought in.")
        )
        if not dry and not all(report.is_reached for report in reports):
            words = _("Stopped; the files before it are in.")
        hint = hint_of_check(reports) if dry else ""
        self.summary.setText(f"{words.format(count=len(reports), bad=bad)} {hint}".strip())

    def _on_failed(self, error: BaseException) -> None:
        self._bar.hide()
        if isinstance(error, Cancelled):
            self.summary.setText(_("Stopped"))
        else:
            self.summary.setText(getattr(error, "message", ""))
            self._session.tasks.tell_error(error)

    def _on_current(self, line: _Line | None) -> None:
        self.correct.setEnabled(line is not None)
        # In full: a sentence that says what to do rarely fits beside the figures.
        self.told.setText(line.told if line is not None else "")

    def _on_open(self) -> None:
        from drillapp.ui.ledgers.bring_in import open_assistant

        row = self.table.current_row()
        if row is not None:
            dialog = open_assistant(self._session, self._folder / row.file, self)
            dialog.brought.connect(lambda _result: self.check())

    def _on_save(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Save the reports …"), str(self._folder.parent))
        if name:
            reports = self.reports
            self._session.tasks.run_read(
                lambda _office, _progress: write_reports(reports, Path(name)),
                lambda paths: self.summary.setText(
                    _("{count} reports written to {folder}").format(count=len(paths), folder=name)
                ),
                owner=self,
            )


def open_folder(session: Session, folder: Path, parent: QWidget) -> FolderDialog:
    """Show what would come of a folder."""
    dialog = FolderDialog(session, folder, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def ask_folder(session: Session, parent: QWidget) -> None:
    """Let a folder be chosen, and show what would come of it."""
    folder = file_dialogs.ask_folder(session, parent, _("Bring in a folder"), "import")
    if folder is not None:
        open_folder(session, folder, parent)


def _brought(reports: list[FileReport]) -> _Brought:
    touched = [report.result.changes.kinds for report in reports if report.result is not None]
    return _Brought(reports, Changes(frozenset().union(*touched)))


def _writes(report: FileReport) -> bool:
    return report.is_in and report.result is not None and report.result.created + report.result.updated > 0


def _line(place: int, report: FileReport) -> _Line:
    title = layout(report.kind).title if report.kind in KINDS else ""
    result = report.result
    if result is None:
        told = " ".join(filter(None, (report.message, report.hint, report.unread_words)))
        return _Line(place, report.name, title, None, None, None, None, None, told)
    first = result.errors[0] if result.errors else None
    told = "" if first is None else _("Row {row}, {column}: {message}").format(
        row=first.row, column=first.column, message=first.message
    )  # fmt: skip
    told = f"{told} {report.unread_words}".strip()
    return _Line(
        place, report.name, title, result.read, result.created, result.updated, result.unchanged,
        result.rejected, told,
    )  # fmt: skip
