"""The programme of all units for a year, against one raw pass that reads the same facts and writes the same rows."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

from benchmarks.district import District, remove
from benchmarks.figure import Figure, milliseconds
from benchmarks.recorded import Bare, Statement, recording
from drillapp.core.office import Office
from drillapp.core.programming import draw_up

_ROUNDS = 3
_TABLES = ("programme_duties", "programme_items", "programmes")
"""What is written, those that refer to others first."""


def figures(district: District) -> Iterator[Figure]:
    """Next year's programme, of which no duty is settled yet."""
    copy = district.copy(f"programme-{district.size:g}.office")
    with copy.open("write") as office:
        bare = Bare(office)
        times = [(_ours(office), _floor(office, bare)) for _ in range(_ROUNDS)]
        bare.close()
    remove(copy.path)
    ours, floor = map(statistics.median, zip(*times, strict=True))
    yield Figure("programme for 20,000 units", ours, floor, 3)


def _ours(office: Office) -> float:
    _draw_up(office)  # what is read is in memory for both
    _clear(office)
    return milliseconds(lambda: _draw_up(office))


def _draw_up(office: Office) -> list[Statement]:
    with recording(office) as statements:
        if not draw_up(office, None, office.as_of.year + 1).added:
            raise RuntimeError("nothing was asked")
    return statements


def _floor(office: Office, bare: Bare) -> float:
    rows = {table: bare.ask(f"SELECT * FROM {table}") for table in reversed(_TABLES)}
    _clear(office)
    statements = _draw_up(office)
    _clear(office)
    with office.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        taken = milliseconds(lambda: _pass(driver, bare, statements, rows))
    _clear(office)
    return taken


def _pass(
    driver: Any, bare: Bare, statements: list[Statement], rows: dict[str, list[tuple[Any, ...]]]
) -> None:
    bare.run(*statements)
    driver.execute("BEGIN IMMEDIATE")
    for table, values in rows.items():
        driver.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
    driver.execute("COMMIT")


def _clear(office: Office) -> None:
    with office.write("clear programmes") as work:
        for table in _TABLES:
            work.connection.exec_driver_sql(f"DELETE FROM {table}")
