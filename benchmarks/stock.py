"""Stock of all storehouses as of a date in the middle, against one raw GROUP BY."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benchmarks.district import District
from benchmarks.figure import Figure, compared
from benchmarks.recorded import Bare
from drillapp.core.supplies.queries import stock_as_of

_MIDDLE = date(2024, 12, 12)
_GROUPED = """
    SELECT holding_id, sum(delta) FROM stock_entries WHERE occurred_on <= ?
    GROUP BY holding_id HAVING sum(delta) <> 0
"""


def figures(district: District) -> Iterator[Figure]:
    """Half of the movements lie before the date."""
    with district.open() as office:
        office.as_of = _MIDDLE
        bare = Bare(office)
        yield compared(
            "stock of all storehouses, middle date",
            lambda: stock_as_of(office),
            lambda: bare.ask(_GROUPED, _MIDDLE.isoformat()),
            2,
        )
        bare.close()
