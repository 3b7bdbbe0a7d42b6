"""Ledger files out: ask where to, then write."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.exporting import export_ledger
from drillapp.ui.session import Session


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


def _documents() -> str:
    """The person's documents; their home where that folder was never made, since a dialog takes it for a file."""
    places = QStandardPaths.StandardLocation
    documents = QStandardPaths.writableLocation(places.DocumentsLocation)
    return documents if Path(documents).is_dir() else QStandardPaths.writableLocation(places.HomeLocation)
