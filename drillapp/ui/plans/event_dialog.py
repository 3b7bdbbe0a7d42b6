"""Recording what happened to a version of a plan: only the fields that this kind of event has."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from drillapp.core import enumerations
from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.plans.authorities import Authorities, authorities_of
from drillapp.core.plans.lifecycle import EventEntry, PossibleEvent, record_event
from drillapp.core.plans.versions import VersionRow
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.editors import ChoiceEditor, LongTextEditor, TextEditor
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.plans.version_tab import version_name
from drillapp.ui.session import Session

_NUMBERED = ("approved", "published", "filed", "filing_answered")
_WITH_AUTHORITY = ("approved", "filed", "filing_answered")
_WITH_PEOPLE = ("reviewed", "appraised", "risk_assessed", "resources_surveyed")


class EventDialog(Dialog):
    """Ctrl+S saves; what core refuses stands beside the field, with the article."""

    def __init__(
        self, session: Session, plan: Any, version: VersionRow, event: PossibleEvent,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        name = enumerations.label("plan_event", event.kind)
        title = _("Record: {event}").format(event=name)
        super().__init__(title, parent, width=520)
        self._session = session
        self._version = version
        self._event = event
        self.body.addWidget(label(title, "heading", parent=self))
        about = " · ".join((plan.title, version_name(version)))
        self.body.addWidget(label(about, "muted", wraps=True, parent=self))
        if event.due_on is not None:
            words = _("by {day} (estimated)") if event.due_is_estimated else _("by {day}")
            due = _("Due: {words}").format(words=words.format(day=event.due_on))
            self.body.addWidget(label(due, "small", parent=self))
        self.fields = CheckedFields(self)
        self._add_fields()
        area = scrolled(self.fields, self, sideways=False)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from the last field to the buttons
        self.body.addWidget(area, 1)
        self.add_closing(_("Cancel"))
        self.save = self.add_closing(_("Save"), accepts=True)
        self.save.setToolTip("Ctrl+S")
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        if event.kind == "filed":
            session.tasks.run_read(
                lambda office, _progress: authorities_of(office, plan.id), self._propose, owner=self
            )
        self.resize(520, min(640, self.fields.sizeHint().height() + 210))

    def accept(self) -> None:
        """Record it; the dialog closes when that has worked."""
        values = self.fields.values()
        if values is None or not self.save.isEnabled():
            return
        day = values.pop("happened_on")
        texts = {name: value or "" for name, value in values.items()}
        entry = EventEntry(version_id=self._version.id, kind=self._event.kind, happened_on=day, **texts)
        self.save.setEnabled(False)
        self._session.tasks.run_write(
            lambda office, _progress: record_event(office, entry),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
            title=_("Saving"),
        )

    def reject(self) -> None:
        """Leave, asking first when something was typed."""
        title, sentence = _("Leave without saving?"), _("What you typed would be lost.")
        if not self.fields.is_touched or confirm(title, sentence, _("Leave"), danger=True, parent=self):
            super().reject()

    def _add_fields(self) -> None:
        kind, asks = self._event.kind, self._event.asks
        day = DateField(self)
        day.set_value(min(self._event.latest_on or self._session.as_of, self._session.today))
        self.fields.add("happened_on", _("Happened on"), day, required=True)
        if self._event.conclusions:
            choice = ChoiceEditor(self._event.conclusions, self, required="conclusion" in asks)
            words = _("Reason") if kind == "revision_triggered" else _("Outcome")
            self.fields.add("conclusion", words, choice, required="conclusion" in asks)
        if kind in _NUMBERED:
            words = (
                _("Filing number") if kind in ("filed", "filing_answered") else _("Number of the document")
            )
            self.fields.add("reference", words, TextEditor(self), required="reference" in asks)
        if kind in _WITH_AUTHORITY:
            words = _("Approved by") if kind == "approved" else _("Authority")
            self.fields.add("authority", words, TextEditor(self), required="authority" in asks)
        if kind in _WITH_PEOPLE:
            words = _("People, one a line")
            self.fields.add("people", words, LongTextEditor(self), required="people" in asks)
        self.fields.add("note", _("Remark"), LongTextEditor(self))

    def _propose(self, authorities: Authorities) -> None:
        """With whom plans of this kind are filed, unless something else was typed meanwhile."""
        editor = self.fields.editor("authority")
        if editor.value() is None:
            editor.set_value(authorities.filed_with)

    def _on_saved(self, _changes: Changes) -> None:
        self._session.said.emit(_("Saved"))
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        if not self.fields.tell(error):
            self._session.tasks.tell_error(error)
