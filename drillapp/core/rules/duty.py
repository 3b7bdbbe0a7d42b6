"""What a duty is, and as of when and of whom duties are asked: the shape that all kinds of duty share."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    DateTime,
    SQLColumnExpression,
    and_,
    cast,
    false,
    func,
    literal,
    not_,
    null,
    select,
)

from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.law import Rule, Settlement
from drillapp.core.plans.events import has_come_into_force
from drillapp.core.plans.model import Plan, PlanEvent
from drillapp.core.rules.book import RuleBook
from drillapp.core.supplies.levels.fulfilment import fulfilment
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect, in_scope
from drillapp.core.workdays.calendar import Calendar

# With their types, since PostgreSQL wants to know them where the duties are put together.
NO_DAY = cast(null(), Date)
NO_MOMENT = cast(null(), DateTime)


class Duty(NamedTuple):
    """One kind of duty of the units asked about: where its rows come from, and what each column of a row is."""

    as_of: date
    rows: AnySelect
    """The rows, also of units that are not in effect; what is selected from them is up to the question."""
    unit_id: SQLColumnExpression[Any]
    rule: SQLColumnExpression[Any]
    state: SQLColumnExpression[Any]
    """met; overdue; due: not fulfilled, but not late yet either; no_data: nothing of the sort was ever recorded."""
    subject_kind: SQLColumnExpression[Any]
    subject_id: SQLColumnExpression[Any]
    subject: SQLColumnExpression[Any]
    since: SQLColumnExpression[Any] = NO_DAY
    """The day from which the time runs; the due day is that plus `months` and `days`, or working days.

    Of what the term of a rule is asked of (drills), the day from which it is asked.
    """
    since_at: SQLColumnExpression[Any] = NO_MOMENT
    """The moment from which the time runs, where it is one; its local day then stands for `since`.

    Of drills the end of the last one.
    """
    months: SQLColumnExpression[Any] = literal(0)
    days: SQLColumnExpression[Any] = literal(0)
    evidence: SQLColumnExpression[Any] = null()
    """The number of the record that met it, or that comes nearest; NULL where there is none."""
    is_late: ColumnElement[bool] = false()
    """Of what is met: whether it was done after its day."""
    late_is_missed: bool = False
    """Whether what was done late does not count as met."""
    is_of_units: bool = False
    """Whether the rows come from units, and only from those in effect."""
    is_ever_due: bool = False
    """Whether a row can be due; where none can, all rows count as asked, without a second look at their states."""
    may_lack_data: bool = False
    """Whether a row can be without data."""

    @property
    def base(self) -> AnySelect:
        """The rows of units in effect, joined to them."""
        if self.is_of_units:
            return self.rows
        return self.rows.join(Unit, Unit.id == self.unit_id).where(in_effect(self.as_of))

    @property
    def counts_as_met(self) -> ColumnElement[bool]:
        """Whether readiness counts a row as met."""
        met: ColumnElement[bool] = self.state == "met"
        return and_(met, not_(self.is_late)) if self.late_is_missed else met


class Scope:
    """As of when duties are asked for, by which rules, and of which unit with those below it (None: of all units)."""

    def __init__(self, as_of: date, book: RuleBook, calendar: Calendar, unit_id: int | None = None) -> None:
        self.as_of = as_of
        self.book = book
        self.calendar = calendar
        """For terms in working days."""
        self.unit_id = unit_id

    def rules_settled_by(self, settlement: Settlement) -> list[Rule]:
        """The rules asked on the day that one kind of fact fulfils, the strictest first."""
        return self.book.settled_by(settlement, self.as_of)

    def has(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """Whether a column's unit is one of these."""
        return in_scope(column, self.unit_id)

    def looked_up(self, cte: CTE) -> CTE:
        """What rows are looked up in: for all units worked out once, for few sooner asked anew for each row."""
        return cte.prefix_with("MATERIALIZED") if self.unit_id is None else cte

    @cached_property
    def levels(self) -> CTE:
        """What units must have and what they have of it, for all duties that ask for it."""
        return self.looked_up(fulfilment(self.as_of, self.unit_id).cte("levels"))

    @cached_property
    def plans_in_force(self) -> CTE:
        """The same for all duties that need it, so that SQL works it out once."""
        return self.looked_up(_plans_in_force(self))


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
