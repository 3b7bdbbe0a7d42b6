"""The next step of a request for aid: sent out, answered, sent, taken in, taken back."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.supplies.aid.commands import answer_aid, cancel_aid, request_aid
from drillapp.core.supplies.aid.entries import Answer
from drillapp.core.supplies.aid.rows import AidView
from drillapp.core.supplies.aid.sending import AidBooked, receive_aid, send_aid
from drillapp.core.supplies.quantities import from_float
from drillapp.ui.parts import step_dialog
from drillapp.ui.parts.editors import LongTextEditor, TextEditor
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.step_dialog import Work
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.supplies.aid.ask_dialog import leave_out_moving


class StepDialog(step_dialog.StepDialog):
    """About a request; a subclass adds its fields and says what is done."""

    def __init__(self, session: Session, view: AidView, parent: QWidget | None = None) -> None:
        self.view = view
        title, go = self.words()
        sides = _("{number}: {asker} asks {giver}").format(
            number=view.number, asker=view.asker.unit_name, giver=view.giver.unit_name
        )
        super().__init__(session, title, sides, go, parent)

    @staticmethod
    def words() -> tuple[str, str]:
        """The title, and the word on the button that takes the step."""
        raise NotImplementedError

    def done_words(self, done: Any) -> str:
        if isinstance(done, AidBooked):
            return _("Booked under {document}.").format(document=done.document)
        return super().done_words(done)


class RequestDialog(StepDialog):
    """The letter goes out."""

    @staticmethod
    def words() -> tuple[str, str]:
        return _("Send out the letter"), _("Sent out")

    def add_fields(self) -> None:
        self.add_day(_("Sent out on"))

    def work(self, said: dict[str, Any]) -> Work:
        return lambda office: request_aid(office, [self.view.id], said["day"])


class _Given(Struct, frozen=True):
    item: str
    name: str
    asked: str
    agreed: str


class AnswerDialog(StepDialog):
    """How much of each item is given; nothing of any is a refusal."""

    @staticmethod
    def words() -> tuple[str, str]:
        return _("Note the answer"), _("Note the answer")

    def add_fields(self) -> None:
        columns = (
            ("name", _("Item name"), 220),
            ("asked", _("Asked for"), 110),
            ("agreed", _("Agreed"), 110),
        )
        self.lines = RecordsEditor(
            columns, lambda texts: _Given(**texts), _("What is given"), self,
            hidden=("item",), locked=lambda _line: ("name", "asked"), adds=False,
        )  # fmt: skip
        self.lines.fill([
            _Given(one.item, one.name, f"{from_float(one.quantity)} {one.unit_of_measure or ''}".strip(),
                   from_float(one.quantity if one.agreed is None else one.agreed))
            for one in self.view.items
        ])  # fmt: skip
        leave_out_moving(self.lines, removing=False)
        self.lines.setMinimumHeight(160)
        self.body.addWidget(self.lines, 1)
        self.add_day(_("Answered on"))
        self.fields.add("by", _("Answered by"), TextEditor(self), required=True)
        hint = _("Needed where nothing is given: why not.")
        self.fields.add("note", _("What was said with it"), LongTextEditor(self), hint=hint)
        self.resize(600, 620)

    def work(self, said: dict[str, Any]) -> Work:
        agreed = {line.item: _number(line) for line in self.lines.records()}
        answer = Answer(agreed=agreed, day=said["day"], by=said["by"], note=said["note"] or "")
        return lambda office: answer_aid(office, self.view.id, answer)


class SendDialog(StepDialog):
    """What was agreed leaves the storehouse."""

    @staticmethod
    def words() -> tuple[str, str]:
        return _("Send the goods"), _("Book it")

    def add_fields(self) -> None:
        told = _("The lots that expire first go first; what has expired or is in quarantine is not sent.")
        self.body.addWidget(label(told, "muted", wraps=True, parent=self))
        self.add_day(_("Departed on"))
        self.fields.add("handler", _("Goods handed over by"), TextEditor(self))

    def work(self, said: dict[str, Any]) -> Work:
        return lambda office: send_aid(office, self.view.id, said["day"], said["handler"] or "")


class ReceiveDialog(StepDialog):
    """What is on its way arrives."""

    @staticmethod
    def words() -> tuple[str, str]:
        return _("Take in what arrived"), _("Book it")

    def add_fields(self) -> None:
        told = _("All that is on its way is taken in; what is missing or broken is scrapped afterwards.")
        self.body.addWidget(label(told, "muted", wraps=True, parent=self))
        self.add_day(_("Arrived on"))
        self.fields.add("handler", _("Taken over by"), TextEditor(self))

    def work(self, said: dict[str, Any]) -> Work:
        return lambda office: receive_aid(office, self.view.id, said["day"], said["handler"] or "")


class CancelDialog(StepDialog):
    """It is not needed any more."""

    @staticmethod
    def words() -> tuple[str, str]:
        return _("Take the request back"), _("Take back")

    def add_fields(self) -> None:
        self.fields.add("note", _("Why"), LongTextEditor(self), required=True)

    def work(self, said: dict[str, Any]) -> Work:
        return lambda office: cancel_aid(office, self.view.id, said["note"])


NEXT: dict[str, type[StepDialog]] = {
    "drafted": RequestDialog,
    "requested": AnswerDialog,
    "agreed": SendDialog,
    "sent": ReceiveDialog,
}
"""For each state the dialog of the step that usually follows."""


def _number(line: _Given) -> float:
    try:
        return float(line.agreed or 0)
    except ValueError:
        message = _("'{value}' is no number: {item}.").format(value=line.agreed, item=line.name)
        raise InvalidInput(message, field="agreed") from None
