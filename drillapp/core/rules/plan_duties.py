"""What is asked about plans, as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Integer, and_, bindparam, case, exists, func, literal, or_, select

from drillapp.core.database.base import still, table_of
from drillapp.core.dates import earliest_begin
from drillapp.core.law import Rule
from drillapp.core.plans.events import has_come_into_force
from drillapp.core.plans.filing import earliest_in_time, filing_column, filings, is_term_over, standing_filing
from drillapp.core.plans.model import Plan, PlanEvent, PlanSection, PlanVersion
from drillapp.core.plans.standing import REVIEWS, begin_of
from drillapp.core.rules.concerning import concerns
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect

_LOOKED_AT = ("published", "assessed", "approved")
"""The events from which the months until the next assessment run."""


def plan_in_force(scope: Scope) -> Iterator[Duty]:
    """Each unit has a plan in force; without data where no plan of it was ever recorded."""
    plans = scope.plans_in_force
    newest = (
        select(Plan.number)
        .where(
            Plan.unit_id == Unit.id,
            still(Plan.retired_on, scope.as_of),
            has_come_into_force(table_of(Plan), scope.as_of),
        )
        .order_by(Plan.id.desc())
        .limit(1)
    )
    recorded = exists().where(Plan.unit_id == Unit.id, _was_recorded(scope.as_of))
    for rule in scope.rules_settled_by("plan_in_force"):
        yield Duty(
            scope.as_of,
            select().select_from(Unit).where(scope.has(Unit.id), in_effect(scope.as_of), concerns(rule)),
            Unit.id, literal(rule.id),
            case((Unit.id.in_(select(plans.c.unit_id)), "met"), (~recorded, "no_data"), else_="overdue"),
            literal("units"), Unit.id, Unit.name, Unit.valid_from, evidence=newest.scalar_subquery(),
            is_of_units=True, may_lack_data=True,
        )  # fmt: skip


def _was_recorded(as_of: date) -> ColumnElement[bool]:
    """Whether anything was known of a plan by a day: an event of it, unless it has none at all."""
    events = select(PlanEvent.id).where(PlanEvent.plan_id == Plan.id).correlate(Plan)
    return or_(events.where(PlanEvent.happened_on <= as_of).exists(), ~events.exists())


class _OfPlans(NamedTuple):
    """What all duties of plans in force share: their rows, and how a row names its plan."""

    scope: Scope
    plans: CTE
    title: ColumnElement[Any]
    number: ColumnElement[Any]

    @classmethod
    def of(cls, scope: Scope) -> _OfPlans:
        plans = scope.plans_in_force
        title, number = (
            select(column).where(Plan.id == plans.c.id).scalar_subquery()
            for column in (Plan.title, Plan.number)
        )
        return cls(scope, plans, title, number)

    def duty(self, rule: ColumnElement[Any], state: ColumnElement[Any], **more: Any) -> Duty:
        """The duty of each plan in force that `asks` says."""
        return Duty(
            self.scope.as_of, self.scope.plan_rows, self.plans.c.unit_id, rule, state,
            literal("plans"), self.plans.c.id, self.title, evidence=self.number, is_of_units=True, **more,
        )  # fmt: skip


def _concerns(rule: Rule, plans: CTE) -> ColumnElement[bool]:
    """Whether a rule is asked of a plan: by its unit, and by its kind where the rule names some."""
    return and_(concerns(rule), plans.c.kind.in_(rule.plan_kinds)) if rule.plan_kinds else concerns(rule)


def plan_assessed(scope: Scope) -> Iterator[Duty]:
    """Each plan in force was assessed, or issued, within the rule's months."""
    of = _OfPlans.of(scope)
    happened = PlanEvent.plan_id == of.plans.c.id, PlanEvent.happened_on <= scope.as_of
    last = select(func.max(PlanEvent.happened_on)).where(*happened, PlanEvent.kind.in_(_LOOKED_AT))
    for rule in scope.rules_settled_by("plan_assessed"):
        limit = earliest_begin(scope.as_of, rule.months)
        # One look for each kind: most plans need only the first, and none needs to have all its events read.
        is_met = or_(
            *(
                exists().where(*happened, PlanEvent.kind == kind, PlanEvent.happened_on >= limit)
                for kind in _LOOKED_AT
            )
        )
        yield of.duty(
            literal(rule.id), case((is_met, "met"), else_="overdue"),
            since=last.scalar_subquery(), months=literal(rule.months), asks=_concerns(rule, of.plans),
        )  # fmt: skip


def plan_filed(scope: Scope) -> Iterator[Duty]:
    """The version in force of each plan is filed, once it is published, by the first rule on filing that concerns it.

    A filing that was sent back does not count. What was filed late is met all the same. Where the rule sets no term, it
    is due until it is done. A new version has to be filed anew (生产安全事故应急预案管理办法 article 37).
    """
    asked = {rule.id for rule in scope.rules_settled_by("plan_filed")}
    of, kind, published = _OfPlans.of(scope), scope.plans_in_force.c.kind, scope.plans_in_force.c.published_on
    asks: list[ColumnElement[bool]] = [published.is_not(None)]
    rule = filing_column("id", kind)
    if len(asked) < len(filings()):
        asks.append(rule.in_(sorted(asked)))
    filing = standing_filing(of.plans.c.version_id, scope.as_of)
    first_day = filing.with_only_columns(func.min(*filing.selected_columns)).scalar_subquery()
    is_over = is_term_over(published, earliest_in_time(scope.calendar, scope.as_of), kind)
    yield of.duty(
        rule, case((filing.exists(), "met"), (is_over, "overdue"), else_="due"),
        since=published, days=filing_column("days", kind), done_on=first_day, asks=and_(*asks), is_ever_due=True,
    )  # fmt: skip


def plan_outlined(scope: Scope) -> Iterator[Duty]:
    """The version in force says something in every section that its outline asks for; without data where it has no text."""
    of, version = _OfPlans.of(scope), scope.plans_in_force.c.version_id
    has_text = select(PlanSection.id).where(PlanSection.version_id == version).correlate(of.plans).exists()
    # A number is no danger in a statement, and there may be more of them than a statement takes as parameters.
    lacking = version.in_(
        bindparam(None, sorted(scope.incomplete_versions), Integer, expanding=True, literal_execute=True)
    )
    for rule in scope.rules_settled_by("plan_outlined"):
        yield of.duty(
            literal(rule.id), case((~has_text, "no_data"), (lacking, "overdue"), else_="met"),
            asks=_concerns(rule, of.plans), may_lack_data=True,
        )  # fmt: skip


def plan_reviewed(scope: Scope) -> Iterator[Duty]:
    """The version in force was reviewed, and not rejected, before it was signed; where it was never signed, published.

    Without data where no review of any plan of the unit was ever recorded.
    """
    of, version = _OfPlans.of(scope), scope.plans_in_force.c.version_id
    review, signing, any_plan = (
        table_of(PlanEvent).alias(),
        table_of(PlanEvent).alias(),
        table_of(Plan).alias(),
    )
    earlier = select(signing.c.id).where(
        signing.c.version_id == version,
        signing.c.kind == "approved",
        signing.c.happened_on < review.c.happened_on,
    )
    was_reviewed = select(review.c.id).where(
        review.c.version_id == version,
        review.c.kind.in_(REVIEWS),
        review.c.happened_on <= scope.as_of,
        func.coalesce(review.c.conclusion, "") != "rejected",
        ~earlier.correlate_except(signing).exists(),
        or_(of.plans.c.published_on.is_(None), review.c.happened_on <= of.plans.c.published_on),
    )
    of_unit = (
        select(PlanEvent.id)
        .join(any_plan, any_plan.c.id == PlanEvent.plan_id)
        .where(
            any_plan.c.unit_id == of.plans.c.unit_id, PlanEvent.kind.in_(REVIEWS),
            PlanEvent.happened_on <= scope.as_of,
        )
        .correlate(of.plans)
    )  # fmt: skip
    state = case(
        (was_reviewed.correlate(of.plans).exists(), "met"), (~of_unit.exists(), "no_data"), else_="overdue"
    )
    for rule in scope.rules_settled_by("plan_reviewed"):
        yield of.duty(literal(rule.id), state, asks=_concerns(rule, of.plans), may_lack_data=True)


def plan_revised(scope: Scope) -> Iterator[Duty]:
    """A plan of which it was recorded that it must be revised has a newer version in force within the rule's months.

    The time runs from the first cause that the version in force was given; after the revision, from the last one.
    """
    of = _OfPlans.of(scope)
    cause, told, later = (
        table_of(PlanEvent).alias(),
        table_of(PlanVersion).alias(),
        table_of(PlanVersion).alias(),
    )
    is_cause = and_(
        cause.c.plan_id == of.plans.c.id,
        cause.c.kind == "revision_triggered",
        cause.c.happened_on <= scope.as_of,
    )
    causes = select(cause.c.happened_on).where(is_cause).correlate(of.plans)
    is_open = cause.c.version_id == of.plans.c.version_id
    first_open, last = (
        causes.where(*narrowing).with_only_columns(which(cause.c.happened_on)).scalar_subquery()
        for which, narrowing in ((func.min, (is_open,)), (func.max, ()))
    )
    revised_on = (
        select(func.min(begin_of(later)))
        .select_from(cause.join(told, told.c.id == cause.c.version_id))
        .join(later, and_(later.c.plan_id == told.c.plan_id, later.c.ordinal > told.c.ordinal))
        .where(is_cause, cause.c.happened_on == last)
        .correlate(of.plans)
        .scalar_subquery()
    )
    for rule in scope.rules_settled_by("plan_revised"):
        limit = earliest_begin(scope.as_of, rule.months)
        yield of.duty(
            literal(rule.id), case((first_open.is_(None), "met"), (first_open < limit, "overdue"), else_="due"),
            since=func.coalesce(first_open, last), months=literal(rule.months),
            done_on=case((first_open.is_(None), revised_on)), asks=and_(causes.exists(), _concerns(rule, of.plans)), is_ever_due=True,
        )  # fmt: skip
