"""What a drill costs: planned and actual by kind, against the budget; whom the mobilised resources are paid."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core import enumerations
from drillapp.core.drills.record.costs import cost_sums, over_budget
from drillapp.core.drills.record.parts import CostLine
from drillapp.core.drills.record.rows import CostRow, DrillRecord
from drillapp.core.i18n import _
from drillapp.ui.drills.record.part_tab import PartTab, number_of
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session


class CostsTab(PartTab):
    """A row a cost, their sums below."""

    part = "costs"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._budget: float | None = None
        columns = (
            ("kind", _("Kind of cost"), 180), ("planned", _("Planned (yuan)"), 130), ("actual", _("Actual (yuan)"), 130),
            ("payee", _("Paid to"), 240), ("note", _("Note"), 240),
        )  # fmt: skip
        self.table = RecordsEditor(
            columns,
            _line,
            _("Costs"),
            self,
            choices={"kind": "drill_cost"},
            hidden=("id",),
            empty=_("No costs yet. Add a row for each."),
        )
        self.table.edited.connect(self._on_edited)
        self.kinds = label("", "small", wraps=True, parent=self)
        self.total = label("", "strong", wraps=True, parent=self)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.kinds)
        self.body.addWidget(self.total)

    def fill(self, record: DrillRecord) -> None:
        self.table.fill(record.costs)
        self.show_budget(record.design.budget)

    def show_budget(self, budget: float | None) -> None:
        """Measure the costs by this budget."""
        self._budget = budget
        self._tell_sums()

    def value(self) -> tuple[CostLine, ...]:
        return self.table.records()

    def _on_edited(self) -> None:
        self._tell_sums()
        self.touch()

    def _tell_sums(self) -> None:
        try:
            lines = self.value()
        except ValueError:  # a number is being typed
            return
        rows = [_row(line) for line in lines]
        *kinds, total = cost_sums(rows)
        words = _("{kind}: {actual} of {planned}")
        told = [
            words.format(kind=enumerations.label("drill_cost", one.kind), actual=f"{one.actual:,}", planned=f"{one.planned:,}")
            for one in kinds
        ]  # fmt: skip
        self.kinds.setText("   ".join(told))
        self.kinds.setVisible(len(told) > 1)
        over = over_budget(rows, self._budget)
        self.total.setText(_total(total.planned, total.actual, self._budget, over))


def _total(planned: float, actual: float, budget: float | None, over: float | None) -> str:
    told = _("Planned {planned} yuan, actual {actual} yuan").format(
        planned=f"{planned:,}", actual=f"{actual:,}"
    )
    if budget is None or over is None:
        return told
    left = -over
    words = (
        _("{left} left of the budget of {budget}") if left >= 0 else _("{left} above the budget of {budget}")
    )
    return f"{told} · {words.format(left=f'{abs(left):,}', budget=f'{budget:,}')}"


def _row(line: CostLine) -> CostRow:
    return CostRow(id=0, position=0, kind=line.kind, planned=line.planned, actual=line.actual)


def _line(said: dict[str, Any]) -> CostLine:
    return CostLine(
        id=said["id"],
        kind=said["kind"] or "other",
        planned=number_of(said["planned"]),
        actual=number_of(said["actual"]),
        payee=said["payee"] or None,
        note=said["note"] or None,
    )
