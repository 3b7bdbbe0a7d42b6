"""Which dialog records which event."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.plans.lifecycle import PossibleEvent
from drillapp.core.plans.versions import VersionRow
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
