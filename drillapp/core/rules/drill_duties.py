"""Every drill that the rules ask for within a year, window by window, with what settles it or has settled it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from drillapp.core.dates import months_after
from drillapp.core.law import Rule
from drillapp.core.office import Office
from drillapp.core.rules.book import rule_book
from drillapp.core.rules.duty_facts import (
    Held,
    Year,
    each_plan,
    first_plans,
    held_by_plan,
    held_by_unit,
    last_before,
    units_concerned,
)
from drillapp.core.rules.settlings import Settling
from drillapp.core.rules.terms import Term, due_after, windows_ending_in
from drillapp.core.uncollected import uncollected

_DAY = timedelta(days=1)
_OfPlan = tuple[int | None, str | None, str | None, str | None]
_Settled = tuple[int | None, str | None, date | None]


class DrillDuty(msgspec.Struct, frozen=True, gc=False):
    """A drill that a rule asks of a unit within a year."""

    unit_id: int
    unit: str
    """The unit's code."""
    unit_name: str
    unit_kind: str
    rule: str
    title: str
    article: str
    begins_on: date
    ends_on: date
    is_rolling: bool
    """Whether the time runs from the last drill; then it ends when that runs out, or with the year."""
    plan_id: int | None
    """The plan it is asked of; None where it is asked of the unit as a whole."""
    plan_number: str | None
    plan_title: str | None
    plan_hazard: str | None
    plan_kinds: tuple[str, ...]
    """Only a drill of a plan of these kinds settles it."""
    hazards: tuple[str, ...]
    """Only a drill settles it whose hazard has one of these words."""
    evacuation: bool
    """Only a drill in which people are evacuated settles it."""
    content: str | None
    """The content that it had best have."""
    form: str | None
    """The form that it had best have."""
    drill_id: int | None
    """The drill that settled it already."""
    drill_number: str | None
    held_on: date | None


class _Asks(NamedTuple):
    """A rule with what its duties of a year are told from."""

    rule: Rule
    term: Term
    windows: list[tuple[date, date]]
    """The windows of the calendar in the year."""
    settles: int
    """The bit in the masks of drills that settle it."""

    @classmethod
    def of(cls, rule: Rule, year: Year) -> _Asks:
        """What a rule asks in a year."""
        term = Term.of(rule)
        windows = windows_ending_in(term, year.first.year) if term.begins else []
        settles = 0 if rule.per == "plan" else 1 << year.book.settlings.index(Settling.of(rule))
        return cls(rule, term, windows, settles)


class _Asked(NamedTuple):
    """One thing asked, as its spans in the year are told from it."""

    begin: date | None
    """From when it is asked."""
    end: date | None
    """From when it is asked no more."""
    last: date | None
    """When it was last done before the year."""
    held: Sequence[Held]
    """What settles it within the year."""


_Span = tuple[date, date, Held | None]
"""The first and last day of a duty, and the drill that settled it."""


def drill_duties(office: Office, unit_id: int | None, year: int) -> list[DrillDuty]:
    """The duties of a unit and those below it (None: of all units) in a calendar year, by units and days.

    Units that were there, or will be, when a window begins; plans that are in force on the office's date.
    """
    span = Year(date(year, 1, 1), date(year, 12, 31), office.as_of, unit_id, rule_book(office))
    rules = [rule for rule in span.book.drill_rules if _is_valid_in(rule, span)]
    with office.read() as connection, uncollected():
        found = [*_of_units(connection, span, [rule for rule in rules if rule.per == "unit"])]
        for rule in rules:
            if rule.per == "plan":
                found += _of_plans(connection, span, rule)
        found.sort(key=lambda duty: (duty.unit, duty.ends_on, duty.rule))
    return found


def _is_valid_in(rule: Rule, year: Year) -> bool:
    begun = rule.valid_from is None or rule.valid_from <= year.last
    return begun and (rule.valid_to is None or rule.valid_to >= year.first)


def _of_units(connection: Connection, year: Year, rules: Sequence[Rule]) -> Iterator[DrillDuty]:
    units = units_concerned(connection, year, rules)
    plans = first_plans(connection, year, {kind for rule in rules for kind in rule.plan_kinds})
    before = last_before(connection, year, [rule for rule in rules if not rule.begins])
    held = held_by_unit(connection, year)
    asks = [_Asks.of(rule, year) for rule in rules]
    by_mask: dict[int, list[_Asks]] = {}
    for unit in units:
        concerned = by_mask.get(unit.mask)
        if concerned is None:
            concerned = [ask for bit, ask in enumerate(asks) if unit.mask >> bit & 1]
            by_mask[unit.mask] = concerned
        drills = held.get(unit.id, ())
        for ask in concerned:
            begin = unit.valid_from
            if ask.rule.plan_kinds:
                begins = [plans[unit.id, kind] for kind in ask.rule.plan_kinds if (unit.id, kind) in plans]
                if not begins:
                    continue
                begin = _latest(begin, min(begins))
            settling = [drill for drill in drills if drill.mask & ask.settles]
            asked = _Asked(begin, unit.valid_to, before.get((unit.id, ask.settles)), settling)
            for span in _spans(ask, asked, year):
                yield _duty(unit, ask.rule, None, span)


def _of_plans(connection: Connection, year: Year, rule: Rule) -> Iterator[DrillDuty]:
    plans = each_plan(connection, year, rule)
    units = {unit.id: unit for unit in units_concerned(connection, year, [rule])}
    held = held_by_plan(connection, year, [plan.id for plan in plans])
    ask = _Asks.of(rule, year)
    for plan in plans:
        unit = units.get(plan.unit_id)
        if unit is None:
            continue
        drills = held.get(plan.id, [])
        last = max((drill.on for drill in drills if drill.on < year.first), default=None)
        within = [drill for drill in drills if drill.on >= year.first]
        asked = _Asked(_latest(unit.valid_from, plan.begin), unit.valid_to, last, within)
        for span in _spans(ask, asked, year):
            yield _duty(unit, rule, plan, span)


def _spans(ask: _Asks, asked: _Asked, year: Year) -> Iterator[_Span]:
    begin = _latest(asked.begin, ask.rule.valid_from)
    last_day = ask.rule.valid_to
    # What a rule would ask by a day on which it is asked no more, it does not ask.
    end = min((day for day in (asked.end, last_day and last_day + _DAY) if day), default=None)
    if not ask.windows:
        yield from _rolling(ask.term, asked._replace(begin=begin, end=end), year)
        return
    for first, last in ask.windows:
        if (begin is None or begin <= first) and (end is None or end > last):
            yield first, last, next((drill for drill in asked.held if first <= drill.on <= last), None)


def _rolling(term: Term, asked: _Asked, year: Year) -> Iterator[_Span]:
    """Each time the time runs out within the year; what ran out before, or never began to run, is due by its end."""
    first = year.first
    due = due_after(term, asked.last, asked.begin)
    if due is None or due < first:
        due = year.last
    while due <= year.last and (asked.end is None or asked.end > due):
        drill = next((drill for drill in asked.held if drill.on >= first), None)
        yield first, due, drill
        done = drill.on if drill else due
        first, due = done + _DAY, months_after(done, term.months)


def _latest(day: date | None, other: date | None) -> date | None:
    return max(day, other) if day and other else day or other


def _duty(unit: Any, rule: Rule, plan: Any, span: _Span) -> DrillDuty:
    first, last, drill = span
    of_plan: _OfPlan = (plan.id, plan.number, plan.title, plan.hazard) if plan else (None, None, None, None)
    settled: _Settled = (drill.id, drill.number, drill.on) if drill else (None, None, None)
    return DrillDuty(
        unit.id, unit.code, unit.name, unit.kind, rule.id, rule.title, rule.article, first, last, rule.window is None,
        *of_plan, rule.plan_kinds, rule.hazards, rule.evacuation, rule.content, rule.form,
        *settled,
    )  # fmt: skip
