"""The dated events of plans: written from entries, read as of a date, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import cache
from typing import Any

from msgspec import UNSET
from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, delete, func, or_, select, update

from drillapp.core.batch import Batch
from drillapp.core.database.base import AnySelect, narrowed, table_of
from drillapp.core.database.rows import Days, insert_rows, next_ids, plain_rows
from drillapp.core.plans.model import Plan, PlanAssessment, PlanEvent
from drillapp.core.plans.told import DATED, ToldVersions
from drillapp.core.work import Work

_EVENTS = table_of(PlanEvent)


def latest(kind: str) -> Callable[[Table], ColumnElement[Any]]:
    """How to read the date of a plan's latest event of a kind."""
    return lambda plans: _of(plans, kind).with_only_columns(func.max(_EVENTS.c.happened_on)).scalar_subquery()


def filing_number(plans: Table) -> ColumnElement[Any]:
    """The number under which a plan was last filed."""
    return filing_number_as_of(plans, date.max)


def as_of_event(plans: Table, kinds: str | tuple[str, ...], as_of: date) -> ColumnElement[Any]:
    """The date of a plan's latest event of these kinds by a date."""
    chosen = (kinds,) if isinstance(kinds, str) else kinds
    events = _EVENTS.alias()
    statement = select(func.max(events.c.happened_on)).where(
        events.c.plan_id == plans.c.id, events.c.kind.in_(chosen), events.c.happened_on <= as_of
    )
    return statement.scalar_subquery()


def in_force_on(plans: FromClause) -> ColumnElement[Any]:
    """The day a plan comes into force: when the earliest of its versions does, published or, if never, approved."""
    begins = or_(_EVENTS.c.kind == "published", _is_approval_of_unpublished())
    first = select(func.min(_EVENTS.c.happened_on)).where(_EVENTS.c.plan_id == plans.c.id, begins)
    return first.correlate(plans).scalar_subquery()


def has_come_into_force(plans: FromClause, as_of: date) -> ColumnElement[bool]:
    """Whether a plan has come into force by a day; for most plans the publications alone tell."""
    by_then = select(_EVENTS.c.id).where(_EVENTS.c.plan_id == plans.c.id, _EVENTS.c.happened_on <= as_of)
    ways = (_EVENTS.c.kind == "published", _is_approval_of_unpublished())
    return or_(*(by_then.where(way).correlate(plans).exists() for way in ways))


@cache
def _is_approval_of_unpublished() -> ColumnElement[bool]:
    other = _EVENTS.alias()
    of_version = other.c.version_id == _EVENTS.c.version_id
    published = select(other.c.id).where(of_version, other.c.kind == "published").correlate(_EVENTS)
    return and_(_EVENTS.c.kind == "approved", ~published.exists())


def filing_number_as_of(plans: Table, as_of: date) -> ColumnElement[Any]:
    """The number under which a plan was last filed by a date."""
    newest = _of(plans, "filed").with_only_columns(_EVENTS.c.reference).where(_EVENTS.c.happened_on <= as_of)
    return newest.order_by(_EVENTS.c.happened_on.desc(), _EVENTS.c.id.desc()).limit(1).scalar_subquery()


def in_force_periods(
    connection: Connection, numbers: Collection[str] | None
) -> dict[str, tuple[int, date | None, date | None]]:
    """For each plan number (None: for all): its key, the day it came into force and the day it was retired (None: not)."""
    statement = select(Plan.number, Plan.id, in_force_on(table_of(Plan)), Plan.retired_on)
    rows, days = plain_rows(connection, narrowed(statement, Plan.number, numbers)), Days({None: None})
    return {number: (key, days[begin], days[end]) for number, key, begin, end in rows}


def write_events(work: Work, batch: Batch, told: ToldVersions) -> None:
    """Write the events that entries tell of, each under the version that it belongs to.

    A date later than the latest is a further event; an earlier one corrects what is later; none takes all back.
    """
    new: list[tuple[int, int, str, date, str | None]] = []
    for i, field, day in _told(batch, told):
        plan, kind = batch.id_of(i), DATED[field]
        version = told.of_event(batch, i, kind, day)
        before = batch.existing[plan][field] if plan in batch.existing else None
        if day is None or (before is not None and day < before):
            _take_back(work.connection, version, kind, day)
        if day is not None:
            number = batch.value("filing_number", i) if kind == "filed" else None
            new.append((plan, version, kind, day, number))
    if new:
        names = ("plan_id", "version_id", "kind", "happened_on", "reference")
        columns = dict(zip(names, zip(*new, strict=True), strict=True))
        ids = next_ids(work.connection, _EVENTS, len(new))
        insert_rows(work.connection, _EVENTS, {"id": ids, **columns})
    _correct_filing_numbers(work, batch)


def _told(batch: Batch, told: ToldVersions) -> Iterator[tuple[int, str, date | None]]:
    for field in DATED:
        values = batch.given[field]
        for i in (*batch.new, *(i for i in batch.changed if i in told.further)):
            if values[i] is not None and values[i] is not UNSET:
                yield i, field, values[i]
        for i, fields in batch.changed.items():
            if field in fields and i not in told.further:
                yield i, field, values[i]


def _take_back(connection: Connection, version: int, kind: str, day: date | None) -> None:
    """Remove a version's events of a kind from a day on, or all of them, and what was written about them."""
    chosen = (_EVENTS.c.version_id == version) & (_EVENTS.c.kind == kind)
    if day is not None:
        chosen &= _EVENTS.c.happened_on >= day
    forms = PlanAssessment.event_id.in_(select(_EVENTS.c.id).where(chosen))
    connection.execute(delete(PlanAssessment).where(forms))
    connection.execute(delete(_EVENTS).where(chosen))


def _correct_filing_numbers(work: Work, batch: Batch) -> None:
    """Write the numbers of filings that are there already."""
    for i, fields in batch.changed.items():
        if "filing_number" not in fields or "filed_on" in fields:
            continue
        filings = (_EVENTS.c.plan_id == batch.id_of(i)) & (_EVENTS.c.kind == "filed")
        newest = select(func.max(_EVENTS.c.happened_on)).where(filings).scalar_subquery()
        work.connection.execute(
            update(_EVENTS)
            .where(filings, _EVENTS.c.happened_on == newest)
            .values(reference=batch.value("filing_number", i))
        )


def _of(plans: Table, kind: str) -> AnySelect:
    return select(_EVENTS).where(_EVENTS.c.plan_id == plans.c.id, _EVENTS.c.kind == kind)
