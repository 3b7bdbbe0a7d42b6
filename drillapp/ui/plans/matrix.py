"""Plans by tier and kind in their two families, and by hazard: how many there are, and how many wait for assessment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import View, counts
from drillapp.core.plans.queries import PLANS
from drillapp.ui.parts import tones
from drillapp.ui.parts.figure_button import FigureButton
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.words import card, label, scrolled
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_STATES = ("in_force", "assessment_due", "approved", "draft")
_ALL = ""


class _Family(NamedTuple):
    name: str
    kinds: tuple[str, ...]
    tiers: tuple[str, ...]


_GOVERNMENT = _Family(
    "government", ("overall", "special", "departmental", "joint"), ("city", "district", "street", "community")
)
_UNIT = _Family("unit", ("comprehensive", "special", "on_site"), ("unit",))
_FAMILIES = (_GOVERNMENT, _UNIT)
_Key = tuple[str, str, str]
"""Family, tier, kind; the last two may be all."""


class PlanMatrix(Page):
    """A row a tier, a column a kind, with sums; a click opens the plans behind the figure."""

    kinds = frozenset({"plans"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.states: dict[str, FigureButton] = {}
        self.cells: dict[_Key, FigureButton] = {}
        self.categories: dict[str, FigureButton] = {}
        content = QWidget(self)
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(3 * GRID, GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(label(_("By state"), "label", parent=content))
        layout.addLayout(self._state_row(content))
        layout.addLayout(self._family_row(content))
        layout.addWidget(label(_("By hazard"), "label", parent=content))
        layout.addLayout(self._category_row(content))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content, self))

    def reload(self) -> None:
        view = View(unit_id=self.session.scope.unit_id)
        self.session.tasks.run_read(
            lambda office, _progress: counts(office, PLANS, view, "tier", "kind", "state", "hazard_category"),
            self._on_counts,
            owner=self,
            replaces="counts",
        )

    def _state_row(self, parent: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for state in _STATES:
            self.states[state] = self._figure(parent, {"state": (state,)})
            line.addWidget(self.states[state])
        return line

    def _category_row(self, parent: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for category in enumerations.codes("hazard_category"):
            self.categories[category] = self._figure(parent, {"hazard_category": (category,)})
            line.addWidget(self.categories[category])
        return line

    def _family_row(self, parent: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        for family, title in ((_GOVERNMENT, _("Plans of governments")), (_UNIT, _("Plans of units"))):
            frame, layout = card(parent)
            layout.addWidget(label(title, "label", parent=frame))
            layout.addLayout(self._grid(family, frame))
            layout.addStretch(1)
            line.addWidget(frame, len(family.kinds) + 2)
        return line

    def _grid(self, family: _Family, parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GRID // 2)
        several = len(family.tiers) > 1
        for column, kind in enumerate((*family.kinds, _ALL), 1):
            head = label(enumerations.label("plan_kind", kind) or _("Total"), "small", parent=parent)
            grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignHCenter)
            grid.setColumnStretch(column, 1)
        for line, tier in enumerate((*family.tiers, *((_ALL,) if several else ())), 1):
            words = enumerations.label("plan_tier", tier) or _("Total")
            grid.addWidget(label(words, "small", parent=parent), line, 0)
            for column, kind in enumerate((*family.kinds, _ALL), 1):
                grid.addWidget(self._cell(family, tier, kind, parent), line, column)
        return grid

    def _cell(self, family: _Family, tier: str, kind: str, parent: QWidget) -> FigureButton:
        chosen = {"tier": (tier,) if tier else family.tiers, "kind": (kind,) if kind else family.kinds}
        self.cells[family.name, tier, kind] = self._figure(parent, chosen)
        return self.cells[family.name, tier, kind]

    def _figure(self, parent: QWidget, chosen: Mapping[str, tuple[str, ...]]) -> FigureButton:
        choices = {column: frozenset(codes) for column, codes in chosen.items()}
        made = FigureButton(parent)
        made.clicked.connect(lambda: self.session.go(Target("plans", "plans", choices=choices)))
        return made

    def _on_counts(self, counted: dict[tuple[Any, ...], int]) -> None:
        sums: Counter[_Key] = Counter()
        due: Counter[_Key] = Counter()
        states: Counter[str] = Counter()
        hazards: Counter[str] = Counter()
        for (tier, kind, state, category), count in counted.items():
            states[state] += count
            hazards[category] += count
            for key in _keys(tier, kind):
                sums[key] += count
                due[key] += count * (state == "assessment_due")
        self._show_row(self.states, states, "plan_state", tones.PLANS["state"])
        self._show_row(self.categories, hazards, "hazard_category", {})
        self._show_cells(sums, due)

    @staticmethod
    def _show_row(
        figures: Mapping[str, FigureButton],
        counted: Counter[str],
        enumeration: str,
        shades: Mapping[str, str],
    ) -> None:
        for code, made in figures.items():
            words = enumerations.label(enumeration, code)
            made.tell(f"{counted[code]:,}", words, tone=shades.get(code, "neutral"))
            made.setAccessibleName(f"{words}: {counted[code]}")

    def _show_cells(self, sums: Mapping[_Key, int], due: Mapping[_Key, int]) -> None:
        largest = max((count for (_name, tier, kind), count in sums.items() if tier and kind), default=1)
        for (family, tier, kind), made in self.cells.items():
            count, late = sums[family, tier, kind], due[family, tier, kind]
            words = _("{count} to assess").format(count=late) if late else ""
            strength = count / largest if tier and kind else 0.0
            made.tell(f"{count:,}" if count else "", words, tone="red", strength=strength)
            names = (enumerations.label("plan_tier", tier), enumerations.label("plan_kind", kind))
            made.setAccessibleName(" ".join(part for part in (*names, f"{count}", words) if part))


def _keys(tier: str | None, kind: str | None) -> set[_Key]:
    """The cells that a plan counts in: those that a click on them would show it in."""
    return {
        (family.name, row, column)
        for family in _FAMILIES
        if tier in family.tiers and kind in family.kinds
        for row in (tier, _ALL)
        for column in (kind, _ALL)
    }
