"""What is asked about the findings of drills, as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import and_, case, func, literal, or_, select

from drillapp.core.database.day_count import days_later, local_date
from drillapp.core.dates import months_before
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.law import Rule
from drillapp.core.localtime import end_of_day
from drillapp.core.rules.concerning import asked_of
from drillapp.core.rules.duty import NO_MOMENT, Duty, Scope

_FINDINGS = (literal("findings"), Finding.id, Finding.text)


def finding_corrected(scope: Scope) -> Iterator[Duty]:
    """Each finding of the rule's months is put right by its day, or so many days after the drill where none was set."""
    for rule in scope.rules_settled_by("finding_corrected"):
        yield _finding_corrected(rule, scope)


def finding_verified(scope: Scope) -> Iterator[Duty]:
    """Each finding put right in the rule's months is verified within so many days after."""
    for rule in scope.rules_settled_by("finding_verified"):
        yield _finding_verified(rule, scope)


def _finding_corrected(rule: Rule, scope: Scope) -> Duty:
    # Which drills are meant is looked up in the index of their ends alone; when one ended, only where no day was set.
    ended_by, since = end_of_day(scope.as_of), end_of_day(months_before(scope.as_of, rule.months))
    recent = select(Drill.id).where(Drill.ended_at <= ended_by, Drill.ended_at > since)
    number, ended_at = (
        select(column).where(Drill.id == Finding.drill_id).scalar_subquery()
        for column in (Drill.number, Drill.ended_at)
    )
    no_date = end_of_day(scope.as_of - timedelta(days=rule.days + 1))
    late = or_(Finding.due_on < scope.as_of, and_(Finding.due_on.is_(None), ended_at <= no_date))
    borne = Finding.accepted_until >= scope.as_of  # the risk is accepted for the time being
    while_borne = func.coalesce(Finding.done_on <= Finding.accepted_until, False)
    state = case((Finding.done_on <= scope.as_of, "met"), (borne, "due"), (late, "overdue"), else_="due")
    due_on = case((borne, Finding.accepted_until), else_=Finding.due_on)
    last_day = case(
        (Finding.due_on.is_not(None), Finding.due_on), else_=days_later(local_date(ended_at), rule.days)
    )
    # A risk that was accepted gave time until then, also once it is put right.
    last_day = case((Finding.accepted_until > last_day, Finding.accepted_until), else_=last_day)
    return Duty(
        scope.as_of,
        scope.findings,
        Finding.unit_id, literal(rule.id), state, *_FINDINGS, due_on,
        case((due_on.is_(None), ended_at), else_=NO_MOMENT), days=case((due_on.is_(None), rule.days), else_=0),
        evidence=number, is_late=and_(func.coalesce(Finding.done_on > last_day, False), ~while_borne),
        late_is_missed=rule.in_time, is_ever_due=True,
        asks=and_(Finding.drill_id.in_(recent), asked_of(rule, Finding.unit_id)),
    )  # fmt: skip


def _finding_verified(rule: Rule, scope: Scope) -> Duty:
    as_of = scope.as_of
    number = select(Drill.number).where(Drill.id == Finding.drill_id).scalar_subquery()
    late = Finding.done_on < as_of - timedelta(days=rule.days)
    return Duty(
        as_of, scope.findings, Finding.unit_id, literal(rule.id),
        case((Finding.verified_on <= as_of, "met"), (late, "overdue"), else_="due"), *_FINDINGS,
        Finding.done_on, days=literal(rule.days), evidence=number,
        is_late=func.coalesce(Finding.verified_on > days_later(Finding.done_on, rule.days), False),
        late_is_missed=rule.in_time, is_ever_due=True,
        asks=and_(
            Finding.done_on <= as_of, Finding.done_on > months_before(as_of, rule.months),
            asked_of(rule, Finding.unit_id),
        ),
    )  # fmt: skip
