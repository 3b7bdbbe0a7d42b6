"""Days so many days later, reckoned by the database; months are in `months`."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, SQLColumnExpression, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class days_later(GenericFunction[date]):  # noqa: N801 - named as the function of SQL that it is
    """`days_later(day, days)`: both are columns or expressions."""

    type = Date()
    inherit_cache = True
    name = "days_later"


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
