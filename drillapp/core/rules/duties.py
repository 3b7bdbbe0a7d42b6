"""What is asked of all units as of a date, as SQL: counted by readiness, listed as obligations, by the same definition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    SQLColumnExpression,
    Subquery,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)

from drillapp.core.cards.holding import has_copy_in_hand
from drillapp.core.cards.model import Card
from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.dates import earliest_begin, months_before
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.law import Settlement, assessment_rule, rules_settled_by
from drillapp.core.localtime import end_of_day
from drillapp.core.plans.events import has_come_into_force
from drillapp.core.plans.model import Plan, PlanEvent
from drillapp.core.rules.drill_evidence import asked_since, drill_number
from drillapp.core.rules.drill_states import concerns, drill_rows
from drillapp.core.supplies.levels.fulfilment import fulfilment
from drillapp.core.supplies.model import Item
from drillapp.core.units.model import Post, Unit
from drillapp.core.units.references import in_effect, in_scope

# With their types, since PostgreSQL wants to know them where the duties are put together.
_NO_DAY = cast(null(), Date)
_NO_MOMENT = cast(null(), DateTime)


class Duty(NamedTuple):
    """One kind of duty of the units asked about: where its rows come from, and what each column of a row is."""

    as_of: date
    rows: AnySelect
    """The rows, also of units that are not in effect; what is selected from them is up to the question."""
    unit_id: SQLColumnExpression[Any]
    rule: SQLColumnExpression[Any]
    state: SQLColumnExpression[Any]
    """met, overdue, or due: not fulfilled, but not late yet either."""
    subject_kind: SQLColumnExpression[Any]
    subject_id: SQLColumnExpression[Any]
    subject: SQLColumnExpression[Any]
    since: SQLColumnExpression[Any]
    """The day from which the time runs; the due day is that plus `months` and `days`.

    Of what the term of a rule is asked of (drills), the day from which it is asked.
    """
    since_at: SQLColumnExpression[Any]
    """The moment from which the time runs, where it is one; its local day then stands for `since`.

    Of drills the end of the last one.
    """
    months: SQLColumnExpression[Any]
    days: SQLColumnExpression[Any]
    evidence: SQLColumnExpression[Any]
    is_of_units: bool = False
    """Whether the rows come from units, and only from those in effect."""
    is_ever_due: bool = False
    """Whether a row can be due; where none can, all rows count as asked, without a second look at their states."""

    @property
    def base(self) -> AnySelect:
        """The rows of units in effect, joined to them."""
        if self.is_of_units:
            return self.rows
        return self.rows.join(Unit, Unit.id == self.unit_id).where(in_effect(self.as_of))


class Scope:
    """As of when duties are asked for, and of which unit with those below it (None: of all units)."""

    def __init__(self, as_of: date, unit_id: int | None = None) -> None:
        self.as_of = as_of
        self.unit_id = unit_id

    def has(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """Whether a column's unit is one of these."""
        return in_scope(column, self.unit_id)

    def looked_up(self, cte: CTE) -> CTE:
        """What rows are looked up in: for all units worked out once, for few sooner asked anew for each row."""
        return cte.prefix_with("MATERIALIZED") if self.unit_id is None else cte

    @cached_property
    def plans_in_force(self) -> CTE:
        """The same for all duties that need it, so that SQL works it out once."""
        return self.looked_up(_plans_in_force(self))


def duty(settlement: Settlement, scope: Scope) -> Duty:
    """The duties that one kind of fact fulfils."""
    return _DUTIES[settlement](scope)


def _plans_in_force(scope: Scope) -> CTE:
    """Plans in force on a day, with the day each was last approved, published or assessed."""
    events = select(PlanEvent.happened_on).where(PlanEvent.plan_id == Plan.id)
    reviewed = events.with_only_columns(func.max(PlanEvent.happened_on)).where(
        PlanEvent.kind.in_(("approved", "published", "assessed")), PlanEvent.happened_on <= scope.as_of
    )
    return (
        select(Plan.id, Plan.unit_id, Plan.kind, reviewed.scalar_subquery().label("reviewed_on"))
        .where(
            scope.has(Plan.unit_id),
            has_come_into_force(table_of(Plan), scope.as_of),
            still(Plan.retired_on, scope.as_of),
        )
        .cte("plans_in_force")
    )


def _plan_in_force(scope: Scope) -> Duty:
    (rule,) = rules_settled_by("plan_in_force")
    plans = scope.plans_in_force
    held = select(plans.c.unit_id, func.max(plans.c.id).label("plan_id")).group_by(plans.c.unit_id).subquery()
    number = select(Plan.number).where(Plan.id == held.c.plan_id).scalar_subquery()
    return Duty(
        scope.as_of,
        select()
        .select_from(Unit)
        .outerjoin(held, held.c.unit_id == Unit.id)
        .where(scope.has(Unit.id), in_effect(scope.as_of), concerns(rule)),
        Unit.id, literal(rule.id), case((held.c.plan_id.is_not(None), "met"), else_="overdue"),
        literal("units"), Unit.id, Unit.name, Unit.valid_from, _NO_MOMENT, literal(0), literal(0), number, True,
    )  # fmt: skip


def _plan_assessed(scope: Scope) -> Duty:
    rule = assessment_rule()
    plans = scope.plans_in_force
    limit = earliest_begin(scope.as_of, rule.months)
    title, number = (
        select(column).where(Plan.id == plans.c.id).scalar_subquery() for column in (Plan.title, Plan.number)
    )
    return Duty(
        scope.as_of,
        select().select_from(plans),
        plans.c.unit_id, literal(rule.id), case((plans.c.reviewed_on >= limit, "met"), else_="overdue"),
        literal("plans"), plans.c.id, title, plans.c.reviewed_on, _NO_MOMENT, literal(rule.months), literal(0), number,
    )  # fmt: skip


def _drill_held(scope: Scope) -> Duty:
    asked = drill_rows(scope, scope.plans_in_force).c
    title = select(Plan.title).where(Plan.id == asked.plan_id).correlate_except(Plan).scalar_subquery()
    return Duty(
        scope.as_of,
        select().select_from(asked.unit_id.table),
        asked.unit_id, asked.rule, asked.state,
        case((asked.plan_id.is_(None), "units"), else_="plans"), func.coalesce(asked.plan_id, asked.unit_id),
        case((asked.plan_id.is_(None), Unit.name), else_=title), asked_since(asked, scope.as_of), asked.held_at,
        literal(0), literal(0), drill_number(asked), is_ever_due=True,
    )  # fmt: skip


def _finding_corrected(scope: Scope) -> Duty:
    (rule,) = rules_settled_by("finding_corrected")
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
        due_on, case((due_on.is_(None), drills.c.ended_at), else_=_NO_MOMENT), literal(0),
        case((due_on.is_(None), rule.days), else_=0), number, is_ever_due=True,
    )  # fmt: skip


def _level_met(scope: Scope) -> Duty:
    (rule,) = rules_settled_by("level_met")
    levels = fulfilment(scope.as_of, scope.unit_id).subquery()
    name = select(Item.name).where(Item.id == levels.c.item_id).scalar_subquery()
    return Duty(
        scope.as_of,
        select().select_from(levels),
        levels.c.unit_id, literal(rule.id), case((levels.c.available >= levels.c.required, "met"), else_="overdue"),
        literal("items"), levels.c.item_id, name, _NO_DAY, _NO_MOMENT, literal(0), literal(0), _shelf(levels),
    )  # fmt: skip


def _shelf(levels: Subquery) -> ColumnElement[Any]:
    """Available against required, in thousandths."""
    available, required = (cast(cast(levels.c[name], BigInteger), Text) for name in ("available", "required"))
    return available + literal("/") + required


def _card_issued(scope: Scope) -> Duty:
    (rule,) = rules_settled_by("card_issued")
    issued = Card.post_id == Post.id, has_copy_in_hand(scope.as_of), still(Card.retired_on, scope.as_of)
    number = select(Card.number).where(*issued).order_by(Card.id.desc()).limit(1).scalar_subquery()
    return Duty(
        scope.as_of,
        select()
        .select_from(Post)
        .where(scope.has(Post.unit_id), Post.key_post, still(Post.retired_on, scope.as_of)),
        Post.unit_id, literal(rule.id), case((exists().where(*issued), "met"), else_="overdue"),
        literal("posts"), Post.id, Post.name, _NO_DAY, _NO_MOMENT, literal(0), literal(0), number,
    )  # fmt: skip


_DUTIES: dict[Settlement, Callable[[Scope], Duty]] = {
    "plan_in_force": _plan_in_force,
    "plan_assessed": _plan_assessed,
    "drill_held": _drill_held,
    "finding_corrected": _finding_corrected,
    "level_met": _level_met,
    "card_issued": _card_issued,
}
