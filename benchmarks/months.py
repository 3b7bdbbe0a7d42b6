"""The trend of all upper units over five years, against their readiness on one day."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.district import District
from benchmarks.figure import Figure, compared
from drillapp.core.readiness.months import monthly
from drillapp.core.readiness.queries import readiness, readiness_of

_UPPER = ("district", "department", "street", "community")
_MONTHS = 60


def figures(district: District) -> Iterator[Figure]:
    """District, departments, streets and communities with all units below them."""
    with district.open() as office:
        upper = [row.unit_id for row in readiness(office) if row.kind in _UPPER]
        yield compared(
            f"trend of {_MONTHS} months, {len(upper)} upper units",
            lambda: monthly(office, upper, _MONTHS),
            lambda: readiness_of(office, None, upper, office.as_of),
            20,
            rounds=1,
        )
