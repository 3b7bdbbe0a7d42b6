"""Readiness worked out unit by unit from what is asked, with the formula's words in hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from drillapp.core.rules.book import national_rules
from tests.core.rules.district import UnitTold
from tests.core.rules.reference import Asked

INDICATORS = {
    "plans": (
        20,
        ("plan_in_force", "plan_filed", "plan_assessed", "plan_outlined", "plan_reviewed", "plan_revised"),
    ),
    "drills": (25, ("drill_held", "drill_attended", "drill_evaluated")),
    "corrections": (10, ("finding_corrected", "finding_verified")),
    "supplies": (15, ("level_met", "upkeep_done", "stocktake_done", "loan_returned")),
    "cards": (10, ("card_issued", "card_current")),
    "teams": (10, ("team_standing", "team_standard")),
    "reporting": (10, ("drill_reported",)),
}
"""Version 2026-2: weight, and what is counted."""
OWN_SHARE = {"city": 0.3, "district": 0.3, "street": 0.4, "community": 0.5}
GRADES = (("A", 85), ("B", 70), ("C", 55), ("D", 0))
FLOORS = {
    "no_plan": ("plan_in_force", "D"),
    "no_drill": ("drill_held", "C"),
    "critical_at_zero": ("critical_stocked", "C"),
}
LATE_IS_MISSED = ("finding_corrected", "drill_reported")
"""What was done late does not count as met."""
SETTLED_BY = {rule.id: rule.settled_by for rule in national_rules()}


class Count(NamedTuple):
    """How much is met, known and asked."""

    met: int
    known: int
    asked: int


class Ready(NamedTuple):
    """What a person would write down of a unit."""

    score: float | None
    grade: str | None
    confidence: float | None
    broken: tuple[str, ...]
    units: int
    reported: int
    counts: dict[str, tuple[Count, Count]]
    """Of each indicator: with all below, and its own."""


def ready(units: Iterable[UnitTold], there: Iterable[UnitTold], rows: Iterable[Asked]) -> dict[str, Ready]:
    """The readiness of the units that are there, by their codes, from all that is asked."""
    above = {unit.code: unit.above for unit in units}
    asked: dict[str, list[Asked]] = {unit.code: [] for unit in there}
    for row in rows:
        asked[row.unit].append(row)
    return {unit.code: _ready(unit, _below(unit.code, list(asked), above), asked) for unit in there}


def _below(code: str, codes: Iterable[str], above: dict[str, str | None]) -> list[str]:
    """The units below one, however deep, also below one that is not there any more."""
    found = []
    for one in codes:
        superior = above[one]
        while superior is not None and superior != code:
            superior = above[superior]
        if superior == code:
            found.append(one)
    return found


def _ready(unit: UnitTold, below: list[str], asked: dict[str, list[Asked]]) -> Ready:
    own = asked[unit.code]
    together = [own, *(asked[code] for code in below)]
    counts: dict[str, tuple[Count, Count]] = {}
    reached = weights = known = weights_asked = 0.0
    for name, (weight, settlements) in INDICATORS.items():
        each = [_count(rows, settlements) for rows in together]
        total = Count(*map(sum, zip(*each, strict=True)))
        counts[name] = (total, each[0])
        if total.asked:
            weights_asked += weight
            known += weight * total.known / total.asked
        if total.known:
            weights += weight
            reached += weight * _value(total, each[0], OWN_SHARE.get(unit.kind))
    score = round(100 * reached / weights, 1) if weights else None
    broken = tuple(
        name
        for name, (settled_by, _cap) in FLOORS.items()
        if (one := _count(own, (settled_by,))).met < one.asked
    )
    of_units = [
        _count(rows, [one for _weight, some in INDICATORS.values() for one in some]) for rows in together
    ]
    return Ready(
        score, _grade(score, broken), known / weights_asked if weights_asked else None, broken,
        sum(one.asked > 0 for one in of_units), sum(one.known > 0 for one in of_units), counts,
    )  # fmt: skip


def _count(rows: Iterable[Asked], settlements: Iterable[str]) -> Count:
    states = [_counted(row) for row in rows if SETTLED_BY[row.rule] in settlements and row.state != "due"]
    return Count(states.count("met"), len(states) - states.count("no_data"), len(states))


def _counted(row: Asked) -> str:
    is_missed = row.late and SETTLED_BY[row.rule] in LATE_IS_MISSED
    return "overdue" if row.state == "met" and is_missed else row.state


def _value(total: Count, own: Count, share: float | None) -> float:
    """Own and below weigh as declared; where either knows nothing, or nothing is declared, all counts together."""
    below = total.known - own.known
    if share is None or not own.known or not below:
        return total.met / total.known
    return share * (own.met / own.known) + (1 - share) * ((total.met - own.met) / below)


def _grade(score: float | None, broken: Iterable[str]) -> str | None:
    if score is None:
        return None
    earned = next(grade for grade, lowest in GRADES if score >= lowest)
    return max([earned, *(FLOORS[name][1] for name in broken)])  # the later letter is the worse one
