"""Tiered plans with the dates of their life: some never approved, some filed or assessed late, some replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta

from sample_district.district import TODAY, District, Plan, Unit, day_between, past, quality, working_day
from sample_district.ledger import Row
from sample_district.words import words

_LETTERS = {
    "overall": "ZT", "special": "ZX", "departmental": "BM", "comprehensive": "ZH", "on_site": "XC"
}  # fmt: skip
_THREE_YEARS = timedelta(days=3 * 365)


def make_plans(district: District) -> None:
    """Write every unit's plans; those that others refer to come first."""
    maker = _PlanMaker(district)
    maker.district_plans()
    maker.department_plans()
    maker.street_plans()
    maker.community_plans()
    maker.unit_plans()
    _number_filings(district)


def plan_rows(district: District) -> list[Row]:
    """The plans' ledger."""
    return [_row(plan) for plans in district.plans.values() for plan in plans]


def _row(plan: Plan) -> Row:
    return {name: value for name, value in asdict(plan).items() if name != "unit"} | {
        "unit_code": plan.unit.code
    }


class _PlanMaker:
    def __init__(self, district: District) -> None:
        self._district = district
        self._dice = district.dice("plans")
        self._serials: Counter[str] = Counter()
        self._titles = words("hazards")["titles"]
        self._overall = ""
        self._special: dict[str, str] = {}
        self._street: dict[str, str] = {}

    def district_plans(self) -> None:
        root = self._district.units[0]
        self._overall = self._write(
            root, "district", "overall", next(iter(words("hazards")["hazard"])), ""
        ).number
        for hazard in words("hazards")["plans"]["district_special"]:
            self._special[hazard] = self._write(root, "district", "special", hazard, self._overall).number

    def department_plans(self) -> None:
        for unit in self._district.of_kind("department"):
            for hazard in words("hazards")["departmental"][unit.code]:
                self._write(
                    unit, "district", "departmental", hazard, self._special.get(hazard, self._overall)
                )

    def street_plans(self) -> None:
        whole = next(iter(words("hazards")["hazard"]))
        for unit in self._district.of_kind("street"):
            self._street[unit.code] = self._write(unit, "street", "overall", whole, self._overall).number
            for hazard in words("hazards")["plans"]["street_special"]:
                self._write(unit, "street", "special", hazard, self._special[hazard])

    def community_plans(self) -> None:
        whole = next(iter(words("hazards")["hazard"]))
        for unit in self._district.of_kind("community"):
            if self._dice.random() < 0.35 + 0.55 * quality(unit, TODAY):
                self._write(unit, "community", "overall", whole, self._street[unit.street])

    def unit_plans(self) -> None:
        for unit in self._district.units:
            if unit.trade:
                for kind, hazard in self._kinds_of(unit):
                    own = self._district.plans.get(unit.code)
                    parent = own[-1].number if own and kind == "special" else self._street[unit.street]
                    self._write(
                        unit, "unit", kind, hazard, own[0].number if own and kind == "on_site" else parent
                    )

    def _kinds_of(self, unit: Unit) -> Iterator[tuple[str, str]]:
        assert unit.trade is not None
        hazards: list[str] = unit.trade["plans"]
        good = quality(unit, TODAY)
        if unit.high_risk or (unit.headcount or 0) >= 40 or self._dice.random() < good:
            yield "comprehensive", next(iter(words("hazards")["hazard"]))
        if (unit.headcount or 0) > 100:
            yield "special", hazards[0]
        for position, hazard in enumerate(hazards[:3]):
            if position == 0 or self._dice.random() < good * 0.2:
                yield "on_site", hazard

    def _write(self, unit: Unit, tier: str, kind: str, hazard: str, parent: str) -> Plan:
        plan = self._new(unit, tier, kind, hazard, parent)
        good = quality(unit, TODAY)
        if tier in ("unit", "community") and self._dice.random() < (1 - good) * 0.22:
            return plan  # still a draft
        self._publish(plan, self._first_day(unit, tier), good)
        plan = self._review(plan, good)
        if unit.valid_to and unit.valid_to <= TODAY:
            plan.retired_on = unit.valid_to
        return plan

    def _new(self, unit: Unit, tier: str, kind: str, hazard: str, parent: str) -> Plan:
        key = f"{unit.code}-{_LETTERS[kind]}"
        self._serials[key] += 1
        title = self._title(unit, tier, kind, hazard)
        plan = Plan(f"{key}-{self._serials[key]:02}", title, unit, tier, kind, hazard, parent, "")
        self._district.plans.setdefault(unit.code, []).append(plan)
        return plan

    def _title(self, unit: Unit, tier: str, kind: str, hazard: str) -> str:
        named = f"{kind}_{tier}" if f"{kind}_{tier}" in self._titles else kind
        scope = self._titles["scope_enterprise" if unit.kind in ("enterprise", "site") else "scope_public"]
        return str(self._titles[named].format(unit=unit.name, hazard=hazard, scope=scope))

    def _first_day(self, unit: Unit, tier: str) -> date:
        if unit.kind == "site" and unit.valid_from:
            return working_day(unit.valid_from + timedelta(days=self._dice.randint(5, 40)))
        last = date(2023, 12, 31) if tier in ("district", "street") else date(2025, 3, 31)
        return working_day(day_between(self._dice, date(2021, 3, 1), last))

    def _publish(self, plan: Plan, day: date, good: float) -> None:
        plan.published_on = day
        plan.approved_on = day - timedelta(days=self._dice.randint(1, 18))
        plan.version = words("hazards")["plans"]["version"].format(year=day.year)
        chance = self._dice.random()
        if chance < good:
            plan.filed_on = _reached(plan.unit, day + timedelta(days=self._dice.randint(5, 24)))
        elif chance < good + (1 - good) * 0.55:
            plan.filed_on = _reached(plan.unit, day + timedelta(days=self._dice.randint(45, 160)))

    def _review(self, plan: Plan, good: float) -> Plan:
        """Assess or replace the plan when its three years are over, late or never where things go badly."""
        assert plan.published_on is not None
        due = plan.published_on + _THREE_YEARS
        chance = self._dice.random()
        if due > TODAY + timedelta(days=60) or chance > good + (1 - good) * 0.5:
            return plan
        late = chance > good
        late_by = self._dice.randint(40, 300) if late else self._dice.randint(-75, -3)
        day = _reached(plan.unit, due + timedelta(days=late_by))
        if day is None:
            return plan
        if self._dice.random() < 0.6:
            plan.assessed_on = day
            return plan
        return self._replace(plan, day, good)

    def _replace(self, plan: Plan, day: date, good: float) -> Plan:
        new = self._new(plan.unit, plan.tier, plan.kind, plan.hazard, plan.parent_number)
        self._publish(new, day, good)
        plan.retired_on = day
        return new


def _reached(unit: Unit, day: date) -> date | None:
    """The working day then, unless it is still to come or the unit is no more."""
    day = working_day(day)
    return day if past(day) and unit.is_active(day) else None


def _number_filings(district: District) -> None:
    """Filing numbers run by receiving office and year in the order of filing."""
    table = words("hazards")["plans"]
    serials: Counter[tuple[str, int]] = Counter()
    filed = [plan for plans in district.plans.values() for plan in plans if plan.filed_on]
    areas = {street.code: street.area for street in district.of_kind("street")}
    for plan in sorted(filed, key=lambda plan: (plan.filed_on or TODAY, plan.number)):
        year = (plan.filed_on or TODAY).year
        key = areas[plan.unit.street] if _files_with_street(plan.unit) else ""
        serials[key, year] += 1
        pattern = table["filing_street"] if key else table["filing"]
        plan.filing_number = pattern.format(street=key, year=year, number=serials[key, year])


def _files_with_street(unit: Unit) -> bool:
    return not unit.is_government and not unit.high_risk and not unit.crowded
