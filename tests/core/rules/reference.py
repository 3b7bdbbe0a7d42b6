"""Obligations worked out one by one as a person would, from an office of random facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from msgspec import UNSET

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry
from tests.core.rules.drills_reference import Drill, Drills, Unit, asked_on

FIRST, LAST = date(2022, 1, 31), date(2026, 11, 24)
UNITS = {
    "S": ("street", False, False), "C": ("community", False, False), "E": ("enterprise", True, False),
    "M": ("enterprise", False, True), "F": ("enterprise", False, False), "H": ("school", False, False),
    "O": ("other", False, False),
}  # fmt: skip
"""Code to kind, high risk, crowded."""


class Asked(NamedTuple):
    """What a person would write down of an obligation."""

    unit: str
    rule: str
    subject: str
    state: str
    due_on: date | None


@dataclass
class Facts:
    """Everything that was entered."""

    units: list[UnitEntry] = field(default_factory=list)
    plans: list[PlanEntry] = field(default_factory=list)
    drills: list[DrillEntry] = field(default_factory=list)
    findings: list[FindingEntry] = field(default_factory=list)
    levels: list[LevelEntry] = field(default_factory=list)
    movements: list[MovementEntry] = field(default_factory=list)
    cards: list[CardEntry] = field(default_factory=list)


def random_facts(random: Random) -> Facts:
    """A small office's facts, many of them on the last days of months, where counting in months goes wrong."""
    facts = Facts(units=[UnitEntry(code="110102", name="110102", kind="district")])
    for code, (kind, high_risk, crowded) in UNITS.items():
        begin = _day(random) if random.random() < 0.5 else None
        end = begin + timedelta(days=random.randrange(200, 1500)) if begin and random.random() < 0.4 else None
        facts.units.append(
            UnitEntry(
                code=code, name=code, kind=kind, parent_code="110102" if code == "S" else "S",
                high_risk=high_risk, crowded=crowded, valid_from=begin, valid_to=end,
            )
        )  # fmt: skip
        facts.plans += [_plan(random, f"{code}-P{i}", code) for i in range(random.randrange(3))]
        facts.drills += [_drill(random, f"{code}-D{i}", code) for i in range(random.randrange(3))]
        facts.levels += [LevelEntry(unit_code=code, item_code="TENT", quantity=random.randrange(1, 30))]
        facts.movements += [_received(random, f"{code}-{i}", code) for i in range(random.randrange(3))]
        facts.cards += [
            CardEntry(number=f"{code}-K{i}", unit_code=code, post="岗位", issued_on=_maybe(random))
            for i in range(random.randrange(2))
        ]
    facts.findings = [_finding(random, drill.number, i) for i, drill in enumerate(facts.drills)]
    return facts


def enter(office: Office, facts: Facts) -> None:
    """Save the facts in an office."""
    codes = [unit.code for unit in facts.units]
    save_units(office, facts.units)
    save_posts(office, [PostEntry(unit_code=code, name="岗位", key_post=code in "CEM") for code in codes])
    save_plans(office, facts.plans)
    save_drills(office, facts.drills)
    save_findings(office, facts.findings)
    save_items(office, [ItemEntry(code="TENT", name="帐篷")])
    save_storehouses(office, [StorehouseEntry(code=code, name=code, unit_code=code) for code in codes])
    save_levels(office, facts.levels)
    save_movements(office, facts.movements)
    save_cards(office, facts.cards)


def asked(facts: Facts, day: date) -> set[Asked]:
    """What is asked of all units as of a day."""
    found: set[Asked] = set()
    for unit in facts.units:
        if (unit.valid_from or date.min) <= day < (unit.valid_to or date.max):
            found |= _plans_asked(facts, unit, day) | _findings_asked(facts, unit.code, day)
            found |= _supplies_asked(facts, unit.code, day) | _cards_asked(facts, unit.code, day)
    found |= _drills_asked(facts, day)
    return found


def _plans_asked(facts: Facts, unit: UnitEntry, day: date) -> set[Asked]:
    current = [plan for plan in facts.plans if plan.unit_code == unit.code and _is_in_force(plan, day)]
    found = {_by_due_day(unit.code, "PL-09", plan.title, _reviewed(plan, day), 36, day) for plan in current}
    if unit.kind != "other":
        recorded = any(plan.unit_code == unit.code and _first(plan) <= day for plan in facts.plans)
        state = "met" if current else "overdue" if recorded else "no_data"
        found.add(Asked(unit.code, "PL-FORCE", unit.name, state, unit.valid_from or None))
    return found


def _first(plan: PlanEntry) -> date:
    """The day of the first event of a plan; of one without any, the first of all days."""
    events = (plan.approved_on, plan.published_on, plan.filed_on, plan.assessed_on)
    return min((event for event in events if event), default=date.min)


def _is_in_force(plan: PlanEntry, day: date) -> bool:
    begin = plan.published_on or plan.approved_on
    return begin is not None and begin <= day < (plan.retired_on or date.max)


def _reviewed(plan: PlanEntry, day: date) -> date:
    events = (plan.approved_on, plan.published_on, plan.assessed_on)
    return max(event for event in events if event and event <= day)


def _drills_asked(facts: Facts, day: date) -> set[Asked]:
    units = [
        Unit(
            unit.code, str(unit.kind), unit.name, unit.high_risk is True, unit.crowded is True,
            begin=unit.valid_from or None, end=unit.valid_to or None,
        )
        for unit in facts.units
    ]  # fmt: skip
    held = [
        Drill(drill.number, drill.unit_code, drill.ended_at.date()) for drill in facts.drills if drill.ended_at
    ]  # fmt: skip
    found = asked_on(Drills(units, [], held), day)
    return {Asked(one.unit, one.rule, one.unit, one.state, one.due_on) for one in found}


def _by_due_day(unit: str, rule: str, subject: str, begin: date, months: int, day: date) -> Asked:
    """What has to be done again within so many months is met up to and on the last day of them."""
    due = begin + relativedelta(months=months)
    return Asked(unit, rule, subject, "met" if due >= day else "overdue", due)


def _findings_asked(facts: Facts, unit: str, day: date) -> set[Asked]:
    ends = {
        drill.number: drill.ended_at.date()
        for drill in facts.drills
        if drill.unit_code == unit and drill.ended_at
    }
    found = set()
    for finding in facts.findings:
        end = ends.get(finding.drill_number)
        if end is not None and day - relativedelta(months=24) < end <= day:
            due = finding.due_on or end + timedelta(days=30)
            state = "met" if finding.done_on and finding.done_on <= day else "overdue" if due < day else "due"
            found.add(Asked(unit, "CA-01", finding.text, state, due))
    return found


def _supplies_asked(facts: Facts, unit: str, day: date) -> set[Asked]:
    available = sum(
        line.quantity
        for line in facts.movements
        if line.storehouse == unit and line.occurred_on <= day <= (line.expires_on or date.max)
    )
    booked = any(line.storehouse == unit and line.occurred_on <= day for line in facts.movements)
    required = [level.quantity for level in facts.levels if level.unit_code == unit]
    return {
        Asked(unit, "SU-03", "帐篷", _stocked(available, quantity, booked), None) for quantity in required
    }


def _stocked(available: float, required: float, booked: bool) -> str:
    return "met" if available >= required else "overdue" if booked else "no_data"


def _cards_asked(facts: Facts, unit: str, day: date) -> set[Asked]:
    if unit not in "CEM":
        return set()
    issued = any(card.issued_on and card.issued_on <= day for card in facts.cards if card.unit_code == unit)
    return {Asked(unit, "PL-14", "岗位", "met" if issued else "overdue", None)}


def _plan(random: Random, number: str, unit: str) -> PlanEntry:
    approved = _day(random)
    begin = approved + timedelta(days=random.randrange(40))
    return PlanEntry(
        number=number, title=number, unit_code=unit, approved_on=approved,
        published_on=begin if random.random() < 0.6 else None,
        assessed_on=approved + timedelta(days=random.randrange(1500)) if random.random() < 0.4 else None,
        retired_on=begin + timedelta(days=random.randrange(1500)) if random.random() < 0.3 else None,
    )  # fmt: skip


def _drill(random: Random, number: str, unit: str) -> DrillEntry:
    day = _day(random)
    begin = datetime(day.year, day.month, day.day, random.choice((0, 9, 22)), tzinfo=BEIJING)
    is_held = random.random() < 0.8
    return DrillEntry(
        number=number, unit_code=unit, title=number, planned_on=day,
        started_at=begin if is_held else None, ended_at=begin + timedelta(hours=1) if is_held else None,
    )  # fmt: skip


def _finding(random: Random, drill: str, number: int) -> FindingEntry:
    return FindingEntry(
        drill_number=drill, number="1", text=f"问题{number}",
        due_on=_maybe(random) or UNSET, done_on=_maybe(random),
    )  # fmt: skip


def _received(random: Random, document: str, unit: str) -> MovementEntry:
    day = _day(random)
    expires = day + timedelta(days=random.randrange(1, 900)) if random.random() < 0.7 else None
    return MovementEntry(
        document=document, kind="in", storehouse=unit, item_code="TENT", lot=document,
        quantity=random.randrange(1, 25), occurred_on=day, expires_on=expires,
    )  # fmt: skip


def _maybe(random: Random) -> date | None:
    return _day(random) if random.random() < 0.6 else None


def _day(random: Random) -> date:
    """Any day, or the last one of any month."""
    day = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
    return day.replace(day=1) - timedelta(days=1) if random.random() < 0.5 else day
