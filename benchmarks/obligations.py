"""What falls due of all units, against reading the same tables once each in raw SQL."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import raw_passes
from benchmarks.district import District
from benchmarks.figure import Figure, compared
from benchmarks.recorded import Bare
from drillapp.core.rules.due import due_keys


def figures(district: District) -> Iterator[Figure]:
    """All that is overdue or due within 90 days, of all units as of the district's day."""
    with district.open() as office:
        bare = Bare(office)
        day = office.as_of.isoformat()
        yield compared(
            "obligations of all units", lambda: due_keys(office, None), lambda: raw_passes.run(bare, day), 3
        )
        bare.close()
