"""Readiness of all units, against counting the same tables once each in raw SQL."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import raw_passes
from benchmarks.district import District
from benchmarks.figure import Figure, compared
from benchmarks.recorded import Bare
from drillapp.core.readiness.queries import readiness

_FIVE = "2026-1"
"""The version of the formula with five indicators, for which the limit in milliseconds was set."""


def figures(district: District) -> Iterator[Figure]:
    """All units as of the district's day: by the formula in use, and by the first one."""
    with district.open() as office:
        bare = Bare(office)
        day = office.as_of.isoformat()
        yield compared(
            "readiness of all units", lambda: readiness(office), lambda: raw_passes.run(bare, day), 3
        )
        yield compared(
            "readiness of all units, five indicators",
            lambda: readiness(office, version=_FIVE),
            lambda: raw_passes.run(bare, day, raw_passes.FIVE),
            3,
            ceiling=1500,
        )
        bare.close()
