"""What is asked about drills: that they are held, well attended, evaluated and reported, as SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)

from drillapp.core.database.day_count import days_between, days_later, local_date
from drillapp.core.dates import months_before
from drillapp.core.drills.evaluation.model import DrillVerdict, Evaluation
from drillapp.core.drills.model import Drill
from drillapp.core.law import Rule
from drillapp.core.localtime import end_of_day
from drillapp.core.plans.model import Plan
from drillapp.core.rules.concerning import asked_of
from drillapp.core.rules.drill_evidence import asked_since, drill_number
from drillapp.core.rules.drill_states import drill_rows
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.units.model import Unit

_DAY = timedelta(days=1)
_WRITTEN = 10
"""Characters of a day in ISO 8601."""
_DRILLS = (literal("drills"), Drill.id, Drill.title)


def drill_held(scope: Scope) -> Iterator[Duty]:
    """Each unit, or plan, has its drill in the rule's window or months; all such rules are asked together."""
    asked = drill_rows(scope).c
    title = select(Plan.title).where(Plan.id == asked.plan_id).correlate_except(Plan).scalar_subquery()
    yield Duty(
        scope.as_of,
        select().select_from(asked.unit_id.table),
        asked.unit_id, asked.rule, asked.state,
        case((asked.plan_id.is_(None), "units"), else_="plans"), func.coalesce(asked.plan_id, asked.unit_id),
        case((asked.plan_id.is_(None), Unit.name), else_=title),
        asked_since(asked, scope.book, scope.as_of), asked.held_at, evidence=drill_number(asked, scope.book),
        is_ever_due=True, may_lack_data=True,
    )  # fmt: skip


def drill_attended(scope: Scope) -> Iterator[Duty]:
    """Each drill held in the rule's months: enough of those expected came; without data where either was not noted."""
    for rule in scope.rules_settled_by("drill_attended"):
        unknown = or_(Drill.expected.is_(None), Drill.participants.is_(None))
        enough = Drill.participants * 100 >= Drill.expected * rule.percent
        yield Duty(
            scope.as_of, scope.held_drills, Drill.unit_id, literal(rule.id),
            case((unknown, "no_data"), (enough, "met"), else_="overdue"), *_DRILLS, evidence=Drill.number,
            may_lack_data=True, asks=_is_asked(rule, scope),
        )  # fmt: skip


def drill_evaluated(scope: Scope) -> Iterator[Duty]:
    """Each drill held in the rule's months has a sheet handed in, a verdict or a rating by the day."""
    as_of = scope.as_of
    verdict = exists().where(DrillVerdict.drill_id == Drill.id)
    is_done = or_(
        # Most ratings come from ledgers, without a day of their own; a verdict tells the day of its rating.
        and_(Drill.rating.is_not(None), ~verdict),
        verdict.where(DrillVerdict.decided_on <= as_of),
        exists().where(Evaluation.drill_id == Drill.id, Evaluation.submitted_on <= as_of),
    )
    for rule in scope.rules_settled_by("drill_evaluated"):
        yield Duty(
            as_of, scope.held_drills, Drill.unit_id, literal(rule.id),
            case((is_done, "met"), (_is_over(rule, scope), "overdue"), else_="due"), *_DRILLS,
            since_at=Drill.ended_at, days=literal(rule.days), evidence=Drill.number,
            is_late=_is_after(_evaluated_on(as_of), rule, scope), late_is_missed=rule.in_time, is_ever_due=True,
            asks=_is_asked(rule, scope),
        )  # fmt: skip


def _evaluated_on(as_of: date) -> ColumnElement[Any]:
    """The day of the first sheet handed in or of the verdict, whichever came first; NULL where the rating alone is known."""
    handed_in = Evaluation.drill_id == Drill.id, Evaluation.submitted_on <= as_of
    first = select(func.min(Evaluation.submitted_on)).where(*handed_in).scalar_subquery()
    given = DrillVerdict.drill_id == Drill.id, DrillVerdict.decided_on <= as_of
    decided = select(DrillVerdict.decided_on).where(*given).scalar_subquery()
    return func.coalesce(case((decided < first, decided), else_=first), decided)


def drill_reported(scope: Scope) -> Iterator[Duty]:
    """Each drill held in the rule's months is reported upward; of two rules for one unit the shorter term counts."""
    by_term = sorted(scope.rules_settled_by("drill_reported"), key=lambda rule: rule.days)
    for place, rule in enumerate(by_term):
        elsewhere = (~asked_of(one, Drill.unit_id) for one in by_term[:place])
        yield Duty(
            scope.as_of, scope.held_drills, Drill.unit_id, literal(rule.id),
            case(
                (Drill.reported_on <= scope.as_of, "met"), (_is_over(rule, scope), "overdue"), else_="due"
            ), *_DRILLS, since_at=Drill.ended_at, days=literal(rule.days), evidence=Drill.number,
            is_late=_is_after(Drill.reported_on, rule, scope), late_is_missed=rule.in_time, is_ever_due=True,
            asks=and_(_is_asked(rule, scope), *elsewhere),
        )  # fmt: skip


def _is_asked(rule: Rule, scope: Scope) -> ColumnElement[bool]:
    """Whether a drill was held in a rule's months before the day by a unit that it is asked of."""
    since = end_of_day(months_before(scope.as_of, rule.months))
    return and_(Drill.ended_at > since, asked_of(rule, Drill.unit_id))


def _is_over(rule: Rule, scope: Scope) -> ColumnElement[bool]:
    """Whether a rule's term after a drill is over: terms never overtake each other, so one day tells."""
    if rule.working_days:
        first = scope.calendar.first_start(scope.as_of, rule.days)
    else:
        first = scope.as_of - timedelta(days=rule.days)
    return Drill.ended_at <= end_of_day(first - _DAY)


def _is_after(done_on: SQLColumnExpression[Any], rule: Rule, scope: Scope) -> ColumnElement[bool]:
    """Whether what was done after a drill was done after the last day of a rule's term; not where its day is unknown."""
    ended_on = local_date(Drill.ended_at)
    late: ColumnElement[bool] = done_on > days_later(ended_on, rule.days)
    if rule.working_days:
        # So many working days take at least as many days: only what comes later is compared with its own last day.
        first = months_before(scope.as_of, rule.months)
        last_days = scope.calendar.last_days(first, scope.as_of, rule.days)
        late = and_(late, cast(done_on, Text) > _told(last_days, days_between(literal(first), ended_on)))
    return func.coalesce(late, False)


def _told(days: Sequence[date], place: ColumnElement[int]) -> ColumnElement[str]:
    """The day with that place among days, from 0, as text: one parameter, and no table to look it up in."""
    written = literal("".join(day.isoformat() for day in days))
    return func.substr(written, place * _WRITTEN + 1, _WRITTEN)
