"""Plans of all units with the events of their lives."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from benchmarks.making.filling import Filling
from benchmarks.making.units import MadeUnit
from benchmarks.making.words import TODAY, dice, words
from drillapp.core.plans.model import Plan, PlanEvent, PlanVersion

_TIERS = {"district": "district", "department": "district", "street": "street", "community": "community"}
_KINDS = {
    "district": ("overall", "special", "departmental"),
    "department": ("departmental", "special", "special"),
}
_UNIT_KINDS = ("comprehensive", "special", "on_site")


class MadePlan(NamedTuple):
    """A plan as its drills need it."""

    id: int
    number: str
    title: str
    unit: MadeUnit
    kind: str
    hazard: str
    begin: date | None
    """The day it came into force."""
    retired_on: date | None


def make_plans(filling: Filling, units: list[MadeUnit]) -> list[MadePlan]:
    """Write three plans for each unit, most of them in force, some drafts, some overdue for assessment."""
    chance = dice("plans")
    events: list[tuple[int, str, date, str | None]] = []
    made: list[MadePlan] = []
    for unit in units:
        for kind in _KINDS.get(unit.kind, _UNIT_KINDS):
            made.append(_plan(chance, len(made) + 1, unit, kind, events))
    _write(filling, made, units)
    plans, kinds, days, references = zip(*events, strict=True)
    # Each plan has one version, with the same key.
    filling.add(
        PlanEvent,
        {"plan_id": plans, "version_id": plans, "kind": kinds, "happened_on": days, "reference": references},
    )
    return made


def _plan(
    chance: Random, key: int, unit: MadeUnit, kind: str, events: list[tuple[int, str, date, str | None]]
) -> MadePlan:
    hazard = chance.choice(words()["hazards"])
    title = words()["plans"][kind].format(unit=unit.name, hazard=hazard)
    own = _life(chance, key)
    events += own
    begin = next((day for _, event, day, _ in own if event == "published"), own[0][2] if own else None)
    retired = begin + timedelta(days=chance.randint(200, 1500)) if begin and chance.random() < 0.05 else None
    return MadePlan(key, f"YA-{unit.code}-{key % 3 + 1}", title, unit, kind, hazard, begin, retired)


def _life(chance: Random, key: int) -> list[tuple[int, str, date, str | None]]:
    """Approved, then published, then filed, then assessed, as far as the plan has come by today."""
    if chance.random() < 0.05:
        return []
    approved = TODAY - timedelta(days=chance.randint(30, 2500))
    published = approved + timedelta(days=chance.randint(1, 20))
    filed = published + timedelta(days=chance.randint(2, 30))
    assessed = approved + timedelta(days=chance.randint(900, 1150))
    life: list[tuple[int, str, date, str | None]] = [(key, "approved", approved, None)]
    if chance.random() < 0.9:
        life.append((key, "published", published, None))
    if chance.random() < 0.75:
        life.append((key, "filed", filed, f"BA{filed.year}-{key:06}"))
    if chance.random() < 0.7:
        life.append((key, "assessed", assessed, None))
    return [event for event in life if event[2] <= TODAY]


def _write(filling: Filling, made: list[MadePlan], units: list[MadeUnit]) -> None:
    first_plan = {unit.id: 3 * number + 1 for number, unit in enumerate(units)}
    filling.add(
        Plan,
        {
            "number": [plan.number for plan in made],
            "title": [plan.title for plan in made],
            "unit_id": [plan.unit.id for plan in made],
            "tier": [_TIERS.get(plan.unit.kind, "unit") for plan in made],
            "kind": [plan.kind for plan in made],
            "hazard": [plan.hazard for plan in made],
            "parent_id": [first_plan.get(plan.unit.parent_id) for plan in made],
            "retired_on": [plan.retired_on for plan in made],
        },
    )
    filling.add(
        PlanVersion,
        {
            "plan_id": [plan.id for plan in made],
            "ordinal": [1] * len(made),
            "label": [f"{plan.id % 3 + 1}.0" for plan in made],
        },
    )
