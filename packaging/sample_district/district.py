"""The facts being made, and the measure of how well each sub-district works."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sample_district.words import words

TODAY = date(2026, 11, 20)
"""The day the sample is written for: nothing has happened after it, drills are planned beyond it."""
_TREND_STARTS = date(2024, 12, 1)
_DISTRICT_QUALITY = (0.8, 0.92)


@dataclass(slots=True)
class Unit:
    """An organisation; `street` is the code of the sub-district it lies in, empty for the district's own."""

    code: str
    name: str
    kind: str
    parent_code: str
    street: str
    area: str
    sectors: tuple[str, ...] = ()
    trade: dict[str, Any] | None = None
    address: str = ""
    headcount: int | None = None
    high_risk: bool = False
    crowded: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    bias: float = 0.0

    def is_active(self, day: date) -> bool:
        """Whether the unit existed on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )

    @property
    def is_government(self) -> bool:
        """Whether the unit is the district, a department or a sub-district."""
        return self.kind in ("district", "department", "street")


@dataclass(slots=True)
class Post:
    """A post with the cards it should have."""

    unit: Unit
    name: str
    sector: str
    key_post: bool
    cards: list[str]


@dataclass(slots=True)
class Person:
    """An invented person."""

    unit: Unit
    name: str
    post: str
    phone: str
    key_person: bool


@dataclass(slots=True)
class Plan:
    """A plan with the dates of its life."""

    number: str
    title: str
    unit: Unit
    tier: str
    kind: str
    hazard: str
    parent_number: str
    version: str
    approved_on: date | None = None
    published_on: date | None = None
    filed_on: date | None = None
    filing_number: str = ""
    assessed_on: date | None = None
    retired_on: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the plan was published and not yet retired on the day."""
        return self.published_on is not None and self.published_on <= day and not self.is_retired(day)

    def is_retired(self, day: date) -> bool:
        """Whether the plan had been abolished by the day."""
        return self.retired_on is not None and self.retired_on <= day


@dataclass(slots=True)
class Drill:
    """A drill of the programme; held when it has a start."""

    number: str
    unit: Unit
    title: str
    plan: Plan
    hazard: str
    """What it is held against, where that is not what its plan is."""
    evacuation: bool | None
    content: str
    form: str
    purpose: str
    planned_on: date
    place: str
    leader: str
    expected: int
    started_at: datetime | None = None
    ended_at: datetime | None = None
    participants: int | None = None
    rating: str = ""
    third_party: bool | None = None
    reported_on: date | None = None

    @property
    def against(self) -> str:
        """What it is held against."""
        return self.hazard or self.plan.hazard


@dataclass(slots=True)
class District:
    """Everything made so far; each maker adds its own part."""

    seed: str
    units: list[Unit] = field(default_factory=list)
    posts: dict[str, list[Post]] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)
    plans: dict[str, list[Plan]] = field(default_factory=dict)
    drills: list[Drill] = field(default_factory=list)

    def dice(self, part: str) -> random.Random:
        """Chance for one part alone, so that changing a part leaves the others as they were."""
        return random.Random(f"{self.seed}:{part}")

    def unit(self, code: str) -> Unit:
        """The unit with the code."""
        return next(unit for unit in self.units if unit.code == code)

    def of_kind(self, *kinds: str) -> list[Unit]:
        """The units of these kinds in order."""
        return [unit for unit in self.units if unit.kind in kinds]

    def holder(self, unit: Unit, post: str) -> Person:
        """The first person at the unit's post, or the unit's first person."""
        people = self.people[unit.code]
        return next((person for person in people if person.post == post), people[0])


def quality(unit: Unit, day: date) -> float:
    """How likely the unit is to do on that day what it should, from 0.03 to 0.99."""
    start, end = words("names")["street_quality"].get(unit.street, _DISTRICT_QUALITY)
    share = min(1.0, max(0.0, (day - _TREND_STARTS).days / (TODAY - _TREND_STARTS).days))
    return min(0.99, max(0.03, float(start + (end - start) * share + unit.bias)))


def day_between(dice: random.Random, first: date, last: date) -> date:
    """Some day from first to last."""
    return first + timedelta(days=dice.randint(0, max(0, (last - first).days)))


def working_day(day: date) -> date:
    """The day, or the next one that is neither a weekend nor in the long holidays."""
    while day.weekday() >= 5 or (day.month, day.day) in _HOLIDAYS or _is_spring_festival(day):
        day += timedelta(days=1)
    return day


def past(day: date | None) -> date | None:
    """The day unless it is still to come."""
    return day if day is not None and day <= TODAY else None


_HOLIDAYS = {(1, 1), *((5, day) for day in range(1, 6)), *((10, day) for day in range(1, 9))}


def _is_spring_festival(day: date) -> bool:
    starts = {2025: date(2025, 1, 28), 2026: date(2026, 2, 15)}.get(day.year)
    return starts is not None and starts <= day <= starts + timedelta(days=8)
