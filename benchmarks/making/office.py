"""The whole office: every room filled, in the order in which they refer to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from benchmarks.making.cards import make_cards, make_teams
from benchmarks.making.drills import make_drills
from benchmarks.making.filling import Filling
from benchmarks.making.movements import make_movements
from benchmarks.making.plans import make_plans
from benchmarks.making.revisions import make_revisions
from benchmarks.making.supplies import make_items, make_levels, make_lots, make_storehouses
from benchmarks.making.units import make_people, make_posts, make_units
from benchmarks.making.words import TODAY, words
from drillapp.core.clock import FixedClock
from drillapp.core.office import Office
from drillapp.core.search import index

CLOCK = FixedClock(datetime.combine(TODAY, time(4), UTC))
"""Noon in Beijing on the district's day."""


def make_office(path: Path, size: float) -> None:
    """Make an office file of the district; size 1 is the whole of it."""
    with Office.create(
        path, name=words()["district"], level="district", code="110102", clock=CLOCK
    ) as office:
        # Nobody needs half a made-up office, so nothing is kept for undoing it.
        pragmas(office, "journal_mode = OFF", "synchronous = OFF", "cache_size = -800000")
        with office.write("make up a district") as work:
            _fill(Filling(work), office.unit_id or 1, size)
            # As after years of single records: one segment, not the many that one bulk write leaves.
            work.connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")
        pragmas(office, "journal_mode = WAL")


def pragmas(office: Office, *settings: str) -> None:
    """Set the driver's switches for what comes next."""
    with office.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        for setting in settings:
            driver.execute(f"PRAGMA {setting}")


def _fill(filling: Filling, own_id: int, size: float) -> None:
    find = _indexer(filling)
    units = make_units(filling, own_id, size)
    find("units", [unit.name for unit in units], [unit.code for unit in units])
    find("people", make_people(filling, units))
    plans = make_plans(filling, units)
    find("plans", [plan.title for plan in plans], [plan.number for plan in plans])
    drills = make_drills(filling, units, plans)
    find("drills", drills["title"], drills["number"])
    make_revisions(filling, plans)
    cards = make_cards(filling, make_posts(filling, units), plans, round(100_000 * size))
    find("cards", cards["title"], cards["number"])
    find("teams", make_teams(filling, units))
    items = make_items(filling)
    find("items", *items)
    storehouses = make_storehouses(filling, units, size)
    find("storehouses", *storehouses)
    lots = make_lots(filling, len(items.names), max(3, round(84 * size)))
    make_levels(filling, units, len(items.names))
    make_movements(filling, len(storehouses.names), lots, round(1_000_000 * size))


def _indexer(filling: Filling) -> Callable[..., None]:
    def find(kind: str, *parts: Sequence[str]) -> None:
        ids = range(1, len(parts[0]) + 1)
        found = index.rows(kind, ids, zip(*parts, strict=True))
        index.put(filling.work.connection, found, new=kind != "units")

    return find
