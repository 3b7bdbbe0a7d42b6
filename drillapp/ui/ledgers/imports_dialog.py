"""The files that were brought in, each of which can be taken back as a whole."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.undoing.commands import Import, imports, undo_import
from drillapp.core.listing import Column, View
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_COLUMNS = (
    Column("at", "Brought in at", "moment", 130),
    Column("file_name", "File", width=200),
    Column("ledger", "Which ledger", width=110),
    Column("created", "New records", "number", 80),
    Column("updated", "Changed records", "number", 80),
    Column("actor", "By", width=90),
    Column("undone_at", "Undone at", "moment", 130),
)
_WIDTH, _HEIGHT = 960, 520


class _Line(NamedTuple):
    id: int
    at: datetime
    file_name: str
    ledger: str
    created: int
    updated: int
    actor: str
    undone_at: datetime | None


class ImportsDialog(Dialog):
    """The newest first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Earlier imports"), parent, width=_WIDTH)
        self._session = session
        self._source = FixedSource(_COLUMNS)
        self.table = Table(self._source, session, "imports", parent=self)
        self.table.placeholder.empty_text = _("No file was brought in yet")
        self.body.addWidget(label(_("Earlier imports"), "heading", parent=self))
        words = _("An import is undone as a whole, as long as nothing it wrote was changed since.")
        self.body.addWidget(label(words, "muted", wraps=True, parent=self))
        self.body.addWidget(self.table, 1)
        self.undo = self.add_action(_("Undo this import"), self._on_undo)
        self.undo.setEnabled(False)
        self.add_closing(_("Close"))
        self.table.current_changed.connect(self._on_current)
        self.resize(_WIDTH, _HEIGHT)
        self.reload()

    def reload(self) -> None:
        """Ask for the imports of now."""
        self._session.tasks.run_read(
            lambda office, _progress: imports(office), self._on_imports, owner=self, replaces="imports"
        )

    def _on_imports(self, found: list[Import]) -> None:
        self._source.fill([_line(one) for one in found])
        self.table.set_view(View())

    def _on_current(self, line: _Line | None) -> None:
        can = line is not None and line.undone_at is None and not self._session.is_read_only
        self.undo.setEnabled(can)

    def _on_undo(self) -> None:
        line = self.table.current_row()
        if line is None:
            return
        sentence = _(
            "All that {file} brought in is taken back: {created} new records go, {updated} are as before."
        )
        words = sentence.format(file=line.file_name, created=line.created, updated=line.updated)
        if confirm(_("Undo this import?"), words, _("Undo"), danger=True, parent=self):
            self._session.tasks.run_write(
                lambda office, progress: undo_import(office, line.id, progress),
                lambda _changes: self.reload(),
                owner=self,
                title=_("Undoing the import"),
            )


def _line(one: Import) -> _Line:
    ledger = layout(one.kind).title
    return _Line(
        one.entry_id, one.at, one.file_name, ledger, one.created, one.updated, one.actor, one.undone_at
    )
