"""What is asked of drills that were held, and of their findings, swept over many days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select

from drillapp.core.drills.evaluation.model import DrillVerdict, Evaluation
from drillapp.core.drills.held import is_drill
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.localtime import local_day
from drillapp.core.readiness.packed import MET, MISSED, UNKNOWN
from drillapp.core.readiness.sweeping import Span, Sweep

_ALWAYS, _NEVER = date.min, date.max


def _told(unit_id: int, begin: int, end: int, met: int, missed: int, met_worth: int = MET) -> Iterator[Span]:
    """A duty asked from `begin` to `end`: missed from one place on, until it is met from another."""
    if max(begin, met) < end:
        yield Span(unit_id, max(begin, met), end, met_worth)
    if max(begin, missed) < min(end, met):
        yield Span(unit_id, max(begin, missed), min(end, met), MISSED)


def corrected(sweep: Sweep) -> Iterator[Span]:
    """Each finding of the rule's months is put right by its day."""
    statement = (
        select(Finding.unit_id, Drill.ended_at, Finding.due_on, Finding.done_on, Finding.accepted_until)
        .join(Drill, Drill.id == Finding.drill_id)
        .where(Finding.retired_on.is_(None), Drill.ended_at.is_not(None))
    )
    for rule in sweep.rules("finding_corrected"):
        units, window = sweep.concerned(rule), sweep.window(rule.months)
        for unit_id, ended_at, due_on, done_on, accepted_until in sweep.rows(statement, Finding.unit_id):
            if units is not None and unit_id not in units:
                continue
            ended_on = local_day(ended_at)
            last_day = due_on or ended_on + timedelta(days=rule.days)
            missed = max(sweep.after(last_day), sweep.after(accepted_until or _ALWAYS))
            worth = MET
            if rule.in_time and done_on and done_on > max(last_day, accepted_until or _ALWAYS):
                worth = MISSED
            met = sweep.from_day(done_on or _NEVER)
            yield from _told(unit_id, *window(ended_on), met, missed, worth)


def verified(sweep: Sweep) -> Iterator[Span]:
    """Each finding put right in the rule's months is verified within so many days after."""
    statement = select(Finding.unit_id, Finding.done_on, Finding.verified_on).where(
        Finding.retired_on.is_(None), Finding.done_on.is_not(None)
    )
    for rule in sweep.rules("finding_verified"):
        units, window = sweep.concerned(rule), sweep.window(rule.months)
        for unit_id, done_on, verified_on in sweep.rows(statement, Finding.unit_id):
            if units is None or unit_id in units:
                last_day = done_on + timedelta(days=rule.days)
                is_late = rule.in_time and verified_on is not None and verified_on > last_day
                met = sweep.from_day(verified_on or _NEVER)
                yield from _told(
                    unit_id, *window(done_on), met, sweep.after(last_day), MISSED if is_late else MET
                )


def attended(sweep: Sweep) -> Iterator[Span]:
    """Each drill held in the rule's months: enough of those expected came."""
    statement = select(Drill.unit_id, Drill.ended_at, Drill.expected, Drill.participants).where(
        is_drill(), Drill.ended_at.is_not(None)
    )
    for rule in sweep.rules("drill_attended"):
        units, window = sweep.concerned(rule), sweep.window(rule.months)
        for unit_id, ended_at, expected, participants in sweep.rows(statement, Drill.unit_id):
            if units is None or unit_id in units:
                begin, end = window(local_day(ended_at))
                worth = UNKNOWN
                if expected is not None and participants is not None:
                    worth = MET if participants * 100 >= expected * rule.percent else MISSED
                if begin < end:
                    yield Span(unit_id, begin, end, worth)


def evaluated(sweep: Sweep) -> Iterator[Span]:
    """Each drill held in the rule's months has a sheet handed in, a verdict or a rating by the day."""
    first = select(func.min(Evaluation.submitted_on)).where(Evaluation.drill_id == Drill.id)
    statement = (
        select(
            Drill.unit_id, Drill.ended_at, Drill.rating, DrillVerdict.id, DrillVerdict.decided_on,
            first.scalar_subquery(),
        )
        .outerjoin(DrillVerdict, DrillVerdict.drill_id == Drill.id)
        .where(is_drill(), Drill.ended_at.is_not(None))
    )  # fmt: skip
    for rule in sweep.rules("drill_evaluated"):
        units, window, over = sweep.concerned(rule), sweep.window(rule.months), sweep.over(rule)
        for unit_id, ended_at, rating, verdict, decided_on, submitted_on in sweep.rows(
            statement, Drill.unit_id
        ):
            if units is not None and unit_id not in units:
                continue
            # A rating without a verdict tells no day: it counts on all of them.
            rated = _ALWAYS if rating is not None and verdict is None else _NEVER
            done = min(rated, decided_on or _NEVER, submitted_on or _NEVER)
            ended_on = local_day(ended_at)
            yield from _told(unit_id, *window(ended_on), sweep.from_day(done), over(ended_on))


def reported(sweep: Sweep) -> Iterator[Span]:
    """Each drill held in the rule's months is reported upward; of two rules the shorter term counts."""
    statement = select(Drill.unit_id, Drill.ended_at, Drill.reported_on).where(
        is_drill(), Drill.ended_at.is_not(None)
    )
    taken: set[int] = set()
    for rule in sorted(sweep.rules("drill_reported"), key=lambda rule: rule.days):
        units, window, over = sweep.concerned(rule), sweep.window(rule.months), sweep.over(rule)
        for unit_id, ended_at, reported_on in sweep.rows(statement, Drill.unit_id):
            if (units is not None and unit_id not in units) or unit_id in taken:
                continue
            ended_on = local_day(ended_at)
            last_day = ended_on + timedelta(days=rule.days)
            if rule.working_days:
                last_day = sweep.calendar.after(ended_on, rule.days).day
            is_late = rule.in_time and reported_on is not None and reported_on > last_day
            met = sweep.from_day(reported_on or _NEVER)
            yield from _told(unit_id, *window(ended_on), met, over(ended_on), MISSED if is_late else MET)
        if units is None:
            break  # nobody is left for the longer terms
        taken |= units
