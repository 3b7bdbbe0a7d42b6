"""The bare SQL behind a call: recorded once, then run again without anything around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import event

from drillapp.core.office import Office


class Statement(NamedTuple):
    """A statement as the driver got it."""

    sql: str
    values: Any


@contextmanager
def recording(office: Office) -> Iterator[list[Statement]]:
    """The statements that run meanwhile."""
    found: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, _many: bool) -> None:
        if sql.lstrip().startswith(("SELECT", "WITH")):
            found.append(Statement(sql, values))

    event.listen(office.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(office.engine, "before_cursor_execute", note)


class Bare:
    """A connection of the driver, with nothing between."""

    def __init__(self, office: Office) -> None:
        self._pooled = office.engine.raw_connection()
        self._driver: Any = self._pooled.driver_connection

    def run(self, *statements: Statement) -> int:
        """Fetch all rows of the statements; returns how many there were."""
        return sum(len(self._driver.execute(each.sql, each.values).fetchall()) for each in statements)

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of one statement."""
        rows: list[tuple[Any, ...]] = self._driver.execute(sql, values).fetchall()
        return rows

    def close(self) -> None:
        """Give the connection back."""
        self._pooled.close()
