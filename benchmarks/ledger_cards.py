"""The first screen of the ledger card of the item that has most movements: more than 50,000 in the whole district."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from benchmarks.district import District
from benchmarks.figure import Figure, alternating
from benchmarks.recorded import Bare, recording
from drillapp.core.office import Office
from drillapp.core.supplies.card import Card, ledger_card

_BUSIEST = """
    SELECT items.code, count(*) AS movements FROM movements JOIN items ON items.id = movements.item_id
    GROUP BY items.id ORDER BY movements DESC LIMIT 1
"""
_AT_LEAST = 50_000
_SCREEN = 100
"""Lines that are asked for at once."""
_ROUNDS = 15


def figures(district: District) -> Iterator[Figure]:
    """Against the same statements run by the driver alone; what counts is the ceiling."""
    with district.open() as office:
        with office.read() as connection:
            code, movements = connection.exec_driver_sql(_BUSIEST).one()
        if movements < _AT_LEAST * district.size:
            raise RuntimeError(f"item {code} has only {movements} movements")
        with recording(office) as statements:
            card = _first_screen(office, code)
        assert len(card.rows) == _SCREEN < card.total
        bare = Bare(office)
        ours, floor = alternating(lambda: _first_screen(office, code), lambda: bare.run(*statements), _ROUNDS)
        bare.close()
        yield Figure(
            f"ledger card of an item with {_AT_LEAST:,} movements, first screen",
            statistics.median(ours), statistics.median(floor), float("inf"), ceiling=50,
        )  # fmt: skip


def _first_screen(office: Office, code: str) -> Card:
    return ledger_card(office, code, limit=_SCREEN)
