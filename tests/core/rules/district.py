"""A small district of random facts, many of them on the last days of months, where counting in months goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

FIRST, LAST = date(2022, 1, 31), date(2026, 11, 24)
OWN = "110102"


class UnitTold(NamedTuple):
    """A unit: what the law asks of it follows from its kind, its risk, its sector and its name."""

    code: str
    kind: str
    above: str | None
    name: str
    high_risk: bool = False
    crowded: bool = False
    sector: str | None = None
    begin: date | None = None
    end: date | None = None


UNITS = (
    UnitTold(OWN, "district", None, OWN),
    UnitTold("D", "department", OWN, "D"),
    UnitTold("S", "street", OWN, "S"),
    UnitTold("C", "community", "S", "C"),
    UnitTold("E", "enterprise", "C", "E", high_risk=True, sector="hazardous_chemicals"),
    UnitTold("R", "site", "S", "R", high_risk=True, crowded=True),
    UnitTold("M", "hospital", "S", "M", crowded=True, sector="fire_safety"),
    UnitTold("F", "enterprise", "C", "F"),
    UnitTold("H", "school", "S", "西里小学"),
    UnitTold("G", "school", "S", "西里幼儿园"),
    UnitTold("O", "other", "S", "O"),
)
KEY_POSTS = "CEM"
"""The units with a key post."""
PLAN_KINDS = {
    "district": ("overall", "special"), "department": ("departmental",), "street": ("overall", "special"),
    "community": ("overall", None), "enterprise": ("comprehensive", "special", "on_site"), "site": ("on_site",),
}  # fmt: skip


class VersionTold(NamedTuple):
    """A version of a plan with the days of its life."""

    approved: date | None
    published: date | None
    filed: date | None = None
    sent_back: date | None = None
    reviewed: date | None = None
    is_rejected: bool = False
    cause: date | None = None
    """When there was cause to revise it."""
    text: str = ""
    """whole, part, or nothing is written."""

    @property
    def begin(self) -> date | None:
        """When it comes into force."""
        return self.published or self.approved

    def days(self) -> Iterator[date]:
        """All days on which something happened to it."""
        told = self.approved, self.published, self.filed, self.sent_back, self.reviewed, self.cause
        yield from (day for day in told if day is not None)

    def until(self, day: date) -> VersionTold:
        """What was known of it on a day; an approval is told together with the publication that follows it."""
        known = self._replace(**{name: _by(getattr(self, name), day) for name in _DAYS_OF_VERSION})
        waits = self.published is not None and known.published is None
        return known._replace(approved=None) if waits else known


_DAYS_OF_VERSION = ("approved", "published", "filed", "sent_back", "reviewed", "cause")


def _by(told: date | None, day: date) -> date | None:
    """A day, where it is not later than another."""
    return told if told is not None and told <= day else None


class PlanTold(NamedTuple):
    """A plan with its versions."""

    number: str
    unit: str
    kind: str | None
    hazard: str
    versions: tuple[VersionTold, ...]
    assessed: date | None = None
    retired: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether any of its versions is in force on a day."""
        begins = [version.begin for version in self.versions if version.begin]
        return bool(begins) and min(begins) <= day < (self.retired or date.max)

    def days(self) -> list[date]:
        """All days on which something happened to it, but its end."""
        found = [day for version in self.versions for day in version.days()]
        return [*found, self.assessed] if self.assessed else found


class DrillTold(NamedTuple):
    """A drill, held or only planned, with what was noted of it after."""

    number: str
    unit: str
    planned: date
    ended: date | None
    hour: int
    plan: str | None
    hazard: str | None
    evacuation: bool
    is_event: bool
    guests: tuple[str, ...]
    expected: int | None
    came: int | None
    rating: str | None
    verdict: date | None
    sheet: date | None
    reported: date | None


class FindingTold(NamedTuple):
    """A finding of a drill."""

    text: str
    drill: str
    unit: str
    due: date | None
    done: date | None
    verified: date | None
    borne_until: date | None


class LotTold(NamedTuple):
    """Goods that came into a unit's storehouse, a part of them lent and brought back."""

    name: str
    unit: str
    item: str
    came: date
    quantity: int
    expires: date | None
    lent: date | None
    lent_quantity: int
    lent_until: date | None
    back: date | None
    back_quantity: int


class CardTold(NamedTuple):
    """A card of the key post of a unit."""

    number: str
    unit: str
    issued: date | None
    valid_until: date | None
    plan: str | None


class TeamTold(NamedTuple):
    """A rescue team."""

    name: str
    unit: str
    kind: str | None
    leader: str | None
    people: int | None
    minutes: int | None
    insured: date | None
    member_insured: date | None
    has_member: bool
    agreed_from: date | None
    agreed_until: date | None
    retired: date | None


class DoneTold(NamedTuple):
    """A unit's storehouse was counted as a whole, or its pumps were inspected, on a day."""

    unit: str
    day: date


@dataclass
class Facts:
    """Everything that was entered."""

    units: list[UnitTold] = field(default_factory=list)
    plans: list[PlanTold] = field(default_factory=list)
    drills: list[DrillTold] = field(default_factory=list)
    findings: list[FindingTold] = field(default_factory=list)
    levels: dict[tuple[str, str], int] = field(default_factory=dict)
    """What a unit must have of an item."""
    lots: list[LotTold] = field(default_factory=list)
    cards: list[CardTold] = field(default_factory=list)
    teams: list[TeamTold] = field(default_factory=list)
    counts: list[DoneTold] = field(default_factory=list)
    inspections: list[DoneTold] = field(default_factory=list)

    def until(self, day: date) -> Facts:
        """What a ledger holds that nobody wrote in after a day; what has no day was always there."""
        plans = [_plan_until(plan, day) for plan in self.plans if min(plan.days(), default=day) <= day]
        numbers = {plan.number for plan in plans}
        drills = [_drill_until(drill, day) for drill in self.drills if drill.ended and drill.ended <= day]
        held = {drill.number for drill in drills}
        return Facts(
            [unit._replace(end=_by(unit.end, day)) for unit in self.units],
            plans,
            drills,
            [
                one._replace(done=_by(one.done, day), verified=_by(one.verified, day))
                for one in self.findings
                if one.drill in held
            ],
            self.levels,
            [
                lot._replace(lent=_by(lot.lent, day), back=_by(lot.back, day))
                for lot in self.lots
                if lot.came <= day
            ],
            [
                card._replace(plan=card.plan if card.plan in numbers else None)
                for card in self.cards
                if card.issued is None or card.issued <= day
            ],
            [
                team._replace(agreed_from=_by(team.agreed_from, day), retired=_by(team.retired, day))
                for team in self.teams
            ],
            [one for one in self.counts if one.day <= day],
            [one for one in self.inspections if one.day <= day],
        )


def _plan_until(plan: PlanTold, day: date) -> PlanTold:
    first, *later = (version.until(day) for version in plan.versions)
    begun = (first, *(version for version in later if version.begin))
    return plan._replace(versions=begun, assessed=_by(plan.assessed, day), retired=_by(plan.retired, day))


def _drill_until(drill: DrillTold, day: date) -> DrillTold:
    """The verdict brings the rating."""
    decided = drill.verdict is None or drill.verdict <= day
    return drill._replace(
        rating=drill.rating if decided else None, verdict=_by(drill.verdict, day), sheet=_by(drill.sheet, day),
        reported=_by(drill.reported, day),
    )  # fmt: skip


def random_facts(random: Random) -> Facts:
    """What a small district entered in five years."""
    facts = Facts()
    for told in UNITS:
        unit = told if told.code == OWN else _unit(random, told)
        facts.units.append(unit)
        kinds = PLAN_KINDS.get(unit.kind, ("comprehensive",))
        plans = [
            _plan(random, f"{unit.code}-P{i}", unit.code, random.choice(kinds))
            for i in range(random.randrange(3))
        ]
        facts.plans += plans
        facts.drills += [
            _drill(random, f"{unit.code}-D{i}", unit.code, plans) for i in range(random.randrange(4))
        ]
        _supplies(random, facts, unit.code)
        if unit.code in KEY_POSTS:
            facts.cards += [
                _card(random, f"{unit.code}-K{i}", unit.code, plans) for i in range(random.randrange(3))
            ]
        if unit.code in "CERO":
            facts.teams += [_team(random, f"{unit.code}队{i}", unit.code) for i in range(random.randrange(3))]
    held = [drill for drill in facts.drills if drill.ended]
    facts.findings = [_finding(random, f"问题{i}", drill) for i, drill in enumerate(held)]
    return facts


def _unit(random: Random, unit: UnitTold) -> UnitTold:
    begin = _day(random) if _happens(random, 0.4) else None
    end = begin + timedelta(days=random.randrange(200, 1500)) if begin and _happens(random, 0.4) else None
    return unit._replace(begin=begin, end=end)


def _plan(random: Random, number: str, unit: str, kind: str | None) -> PlanTold:
    approved = _day(random)
    first = _version(random, approved, _after(random, approved, 40) if _happens(random, 0.7) else None)
    versions, last = [first], first.begin or approved
    if _happens(random, 0.35):
        begin = last + timedelta(days=random.randrange(60, 700))
        versions.append(_version(random, begin, begin if _happens(random, 0.5) else None))
        last = begin
    if _happens(random, 0.4):  # of the first version, while it is in force
        day = _after(random, first.begin or approved, 59)
        versions[0] = first._replace(cause=day)
    return PlanTold(
        number, unit, kind, random.choice(("火灾", "地震", "内涝")), tuple(versions),
        _after(random, approved, 1500) if _happens(random, 0.3) else None,
        _after(random, last, 1200) if _happens(random, 0.25) else None,
    )  # fmt: skip


def _version(random: Random, approved: date, published: date | None) -> VersionTold:
    filed = _after(random, published, 45) if published and _happens(random, 0.6) else None
    return VersionTold(
        approved, published, filed, filed and (_after(random, filed, 30) if _happens(random, 0.3) else None),
        approved + timedelta(days=random.randrange(-20, 8)) if _happens(random, 0.5) else None, _happens(random, 0.2),
        text=random.choice(("", "whole", "part")),
    )  # fmt: skip


def _drill(random: Random, number: str, unit: str, plans: list[PlanTold]) -> DrillTold:
    day, is_held = _day(random), _happens(random, 0.85)
    in_force = [plan.number for plan in plans if plan.is_in_force(day)]
    expected = random.randrange(1, 20) if _happens(random, 0.7) else None
    verdict = _after(random, day, 40) if _happens(random, 0.3) else None
    return DrillTold(
        number, unit, day, day if is_held else None, random.choice((0, 9, 22)),
        random.choice(in_force) if in_force and _happens(random, 0.7) else None,
        random.choice((None, None, "火灾", "地震")), _happens(random, 0.5), _happens(random, 0.1),
        tuple(random.sample("DSCEH".replace(unit, ""), 1)) if _happens(random, 0.2) else (),
        expected, random.randrange(expected + 1) if expected and _happens(random, 0.8) else None,
        "good" if verdict or _happens(random, 0.2) else None, verdict,
        _after(random, day, 40) if _happens(random, 0.3) else None,
        _after(random, day, 30) if _happens(random, 0.5) else None,
    )  # fmt: skip


def _finding(random: Random, text: str, drill: DrillTold) -> FindingTold:
    done = _after(random, drill.planned, 150) if _happens(random, 0.6) else None
    return FindingTold(
        text, drill.number, random.choice("SCE") if _happens(random, 0.2) else drill.unit,
        _after(random, drill.planned, 60) if _happens(random, 0.6) else None, done,
        _after(random, done, 50) if done and _happens(random, 0.6) else None,
        _after(random, drill.planned, 300) if _happens(random, 0.3) else None,
    )  # fmt: skip


def _supplies(random: Random, facts: Facts, unit: str) -> None:
    for item in ("TENT", "MASK"):
        if _happens(random, 0.6):
            facts.levels[unit, item] = random.randrange(1, 25)
    for item in ("TENT", "MASK", "PUMP"):
        facts.lots += [_lot(random, f"{unit}-{item}{i}", unit, item) for i in range(random.randrange(3))]
    facts.counts += [DoneTold(unit, _day(random)) for _ in range(random.randrange(2))]
    pumps = [lot.came for lot in facts.lots if (lot.unit, lot.item) == (unit, "PUMP")]
    inspected = {_after(random, min(pumps), 900) for _ in range(random.randrange(3))} if pumps else ()
    facts.inspections += [DoneTold(unit, day) for day in sorted(inspected) if day <= LAST]


def _lot(random: Random, name: str, unit: str, item: str) -> LotTold:
    came, quantity = _day(random), random.randrange(1, 25)
    lent = _after(random, came, 300) if _happens(random, 0.4) else None
    share = random.randrange(1, quantity + 1)
    back = _after(random, lent, 300) if lent and _happens(random, 0.6) else None
    return LotTold(
        name, unit, item, came, quantity, _after(random, lent or came, 900) if _happens(random, 0.6) else None,
        lent, share, _after(random, lent, 200) if lent and _happens(random, 0.8) else None,
        back, share if _happens(random, 0.7) else random.randrange(1, share + 1),
    )  # fmt: skip


def _card(random: Random, number: str, unit: str, plans: list[PlanTold]) -> CardTold:
    issued = _day(random) if _happens(random, 0.7) else None
    return CardTold(
        number, unit, issued, _after(random, issued, 700) if issued and _happens(random, 0.5) else None,
        random.choice(plans).number if plans and _happens(random, 0.5) else None,
    )  # fmt: skip


def _team(random: Random, name: str, unit: str) -> TeamTold:
    agreed = _day(random) if _happens(random, 0.5) else None
    return TeamTold(
        name, unit, random.choice(("micro_fire_station", "part_time", "volunteer", None)),
        random.choice(("王", None)), random.choice((None, 5, 6)), random.choice((None, 3, 4)),
        _day(random) if _happens(random, 0.5) else None, _day(random) if _happens(random, 0.5) else None,
        _happens(random, 0.5), agreed, _after(random, agreed, 700) if agreed and _happens(random, 0.5) else None,
        _day(random) if _happens(random, 0.2) else None,
    )  # fmt: skip


def _happens(random: Random, share: float) -> bool:
    return random.random() < share


def _after(random: Random, day: date, most: int) -> date:
    """Some day after another, the same day among them."""
    return day + timedelta(days=random.randrange(most))


def _day(random: Random) -> date:
    """Any day, or the last one of any month."""
    day = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
    return day.replace(day=1) - timedelta(days=1) if _happens(random, 0.5) else day
