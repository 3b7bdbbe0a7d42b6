"""Which dialog records which event."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.office import Office
from drillapp.core.plans.lifecycle import PossibleEvent, possible_events, steps_before
from drillapp.core.plans.versions import VersionRow, versions_of
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.plans.missing_dialog import MissingDialog
from drillapp.ui.plans.version_tab import version_name
from drillapp.ui.session import Session


def record(session: Session, plan: Any, version: VersionRow, event: PossibleEvent, parent: QWidget) -> Dialog:
    """Open the dialog that records an event: the form for an assessment, a few fields for the others."""
    dialog: Dialog
    if event.kind == "assessed":
        from drillapp.ui.plans.assessment_dialog import AssessmentDialog

        dialog = AssessmentDialog(session, plan, version, parent)
    else:
        from drillapp.ui.plans.event_dialog import EventDialog

        dialog = EventDialog(session, plan, version, event, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def record_next(session: Session, plan: Any, kind: str, parent: QWidget) -> None:
    """Record an event of a plan's version in force, or else of its newest.

    Where it cannot be recorded yet, a dialog says why and leads to what is missing first, step by step up to the event.
    """

    def ask(office: Office, _progress: Any) -> tuple[VersionRow, list[PossibleEvent]]:
        versions = versions_of(office, plan.id)
        version = next((one for one in versions if one.state == "in_force"), versions[0])
        return version, possible_events(office, version.id)

    def then(found: tuple[VersionRow, list[PossibleEvent]]) -> None:
        version, events = found
        event = next(one for one in events if one.kind == kind)
        if event.allowed:
            record(session, plan, version, event, parent)
            return
        about = " · ".join((plan.title, version_name(version)))
        missing = MissingDialog(about, event, steps_before(events, kind), parent)
        missing.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        first = missing.first
        if first is not None:
            missing.accepted.connect(lambda: go_on(version, first))
        missing.open()

    def go_on(version: VersionRow, step: PossibleEvent) -> None:
        dialog = record(session, plan, version, step, parent)
        dialog.accepted.connect(lambda: record_next(session, plan, kind, parent))

    session.tasks.run_read(ask, then, owner=parent)
