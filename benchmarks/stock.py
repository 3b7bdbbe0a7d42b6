"""Stock of all storehouses as of any date, against one raw GROUP BY."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from benchmarks.district import District
from benchmarks.figure import Figure, compared
from benchmarks.recorded import Bare
from drillapp.core.supplies.queries import stock_as_of

_MIDDLE = date(2024, 12, 12)
_WORST = date(2024, 9, 30)
_GROUPED = """
    SELECT holding_id, sum(delta) FROM stock_entries WHERE occurred_on <= ?
    GROUP BY holding_id HAVING sum(delta) <> 0
"""


def figures(district: District) -> Iterator[Figure]:
    """Half of the movements lie before the first; the second is as far from the ends of its half-year as a day can be."""
    with district.open() as office:
        bare = Bare(office)
        for which, day in (("middle", _MIDDLE), ("worst", _WORST)):
            office.as_of = day
            yield compared(
                f"stock of all storehouses, {which} date",
                lambda: stock_as_of(office),
                partial(bare.ask, _GROUPED, day.isoformat()),
                1.5,
            )
        bare.close()
