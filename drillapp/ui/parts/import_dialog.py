"""Ledger files in and out: choose, check, see what would happen, then do it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QPushButton, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.exporting import export_ledger
from drillapp.core.ledgers.importing import ImportResult, import_ledger
from drillapp.core.ledgers.layout import layout
from drillapp.core.listing import Column, View
from drillapp.core.progress import Cancelled
from drillapp.ui.errors import report
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_COLUMNS = (
    Column("row", "Row", "number", 70),
    Column("column", "Column", width=120),
    Column("value", "Cell value", width=130),
    Column("message", "What the check says", width=420),
    Column("sheet", "Sheet", width=80),
)
_WIDTH = 900


class _Wrong(NamedTuple):
    id: int
    sheet: str
    row: int
    column: str
    value: str
    message: str


class ImportDialog(Dialog):
    """Checks a file first, says what would come of it, and imports it when the person agrees."""

    def __init__(self, session: Session, kind: str, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(_("Import"), parent, width=_WIDTH)
        self._session = session
        self._kind = kind
        self._path = path
        self._partial = False
        self.body.addWidget(
            label(_("Import {file}").format(file=path.name), "heading", wraps=True, parent=self)
        )
        ledger = _("Into the ledger: {ledger}").format(ledger=_ledger_label(kind))
        self.body.addWidget(label(ledger, "muted", parent=self))
        self.asked = _asked_of(session, kind, self)
        if self.asked is not None:
            self.body.addWidget(self.asked)
            self.asked.edited.connect(self._on_asked)
        self.summary: QLabel = label("", wraps=True, parent=self)
        self._bar = QProgressBar(self, textVisible=False)
        self._source = FixedSource(_COLUMNS)
        self.problems = Table(self._source, session, "import-problems", parent=self)
        self.problems.setMinimumHeight(260)
        self.problems.hide()
        for widget in (self.summary, self._bar):
            self.body.addWidget(widget)
        self.body.addWidget(self.problems, 1)
        self.good_only = self.add_action("", self._on_good_only)
        self.again = self.add_action(_("Check again"), self.check)
        self.cancel = self.add_closing(_("Cancel"))
        self.go: QPushButton = self.add_closing(_("Import"), accepts=True)
        self.check()

    def check(self) -> None:
        """Read and check the whole file without writing anything."""
        self._tell(_("Checking the file …"))
        self._run(dry=True)

    def accept(self) -> None:
        """Import what was checked."""
        if self.go.isEnabled():
            self._tell(_("Importing …"))
            self._run(dry=False)

    def reject(self) -> None:
        """Leave; a check or import under way is stopped."""
        self._task.cancel()
        super().reject()

    def _run(self, dry: bool) -> None:
        for widget in (self.go, self.good_only, self.again):
            widget.setVisible(widget is self.go)
            widget.setEnabled(False)
        self._bar.setRange(0, 0)
        self._bar.show()
        kind, path, partial = self._kind, self._path, self._partial
        given = {} if self.asked is None else self.asked.values()
        self._task = self._session.tasks.run_write(
            lambda office, progress: import_ledger(
                office, kind, path, given=given, dry_run=dry, partial=partial, progress=progress
            ),
            self._on_checked if dry else self._on_imported,
            owner=self,
            failed=self._on_failed,
            title=_("Checking") if dry else _("Importing"),
        )

    def _on_checked(self, result: ImportResult) -> None:
        self._bar.hide()
        accepted = result.created + result.updated
        words = (
            _("Import") if result.errors or not accepted else _("Import {count} rows").format(count=accepted)
        )
        self.go.setText(words)
        self.go.setEnabled(bool(accepted) and not result.errors)
        self.again.setVisible(bool(result.errors))
        self.again.setEnabled(True)
        good = result.read - result.rejected
        self.good_only.setText(_("Import the {count} good rows only").format(count=f"{good:,}"))
        self.good_only.setAccessibleName(self.good_only.text())
        self.good_only.setVisible(bool(result.errors) and good > 0)
        self.good_only.setEnabled(True)
        told = result.errors or result.notes
        self.problems.setVisible(bool(told))
        self._source.fill([_Wrong(i, *_parts(error)) for i, error in enumerate(told)])
        self.problems.set_view(View())
        self._tell("\n".join(line for line in (_summary(result), _outlook(result)) if line))

    def _on_asked(self) -> None:
        """What is said of the file has changed: what was checked holds no more."""
        self._task.cancel()
        self.check()

    def _on_imported(self, result: ImportResult) -> None:
        self._session.said.emit(_counts(result))
        super().accept()

    def _on_good_only(self) -> None:
        self._partial = True
        self._tell(_("Importing …"))
        self._run(dry=False)

    def _on_failed(self, error: BaseException) -> None:
        self._bar.hide()
        if isinstance(error, Cancelled):
            self._tell(_("Stopped; nothing was imported."))
        else:
            message = getattr(error, "message", "")
            asks = "" if self.asked is None else self.asked.asks()
            self._tell("\n".join(filter(None, (asks, f"{message} {getattr(error, 'hint', '')}"))))
            if not message:
                report(error, self)
        self.again.show()
        self.again.setEnabled(True)

    def _tell(self, words: str) -> None:
        """Say how things stand, and grow as the words need it."""
        self.summary.setText(words)
        arranged = self.layout()
        assert arranged is not None
        arranged.activate()
        self.resize(self.width(), max(self.height(), arranged.totalHeightForWidth(self.width())))


def _asked_of(session: Session, kind: str, parent: QWidget) -> Any:
    """What is asked about a file of this kind beside what stands in it; None for most."""
    if kind != "stock":
        return None
    from drillapp.ui.parts.stock_options import StockOptions

    return StockOptions(session, parent)


def import_ledger_file(session: Session, kind: str, parent: QWidget) -> None:
    """Ask for a ledger file and import it."""
    folder = session.preferences.text("folders/import") or _documents()
    title = _("Import: {ledger}").format(ledger=_ledger_label(kind))
    name, _filter = QFileDialog.getOpenFileName(
        parent, title, folder, _("Spreadsheets (*.xlsx *.xls *.csv);;All files (*)")
    )
    if name:
        session.preferences.set_text("folders/import", str(Path(name).parent))
        ImportDialog(session, kind, Path(name), parent).open()


def export_ledger_file(session: Session, kind: str, title: str, parent: QWidget) -> None:
    """Ask where to, and write the ledger of the scope there."""
    folder = session.preferences.text("folders/export") or _documents()
    proposed = str(Path(folder) / f"{title} {session.as_of.isoformat()}.xlsx")
    name, _filter = QFileDialog.getSaveFileName(
        parent, _("Export the ledger"), proposed, _("Excel (*.xlsx);;Text (*.csv)")
    )
    if not name:
        return
    session.preferences.set_text("folders/export", str(Path(name).parent))
    path = Path(name) if Path(name).suffix else Path(name + ".xlsx")
    code = session.scope.code or None
    session.tasks.run_read(
        lambda office, progress: export_ledger(office, kind, path, unit_code=code, progress=progress),
        lambda count: session.said.emit(
            _("{count} rows written to {file}").format(count=count, file=path.name)
        ),
        owner=session,
        title=_("Exporting"),
    )


def _summary(result: ImportResult) -> str:
    """What came of a file, and what of it was not looked at."""
    if not result.ignored:
        return _counts(result)
    left_out = _("Columns that are no field of this ledger, left out: {columns}")
    return f"{_counts(result)}\n{left_out.format(columns=', '.join(result.ignored))}"


def _counts(result: ImportResult) -> str:
    words = _(
        "{read} rows read: {created} new, {updated} changed, {unchanged} as before, {rejected} refused."
    )
    return words.format(
        read=result.read,
        created=result.created,
        updated=result.updated,
        unchanged=result.unchanged,
        rejected=result.rejected,
    )


def _outlook(result: ImportResult) -> str:
    """What comes of the file when it is imported."""
    if result.errors:
        return _("Nothing was written. Correct these rows in the file and check again.")
    if result.read and not result.created + result.updated:
        return _("Everything in this file is in the ledger already; there is nothing to import.")
    return ""


def _ledger_label(kind: str) -> str:
    return layout(kind).title


def _parts(error: Any) -> tuple[str, int, str, str, str]:
    return error.sheet, error.row, error.column, error.value, error.message


def _documents() -> str:
    """The person's documents; their home where that folder was never made, since a dialog takes it for a file."""
    places = QStandardPaths.StandardLocation
    documents = QStandardPaths.writableLocation(places.DocumentsLocation)
    return documents if Path(documents).is_dir() else QStandardPaths.writableLocation(places.HomeLocation)
