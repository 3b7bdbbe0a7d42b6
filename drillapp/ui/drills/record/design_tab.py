"""The design of a drill: its texts, and the response level of the plan as it is in force on the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import UNSET
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from drillapp.core.drills.record.drilled import DrilledPlan, drilled_plan
from drillapp.core.drills.record.parts import Design
from drillapp.core.drills.record.rows import DrillRecord
from drillapp.core.i18n import _
from drillapp.ui.drills.record.part_tab import PartTab
from drillapp.ui.parts.editors import LongTextEditor, NumberEditor, TextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_HEIGHTS = {"scenario": 128, "subjects": 104, "safety": 96, "stop_conditions": 96}
"""Room for some lines, in pixels; longer texts are scrolled."""


class DesignTab(PartTab):
    """The texts beside the form with the facts."""

    part = "design"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.editors: dict[str, Any] = {
            "organiser": TextEditor(self),
            "budget": NumberEditor(self),
            "scenario": LongTextEditor(self),
            "subjects": LongTextEditor(self),
            "safety": LongTextEditor(self),
            "stop_conditions": LongTextEditor(self),
        }
        self.level = QComboBox(self)
        self.level.activated.connect(lambda _place: self.touch())
        self.version = label("", "small", wraps=True, parent=self)
        self._wanted_level: int | None = None
        for editor in self.editors.values():
            editor.edited.connect(self.touch)
        for name, height in _HEIGHTS.items():
            self.editors[name].setFixedHeight(height)
        self._lay_out()

    def fill(self, record: DrillRecord) -> None:
        for name, editor in self.editors.items():
            editor.blockSignals(True)
            editor.set_value(getattr(record.design, name))
            editor.blockSignals(False)
        self._wanted_level = record.design.level_id

    def value(self) -> Design:
        values = {name: editor.value() for name, editor in self.editors.items()}
        is_known = self.level.count() > 0
        return Design(**values, level_id=self.level.currentData() if is_known else UNSET)

    def budget(self) -> float | None:
        """The budget as it is typed now; None where it is no amount."""
        try:
            budget: float | None = self.editors["budget"].value()
        except ValueError:
            return None
        return budget

    def look_up(self, plan_number: str | None, day: date | None) -> None:
        """Offer the response levels of a plan as it is in force on a day."""
        if not plan_number or day is None:
            self._on_plan(None)
            return
        self.session.tasks.run_read(
            lambda office, _progress: drilled_plan(office, plan_number, day),
            self._on_plan,
            owner=self,
            replaces="plan",
        )

    def _on_plan(self, plan: DrilledPlan | None) -> None:
        chosen = self.level.currentData() if self.is_touched else self._wanted_level
        self.level.clear()
        self.level.addItem("", None)
        for level in () if plan is None else plan.levels:
            self.level.addItem(level.name, level.id)
        self.level.setCurrentIndex(max(self.level.findData(chosen), 0))
        self.level.setEnabled(self.level.count() > 1)
        words = _("Version '{label}' of the plan, in force since {day}")
        self.version.setText("" if plan is None else words.format(label=plan.version, day=plan.begin))
        self.version.setVisible(plan is not None)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(3)
        self.body.setContentsMargins(GRID, 0, GRID, 0)
        shown: tuple[tuple[str, QWidget, int, int], ...] = (
            (_("Organiser"), self.editors["organiser"], 0, 0),
            (_("Budget (yuan)"), self.editors["budget"], 0, 1),
            (_("Response level"), self.level, 2, 0),
            (_("Scenario"), self.editors["scenario"], 4, -1),
            (_("Subjects, one a line"), self.editors["subjects"], 6, -1),
            (_("Safety measures"), self.editors["safety"], 8, -1),
            (_("Conditions for stopping"), self.editors["stop_conditions"], 10, -1),
        )
        for words, editor, place, column in shown:
            head = label(words, "label", parent=self)
            head.setBuddy(editor)
            head.setContentsMargins(0, 6 if place else 0, 0, 0)
            editor.setAccessibleName(words)
            across = (place, 0, 1, 2) if column < 0 else (place, column, 1, 1)
            grid.addWidget(head, *across)
            grid.addWidget(editor, across[0] + 1, *across[1:])
        grid.addWidget(self.version, 3, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
