"""What a duty is, and as of when and of whom duties are asked: the shape that all kinds of duty share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    DateTime,
    SQLColumnExpression,
    and_,
    case,
    cast,
    false,
    literal,
    null,
    select,
)

from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.dates import months_before
from drillapp.core.drills.held import is_held
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.i18n import language
from drillapp.core.law import Rule, Settlement
from drillapp.core.localtime import end_of_day
from drillapp.core.plans.filing import filing_from
from drillapp.core.plans.model import Plan, PlanVersion
from drillapp.core.plans.standing import has_begun
from drillapp.core.rules.book import RuleBook
from drillapp.core.rules.kept import Kept, kept_for
from drillapp.core.supplies.levels.fulfilment import fulfilment
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect, in_scope
from drillapp.core.workdays.calendar import Calendar

# With their types, since PostgreSQL wants to know them where the duties are put together.
NO_DAY = cast(null(), Date)
NO_MOMENT = cast(null(), DateTime)

_OF_HELD_DRILLS: tuple[Settlement, ...] = ("drill_attended", "drill_evaluated", "drill_reported")


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
    done_on: SQLColumnExpression[Any] = NO_DAY
    """The day it was done, where `is_late` does not tell: whether working days were over only the calendar knows."""
    late_is_missed: bool = False
    """Whether what was done late does not count as met."""
    is_of_units: bool = False
    """Whether the rows come from units, and only from those in effect."""
    is_ever_due: bool = False
    """Whether a row can be due; where none can, all rows count as asked, without a second look at their states."""
    may_lack_data: bool = False
    """Whether a row can be without data."""
    asks: ColumnElement[bool] | None = None
    """Which of the rows are asked, where kinds of duty share their rows so as to be counted in one pass."""

    @property
    def base(self) -> AnySelect:
        """The rows asked, of units in effect, joined to them."""
        rows = self.rows if self.asks is None else self.rows.where(self.asks)
        if self.is_of_units:
            return rows
        return rows.join(Unit, Unit.id == self.unit_id).where(in_effect(self.as_of))

    @property
    def counted_state(self) -> SQLColumnExpression[Any]:
        """The state as readiness counts it: what was done late stays overdue where that does not count as met."""
        if not self.late_is_missed:
            return self.state
        return case((and_(self.state == "met", self.is_late), "overdue"), else_=self.state)


class Scope:
    """As of when duties are asked for, by which rules, and of which unit with those below it (None: of all units)."""

    def __init__(
        self,
        as_of: date,
        book: RuleBook,
        calendar: Calendar,
        unit_id: int | None = None,
        find_incomplete: Callable[[], frozenset[int]] = frozenset,
    ) -> None:
        self.as_of = as_of
        self.book = book
        self.calendar = calendar
        """For terms in working days."""
        self.unit_id = unit_id
        self._find_incomplete = find_incomplete

    @cached_property
    def kept(self) -> Kept:
        """The parts of its statements, shared with every scope of the same, unless it is given some of its own."""
        return kept_for(self.as_of, self.book, self.calendar, self.unit_id, language())

    def rules_settled_by(self, settlement: Settlement) -> list[Rule]:
        """The rules asked on the day that one kind of fact fulfils, the strictest first."""
        return self.book.settled_by(settlement, self.as_of)

    def has(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """Whether a column's unit is one of these."""
        return in_scope(column, self.unit_id)

    def looked_up(self, cte: CTE) -> CTE:
        """What rows are looked up in: for all units worked out once, for few sooner asked anew for each row."""
        return cte.prefix_with("MATERIALIZED") if self.unit_id is None else cte

    @property
    def levels(self) -> CTE:
        """What units must have and what they have of it, for all duties that ask for it."""
        return self.kept.part(
            "levels", lambda: self.looked_up(fulfilment(self.as_of, self.unit_id).cte("levels"))
        )

    @property
    def level_rows(self) -> AnySelect:
        """These levels as rows: what is asked of them is counted in one pass."""
        return self.kept.part("level_rows", lambda: select().select_from(self.levels))

    @property
    def plans_in_force(self) -> CTE:
        """The same for all duties that need it, so that SQL works it out once."""
        return self.kept.part("plans_in_force", lambda: self.looked_up(_plans_in_force(self)))

    @cached_property
    def incomplete_versions(self) -> frozenset[int]:
        """The versions of these units' plans whose text lacks what its outline asks for; looked for when first asked."""
        return self._find_incomplete()

    def content_asked(self, *settlements: Settlement) -> object:
        """What the statements for these kinds of fact depend on besides: where texts are asked for, which lack content."""
        if "plan_outlined" not in settlements or not self.rules_settled_by("plan_outlined"):
            return None
        return self.incomplete_versions

    @property
    def plan_rows(self) -> AnySelect:
        """Plans in force of units in effect, joined to them: what is asked of plans is counted in one pass."""
        return self.kept.part("plan_rows", partial(_plan_rows, self))

    @property
    def held_drills(self) -> AnySelect:
        """Drills held in the months that any rule on held drills looks back: what is asked of them is counted in one pass."""
        return self.kept.part("held_drills", partial(_held_drills, self))

    @property
    def findings(self) -> AnySelect:
        """Findings that were not taken back: what is asked of them is counted in one pass."""
        return self.kept.part("findings", partial(_findings, self))


def _plan_rows(scope: Scope) -> AnySelect:
    plans = scope.plans_in_force
    of_unit = Unit.id == plans.c.unit_id
    return select().select_from(plans).join(Unit, of_unit).where(in_effect(scope.as_of))


def _held_drills(scope: Scope) -> AnySelect:
    rules = [rule for one in _OF_HELD_DRILLS for rule in scope.rules_settled_by(one)]
    since = end_of_day(months_before(scope.as_of, max((rule.months for rule in rules), default=0)))
    rows = select().select_from(Drill)
    return rows.where(scope.has(Drill.unit_id), is_held(scope.as_of), Drill.ended_at > since)


def _findings(scope: Scope) -> AnySelect:
    return select().select_from(Finding).where(scope.has(Finding.unit_id), Finding.retired_on.is_(None))


def _plans_in_force(scope: Scope) -> CTE:
    """Plans in force on a day, with the version in force and the day it was published (NULL: only approved)."""
    version, later = table_of(PlanVersion).alias("version"), table_of(PlanVersion).alias("later")
    is_replaced = select(later.c.id).where(
        later.c.plan_id == version.c.plan_id,
        later.c.ordinal > version.c.ordinal,
        has_begun(later, scope.as_of),
    )
    return (
        select(
            Plan.id, Plan.unit_id, Plan.kind, version.c.id.label("version_id"),
            filing_from(version.c.id, scope.as_of).label("published_on"),
        )
        .join(version, version.c.plan_id == Plan.id)
        .where(
            scope.has(Plan.unit_id), still(Plan.retired_on, scope.as_of), has_begun(version, scope.as_of),
            ~is_replaced.correlate_except(later).exists(),
        )
        .cte("plans_in_force")
    )  # fmt: skip
