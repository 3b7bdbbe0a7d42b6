"""What a drill is measured by: who, under which condition, does what, how well; met or not."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.drills.record.parts import ObjectiveLine
from drillapp.core.drills.record.rows import DrillRecord
from drillapp.core.i18n import _
from drillapp.ui.drills.record.part_tab import PartTab
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.session import Session


class ObjectivesTab(PartTab):
    """A row an objective."""

    part = "objectives"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        columns = (
            ("who", _("Who acts"), 140), ("condition", _("Under which condition"), 190), ("task", _("Does what"), 260),
            ("standard", _("How well, how fast"), 190), ("met", _("Met"), 110), ("note", _("Note"), 140),
        )  # fmt: skip
        self.table = RecordsEditor(
            columns,
            _line,
            _("Objectives"),
            self,
            choices={"met": "objective_met"},
            hidden=("id",),
            empty=_(
                "No objectives yet. Add a row for each: who, under which condition, does what, how well."
            ),
        )
        self.table.edited.connect(self.touch)
        self.body.addWidget(self.table, 1)

    def fill(self, record: DrillRecord) -> None:
        self.table.fill(record.objectives)

    def value(self) -> tuple[ObjectiveLine, ...]:
        return self.table.records()


def _line(said: dict[str, Any]) -> ObjectiveLine:
    texts = {name: said[name] or None for name in ("who", "condition", "standard", "met", "note")}
    return ObjectiveLine(id=said["id"], task=said["task"], **texts)
