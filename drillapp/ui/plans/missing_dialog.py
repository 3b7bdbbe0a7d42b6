"""Why an event of a plan cannot be recorded yet, and the way to what has to be recorded before it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.plans.lifecycle import PossibleEvent
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.words import label


class MissingDialog(Dialog):
    """Accepted, it is time to record `first`; without a first step it only says why."""

    def __init__(
        self, about: str, event: PossibleEvent, steps: Sequence[PossibleEvent], parent: QWidget | None = None
    ) -> None:
        """`steps` are the events that are missing before it, in the order of a plan's life."""
        name = enumerations.label("plan_event", event.kind)
        title = _("Not yet: {event}").format(event=name)
        super().__init__(title, parent, width=520)
        self.first = next((step for step in steps if step.allowed), None)
        self.body.addWidget(label(title, "heading", parent=self))
        self.body.addWidget(label(about, "muted", wraps=True, parent=self))
        self.body.addWidget(label(event.why_not, wraps=True, parent=self))
        if event.article:
            self.body.addWidget(label(event.article, "small", wraps=True, parent=self))
        if self.first is None:
            self.add_closing(_("Close"), accepts=True)
            return
        self.body.addWidget(label(_("To be recorded in this order"), "label", parent=self))
        names = [enumerations.label("plan_event", step.kind) for step in (*steps, event)]
        for place, one in enumerate(names, 1):
            self.body.addWidget(label(f"{place}. {one}", parent=self))
        self.add_closing(_("Cancel"))
        first = enumerations.label("plan_event", self.first.kind)
        self.go = self.add_closing(_("Record: {event}").format(event=first), accepts=True)
