"""What is asked of all units as of a date, as SQL: counted by readiness, listed as obligations, by the same definition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
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
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
)

from drillapp.core.cards.holding import has_copy_in_hand
from drillapp.core.cards.model import Card
from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.dates import earliest_begin, months_before
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.localtime import end_of_day
from drillapp.core.plans.model import Plan, PlanEvent
from drillapp.core.rules.law import Rule, Settlement, rules_settled_by
from drillapp.core.supplies.model import Item
from drillapp.core.supplies.queries import fulfilment
from drillapp.core.units.model import Post, Unit
from drillapp.core.units.references import in_effect

# With their types, since PostgreSQL wants to know them where the duties are put together.
_NO_DAY = cast(null(), Date)
_NO_MOMENT = cast(null(), DateTime)


class Duty(NamedTuple):
    """One kind of duty of all units: where its rows come from, and what each column of a row is."""

    as_of: date
    rows: AnySelect
    """The rows, also of units that are not in effect; what is selected from them is up to the question."""
    unit_id: SQLColumnExpression[Any]
    rule: SQLColumnExpression[Any]
    state: SQLColumnExpression[Any]
    """met, overdue, or due: not fulfilled, but not late yet either."""
    subject_kind: str
    subject_id: SQLColumnExpression[Any]
    subject: SQLColumnExpression[Any]
    since: SQLColumnExpression[Any]
    """The day from which the time runs; the due day is that plus `months` and `days`."""
    since_at: SQLColumnExpression[Any]
    """The moment from which the time runs, where it is one; its local day then stands for `since`."""
    months: SQLColumnExpression[Any]
    days: SQLColumnExpression[Any]
    evidence: SQLColumnExpression[Any]

    @property
    def base(self) -> AnySelect:
        """The rows of units in effect, joined to them."""
        if self.subject_kind == "units":
            return self.rows  # they are of units, and only of those in effect
        return self.rows.join(Unit, Unit.id == self.unit_id).where(in_effect(self.as_of))


def duty(settlement: Settlement, as_of: date) -> Duty:
    """The duties that one kind of fact fulfils, as of a date."""
    return _DUTIES[settlement](as_of)


def _concerns(rule: Rule) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [Unit.kind.in_(rule.kinds)] if rule.kinds else []
    if rule.high_risk is not None:
        conditions.append(Unit.high_risk.is_(rule.high_risk))
    if rule.crowded is not None:
        conditions.append(Unit.crowded.is_(rule.crowded))
    return and_(true(), *conditions)


@lru_cache(maxsize=4)  # the same object for both duties that need it, so that SQL works it out once
def _plans_in_force(as_of: date) -> CTE:
    """Plans in force on a day, with the day each was last approved, published or assessed."""
    events = table_of(PlanEvent)
    days = {
        kind: case((events.c.kind == kind, events.c.happened_on))
        for kind in ("approved", "published", "assessed")
    }
    begin = func.coalesce(func.min(days["published"]), func.min(days["approved"]))
    life = (
        select(
            events.c.plan_id,
            begin.label("begin"),
            func.max(case((events.c.happened_on <= as_of, events.c.happened_on))).label("reviewed_on"),
        )
        .where(events.c.kind.in_(list(days)))
        .group_by(events.c.plan_id)
        .subquery()
    )
    return (
        select(Plan.id, Plan.unit_id, Plan.number, Plan.title, life.c.reviewed_on)
        .join(life, life.c.plan_id == Plan.id)
        .where(life.c.begin <= as_of, still(Plan.retired_on, as_of))
        .cte("plans_in_force")
    )


def _plan_in_force(as_of: date) -> Duty:
    (rule,) = rules_settled_by("plan_in_force")
    plans = _plans_in_force(as_of)
    held = select(plans.c.unit_id, func.max(plans.c.id).label("plan_id")).group_by(plans.c.unit_id).subquery()
    number = select(Plan.number).where(Plan.id == held.c.plan_id).scalar_subquery()
    return Duty(
        as_of,
        select()
        .select_from(Unit)
        .outerjoin(held, held.c.unit_id == Unit.id)
        .where(in_effect(as_of), _concerns(rule)),
        Unit.id, literal(rule.id), case((held.c.plan_id.is_not(None), "met"), else_="overdue"),
        "units", Unit.id, Unit.name, Unit.valid_from, _NO_MOMENT, literal(0), literal(0), number,
    )  # fmt: skip


def _plan_assessed(as_of: date) -> Duty:
    (rule,) = rules_settled_by("plan_assessed")
    plans = _plans_in_force(as_of)
    limit = earliest_begin(as_of, rule.months)
    return Duty(
        as_of,
        select().select_from(plans),
        plans.c.unit_id, literal(rule.id), case((plans.c.reviewed_on >= limit, "met"), else_="overdue"),
        "plans", plans.c.id, plans.c.title, plans.c.reviewed_on, _NO_MOMENT, literal(rule.months), literal(0),
        plans.c.number,
    )  # fmt: skip


def _drill_held(as_of: date) -> Duty:
    """A unit's strictest rule counts: what fulfils it fulfils the milder ones."""
    asked = rules_settled_by("drill_held")
    last = (
        select(Drill.unit_id, func.max(Drill.ended_at).label("ended_at"))
        .where(Drill.ended_at <= end_of_day(as_of), Drill.retired_on.is_(None))
        .group_by(Drill.unit_id)
        .subquery()
    )

    def by_rule(value: Callable[[Rule], Any]) -> ColumnElement[Any]:
        return case(*((_concerns(rule), value(rule)) for rule in asked))

    # A drill on the very day of the limit still counts.
    recent = by_rule(lambda rule: end_of_day(earliest_begin(as_of, rule.months) - timedelta(days=1)))
    young = by_rule(lambda rule: earliest_begin(as_of, rule.months))
    number = (
        select(Drill.number)
        .where(Drill.unit_id == Unit.id, Drill.ended_at == last.c.ended_at)
        .order_by(Drill.id)
        .limit(1)
        .scalar_subquery()
    )
    state = case(
        (last.c.ended_at > recent, "met"),
        (and_(last.c.ended_at.is_(None), Unit.valid_from >= young), "due"),
        else_="overdue",
    )
    return Duty(
        as_of,
        select()
        .select_from(Unit)
        .outerjoin(last, last.c.unit_id == Unit.id)
        .where(in_effect(as_of), or_(false(), *(_concerns(rule) for rule in asked))),
        Unit.id, by_rule(lambda rule: rule.id), state, "units", Unit.id, Unit.name,
        Unit.valid_from, last.c.ended_at, by_rule(lambda rule: rule.months), literal(0), number,
    )  # fmt: skip


def _finding_corrected(as_of: date) -> Duty:
    (rule,) = rules_settled_by("finding_corrected")
    ended_by, since = end_of_day(as_of), end_of_day(months_before(as_of, rule.months))
    no_date = end_of_day(as_of - timedelta(days=rule.days + 1))
    late = or_(Finding.due_on < as_of, and_(Finding.due_on.is_(None), Drill.ended_at <= no_date))
    state = case((Finding.done_on <= as_of, "met"), (late, "overdue"), else_="due")
    return Duty(
        as_of,
        select()
        .select_from(Finding)
        .join(Drill, Drill.id == Finding.drill_id)
        .where(Drill.ended_at <= ended_by, Drill.ended_at > since, Finding.retired_on.is_(None)),
        Finding.unit_id, literal(rule.id), state, "findings", Finding.id, Finding.text,
        Finding.due_on, case((Finding.due_on.is_(None), Drill.ended_at), else_=_NO_MOMENT), literal(0),
        case((Finding.due_on.is_(None), rule.days), else_=0), Drill.number,
    )  # fmt: skip


def _level_met(as_of: date) -> Duty:
    (rule,) = rules_settled_by("level_met")
    levels = fulfilment(as_of).subquery()
    name = select(Item.name).where(Item.id == levels.c.item_id).scalar_subquery()
    return Duty(
        as_of,
        select().select_from(levels),
        levels.c.unit_id, literal(rule.id), case((levels.c.available >= levels.c.required, "met"), else_="overdue"),
        "items", levels.c.item_id, name, _NO_DAY, _NO_MOMENT, literal(0), literal(0), _shelf(levels),
    )  # fmt: skip


def _shelf(levels: Subquery) -> ColumnElement[Any]:
    """Available against required, in thousandths."""
    available, required = (cast(cast(levels.c[name], BigInteger), Text) for name in ("available", "required"))
    return available + literal("/") + required


def _card_issued(as_of: date) -> Duty:
    (rule,) = rules_settled_by("card_issued")
    issued = (
        select(Card.post_id, func.max(Card.id).label("card_id"))
        .where(has_copy_in_hand(as_of), still(Card.retired_on, as_of))
        .group_by(Card.post_id)
        .subquery()
    )
    number = select(Card.number).where(Card.id == issued.c.card_id).scalar_subquery()
    return Duty(
        as_of,
        select()
        .select_from(Post)
        .outerjoin(issued, issued.c.post_id == Post.id)
        .where(Post.key_post, still(Post.retired_on, as_of)),
        Post.unit_id, literal(rule.id), case((issued.c.card_id.is_not(None), "met"), else_="overdue"),
        "posts", Post.id, Post.name, _NO_DAY, _NO_MOMENT, literal(0), literal(0), number,
    )  # fmt: skip


_DUTIES: dict[Settlement, Callable[[date], Duty]] = {
    "plan_in_force": _plan_in_force,
    "plan_assessed": _plan_assessed,
    "drill_held": _drill_held,
    "finding_corrected": _finding_corrected,
    "level_met": _level_met,
    "card_issued": _card_issued,
}
