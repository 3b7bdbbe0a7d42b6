"""The steps of a correction, each a short dialog: assigned, put right, not verified, accepted as a risk, opened again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.changes import Changes
from drillapp.core.drills.findings import commands
from drillapp.core.drills.findings.proof import proof_from
from drillapp.core.i18n import _
from drillapp.ui.drills.findings.proof_field import ProofField
from drillapp.ui.parts import step_dialog
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.editors import ChoiceEditor, LongTextEditor, TextEditor
from drillapp.ui.parts.step_dialog import Work
from drillapp.ui.session import Session

_NAMED = 3
"""So many of the findings are named."""


class StepDialog(step_dialog.StepDialog):
    """About one finding or several; a subclass adds its fields and says what is done."""

    def __init__(
        self, session: Session, title: str, findings: Sequence[Any], parent: QWidget | None = None, width: int = 520
    ) -> None:  # fmt: skip
        self.findings = list(findings)
        self.keys = [one.id for one in findings]
        super().__init__(session, title, _named(findings), _("Note it"), parent, width)
        day = DateField(self)
        day.set_value(min(session.as_of, session.today))
        self.fields.add("day", _("On which day"), day, required=True)
        self.fields.focusNextChild()

    def entered(self) -> dict[str, Any] | None:
        said = super().entered()
        return (
            None if said is None else {name: "" if value is None else value for name, value in said.items()}
        )

    def common(self, name: str) -> Any:
        """What all the findings have in common of a column; None when they differ."""
        values = {getattr(one, name) for one in self.findings}
        return values.pop() if len(values) == 1 else None

    def done_words(self, _done: Changes) -> str:
        return _("Noted for {count} findings").format(count=len(self.keys))


class AssignDialog(StepDialog):
    """Who does what until when."""

    def __init__(self, session: Session, findings: Sequence[Any], parent: QWidget | None = None) -> None:
        super().__init__(session, _("Assign the correction"), findings, parent)

    def add_fields(self) -> None:
        action, kind, owner, due = LongTextEditor(self), ChoiceEditor("action_kind", self), TextEditor(self), DateField(self)  # fmt: skip
        for name, editor in (("action", action), ("action_kind", kind), ("owner", owner), ("due_on", due)):
            editor.set_value(self.common(name))
        self.fields.add("action", _("Corrective action"), action, required=True)
        self.fields.add("action_kind", _("Kind of action"), kind)
        self.fields.add("owner", _("Owner"), owner, required=True)
        self.fields.add("due_on", _("Due on"), due, required=True)
        self.fields.add("note", _("Remark"), TextEditor(self))

    def work(self, said: dict[str, Any]) -> Work:
        keys, kind = self.keys, said["action_kind"] or None
        todo = commands.Assignment(said["action"], said["owner"], said["due_on"], kind)
        return lambda office: commands.assign(office, keys, todo, day=said["day"], note=said["note"])


class DoneDialog(StepDialog):
    """What was done, by whom, with a file that shows it."""

    def __init__(self, session: Session, findings: Sequence[Any], parent: QWidget | None = None) -> None:
        super().__init__(session, _("Put right"), findings, parent)

    def add_fields(self) -> None:
        who = TextEditor(self)
        who.set_value(self.common("owner"))
        self.proof = ProofField(self)
        self.fields.add("who", _("Done by"), who)
        self.fields.add("note", _("What was done"), LongTextEditor(self))
        self.fields.add("proof", _("Proof"), self.proof)

    def work(self, said: dict[str, Any]) -> Work:
        keys, path = self.keys, self.proof.value()
        return lambda office: commands.put_right(
            office, keys, day=said["day"], who=said["who"], note=said["note"],
            proof=None if path is None else proof_from(path),
        )  # fmt: skip


class RejectDialog(StepDialog):
    """What is still wrong."""

    def __init__(self, session: Session, findings: Sequence[Any], parent: QWidget | None = None) -> None:
        super().__init__(session, _("Not verified"), findings, parent)

    def add_fields(self) -> None:
        self.fields.add("who", _("Looked at by"), TextEditor(self), required=True)
        self.fields.add("note", _("What is still wrong"), LongTextEditor(self), required=True)
        self.fields.add("due_on", _("New last day"), DateField(self))

    def work(self, said: dict[str, Any]) -> Work:
        keys, due = self.keys, said["due_on"] or None
        return lambda office: commands.reject(
            office, keys, day=said["day"], who=said["who"], reason=said["note"], due_on=due
        )


class AcceptDialog(StepDialog):
    """Who answers for the risk until when."""

    def __init__(self, session: Session, findings: Sequence[Any], parent: QWidget | None = None) -> None:
        super().__init__(session, _("Accept the risk"), findings, parent)

    def add_fields(self) -> None:
        self.fields.add("who", _("Answered for by"), TextEditor(self), required=True)
        self.fields.add("note", _("Why it can be borne"), LongTextEditor(self), required=True)
        hint = _("After this day the finding is open again.")
        self.fields.add("until", _("Until"), DateField(self), required=True, hint=hint)

    def work(self, said: dict[str, Any]) -> Work:
        keys = self.keys
        return lambda office: commands.accept_risk(
            office, keys, day=said["day"], who=said["who"], reason=said["note"], until=said["until"]
        )


class ReopenDialog(StepDialog):
    """Why it is open again; what was done before stays in the history."""

    def __init__(self, session: Session, findings: Sequence[Any], parent: QWidget | None = None) -> None:
        super().__init__(session, _("Open again"), findings, parent)

    def add_fields(self) -> None:
        self.fields.add("who", _("Opened again by"), TextEditor(self), required=True)
        self.fields.add("note", _("Reason"), LongTextEditor(self), required=True)
        self.fields.add("due_on", _("New last day"), DateField(self))

    def work(self, said: dict[str, Any]) -> Work:
        keys, due = self.keys, said["due_on"] or None
        return lambda office: commands.reopen(
            office, keys, day=said["day"], who=said["who"], reason=said["note"], due_on=due
        )


def _named(findings: Sequence[Any]) -> str:
    lines = [f"{one.drill_number}/{one.number}  {one.text}" for one in findings[:_NAMED]]
    if len(findings) > _NAMED:
        lines.append(_("and {count} more").format(count=len(findings) - _NAMED))
    return "\n".join(lines)
