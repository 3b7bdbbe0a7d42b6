"""What is asked before something is done with a programme: the approval, the publication, a reason, how often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.drills.programme.approving import approve, publish
from drillapp.core.drills.programme.recurrence import repeat_item
from drillapp.core.drills.programme.rows import ItemRow, ProgrammeRow
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import ChoiceEditor, LongTextEditor, TextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

Work = Callable[[Office, dict[str, Any]], object]


class ProgrammeDialog(Dialog):
    """A few fields and one command; what core refuses stands beside the field."""

    def __init__(
        self, session: Session, title: str, sentence: str, action: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent, width=460)
        self._session = session
        self.work: Work = lambda _office, _values: None
        self.then: Callable[[Any], object] = lambda _result: None
        self.body.addWidget(label(title, "heading", wraps=True, parent=self))
        if sentence:
            self.body.addWidget(label(sentence, "muted", wraps=True, parent=self))
        self.fields = CheckedFields(self)
        self.body.addWidget(self.fields, 1)
        self.back = self.add_closing(_("Cancel"))
        self.go = self.add_closing(action, accepts=True)

    def ask_reason(self) -> None:
        """Ask why the approved programme is changed."""
        self.fields.add("reason", _("Reason for the change"), LongTextEditor(self), required=True)

    def accept(self) -> None:
        """Do it; the dialog closes when that has worked."""
        values = self.fields.values()
        if values is None or not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        work = self.work
        self._session.tasks.run_write(
            lambda office, _progress: work(office, values),
            self._on_done,
            owner=self,
            failed=self._on_failed,
            title=self.windowTitle(),
        )

    def _on_done(self, result: Any) -> None:
        self.then(result)
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if not self.fields.tell(error):
            self._session.tasks.tell_error(error)


def approval(session: Session, programme: ProgrammeRow, parent: QWidget) -> ProgrammeDialog:
    """Asks for the day of the approval and who gave it."""
    dialog = ProgrammeDialog(
        session,
        _("Approve the programme"),
        _("From then on every change needs a reason, which is kept."),
        _("Approve"),
        parent,
    )
    day = DateField(dialog)
    day.set_value(session.today)
    dialog.fields.add("approved_on", _("Approved on"), day, required=True)
    dialog.fields.add("approved_by", _("Approved by"), TextEditor(dialog))
    dialog.work = lambda office, values: approve(
        office, programme.id, day=values["approved_on"], by=values["approved_by"] or ""
    )
    return dialog


def publication(session: Session, programme: ProgrammeRow, parent: QWidget) -> ProgrammeDialog:
    """Asks for the day of the publication and the document."""
    dialog = ProgrammeDialog(session, _("Publish the programme"), "", _("Publish"), parent)
    day = DateField(dialog)
    day.set_value(session.today)
    dialog.fields.add("published_on", _("Published on"), day, required=True)
    dialog.fields.add("document", _("Number of the document"), TextEditor(dialog))
    dialog.work = lambda office, values: publish(
        office, programme.id, day=values["published_on"], document=values["document"] or ""
    )
    return dialog


def repetition(session: Session, item: ItemRow, approved: bool, parent: QWidget) -> ProgrammeDialog:
    """Asks how often a drill comes again, and until when."""
    title = _("Repeat “{title}”").format(title=item.title)
    sentence = _(
        "Further drills like it are added, each on the same day of its period or the working day after."
    )
    dialog = ProgrammeDialog(session, title, sentence, _("Repeat"), parent)
    choice = ChoiceEditor("recurrence", dialog, required=True)
    choice.set_value("monthly")
    dialog.fields.add("recurrence", _("How often"), choice, required=True)
    last = DateField(dialog)
    last.set_value(item.planned_on.replace(month=12, day=31))
    dialog.fields.add("until", _("Until"), last)
    if approved:
        dialog.ask_reason()
    dialog.work = lambda office, values: repeat_item(
        office, item.id, values["recurrence"], until=values["until"], reason=values.get("reason")
    )
    return dialog


def with_reason(
    session: Session,
    title: str,
    needed: bool,
    work: Callable[[Office, str | None], object],
    parent: QWidget,
    then: Callable[[Any], object] = lambda _result: None,
) -> ProgrammeDialog | None:
    """Do something at once, or where a reason is needed ask for it first."""  # fmt: skip
    if not needed:
        session.tasks.run_write(lambda office, _progress: work(office, None), then, owner=parent, title=title)
        return None
    dialog = ProgrammeDialog(session, title, _("The reason is kept with the change."), _("Go on"), parent)
    dialog.ask_reason()
    dialog.work = lambda office, values: work(office, values["reason"])
    dialog.then = then
    dialog.open()
    return dialog
