"""Which duties each kind of fact fulfils: counted by readiness, listed as obligations, by the same definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from drillapp.core.law import Settlement
from drillapp.core.rules.card_duties import card_issued
from drillapp.core.rules.correction_duties import finding_corrected
from drillapp.core.rules.drill_record_duties import drill_held
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.rules.plan_duties import plan_assessed, plan_in_force
from drillapp.core.rules.supply_duties import critical_stocked, level_met


def duties(settlement: Settlement, scope: Scope) -> list[Duty]:
    """The duties that one kind of fact fulfils as of the scope's day; none where no rule asks for it."""
    if settlement not in _DUTIES or not scope.rules_settled_by(settlement):
        return []
    return list(_DUTIES[settlement](scope))


_DUTIES: dict[Settlement, Callable[[Scope], Iterable[Duty]]] = {
    "plan_in_force": plan_in_force,
    "plan_assessed": plan_assessed,
    "drill_held": drill_held,
    "finding_corrected": finding_corrected,
    "level_met": level_met,
    "critical_stocked": critical_stocked,
    "card_issued": card_issued,
}
