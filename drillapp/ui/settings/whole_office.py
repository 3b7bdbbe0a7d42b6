"""A whole office as a folder of ledgers, out and in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.dialog import confirm
from drillapp.ui.parts.file_dialogs import ask_folder, file_name
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

if TYPE_CHECKING:
    from drillapp.core.ledgers.whole_office import Whole


class WholeOffice(QWidget):
    """Writes all ledgers into a folder; fills a new office from such a folder; writes the empty forms to hand out."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.out = button(_("Export everything …"), icon="export", parent=self)
        self.forms = button(_("Empty forms for units …"), icon="list", parent=self)
        self.back = button(_("Bring a whole office in …"), icon="import", parent=self)
        self.back.setEnabled(not session.is_read_only)
        self.out.clicked.connect(self._on_export)
        self.forms.clicked.connect(self._on_forms)
        self.back.clicked.connect(self._on_import)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GRID)
        sentence = _(
            "All ledgers as Excel files in one folder, with what no ledger carries beside them. A new office becomes an"
            " equal one from it. Empty forms have drop-down lists, and explain every column."
        )
        body.addWidget(label(sentence, wraps=True, parent=self))
        body.addLayout(row(self.out, self.forms, self.back, 1))

    def export(self, folder: Path) -> None:
        """Write the office into a folder."""
        from drillapp.core.ledgers.whole_office import export_all

        words = _("{count} ledgers written to {folder}")
        self._session.tasks.run_read(
            lambda office, progress: export_all(office, folder, progress),
            lambda made: self._session.said.emit(words.format(count=len(made), folder=folder.name)),
            owner=self,
            title=_("Exporting"),
        )

    def write_forms(self, folder: Path) -> None:
        """Write an empty form of every ledger into a folder."""
        from drillapp.core.ledgers.templates import write_templates

        code = self._session.scope.code or None
        words = _("{count} forms written to {folder}")
        self._session.tasks.run_read(
            lambda office, progress: write_templates(office, folder, unit_code=code, progress=progress),
            lambda made: self._session.said.emit(words.format(count=len(made), folder=folder.name)),
            owner=self,
            title=_("Exporting"),
        )

    def bring_in(self, folder: Path) -> None:
        """Fill this office, which must be new, from a folder."""
        from drillapp.core.ledgers.whole_office import import_all

        self._session.tasks.run_write(
            lambda office, progress: import_all(office, folder, progress),
            self._on_brought,
            owner=self,
            title=_("Importing"),
        )

    def _on_brought(self, whole: Whole) -> None:
        self._session.reopen_wanted.emit()
        lost = sum(one.without_uid for one in whole.taken)
        if lost:
            self._session.said.emit(_("{count} records got new uids.").format(count=lost))
        elif not whole.rows:
            self._session.said.emit(
                _("Without tables beside them that fit this program: only what ledgers carry.")
            )

    def _on_export(self) -> None:
        office = self._session.office
        chosen = self._ask(_("In which folder?"))
        if chosen is not None and office is not None:
            # A folder of its own, since what is chosen is seldom empty.
            name = f"{office.name} {self._session.today.isoformat()}"
            self.export(chosen / file_name(name))

    def _on_forms(self) -> None:
        chosen = self._ask(_("In which folder?"))
        if chosen is not None:
            self.write_forms(chosen / _("Empty forms"))

    def _on_import(self) -> None:
        chosen = self._ask(_("Which folder was exported?"))
        if chosen is not None and confirm(
            _("Fill this office from that folder?"),
            _("Everything of the other office comes into this new one, with its name."),
            _("Bring in"),
            parent=self,
        ):
            self.bring_in(chosen)

    def _ask(self, question: str) -> Path | None:
        return ask_folder(self._session, self, question, "whole_office")
