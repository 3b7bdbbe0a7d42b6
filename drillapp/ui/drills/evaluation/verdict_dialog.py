"""The verdict: the rating by the rule, or another one with its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from drillapp.core import enumerations
from drillapp.core.changes import Changes
from drillapp.core.drills.evaluation.overall import DrillEvaluation
from drillapp.core.drills.evaluation.verdict import VerdictEntry, give_verdict
from drillapp.core.i18n import _
from drillapp.ui.drills.evaluation.rating_box import provisional
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import ChoiceEditor, LongTextEditor, TextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session


class VerdictDialog(Dialog):
    """Rating, who, when, why."""

    def __init__(self, session: Session, found: DrillEvaluation, parent: QWidget | None = None) -> None:
        super().__init__(_("Give the verdict"), parent, width=480)
        self._session = session
        self._drill_id = found.drill_id
        self.body.addWidget(label(_("Give the verdict"), "heading", parent=self))
        computed = enumerations.label("drill_rating", found.rating.code)
        words = _("By the rule the rating is “{rating}”.").format(rating=computed)
        self.body.addWidget(
            label(" ".join(filter(None, (words, provisional(found)))), wraps=True, parent=self)
        )
        self.fields = CheckedFields(self)
        rating = ChoiceEditor("drill_rating", self, required=True)
        rating.set_value(found.verdict.rating if found.verdict else found.rating.code)
        by = TextEditor(self)
        by.set_value(found.verdict.decided_by if found.verdict else None)
        day = DateField(self)
        day.set_value(min(session.as_of, session.today))
        reason = LongTextEditor(self)
        reason.set_value(found.verdict.reason if found.verdict else None)
        self.fields.add("rating", _("Rating"), rating, required=True)
        self.fields.add("decided_by", _("Decided by"), by, required=True)
        self.fields.add("decided_on", _("Decided on"), day, required=True)
        self.fields.add("reason", _("Why another rating than by the rule"), reason)
        self.body.addWidget(self.fields)
        self.add_closing(_("Cancel"))
        self.save = self.add_closing(_("Save"), accepts=True)

    def accept(self) -> None:
        """Rate the drill; the dialog closes when that has worked."""
        values = self.fields.values()
        if values is None:
            return
        entry = VerdictEntry(**{**values, "reason": values["reason"] or ""})
        drill = self._drill_id
        self._session.tasks.run_write(
            lambda office, _progress: give_verdict(office, drill, entry),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
        )

    def _on_saved(self, _changes: Changes) -> None:
        self._session.said.emit(_("Saved"))
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        if not self.fields.tell(error):
            self._session.tasks.tell_error(error)
