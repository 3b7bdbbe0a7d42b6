"""Which duties each kind of fact fulfils: counted by readiness, listed as obligations, by the same definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from drillapp.core.law import Settlement
from drillapp.core.rules.card_duties import card_current, card_issued
from drillapp.core.rules.correction_duties import finding_corrected, finding_verified
from drillapp.core.rules.drill_record_duties import (
    drill_attended,
    drill_evaluated,
    drill_held,
    drill_reported,
)
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.rules.plan_duties import (
    plan_assessed,
    plan_filed,
    plan_in_force,
    plan_outlined,
    plan_reviewed,
    plan_revised,
)
from drillapp.core.rules.supply_duties import (
    critical_stocked,
    level_met,
    loan_returned,
    stocktake_done,
    upkeep_done,
)
from drillapp.core.rules.team_duties import team_standard, team_standing


def duties(settlement: Settlement, scope: Scope) -> list[Duty]:
    """The duties that one kind of fact fulfils as of the scope's day; none where no rule asks for it."""
    if settlement not in _DUTIES or not scope.rules_settled_by(settlement):
        return []
    return scope.kept.part(
        ("duties", settlement), lambda: list(_DUTIES[settlement](scope)), scope.content_asked(settlement)
    )


_DUTIES: dict[Settlement, Callable[[Scope], Iterable[Duty]]] = {
    "plan_in_force": plan_in_force,
    "plan_filed": plan_filed,
    "plan_assessed": plan_assessed,
    "plan_outlined": plan_outlined,
    "plan_reviewed": plan_reviewed,
    "plan_revised": plan_revised,
    "drill_held": drill_held,
    "drill_attended": drill_attended,
    "drill_evaluated": drill_evaluated,
    "drill_reported": drill_reported,
    "finding_corrected": finding_corrected,
    "finding_verified": finding_verified,
    "level_met": level_met,
    "critical_stocked": critical_stocked,
    "upkeep_done": upkeep_done,
    "stocktake_done": stocktake_done,
    "loan_returned": loan_returned,
    "card_issued": card_issued,
    "card_current": card_current,
    "team_standing": team_standing,
    "team_standard": team_standard,
}
