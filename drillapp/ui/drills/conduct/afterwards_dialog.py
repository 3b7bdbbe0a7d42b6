"""A record that was kept on paper: its lines typed with their times, in any order, entered together."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from drillapp.core import plain
from drillapp.core.drills.conduct.afterwards import PaperEntered, PaperLine, enter_afterwards
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.paper_records import PaperImport, import_paper_record
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.file_dialogs import ask_open
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_MOST_TOLD = 12
_ROWS = 8
"""Empty ones to begin with."""
_SHEETS = "*.xlsx *.xls *.csv"


class _Typed(NamedTuple):
    at: str = ""
    kind: str | None = None
    inject: str = ""
    text: str = ""
    who: str = ""
    subject: str = ""


class AfterwardsDialog(Dialog):
    """All lines are entered or none; what is wrong is named with its row."""

    def __init__(self, session: Session, drill_id: int, parent: QWidget | None = None) -> None:
        super().__init__(_("Enter afterwards"), parent, width=960)
        self._session = session
        self._drill_id = drill_id
        told = _(
            "Type the paper record as it stands, in any order: a time of day alone is of the drill's day, or of the "
            "next one after midnight. The kind is left empty for an ordinary note; start and end are lines too."
        )
        self.body.addWidget(label(told, "muted", wraps=True, parent=self))
        self.lines = RecordsEditor(
            (
                ("at", _("At"), 130), ("kind", _("Kind"), 120), ("inject", _("Inject"), 80),
                ("text", _("Entry"), 320), ("who", _("Who did or said it"), 110), ("subject", _("Exercise subject"), 110),
            ),
            _made, _("Paper record"), self, choices={"kind": "log_kind"},
        )  # fmt: skip
        self.lines.fill([_Typed() for _place in range(_ROWS)])
        self.body.addWidget(self.lines, 1)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.bring = self.add_action(_("From a sheet …"), self._on_bring)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Enter the lines"), accepts=True)
        self.go.setDefault(False)
        self.go.setAutoDefault(False)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        self.resize(1040, 600)

    def accept(self) -> None:
        """Enter what was typed."""
        typed = self.lines.records()
        if not typed:
            self._tell(_("Nothing was typed yet."))
            return
        drill_id = self._drill_id
        self._session.tasks.run_write(
            lambda office, _progress: enter_afterwards(office, drill_id, typed),
            self._on_entered,
            owner=self,
            failed=self._on_refused,
        )

    def reject(self) -> None:
        """Leave, asking first when something was typed."""
        title, sentence = _("Leave without saving?"), _("What you typed would be lost.")
        if not self.lines.records() or confirm(title, sentence, _("Leave"), danger=True, parent=self):
            super().reject()

    def import_sheet(self, path: Path) -> None:
        """Enter the lines of a sheet."""
        drill_id = self._drill_id
        self._session.tasks.run_write(
            lambda office, progress: import_paper_record(office, drill_id, path, progress=progress),
            self._on_imported,
            owner=self,
            failed=self._on_refused,
            title=_("Importing"),
        )

    def _on_entered(self, entered: PaperEntered) -> None:
        self._session.said.emit(_("{count} lines entered.").format(count=len(entered.lines)))
        super().accept()

    def _on_imported(self, result: PaperImport) -> None:
        if result.errors:
            self._tell("\n".join(map(plain.import_error, result.errors[:_MOST_TOLD])))
            return
        self._session.said.emit(_("{count} lines entered.").format(count=result.read))
        super().accept()

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, InvalidInput) and error.problems:
            words = [
                _("Row {number}: {message}").format(number=problem.index + 1, message=problem.message)
                for problem in error.problems[:_MOST_TOLD]
            ]
            self._tell("\n".join(words))
            self.lines.table.setCurrentCell(error.problems[0].index, 0)
        elif isinstance(error, DrillappError):
            self._tell(words_of(error))
        else:
            self._session.tasks.tell_error(error)

    def _on_bring(self) -> None:
        kinds = _("Spreadsheets ({patterns})").format(patterns=_SHEETS)
        path = ask_open(self._session, self, _("Paper record"), kinds, "import")
        if path is not None:
            self.import_sheet(path)

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def _made(said: dict[str, Any]) -> PaperLine:
    return PaperLine(**{**said, "kind": said["kind"] or "note"})
