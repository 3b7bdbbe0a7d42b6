"""Plans by tier and kind: how many there are, and how many of them wait for their assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import View, counts
from drillapp.core.plans.queries import PLANS
from drillapp.ui.parts import tones
from drillapp.ui.parts.figure_button import FigureButton
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_STATES = ("in_force", "assessment_due", "approved", "draft")
_ALL = ""
_Key = tuple[str, str]


class PlanMatrix(Page):
    """A row a tier, a column a kind, with sums; a click opens the plans behind the figure."""

    kinds = frozenset({"plans"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.states: dict[str, FigureButton] = {}
        self.cells: dict[_Key, FigureButton] = {}
        content = QWidget(self)
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(3 * GRID, GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(label(_("By state"), "label", parent=content))
        layout.addLayout(self._state_row(content))
        layout.addWidget(label(_("By tier and kind"), "label", parent=content))
        layout.addLayout(self._grid(content))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content, self))

    def reload(self) -> None:
        view = View(unit_id=self.session.scope.unit_id)
        self.session.tasks.run_read(
            lambda office, _progress: counts(office, PLANS, view, "tier", "kind", "state"),
            self._on_counts,
            owner=self,
            replaces="counts",
        )

    def _state_row(self, parent: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for state in _STATES:
            made = FigureButton(parent)
            made.clicked.connect(lambda _checked=False, state=state: self._open({"state": state}))
            self.states[state] = made
            line.addWidget(made)
        return line

    def _grid(self, parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GRID // 2)
        tiers, plan_kinds = (*enumerations.codes("plan_tier"), _ALL), (*enumerations.codes("plan_kind"), _ALL)
        for column, kind in enumerate(plan_kinds, 1):
            head = label(enumerations.label("plan_kind", kind) or _("Total"), "small", parent=parent)
            grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignHCenter)
            grid.setColumnStretch(column, 1)
        for line, tier in enumerate(tiers, 1):
            grid.addWidget(
                label(enumerations.label("plan_tier", tier) or _("Total"), "small", parent=parent), line, 0
            )
            for column, kind in enumerate(plan_kinds, 1):
                grid.addWidget(self._cell(tier, kind, parent), line, column)
        return grid

    def _cell(self, tier: str, kind: str, parent: QWidget) -> FigureButton:
        made = FigureButton(parent)
        chosen = {name: code for name, code in (("tier", tier), ("kind", kind)) if code}
        made.clicked.connect(lambda: self._open(chosen))
        self.cells[tier, kind] = made
        return made

    def _open(self, chosen: Mapping[str, str]) -> None:
        choices = {column: frozenset((code,)) for column, code in chosen.items()}
        self.session.go(Target("plans", "plans", choices=choices))

    def _on_counts(self, counted: dict[tuple[Any, ...], int]) -> None:
        sums: dict[_Key, int] = {}
        due: dict[_Key, int] = {}
        states = dict.fromkeys(_STATES, 0)
        for (tier, kind, state), count in counted.items():
            states[state] = states.get(state, 0) + count
            for key in {(tier, kind), (tier, _ALL), (_ALL, kind), (_ALL, _ALL)}:
                sums[key] = sums.get(key, 0) + count
                due[key] = due.get(key, 0) + count * (state == "assessment_due")
        self._show_states(states)
        self._show_cells(sums, due)

    def _show_states(self, states: Mapping[str, int]) -> None:
        for state, made in self.states.items():
            words = enumerations.label("plan_state", state)
            made.tell(f"{states[state]:,}", words, tone=tones.tone(tones.PLANS, state))
            made.setAccessibleName(f"{words}: {states[state]}")

    def _show_cells(self, sums: Mapping[_Key, int], due: Mapping[_Key, int]) -> None:
        largest = max((count for (tier, kind), count in sums.items() if tier and kind), default=1)
        for (tier, kind), made in self.cells.items():
            count, late = sums.get((tier, kind), 0), due.get((tier, kind), 0)
            words = _("{count} to assess").format(count=late) if late else ""
            strength = count / largest if tier and kind else 0.0
            made.tell(f"{count:,}" if count else "", words, tone="red", strength=strength)
            names = (enumerations.label("plan_tier", tier), enumerations.label("plan_kind", kind))
            made.setAccessibleName(" ".join(part for part in (*names, f"{count}", words) if part))
