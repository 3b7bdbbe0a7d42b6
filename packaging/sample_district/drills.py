"""Two years of drills, held, put off, missed and planned ahead."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from sample_district.district import (
    TODAY,
    District,
    Drill,
    Plan,
    Unit,
    past,
    quality,
    working_day,
)
from sample_district.ledger import Row
from sample_district.words import words

_HALVES = (
    (date(2024, 7, 8), date(2024, 12, 26)),
    (date(2025, 1, 6), date(2025, 6, 26)),
    (date(2025, 7, 1), date(2025, 12, 26)),
    (date(2026, 1, 5), date(2026, 6, 26)),
    (date(2026, 7, 1), date(2026, 12, 25)),
)
_YEARS = ((date(2024, 9, 2), date(2024, 12, 26)), (date(2025, 1, 6), date(2025, 12, 26)), (date(2026, 1, 5), date(2026, 12, 25)))  # fmt: skip
_TERMS = ((9, 30), (10, 31), (11, 30), (12, 25), (3, 31), (4, 30), (5, 31), (6, 26))
"""Months of school with the last day on which a drill is held in them."""
_QUARTERS = ((3, 31), (6, 26), (9, 30), (12, 25))
_EVACUATED = ("地震", "人员拥挤踩踏", "大客流")
_FIRE, _QUAKE = "火灾", "地震"
_RATINGS = ("poor", "fair", "good", "excellent")


def make_drills(district: District) -> None:
    """Plan each unit's drills, and hold as many of them as the unit's quality makes likely."""
    maker = _DrillMaker(district)
    for unit in district.units:
        for first, last, theme in _windows(unit, maker.dice):
            maker.plan(unit, first, last, theme)
    district.drills.sort(key=lambda drill: (drill.planned_on, drill.number))


def drill_rows(district: District) -> list[Row]:
    """The drills' ledger."""
    return [_row(drill) for drill in district.drills]


def _row(drill: Drill) -> Row:
    facts = {name: value for name, value in asdict(drill).items() if name not in ("unit", "plan")}
    return facts | {"unit_code": drill.unit.code, "plan_number": drill.plan.number}


_Window = tuple[date, date, str]
"""When a drill is to be held, and its theme: fire, evacuation, the kind of its plan, or none in particular."""


def _windows(unit: Unit, dice: random.Random) -> Iterator[_Window]:
    if unit.kind in ("street", "district"):
        yield from ((*window, "") for window in _HALVES + _HALVES[1:])
    elif unit.kind == "department":
        yield from ((*window, "") for window in _YEARS[1:])
    elif unit.kind == "community":
        for window in _YEARS[1:]:
            if dice.random() < 0.45 + 0.5 * quality(unit, window[1]):
                yield (*window, "")
    elif unit.kind == "school":
        yield from _school_windows(_QUARTERS if "幼儿园" in unit.name else _TERMS)
    else:
        of_fire = "fire_safety" in unit.sectors
        yield from ((*window, "fire" if of_fire else "on_site") for window in _HALVES)
        yield from ((*window, "comprehensive" if of_fire else "comprehensive fire") for window in _YEARS[1:])


def _school_windows(months: tuple[tuple[int, int], ...]) -> Iterator[_Window]:
    """An evacuation drill in each of these months, against fire when the term begins and in the month of 9 November."""
    for year in (2025, 2026):
        for month, last in months:
            if (year, month) >= (2025, 3):
                yield date(year, month, 3), date(year, month, last), "evacuation"


class _DrillMaker:
    def __init__(self, district: District) -> None:
        self.dice = district.dice("drills")
        self._district = district
        self._serials: Counter[str] = Counter()
        self._phases: dict[str, float] = {}
        self._words = words("hazards")

    def plan(self, unit: Unit, first: date, last: date, theme: str) -> None:
        """Put a drill into the programme between the two days, if the unit makes one at all."""
        day = self._day(unit, first, last)
        good = quality(unit, min(day, TODAY))
        if self.dice.random() > 0.25 + 0.75 * good:
            return
        delay = self.dice.randint(1, 18) if self.dice.random() < 0.15 else 0
        held_on = working_day(day + timedelta(days=delay))
        plan = self._plan_for(unit, day, held_on, theme)
        if plan is None or not unit.is_active(held_on):
            return
        drill = self._new(unit, plan, day, theme)
        self._district.drills.append(drill)
        if past(held_on) and self.dice.random() < 0.35 + 0.65 * good:
            self._hold(drill, held_on, good)

    def _day(self, unit: Unit, first: date, last: date) -> date:
        """Each unit has its own time of the half-year or year, give or take two weeks."""
        phase = self._phases.setdefault(unit.code, self.dice.random())
        day = first + (last - first) * phase + timedelta(days=self.dice.randint(-14, 14))
        return working_day(min(last, max(first, day)))

    def _plan_for(self, unit: Unit, day: date, held_on: date, theme: str) -> Plan | None:
        plans = [
            p for p in self._district.plans.get(unit.code, []) if p.in_force(day) and p.in_force(held_on)
        ]
        plans = _of_theme(plans, theme) or ([] if theme == "comprehensive" else plans)
        if not plans:
            return None
        season = self._words["season"]
        weights = [self._weight(season.get(plan.hazard), held_on.month) for plan in plans]
        return self.dice.choices(plans, weights)[0]

    def _weight(self, months: list[int] | None, month: int) -> float:
        if months is None:
            return 1.0
        return 4.0 if month in months else 0.15

    def _new(self, unit: Unit, plan: Plan, day: date, theme: str) -> Drill:
        key = f"{unit.code}-YL-{day.year}"
        self._serials[key] += 1
        hazard = _hazard(plan, day, theme)
        is_live = "fire" in theme or theme == "evacuation"
        tabletop = not is_live and self.dice.random() < (
            0.6 if plan.kind in ("overall", "departmental") else 0.2
        )
        single = plan.kind == "on_site" or (plan.kind == "special" and self.dice.random() < 0.3)
        purpose = self.dice.choices(("testing", "demonstration", "research"), (80, 14, 6))[0]
        place = self.dice.choice(self._words["drills"]["rooms" if tabletop else "grounds"])
        expected = self._expected(unit, tabletop)
        evacuated = hazard in _EVACUATED or (hazard == _FIRE and unit.crowded)
        return Drill(
            f"{key}-{self._serials[key]:02}", unit, self._title(unit, hazard, day, tabletop), plan,
            hazard if hazard != plan.hazard else "",
            True if theme == "evacuation" or (evacuated and not tabletop) else None,
            "single" if single else "comprehensive", "tabletop" if tabletop else "live", purpose, day, place,
            self._district.people[unit.code][0].name, expected,
        )  # fmt: skip

    def _title(self, unit: Unit, hazard: str, day: date, tabletop: bool) -> str:
        pattern = self._words["drills"]["street" if unit.is_government else "title"]
        name = self._words["hazard"][hazard]["drill"]
        tail = self._words["drills"]["tabletop"] if tabletop else ""
        return str(pattern.format(year=day.year, unit=unit.name, name=name)) + tail

    def _expected(self, unit: Unit, tabletop: bool) -> int:
        if tabletop:
            return self.dice.randint(8, 30)
        return max(6, min(unit.headcount or 20, 400) * self.dice.randint(35, 90) // 100)

    def _hold(self, drill: Drill, day: date, good: float) -> None:
        start = datetime.combine(
            day, time(self.dice.choice((9, 10, 14, 15)), self.dice.choice((0, 5, 15, 30)))
        )
        drill.started_at = start
        drill.ended_at = start + timedelta(minutes=self._minutes(drill.against))
        drill.participants = max(4, drill.expected * self.dice.randint(int(60 + 30 * good), 100) // 100)
        drill.rating = _RATINGS[min(3, max(0, round(self.dice.gauss(0.4 + 2.4 * good, 0.7))))]
        drill.third_party = self.dice.random() < (0.3 if drill.unit.is_government else 0.07)
        if self.dice.random() < 0.35 + 0.65 * good:
            drill.reported_on = past(working_day(day + timedelta(days=self.dice.randint(1, 12))))

    def _minutes(self, hazard: str) -> int:
        script = self._words["hazard"][hazard]["script"]
        if script:
            return int(words("scripts")[script][-1][0]) + 3
        return self.dice.randint(5, 18) * 5


def _of_theme(plans: list[Plan], theme: str) -> list[Plan]:
    """The plans that a drill of the theme is held after."""
    if theme == "evacuation":
        return [plan for plan in plans if plan.hazard in (_QUAKE, _FIRE)]
    kinds = ("comprehensive", "special") if theme.startswith("comprehensive") else ("on_site",)
    of_kind = [plan for plan in plans if theme and plan.kind in kinds]
    return [plan for plan in of_kind if theme == "fire" and plan.hazard == _FIRE] or of_kind


def _hazard(plan: Plan, day: date, theme: str) -> str:
    """What is drilled against: what the plan is, unless the theme says otherwise."""
    if theme == "evacuation":
        return _FIRE if day.month in (3, 9, 11) else _QUAKE
    return _FIRE if "fire" in theme else plan.hazard
