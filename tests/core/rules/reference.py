"""Obligations worked out one by one as a person would who goes from unit to unit with the law in hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

import chinese_calendar
from dateutil.relativedelta import relativedelta

from tests.core.rules import drills_reference as drills_law
from tests.core.rules.district import (
    KEY_POSTS,
    CardTold,
    DrillTold,
    Facts,
    PlanTold,
    TeamTold,
    UnitTold,
    VersionTold,
)
from tests.core.rules.supplies_reference import supplies_asked

GOVERNMENT = ("city", "district", "department", "street", "community")
TRADING = ("enterprise", "site", "station")


class Asked(NamedTuple):
    """What a person would write down of an obligation."""

    unit: str
    rule: str
    subject: str
    state: str
    due_on: date | None = None
    late: bool = False
    """It was done after its day."""


def asked(facts: Facts, day: date) -> list[Asked]:
    """What is asked of all units as of a day."""
    found = _drills_asked(facts, day)
    for unit in facts.units:
        if is_there(unit, day):
            found += [
                *_plans_asked(facts, unit, day),
                *_records_asked(facts, unit, day),
                *_findings_asked(facts, unit.code, day),
                *_cards_asked(facts, unit, day),
                *_teams_asked(facts, unit, day),
                *(Asked(unit.code, *one) for one in supplies_asked(facts, unit.code, day)),
            ]
    return found


def is_there(unit: UnitTold, day: date) -> bool:
    """Whether a unit is in effect on a day."""
    return (unit.begin or date.min) <= day < (unit.end or date.max)


def working_days_after(day: date, count: int) -> date:
    """The so many-th working day after a day; the day itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= chinese_calendar.is_workday(day)
    return day


# Plans -----------------------------------------------------------------------------------------------------------------


def in_force(plan: PlanTold, day: date) -> VersionTold | None:
    """The version of a plan in force on a day: the last that has begun."""
    if (plan.retired or date.max) <= day:
        return None
    begun = [version for version in plan.versions if version.begin and version.begin <= day]
    return begun[-1] if begun else None


def _plans_asked(facts: Facts, unit: UnitTold, day: date) -> Iterator[Asked]:
    own = [plan for plan in facts.plans if plan.unit == unit.code]
    current = [(plan, version) for plan in own if (version := in_force(plan, day))]
    if unit.kind != "other":
        recorded = any(min(plan.days(), default=date.min) <= day for plan in own)
        state = "met" if current else "overdue" if recorded else "no_data"
        yield Asked(unit.code, "PL-FORCE", unit.name, state, unit.begin)
    reviewed_ever = any(
        version.reviewed and version.reviewed <= day for plan in own for version in plan.versions
    )
    for plan, version in current:
        yield from _assessed(unit, plan, day)
        yield from _filed(unit, plan, version, day)
        text = {"whole": "met", "part": "overdue", "": "no_data"}[version.text]
        yield Asked(unit.code, "PL-OUT", plan.number, text)
        if unit.high_risk:
            state = "met" if _is_reviewed(version, day) else "overdue" if reviewed_ever else "no_data"
            yield Asked(unit.code, "PL-13", plan.number, state)
        yield from _revised(unit, plan, version, day)


def _assessed(unit: UnitTold, plan: PlanTold, day: date) -> Iterator[Asked]:
    looked_at = [
        plan.assessed,
        *(one for version in plan.versions for one in (version.approved, version.published)),
    ]
    last = max(one for one in looked_at if one and one <= day)
    due = last + relativedelta(months=36)
    yield Asked(unit.code, "PL-09", plan.number, "met" if due >= day else "overdue", due)


def _filed(unit: UnitTold, plan: PlanTold, version: VersionTold, day: date) -> Iterator[Asked]:
    published = version.published
    if published is None or published > day:
        return
    rule, days = filing_rule(unit, plan.kind)
    due = working_days_after(published, days) if days else None
    sent_back = version.sent_back is not None and version.sent_back <= day
    if version.filed and version.filed <= day and not sent_back:
        yield Asked(unit.code, rule, plan.number, "met", due, due is not None and version.filed > due)
    else:
        yield Asked(unit.code, rule, plan.number, "overdue" if due and due < day else "due", due)


def filing_rule(unit: UnitTold, kind: str | None) -> tuple[str, int]:
    """The rule by which a plan of a kind is filed, and its term in working days (0: none)."""
    by_kind = kind in ("overall", "departmental", "joint")
    if by_kind or (unit.kind in GOVERNMENT and kind not in ("comprehensive", "on_site")):
        own = {"community": "PL-05", "street": "PL-04", "department": "PL-03-DEPARTMENT"}.get(unit.kind)
        special = unit.kind in ("city", "district") and kind in ("special", "joint")
        return own or ("PL-03-SPECIAL" if special else "PL-03-OVERALL"), 20
    if unit.high_risk:
        return ("PL-02" if unit.sector == "hazardous_chemicals" else "PL-01"), 20
    return ("PL-01-CROWDED", 20) if unit.crowded else ("PL-06", 0)


def _is_reviewed(version: VersionTold, day: date) -> bool:
    """Before it was signed, and before it was published."""
    if version.reviewed is None or version.reviewed > day or version.is_rejected:
        return False
    before = [one for one in (version.approved, version.published) if one and one <= day]
    return all(version.reviewed <= one for one in before)


def _revised(unit: UnitTold, plan: PlanTold, version: VersionTold, day: date) -> Iterator[Asked]:
    causes = [(one.cause, one) for one in plan.versions if one.cause and one.cause <= day]
    for cause, of in causes:  # the first version's alone, so there is at most one
        due = cause + relativedelta(months=6)
        if of is not version:
            done = next(one.begin for one in plan.versions[plan.versions.index(of) + 1 :] if one.begin)
            yield Asked(unit.code, "PL-11", plan.number, "met", due, done > due)
        else:
            yield Asked(unit.code, "PL-11", plan.number, "overdue" if due < day else "due", due)


# Drills ----------------------------------------------------------------------------------------------------------------


def _drills_asked(facts: Facts, day: date) -> list[Asked]:
    units = [
        drills_law.Unit(
            unit.code, unit.kind, unit.name, unit.high_risk, unit.crowded, unit.sector == "fire_safety", unit.begin,
            unit.end,
        )
        for unit in facts.units
    ]  # fmt: skip
    plans = [
        drills_law.Plan(
            plan.number, plan.unit, plan.kind or "", plan.hazard,
            min((one.begin for one in plan.versions if one.begin), default=date.max), plan.retired,
        )
        for plan in facts.plans
    ]  # fmt: skip
    held = [
        drills_law.Drill(
            drill.number, drill.unit, drill.ended, drill.plan, drill.hazard, drill.evacuation, drill.is_event,
            guests=drill.guests,
        )
        for drill in facts.drills
        if drill.ended
    ]  # fmt: skip
    names = {unit.code: unit.name for unit in facts.units}
    found = drills_law.asked_on(drills_law.Drills(units, plans, held), day)
    return [Asked(one.unit, one.rule, one.plan or names[one.unit], one.state, one.due_on) for one in found]


def _records_asked(facts: Facts, unit: UnitTold, day: date) -> Iterator[Asked]:
    for drill in facts.drills:
        if drill.unit != unit.code or drill.ended is None or drill.is_event or drill.ended > day:
            continue
        if drill.ended > day - relativedelta(months=12):
            yield Asked(unit.code, "DR-21", drill.number, _attended(drill))
        if drill.ended > day - relativedelta(months=24):
            yield _within_days("DR-19", drill, 15, _evaluated_on(drill, day), day)
            if rule := _report_rule(unit):
                reported = drill.reported if drill.reported and drill.reported <= day else None
                yield _within_days(rule, drill, 10, reported, day)


def _attended(drill: DrillTold) -> str:
    if drill.expected is None or drill.came is None:
        return "no_data"
    return "met" if drill.came / drill.expected >= 0.8 else "overdue"


def _evaluated_on(drill: DrillTold, day: date) -> date | None:
    """The day of the sheet handed in or of the verdict; of a rating without either, that of the drill, for want of a better."""
    done = [one for one in (drill.sheet, drill.verdict) if one and one <= day]
    if done:
        return min(done)
    return drill.ended if drill.rating and not drill.verdict else None


def _report_rule(unit: UnitTold) -> str | None:
    if unit.kind in ("street", "community"):
        return "DR-06S"
    return "DR-06" if unit.high_risk else "DR-06C" if unit.crowded else None


def _within_days(rule: str, drill: DrillTold, days: int, done: date | None, day: date) -> Asked:
    assert drill.ended
    due = working_days_after(drill.ended, days)
    if done is not None:
        return Asked(drill.unit, rule, drill.number, "met", due, done > due)
    return Asked(drill.unit, rule, drill.number, "overdue" if due < day else "due", due)


def _findings_asked(facts: Facts, unit: str, day: date) -> Iterator[Asked]:
    ends = {drill.number: drill.ended for drill in facts.drills}
    for finding in facts.findings:
        end = ends[finding.drill]
        if finding.unit != unit or end is None:
            continue
        done = finding.done if finding.done and finding.done <= day else None
        if day - relativedelta(months=24) < end <= day:
            due = finding.due or end + timedelta(days=30)
            borne = finding.borne_until if finding.borne_until and finding.borne_until >= day else None
            state = "met" if done else "due" if borne or due >= day else "overdue"
            # Who is allowed to bear a risk until a day has until then.
            late = done is not None and done > max(due, finding.borne_until or due)
            yield Asked(unit, "CA-01", finding.text, state, borne or due, late)
        if done and done > day - relativedelta(months=24):
            verified = finding.verified if finding.verified and finding.verified <= day else None
            due = done + timedelta(days=30)
            state = "met" if verified else "due" if due >= day else "overdue"
            yield Asked(unit, "CA-02", finding.text, state, due, verified is not None and verified > due)


# Cards and teams -------------------------------------------------------------------------------------------------------


def _cards_asked(facts: Facts, unit: UnitTold, day: date) -> Iterator[Asked]:
    """Whoever must have a plan, and has one, but no key post, cannot be said to have all its cards."""
    in_hand = [card for card in facts.cards if card.unit == unit.code and card.issued and card.issued <= day]
    for card in in_hand:
        yield Asked(unit.code, "PL-14N", card.number, "overdue" if _is_stale(facts, card, day) else "met")
    if unit.code in KEY_POSTS:
        yield Asked(unit.code, "PL-14", "岗位", "met" if in_hand else "overdue")
    elif unit.kind != "other" and any(in_force(plan, day) for plan in facts.plans if plan.unit == unit.code):
        yield Asked(unit.code, "PL-14", unit.name, "no_data")


def _is_stale(facts: Facts, card: CardTold, day: date) -> bool:
    """Its time is over, or its plan is no more; all cards are written from the newest versions of their plans."""
    retired = any(plan.retired and plan.retired <= day for plan in facts.plans if plan.number == card.plan)
    return retired or (card.valid_until is not None and card.valid_until < day)


def _teams_asked(facts: Facts, unit: UnitTold, day: date) -> Iterator[Asked]:
    own = [team for team in facts.teams if team.unit == unit.code]
    in_use = [team for team in own if (team.retired or date.max) > day]
    if unit.high_risk and unit.kind in TRADING:
        stands = any(team.kind != "part_time" or _is_agreed(team, day) for team in in_use)
        yield Asked(unit.code, "TM-01", unit.name, "met" if stands else "overdue" if own else "no_data")
    for team in in_use:
        yield Asked(unit.code, "TM-03", team.name, _standard(team, day))


def _is_agreed(team: TeamTold, day: date) -> bool:
    return team.agreed_from is not None and team.agreed_from <= day <= (team.agreed_until or date.max)


def _standard(team: TeamTold, day: date) -> str:
    """Everybody is insured; a micro fire station also has a leader, six people, three minutes, and a roster (none here)."""
    answers = [_insured(team, day)]
    if team.kind == "micro_fire_station":
        people = 1 if team.has_member else team.people
        answers += [
            team.leader is not None,
            None if people is None else people >= 6,
            None if team.minutes is None else team.minutes <= 3,
            None,  # nobody wrote a roster
        ]
    return _worst(answers)


def _insured(team: TeamTold, day: date) -> bool | None:
    days = [one for one in (team.insured, team.member_insured if team.has_member else None) if one]
    return max(days) >= day if days else None


def _worst(answers: Iterable[bool | None]) -> str:
    told = list(answers)
    return "overdue" if False in told else "no_data" if None in told else "met"
