"""Taking back an event that was recorded by mistake."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from drillapp.core import enumerations
from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.plans.life import LifeEvent
from drillapp.core.plans.lifecycle import withdraw_event
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import TextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session


class WithdrawDialog(Dialog):
    """Asks why; the journal keeps event and reason."""

    def __init__(self, session: Session, event: LifeEvent, parent: QWidget | None = None) -> None:
        super().__init__(_("Withdraw an event"), parent)
        self._session = session
        self._event = event
        self.body.addWidget(label(_("Withdraw an event"), "heading", parent=self))
        name = enumerations.label("plan_event", event.kind)
        words = _("'{event}' on {day} is taken off the record. The journal keeps it, with your reason.")
        told = words.format(event=name, day=event.happened_on)
        self.body.addWidget(label(told, "muted", wraps=True, parent=self))
        self.fields = CheckedFields(self)
        self.fields.add("reason", _("Why"), TextEditor(self), required=True)
        self.body.addWidget(self.fields)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Withdraw"), accepts=True)

    def accept(self) -> None:
        """Withdraw it; the dialog closes when that has worked."""
        values = self.fields.values()
        if values is None:
            return
        key, reason = self._event.id, values["reason"]
        self._session.tasks.run_write(
            lambda office, _progress: withdraw_event(office, key, reason),
            self._on_done,
            owner=self,
            failed=self._on_failed,
        )

    def _on_done(self, _changes: Changes) -> None:
        self._session.said.emit(_("Withdrawn"))
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        if not self.fields.tell(error):
            self._session.tasks.tell_error(error)
