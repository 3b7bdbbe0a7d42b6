"""The steps of a correction, each a short dialog: assigned, put right, not verified, accepted as a risk, opened again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.changes import Changes
from drillapp.core.drills.findings import commands
from drillapp.core.drills.findings.proof import proof_from
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.drills.findings.proof_field import ProofField
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import ChoiceEditor, LongTextEditor, TextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.plans.checked_fields import CheckedFields
from drillapp.ui.session import Session

_NAMED = 3
"""So many of the findings are named."""
_REFUSED = 6
"""So many of those that are refused are named."""
Work = Callable[[Office], Changes]


class StepDialog(Dialog):
    """The findings that it is about, fields, and what is wrong; a subclass adds its fields and says what is done."""

    def __init__(
        self, session: Session, title: str, findings: Sequence[Any], parent: QWidget | None = None, width: int = 520
    ) -> None:  # fmt: skip
        super().__init__(title, parent, width=width)
        self.session = session
        self.findings = list(findings)
        self.keys = [one.id for one in findings]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(label(title, "heading", parent=self))
        self.body.addWidget(label(_named(findings), "muted", wraps=True, parent=self))
        self.fields = CheckedFields(self)
        self.add_fields()
        day = DateField(self)
        day.set_value(min(session.as_of, session.today))
        self.fields.add("day", _("On which day"), day, required=True)
        self.body.addWidget(self.fields, 1)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.add_closing(_("Cancel"))
        self.save = self.add_closing(_("Note it"), accepts=True)
        self.fields.focusNextChild()

    def add_fields(self) -> None:
        """Ask for what the step needs."""
        raise NotImplementedError

    def work(self, said: dict[str, Any]) -> Work:
        """What is to be done with what was said."""
        raise NotImplementedError

    def common(self, name: str) -> Any:
        """What all the findings have in common of a column; None when they differ."""
        values = {getattr(one, name) for one in self.findings}
        return values.pop() if len(values) == 1 else None

    def accept(self) -> None:
        """Take the step; the dialog closes when that has worked."""
        said = self.fields.values()
        if said is None:
            return
        self._tell("")
        work = self.work({name: "" if value is None else value for name, value in said.items()})
        self.session.tasks.run_write(
            lambda office, _progress: work(office),
            self._on_done,
            owner=self,
            failed=self._on_failed,
            title=self.windowTitle(),
        )

    def _on_done(self, _changes: Changes) -> None:
        self.session.said.emit(_("Noted for {count} findings").format(count=len(self.keys)))
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, DrillappError):
            self.session.tasks.tell_error(error)
            return
        problems = error.problems if isinstance(error, InvalidInput) else ()
        if len(problems) < 2 and self.fields.tell(error):
            return
        told = [problem.message for problem in problems[:_REFUSED]] or [error.message]
        if len(problems) > _REFUSED:
            told.append(_("and {count} more").format(count=len(problems) - _REFUSED))
        self._tell("\n".join(filter(None, (*told, error.hint))))

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


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
