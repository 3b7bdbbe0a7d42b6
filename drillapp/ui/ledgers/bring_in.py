"""The ways to the import assistant: a file that is asked for, dropped, or pasted."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.shapes import Region
from drillapp.ui.ledgers.assistant import ImportAssistant
from drillapp.ui.ledgers.brought_banner import BroughtBanner
from drillapp.ui.ledgers.pasting import cells_of, clipboard_text, write_cells
from drillapp.ui.parts.file_dialogs import ask_open
from drillapp.ui.session import Session
from drillapp.ui.window import Window

if TYPE_CHECKING:
    from drillapp.core.progress import Progress

SUFFIXES = ("xlsx", "xls", "et", "ods", "csv", "txt")
"""What spreadsheets are called; a file is known by its content all the same."""


def open_assistant(
    session: Session,
    path: Path,
    parent: QWidget,
    *,
    kind: str | None = None,
    region: Region | None = None,
) -> ImportAssistant:
    """Show the assistant for a file, or for one of its tables."""
    dialog = ImportAssistant(session, path, parent, kind=kind, region=region)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window = parent.window()
    dialog.brought.connect(lambda result: _tell(session, window, dialog, result))
    dialog.open()
    return dialog


def import_ledger_file(session: Session, kind: str, parent: QWidget) -> None:
    """Ask for a ledger file and show the assistant for it."""
    title = _("Import: {ledger}").format(ledger=layout(kind).title)
    patterns = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
    filters = f"{_('Spreadsheets')} ({patterns});;{_('All files')} (*)"
    path = ask_open(session, parent, title, filters, "import")
    if path is not None:
        open_assistant(session, path, parent, kind=kind)


def paste_ledger(session: Session, kind: str, parent: QWidget) -> None:
    """Show the assistant for the cells on the clipboard; says so where there are none."""
    text = clipboard_text(QGuiApplication.clipboard().mimeData())

    def show(folder: TemporaryDirectory[str] | None) -> None:
        if folder is None:
            session.said.emit(_("There are no cells on the clipboard"))
            return
        dialog = open_assistant(session, _pasted(folder), parent, kind=kind)
        for gone in (dialog.finished, dialog.destroyed):
            gone.connect(lambda _what: folder.cleanup())

    title = _("Taking the cells from the clipboard")
    session.tasks.run_read(
        lambda _office, progress: _written(text, progress), show, owner=parent, title=title, replaces="paste"
    )


def _written(text: str, progress: Progress) -> TemporaryDirectory[str] | None:
    """A folder with the cells of a text as a file; None where it has none."""
    cells = cells_of(text)
    if not cells:
        return None
    folder = TemporaryDirectory(prefix="drillapp-", ignore_cleanup_errors=True)
    try:
        write_cells(cells, _pasted(folder), progress)
    except BaseException:
        folder.cleanup()
        raise
    return folder


def _pasted(folder: TemporaryDirectory[str]) -> Path:
    return Path(folder.name) / f"{_('Pasted cells')}.csv"


def _tell(session: Session, window: QWidget, dialog: ImportAssistant, result: ImportResult) -> None:
    """Say in the window what came of a file, with the way back, and on to another table of it."""
    if not isinstance(window, Window):
        return
    banner = window.findChild(BroughtBanner)
    if banner is None:
        banner = BroughtBanner(session, window)
        banner.rest_wanted.connect(lambda path, region: open_assistant(session, path, window, region=region))
        window.show_above(banner)
    banner.tell(dialog.path, result, dialog.rest)
