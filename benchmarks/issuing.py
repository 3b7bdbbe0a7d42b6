"""An issue of one line posted, on disk, against the bare insert of such a movement and its stock entry."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

from benchmarks.district import District, remove
from benchmarks.figure import Figure, alternating
from drillapp.core.clock import SystemClock
from drillapp.core.database.uid import new_uid
from drillapp.core.office import Office
from drillapp.core.supplies.documents import book_document
from drillapp.core.supplies.entries import MovementEntry

_LINES = 200
"""So many are posted of each before any is timed, and so many are timed."""
_FULLEST = """
    SELECT holdings.id, storehouses.id, storehouses.code, items.id, items.code, lots.id, lots.code
    FROM (SELECT holding_id, sum(delta) AS quantity FROM stock_entries GROUP BY holding_id) AS sums
    JOIN holdings ON holdings.id = sums.holding_id JOIN storehouses ON storehouses.id = holdings.storehouse_id
    JOIN items ON items.id = holdings.item_id JOIN lots ON lots.id = holdings.lot_id
    WHERE lots.expires_on IS NULL ORDER BY quantity DESC, holdings.id LIMIT ?
"""
_MOVEMENT = """
    INSERT INTO movements (uid, owner_id, revision, document, line, kind, storehouse_id, item_id, lot_id, quantity,
                           occurred_on, recorded_at, recorded_by)
    VALUES (?, ?, 1, ?, 1, 'out', ?, ?, ?, 1000, ?, ?, ?)
"""
_ENTRY = "INSERT INTO stock_entries (movement_id, holding_id, occurred_on, delta) VALUES (?, ?, ?, -1000)"


class _Place(NamedTuple):
    """A holding of which much is there."""

    holding_id: int
    storehouse_id: int
    storehouse: str
    item_id: int
    item: str
    lot_id: int
    lot: str


def figures(district: District) -> Iterator[Figure]:
    """Both of today and in the same tables, each line of a holding of its own and in a transaction of its own."""
    copy = district.copy("issuing.drill")
    with Office.open(copy.path, clock=SystemClock()) as office:
        with office.read() as connection:
            rows = connection.exec_driver_sql(_FULLEST, (4 * _LINES + 2,))
            places = [_Place(*row) for row in rows]
        bare = _Bare(office)
        mine, others = iter(places[::2]), iter(places[1::2])

        def ours() -> None:
            book_document(office, [_issue(office, next(mine))])

        def floor() -> None:
            bare.insert(next(others))

        for _ in range(_LINES):
            ours()
            floor()
        times, least = alternating(ours, floor, _LINES)
        bare.close()
        yield Figure("issue posted", statistics.median(times), statistics.median(least), 3)
    remove(copy.path)


def _issue(office: Office, place: _Place) -> MovementEntry:
    return MovementEntry(
        document="", kind="out", storehouse=place.storehouse, item_code=place.item, lot=place.lot, quantity=1,
        occurred_on=office.as_of,
    )  # fmt: skip


class _Bare:
    """The driver alone."""

    def __init__(self, office: Office) -> None:
        self._pooled = office.engine.raw_connection()
        self._driver: Any = self._pooled.driver_connection
        self._office, self._numbers = office, count(1)
        assert self._driver.execute("PRAGMA synchronous").fetchone() == (2,)

    def insert(self, place: _Place) -> None:
        """The same two rows, committed."""
        day = self._office.as_of.isoformat()
        now = self._office.clock.now().replace(tzinfo=None, microsecond=0).isoformat(" ", "microseconds")
        uid = bytes.fromhex(new_uid().replace("-", ""))
        line = (
            uid,
            self._office.id,
            f"BENCH-{next(self._numbers)}",
            place.storehouse_id,
            place.item_id,
            place.lot_id,
        )
        self._driver.execute("BEGIN IMMEDIATE")
        cursor = self._driver.execute(_MOVEMENT, (*line, day, now, self._office.actor))
        self._driver.execute(_ENTRY, (cursor.lastrowid, place.holding_id, day))
        self._driver.execute("COMMIT")

    def close(self) -> None:
        """Give the connection back."""
        self._pooled.close()
