"""Which steps can be taken with findings, and the dialog of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from drillapp.core.drills.findings.steps import wrong_state
from drillapp.core.drills.queries import FINDINGS
from drillapp.core.i18n import _
from drillapp.core.listing import rows
from drillapp.ui.drills.findings.step_dialogs import (
    AcceptDialog,
    AssignDialog,
    DoneDialog,
    RejectDialog,
    ReopenDialog,
    StepDialog,
)
from drillapp.ui.drills.findings.verify_dialog import VerifyDialog
from drillapp.ui.parts.dialog import Message
from drillapp.ui.parts.list_pane import Action, ListPane
from drillapp.ui.session import Session


class _Step(NamedTuple):
    dialog: Callable[[Session, Sequence[Any], QWidget | None], StepDialog]
    states: tuple[str, ...]
    """Of which findings it can be taken."""


STEPS: dict[str, _Step] = {
    "assigned": _Step(AssignDialog, ("open", "overdue")),
    "done": _Step(DoneDialog, ("open", "overdue")),
    "verified": _Step(VerifyDialog, ("done",)),
    "rejected": _Step(RejectDialog, ("done",)),
    "accepted": _Step(AcceptDialog, ("open", "overdue")),
    "reopened": _Step(ReopenDialog, ("done", "verified", "accepted")),
}


def take_step(session: Session, kind: str, findings: Sequence[Any], parent: QWidget) -> None:
    """Ask for what a step needs, for those of the findings of which it can be taken; say so when there are none."""
    step = STEPS[kind]
    fitting = [one for one in findings if one.state in step.states]
    if not fitting:
        Message(_("This step does not fit"), wrong_state(kind), parent=parent).open()
        return
    left_out = len(findings) - len(fitting)
    if left_out:
        session.said.emit(_("{count} are left out: the step does not fit them.").format(count=left_out))
    step.dialog(session, fitting, parent).open()


def _take(kind: str, pane: ListPane) -> None:
    keys = pane.table.selected_keys()
    pane.session.tasks.run_read(
        lambda office, _progress: rows(office, FINDINGS, keys),
        lambda found: take_step(pane.session, kind, found, pane),
        owner=pane,
    )


def _other_steps(pane: ListPane) -> None:
    """A menu of the rarer steps."""
    menu = QMenu(pane)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("Not verified …"), partial(_take, "rejected", pane))
    menu.addAction(_("Accept the risk …"), partial(_take, "accepted", pane))
    menu.addAction(_("Open again …"), partial(_take, "reopened", pane))
    menu.popup(QCursor.pos())


ACTIONS = (
    Action(label="Assign …", icon="person", done=partial(_take, "assigned"), needs=2, writes=True),
    Action(label="Put right …", icon="check", done=partial(_take, "done"), needs=2, writes=True),
    Action(label="Verify …", icon="met", done=partial(_take, "verified"), needs=2, writes=True),
    Action(label="Other steps", icon="more", done=_other_steps, needs=2, role="ghost", writes=True),
)
