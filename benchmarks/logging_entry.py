"""A line of a drill's log acknowledged, on disk, against the bare insert of the same row with `synchronous = FULL`."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from benchmarks.district import District, remove
from benchmarks.drill_words import drill_words
from benchmarks.figure import Figure, alternating
from drillapp.core.clock import SystemClock
from drillapp.core.database.uid import new_uid
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.conduct.commands import log_entry, start
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.naming import drill_named
from drillapp.core.office import Office

_LINES = 500
"""So many are logged of each before any is timed, and so many are timed."""
_TABLE = """
    CREATE TABLE bare_log (
        id INTEGER PRIMARY KEY, uid BLOB NOT NULL, owner_id INTEGER NOT NULL, revision INTEGER NOT NULL,
        retired_on DATE, drill_id INTEGER NOT NULL, at DATETIME NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
        who TEXT, subject TEXT, inject_id INTEGER, corrects_id INTEGER, recorded_at DATETIME, UNIQUE (uid)
    )
"""
_INDEX = "CREATE INDEX ix_bare_log_drill_id_at ON bare_log (drill_id, at)"
_INSERT = """
    INSERT INTO bare_log (uid, owner_id, revision, drill_id, at, kind, text, who, recorded_at)
    VALUES (?, ?, 1, ?, ?, 'note', ?, ?, ?)
"""


def figures(district: District) -> Iterator[Figure]:
    """One drill under way in a copy of the district; both in a transaction of their own."""
    copy = district.copy("logging.drill")
    with Office.open(copy.path, clock=SystemClock()) as office:
        drill = _drill(office)
        bare = _Bare(office, drill)
        numbers, words = count(), drill_words()

        def ours() -> None:
            log_entry(office, drill, f"{words['report']} {next(numbers)}", who=words["leader"])

        for _ in range(_LINES):
            ours()
            bare.insert()
        mine, least = alternating(ours, bare.insert, _LINES)
        bare.close()
        yield Figure("log entry acknowledged", statistics.median(mine), statistics.median(least), 2)
    remove(copy.path)


def _drill(office: Office) -> int:
    with office.read() as connection:
        code = connection.exec_driver_sql(
            "SELECT code FROM units WHERE id = ?", (office.unit_id,)
        ).scalar_one()
    entry = DrillEntry(
        number="BENCH-LOG", unit_code=str(code), title=drill_words()["timed"], planned_on=office.as_of
    )
    save_drills(office, [entry])
    drill = drill_named(office, entry.number)
    start(office, drill)
    return drill


class _Bare:
    """The driver alone, on a table of its own beside ours."""

    def __init__(self, office: Office, drill: int) -> None:
        self._pooled = office.engine.raw_connection()
        self._driver: Any = self._pooled.driver_connection
        self._drill, self._office, self._words = drill, office.id, drill_words()
        assert self._driver.execute("PRAGMA synchronous").fetchone() == (2,)
        self._driver.execute(_TABLE)
        self._driver.execute(_INDEX)

    def insert(self) -> None:
        """The same row, committed."""
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
        uid = bytes.fromhex(new_uid().replace("-", ""))
        self._driver.execute("BEGIN IMMEDIATE")
        self._driver.execute(
            _INSERT, (uid, self._office, self._drill, now, self._words["report"], self._words["leader"], now)
        )
        self._driver.execute("COMMIT")

    def close(self) -> None:
        """Give the connection back."""
        self._pooled.close()
