"""Above the pages: a file was just brought in, and can be taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.shapes import Region
from drillapp.core.ledgers.undoing.commands import undo_import
from drillapp.ui.ledgers.outcome_words import counts_words
from drillapp.ui.parts.words import button, icon_button, label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class BroughtBanner(QFrame):
    """Says what came of the last file, until it is closed or another office is opened."""

    rest_wanted = Signal(object, object)
    """A file and the Region of it that is to be brought in next."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "banner")
        self._session = session
        self._entry: int | None = None
        self._path = Path()
        self._rest: tuple[Region, ...] = ()
        self.words = label("", wraps=True, parent=self)
        self.undo = button(_("Undo this import"), icon="history", parent=self)
        self.undo.clicked.connect(self._on_undo)
        self.rest = button("", role="link", parent=self)
        self.rest.clicked.connect(self._on_rest)
        close = icon_button("close", _("Hide this"), parent=self)
        close.clicked.connect(self.hide)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(3 * GRID, 6, GRID, 6)
        inside.addWidget(self.words, 1)
        inside.addWidget(self.rest)
        inside.addWidget(self.undo)
        inside.addWidget(close)
        self.hide()
        session.closing.connect(self.hide)

    def tell(self, path: Path, result: ImportResult, rest: Sequence[Region] = ()) -> None:
        """Say what came of a file; `rest` are tables of it that can follow."""
        self._entry, self._path, self._rest = result.entry, path, tuple(rest)
        ledger = layout(result.kind).title if result.kind else ""
        said = _("{file} is in the ledger {ledger}. {counts}")
        self.words.setText(said.format(file=path.name, ledger=ledger, counts=counts_words(result)))
        self.rest.setText(_("Next: {count} more in this file").format(count=len(rest)))
        self.rest.setVisible(bool(rest) and path.exists())
        self.undo.setVisible(result.entry is not None)
        self.undo.setEnabled(True)
        self.show()

    def _on_rest(self) -> None:
        if self._rest:
            self.rest_wanted.emit(self._path, self._rest[0])

    def _on_undo(self) -> None:
        entry = self._entry
        if entry is None:
            return
        self.undo.setEnabled(False)
        self._session.tasks.run_write(
            lambda office, progress: undo_import(office, entry, progress),
            lambda _changes: self._on_undone(),
            owner=self,
            failed=self._on_failed,
            title=_("Undoing the import"),
        )

    def _on_undone(self) -> None:
        self.words.setText(
            _("The import of {file} is undone; everything is as before.").format(file=self._path.name)
        )
        self.undo.hide()
        self.rest.hide()
        self._session.said.emit(self.words.text())

    def _on_failed(self, error: BaseException) -> None:
        self.undo.setEnabled(True)
        self._session.tasks.tell_error(error)
