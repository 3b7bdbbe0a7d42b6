"""Readiness of all units, against counting the same tables once each in raw SQL."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import raw_passes
from benchmarks.district import District
from benchmarks.figure import Figure, compared
from benchmarks.recorded import Bare
from drillapp.core.readiness.queries import readiness


def figures(district: District) -> Iterator[Figure]:
    """All units as of the district's day."""
    with district.open() as office:
        bare = Bare(office)
        day = office.as_of.isoformat()
        yield compared(
            "readiness of all units",
            lambda: readiness(office),
            lambda: raw_passes.run(bare, day),
            3,
            ceiling=1500,
        )
        bare.close()
