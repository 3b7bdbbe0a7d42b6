"""What is asked about the findings of drills, as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import and_, case, func, literal, or_, select

from drillapp.core.dates import months_before
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.law import Rule
from drillapp.core.localtime import end_of_day
from drillapp.core.rules.duty import NO_MOMENT, Duty, Scope


def finding_corrected(scope: Scope) -> Iterator[Duty]:
    """Each finding of the rule's months is put right by its day, or so many days after the drill where none was set."""
    for rule in scope.rules_settled_by("finding_corrected"):
        yield _finding_corrected(rule, scope)


def _finding_corrected(rule: Rule, scope: Scope) -> Duty:
    ended_by, since = end_of_day(scope.as_of), end_of_day(months_before(scope.as_of, rule.months))
    no_date = end_of_day(scope.as_of - timedelta(days=rule.days + 1))
    recent = select(Drill.id, Drill.ended_at).where(Drill.ended_at <= ended_by, Drill.ended_at > since)
    drills = scope.looked_up(recent.cte("recent_drills"))
    late = or_(Finding.due_on < scope.as_of, and_(Finding.due_on.is_(None), drills.c.ended_at <= no_date))
    borne = Finding.accepted_until >= scope.as_of  # the risk is accepted for the time being
    state = case((Finding.done_on <= scope.as_of, "met"), (borne, "due"), (late, "overdue"), else_="due")
    due_on = case((borne, Finding.accepted_until), else_=Finding.due_on)
    number = select(Drill.number).where(Drill.id == Finding.drill_id).scalar_subquery()
    return Duty(
        scope.as_of,
        select()
        .select_from(Finding)
        .join(drills, drills.c.id == Finding.drill_id)
        .where(scope.has(Finding.unit_id), Finding.retired_on.is_(None)),
        Finding.unit_id, literal(rule.id), state, literal("findings"), Finding.id, Finding.text,
        due_on, case((due_on.is_(None), drills.c.ended_at), else_=NO_MOMENT),
        days=case((due_on.is_(None), rule.days), else_=0), evidence=number,
        is_late=func.coalesce(Finding.done_on > due_on, False), late_is_missed=rule.in_time, is_ever_due=True,
    )  # fmt: skip
