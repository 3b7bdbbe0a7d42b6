"""What nearly settles an obligation that is not met, and why it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.rules import near_drills, near_plans, near_supplies
from drillapp.core.rules.book import RuleBook, rule_book
from drillapp.core.rules.near_miss import Asked, NearMiss
from drillapp.core.rules.rows import Obligation


def nearly(office: Office, obligation: Obligation, book: RuleBook | None = None) -> list[NearMiss]:
    """The records that come nearest to settling what is not met, or was done late, each with the reason why it does not.

    As of the office's date, as which the obligation is told too; at most a handful, those that lack least or are the
    latest first. Nothing for what is met, nor where no record comes near. The office's rules are read anew unless they
    are given.
    """
    if obligation.state == "met" and not obligation.late:
        return []
    find = _NEAR.get(obligation.settled_by)
    rule = (book or rule_book(office)).known.get(obligation.rule)
    return find(Asked(office, obligation, rule)) if find is not None and rule is not None else []


_NEAR: Mapping[Settlement, Callable[[Asked], list[NearMiss]]] = {
    "plan_in_force": near_plans.near_plans,
    "plan_filed": near_plans.near_events,
    "plan_assessed": near_plans.near_events,
    "plan_reviewed": near_plans.near_events,
    "plan_revised": near_plans.near_revisions,
    "drill_held": near_drills.near_drills,
    "drill_attended": near_drills.near_attendance,
    "drill_evaluated": near_drills.near_evaluations,
    "drill_reported": near_drills.near_reports,
    "finding_corrected": near_drills.near_corrections,
    "finding_verified": near_drills.near_verifications,
    "level_met": near_supplies.near_stock,
    "critical_stocked": near_supplies.near_stock,
    "upkeep_done": near_supplies.near_upkeep,
    "stocktake_done": near_supplies.near_stocktakes,
    "loan_returned": near_supplies.near_returns,
    "card_issued": near_plans.near_cards,
    "card_current": near_plans.near_stale_cards,
    "team_standing": near_plans.near_teams,
    "team_standard": near_plans.near_standards,
}
