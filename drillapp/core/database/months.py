"""Days so many calendar months later, reckoned by the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, SQLColumnExpression, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class months_later(GenericFunction[date]):  # noqa: N801 - named as the function of SQL that it is
    """`months_later(day, months)`: the same day of the month so many months later, or that month's last day.

    As `drillapp.core.dates.months_after` reckons; `day` and `months` are columns or expressions.
    """

    type = Date()
    inherit_cache = True
    name = "months_later"


def later(day: SQLColumnExpression[Any], months: SQLColumnExpression[Any] | int) -> ColumnElement[date]:
    """The day that is so many months after a day."""
    return months_later(day, literal(months) if isinstance(months, int) else months)


@compiles(months_later, "sqlite")
def _sqlite(element: Any, compiler: Any, **options: Any) -> str:
    day, months = (compiler.process(part, **options) for part in element.clauses)
    # SQLite lets the 31st of a short month run over into the next: the end of the wanted month is earlier then.
    end = f"date({day}, 'start of month', '+' || ({months} + 1) || ' months', '-1 day')"
    return f"min(date({day}, '+' || {months} || ' months'), {end})"


@compiles(months_later, "postgresql")
def _postgresql(element: Any, compiler: Any, **options: Any) -> str:
    day, months = (compiler.process(part, **options) for part in element.clauses)
    return f"CAST({day} + make_interval(months => CAST({months} AS INTEGER)) AS DATE)"
