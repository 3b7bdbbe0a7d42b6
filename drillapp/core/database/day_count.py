"""Days reckoned by the database: so many later, between two, the day of a moment in Beijing; months are in `months`."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, SQLColumnExpression, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class days_later(GenericFunction[date]):  # noqa: N801 - named as the function of SQL that it is
    """`days_later(day, days)`: both are columns or expressions."""

    type = Date()
    inherit_cache = True
    name = "days_later"


class days_between(GenericFunction[int]):  # noqa: N801 - named as the function of SQL that it is
    """`days_between(first, last)`: how many days there are from one day to another; negative when it lies before."""

    type = Integer()
    inherit_cache = True
    name = "days_between"


class local_date(GenericFunction[date]):  # noqa: N801 - named as the function of SQL that it is
    """`local_date(moment)`: the day in Beijing of a moment that is kept in UTC, as `core.localtime.local_day` tells it."""

    type = Date()
    inherit_cache = True
    name = "local_date"


def days_after(day: date, days: SQLColumnExpression[Any]) -> ColumnElement[date]:
    """The day so many days after a day."""
    return days_later(literal(day, Date), days)


@compiles(days_later, "sqlite")
def _sqlite(element: Any, compiler: Any, **options: Any) -> str:
    day, days = (compiler.process(part, **options) for part in element.clauses)
    return f"date({day}, ({days}) || ' days')"


@compiles(days_later, "postgresql")
def _postgresql(element: Any, compiler: Any, **options: Any) -> str:
    day, days = (compiler.process(part, **options) for part in element.clauses)
    return f"(CAST({day} AS DATE) + CAST({days} AS INTEGER))"


@compiles(days_between, "sqlite")
def _days_between_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    first, last = (compiler.process(part, **options) for part in element.clauses)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


@compiles(days_between, "postgresql")
def _days_between_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    first, last = (compiler.process(part, **options) for part in element.clauses)
    return f"(CAST({last} AS DATE) - CAST({first} AS DATE))"


@compiles(local_date, "sqlite")
def _local_date_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    (moment,) = (compiler.process(part, **options) for part in element.clauses)
    return f"date({moment}, '+8 hours')"


@compiles(local_date, "postgresql")
def _local_date_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    (moment,) = (compiler.process(part, **options) for part in element.clauses)
    return f"CAST({moment} + interval '8 hours' AS DATE)"
