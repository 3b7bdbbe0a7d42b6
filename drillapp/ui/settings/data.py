"""Backup, the way back from one, and the check of everything that must hold."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.check import CheckResult, check
from drillapp.core.database.backup import backup
from drillapp.core.i18n import _
from drillapp.ui.parts.dialog import confirm
from drillapp.ui.parts.file_dialogs import ask_open, ask_save
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session
from drillapp.ui.settings.section import SettingsSection
from drillapp.ui.settings.whole_office import WholeOffice

_FILES = "*.drill"


class DataSection(SettingsSection):
    """Five cards: back up, restore, check, imports, the whole office as ledgers."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Backup and check"), parent=parent)
        self._add_backup()
        self._add_restore()
        self._add_check()
        self._add_imports()
        self.whole = WholeOffice(session, self)
        self.add_card(_("Whole office")).addWidget(self.whole)
        self.add_stretch()

    def refresh(self) -> None:
        office = self.session.office
        day = self.session.preferences.last_backup(office.location) if office is not None else ""
        self._last.setText(_("Last backup: {day}").format(day=day) if day else _("No backup yet"))

    def back_up(self, path: Path) -> None:
        """Write a verified copy while the office stays in use."""
        self.backup.setEnabled(False)
        self.session.tasks.run_read(
            lambda office, progress: backup(office, path, progress),
            lambda _nothing: self._on_backed_up(path),
            owner=self,
            failed=self._on_backup_failed,
            title=_("Backing up"),
        )

    def run_check(self) -> None:
        """Look through everything; nothing is changed."""
        self.check.setEnabled(False)
        self.session.tasks.run_read(
            lambda office, progress: check(office, progress),
            self.show_check,
            owner=self,
            failed=self._on_check_failed,
            title=_("Checking"),
        )

    def show_check(self, result: CheckResult) -> None:
        """Say of each part whether it holds, and what does not."""
        self.check.setEnabled(True)
        while (item := self.result.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        words = _part_words()
        for part in result.checked:
            faults = [fault.message for fault in result.faults if fault.part == part]
            tone, state = (
                ("problem", _("{count} faults").format(count=len(faults)))
                if faults
                else ("green", _("whole"))
            )
            line = QWidget(self)
            layout = row(label(words[part], parent=line), 1, Mark(line, state, tone))
            layout.setContentsMargins(0, 0, 0, 0)
            line.setLayout(layout)
            self.result.addWidget(line)
            for message in faults:
                self.result.addWidget(label(message, "problem", wraps=True, parent=self))

    def _add_backup(self) -> None:
        body = self.add_card(_("Backup"))
        sentence = _("A verified copy, with its key beside it, while the office stays in use.")
        body.addWidget(label(sentence, wraps=True, parent=self))
        self._last = label("", "small", parent=self)
        self.backup = button(_("Back up now …"), icon="backup", role="primary", parent=self)
        self.backup.clicked.connect(self._on_backup)
        body.addLayout(row(self.backup, self._last, 1))

    def _add_restore(self) -> None:
        body = self.add_card(_("Restore"))
        sentence = _("Puts a backup in the place of this office. What is here now is kept beside it.")
        body.addWidget(label(sentence, wraps=True, parent=self))
        self.restore = button(_("Restore a backup …"), icon="history", parent=self)
        self.restore.setEnabled(not self.session.is_read_only)
        self.restore.clicked.connect(self._on_restore)
        body.addLayout(row(self.restore, 1))

    def _add_check(self) -> None:
        body = self.add_card(_("Check"))
        sentence = _("Looks through file, references, tree, stock and journal. Nothing is changed.")
        body.addWidget(label(sentence, wraps=True, parent=self))
        self.check = button(_("Check now"), icon="check", parent=self)
        self.check.clicked.connect(self.run_check)
        body.addLayout(row(self.check, 1))
        self.result = QVBoxLayout()
        body.addLayout(self.result)

    def _add_imports(self) -> None:
        body = self.add_card(_("Earlier imports"))
        sentence = _("The files that were brought in; each can be undone as a whole.")
        body.addWidget(label(sentence, wraps=True, parent=self))
        self.imports = button(_("Show them"), icon="import", parent=self)
        self.imports.clicked.connect(self._on_imports)
        self.folder = button(_("Bring in a folder …"), icon="open", parent=self)
        self.folder.clicked.connect(self._on_folder)
        body.addLayout(row(self.imports, self.folder, 1))

    def _on_imports(self) -> None:
        from drillapp.ui.ledgers.imports_dialog import ImportsDialog  # rarely needed

        ImportsDialog(self.session, self).open()

    def _on_folder(self) -> None:
        from drillapp.ui.ledgers.folder_dialog import ask_folder  # rarely needed

        ask_folder(self.session, self)

    def _on_backup(self) -> None:
        office = self.session.office
        assert office is not None
        proposed = f"{office.name} {self.session.today.isoformat()}.drill"
        path = ask_save(self.session, self, _("Back up"), proposed, _FILES, "backup")
        if path is not None:
            self.back_up(path)

    def _on_backed_up(self, path: Path) -> None:
        self.backup.setEnabled(True)
        self.session.note_backup()
        self.session.said.emit(_("Backed up and verified: {file}").format(file=path.name))
        self.refresh()

    def _on_backup_failed(self, error: BaseException) -> None:
        self.backup.setEnabled(True)
        self.session.tasks.tell_error(error)

    def _on_check_failed(self, error: BaseException) -> None:
        self.check.setEnabled(True)
        self.session.tasks.tell_error(error)

    def _on_restore(self) -> None:
        path = ask_open(self.session, self, _("Restore a backup"), _FILES, "backup")
        if path is not None and confirm(
            _("Restore this backup?"),
            _("The office becomes what it was in {file}.").format(file=path.name),
            _("Restore"),
            danger=True,
            parent=self,
        ):
            self.session.restore_wanted.emit(path)


def _part_words() -> dict[str, str]:
    return {
        "file": _("File"),
        "references": _("References between records"),
        "tree": _("Tree of units"),
        "balances": _("Stock against movements"),
        "cards": _("Cards and their copies"),
        "journal": _("Chain of the journal"),
    }
