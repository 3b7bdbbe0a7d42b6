"""Which dialog records which event."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.office import Office
from drillapp.core.plans.lifecycle import PossibleEvent, possible_events
from drillapp.core.plans.versions import VersionRow, versions_of
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.session import Session


def record(session: Session, plan: Any, version: VersionRow, event: PossibleEvent, parent: QWidget) -> None:
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


def record_next(session: Session, plan: Any, kind: str, parent: QWidget) -> None:
    """Record an event of a plan's version in force, or else of its newest; say why where it cannot be recorded."""

    def ask(office: Office, _progress: Any) -> tuple[VersionRow, PossibleEvent]:
        versions = versions_of(office, plan.id)
        version = next((one for one in versions if one.state == "in_force"), versions[0])
        return version, next(one for one in possible_events(office, version.id) if one.kind == kind)

    def then(found: tuple[VersionRow, PossibleEvent]) -> None:
        version, event = found
        if event.allowed:
            record(session, plan, version, event, parent)
        else:
            session.said.emit(event.why_not)

    session.tasks.run_read(ask, then, owner=parent)
