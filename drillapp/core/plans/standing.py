"""How a version stands on a day, worked out in SQL from the events on record: never typed, never stored.

A version begins when it is first published, or first approved when no publication of it is on record. In force is
the last version that has begun; a plan never has two.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, SQLColumnExpression, and_, case, func, or_, select

from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.plans.model import PlanEvent, PlanVersion

_EVENTS = table_of(PlanEvent)
_VERSIONS = table_of(PlanVersion)
REVIEWS = ("reviewed", "appraised")


def begin_of(versions: FromClause) -> ColumnElement[Any]:
    """The day a version comes into force."""
    events = _EVENTS.alias()
    days = {
        kind: func.min(case((events.c.kind == kind, events.c.happened_on)))
        for kind in ("published", "approved")
    }
    return (
        select(func.coalesce(days["published"], days["approved"]))
        .where(events.c.version_id == versions.c.id, events.c.kind.in_(list(days)))
        .correlate_except(events)
        .scalar_subquery()
    )


def has_begun(versions: FromClause, as_of: date) -> ColumnElement[bool]:
    """Whether a version has come into force by a day; of most versions one look tells."""
    published, approved = (
        event_of(versions.c.id, kind, as_of).exists() for kind in ("published", "approved")
    )
    return or_(published, and_(approved, ~event_of(versions.c.id, "published").exists()))


def event_of(version: SQLColumnExpression[Any], kind: str, as_of: date = date.max) -> AnySelect:
    """The keys of a version's events of a kind by a day."""
    events = _EVENTS.alias()
    chosen = and_(events.c.version_id == version, events.c.kind == kind)
    if as_of != date.max:
        chosen = and_(chosen, events.c.happened_on <= as_of)
    return select(events.c.id).where(chosen).correlate_except(events)


def end_of(versions: FromClause) -> ColumnElement[Any]:
    """The day the next version that has begun takes its place."""
    later = _VERSIONS.alias()
    begin = begin_of(later)
    return (
        select(func.min(begin))
        .where(later.c.plan_id == versions.c.plan_id, later.c.ordinal > versions.c.ordinal)
        .correlate_except(later)
        .scalar_subquery()
    )


def version_in_force_as_of(
    plan_id: ColumnElement[Any], as_of: date, column: str = "id"
) -> ColumnElement[Any]:
    """The version of a plan in force on a day, or another of its columns; whether the plan is retired is not asked."""
    versions = _VERSIONS.alias()
    return (
        select(versions.c[column])
        .where(versions.c.plan_id == plan_id, begin_of(versions) <= as_of)
        .order_by(versions.c.ordinal.desc())
        .limit(1)
        .correlate_except(versions)
        .scalar_subquery()
    )


def version_state(versions: FromClause, retired_on: ColumnElement[Any], as_of: date) -> ColumnElement[Any]:
    """A code of the enumeration plan_version_state; `retired_on` is the plan's."""
    return case(
        (end_of(versions) <= as_of, "superseded"),
        (retired_on <= as_of, "retired"),
        (begin_of(versions) <= as_of, "in_force"),
        (_last(versions, ("approved",), as_of).is_not(None), "approved"),
        (_last(versions, REVIEWS, as_of) != "rejected", "reviewed"),
        else_="drafting",
    )


def _last(versions: FromClause, kinds: tuple[str, ...], as_of: date) -> ColumnElement[Any]:
    """The conclusion of a version's last event of these kinds by a day; empty when it has none, NULL without event."""
    events = _EVENTS.alias()
    return (
        select(func.coalesce(events.c.conclusion, ""))
        .where(
            and_(
                events.c.version_id == versions.c.id, events.c.kind.in_(kinds), events.c.happened_on <= as_of
            )
        )
        .order_by(events.c.happened_on.desc(), events.c.id.desc())
        .limit(1)
        .correlate_except(events)
        .scalar_subquery()
    )


def superior_gap(plans: FromClause, superiors: FromClause, as_of: date) -> ColumnElement[Any]:
    """What happened to a plan's superior plan since it came into force: retired, newer, or nothing (NULL)."""
    own, above = (_in_force_since(table.c.id, as_of) for table in (plans, superiors))
    return case((superiors.c.retired_on <= as_of, "retired"), (above > own, "newer"))


def _in_force_since(plan_id: ColumnElement[Any], as_of: date) -> ColumnElement[Any]:
    """The day on which the version in force on a day began; of those that have begun it is the last."""
    versions = _VERSIONS.alias()
    begin = begin_of(versions)
    return (
        select(func.max(begin))
        .where(versions.c.plan_id == plan_id, begin <= as_of)
        .correlate_except(versions)
        .scalar_subquery()
    )
