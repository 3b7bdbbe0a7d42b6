"""Entering a real emergency: where, when, which plan was started at which response level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox, QScrollArea, QVBoxLayout, QWidget

from drillapp.core.drills.record.drilled import DrilledPlan, drilled_plan
from drillapp.core.drills.record.parts import Design, RecordParts
from drillapp.core.drills.record.saving import save_drill
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.listing import Column
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving
from drillapp.ui.parts.fields import fields_of
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.parts.number_proposal import NumberProposal
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_NOT_ASKED = (
    "kind", "evacuation", "unannounced", "content", "form", "purpose", "ended_at", "expected", "participants", "rating",
    "third_party", "reported_on",
)  # fmt: skip
_CALLED = (
    Column("number", "Event number"), Column("title", "Name of the event"), Column("planned_on", "Day"),
    Column("place", "Place of the event"), Column("leader", "Commander"),
)  # fmt: skip
"""What is called otherwise than of a drill."""
_LEVEL_HEIGHT = 80
"""Room for the level below the form, in pixels."""


class EventDialog(FormDialog):
    """Its level is that of the plan as it is in force on the day."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._session = session
        self._level: int | None = None
        kind = KINDS["drills"]._replace(save=self._save)
        changes: dict[str, Mapping[str, Any]] = {name: {"type": None} for name in _NOT_ASKED}
        changes |= {column.name: {"label": column.label} for column in _CALLED}
        super().__init__(session, _("Record an event"), kind, fields_of(kind, changes), parent)
        self.form.keep({"kind": "event"})
        self.form.edited.connect(self._on_edited)
        self.resize(self.width(), self.height() + _LEVEL_HEIGHT)

    def arranged(self, area: QScrollArea) -> QWidget:
        whole = QWidget(self)
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        self.level = QComboBox(self)
        self.level.setAccessibleName(_("Response level started"))
        self.level.addItem(_("none"), None)
        self.level.setEnabled(False)
        layout.addWidget(area, 1)
        layout.addWidget(label(_("Response level started"), "label", parent=whole))
        layout.addWidget(self.level)
        hint = _("Choose the plan first. 'Conduct' then keeps the log and shows which reports are due.")
        layout.addWidget(label(hint, "small", wraps=True, parent=whole))
        return whole

    def accept(self) -> None:
        """Save the event with its level."""
        self._level = self.level.currentData()
        super().accept()

    def _save(self, office: Office, entries: list[Any], saving: Saving) -> Saved:
        (entry,) = entries
        level = RecordParts(design=Design(level_id=self._level)) if self._level is not None else RecordParts()
        parts = RecordParts() if saving.dry_run else level
        return save_drill(office, entry, saving, parts)

    def _on_edited(self) -> None:
        if not (self.form.is_field_touched("plan_number") or self.form.is_field_touched("planned_on")):
            return
        values = self.form.values()
        number, day = values.get("plan_number"), values.get("planned_on")
        if not number or day is None:
            self._on_plan(None)
            return
        self._session.tasks.run_read(
            lambda office, _progress: drilled_plan(office, number, day),
            self._on_plan,
            owner=self,
            replaces="plan",
        )

    def _on_plan(self, plan: DrilledPlan | None) -> None:
        chosen = self.level.currentData()
        self.level.clear()
        self.level.addItem(_("none"), None)
        for level in () if plan is None else plan.levels:
            self.level.addItem(level.name, level.id)
        self.level.setCurrentIndex(max(self.level.findData(chosen), 0))
        self.level.setEnabled(self.level.count() > 1)


def record_event(pane: ListPane) -> None:
    """Enter a real emergency, and show it."""
    session = pane.session
    dialog = EventDialog(session, pane)
    dialog.saved.connect(lambda saved: pane.show_target(Target("drills", "drills", saved.ids[0])))
    dialog.begin_new({"unit_code": session.scope.code or None, "planned_on": session.today})
    NumberProposal(session, dialog.form, "events")
