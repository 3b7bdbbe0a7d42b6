"""Approving a document: who, and on which day."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from drillapp.core.drills.papers.commands import PaperSaved, approve_paper
from drillapp.core.drills.papers.stored import PaperState
from drillapp.core.enumerations import label as word
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import TextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session


class ApproveDialog(Dialog):
    """Says which gaps stand against it."""

    def __init__(
        self, session: Session, drill: int, state: PaperState, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Approve a document"), parent, width=460)
        self._session = session
        self._drill = drill
        self._state = state
        self.body.addWidget(label(word("drill_paper", state.kind), "heading", parent=self))
        explained = _("An approved document stays as it is, unless the approval is taken back.")
        self.body.addWidget(label(explained, "muted", wraps=True, parent=self))
        self.fields = CheckedFields(self)
        day = DateField(self)
        day.set_value(min(session.as_of, session.today))
        self.fields.add("by", _("Approved by"), TextEditor(self), required=True)
        self.fields.add("day", _("Approved on"), day, required=True)
        self.body.addWidget(self.fields)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.body.addWidget(self.problem)
        self.add_closing(_("Cancel"))
        self.save = self.add_closing(_("Approve"), accepts=True)

    def accept(self) -> None:
        """Approve it; the dialog closes when that has worked."""
        values = self.fields.values()
        if values is None:
            return
        drill, state, day, by = self._drill, self._state, values["day"], values["by"]
        self._session.tasks.run_write(
            lambda office, _progress: approve_paper(office, drill, state.kind, state.revision, day, by),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
        )

    def _on_saved(self, _saved: PaperSaved) -> None:
        self._session.said.emit(_("Saved"))
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        if self.fields.tell(error):
            return
        problems = error.problems if isinstance(error, InvalidInput) else []
        words = [problem.message for problem in problems] or [getattr(error, "message", "")]
        if not any(words):
            self._session.tasks.tell_error(error)
        self.problem.setText("\n".join(filter(None, (*words[:8], getattr(error, "hint", "")))))
