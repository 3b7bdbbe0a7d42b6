"""The most memory that the window has, whatever page is shown, against a bare window's.

Nothing is remembered of any figure when a page opens: all is worked out while it is shown.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from sqlalchemy import delete

from benchmarks import window_process
from benchmarks.district import District, remove
from benchmarks.figure import Figure
from drillapp.core.database.model import RememberedFigure

_PAGES = ("home", "units", "plans", "drills", "supplies", "cards", "readiness")


def figures(district: District) -> Iterator[Figure]:
    """The page that takes most."""
    copy = district.copy(f"memory-{district.size:g}.office")
    ours = {page: _peak(copy, page) for page in _PAGES}
    remove(copy.path)
    bare = statistics.median(window_process.bare().peak_mb for _ in range(3))
    hungriest = max(ours, key=lambda page: ours[page])
    yield Figure(f"peak memory of the window ({hungriest})", ours[hungriest], bare, 1.5, 150, unit="MB")


def _peak(district: District, page: str) -> float:
    """In megabytes."""
    with district.open("write") as office, office.write("forget figures") as work:
        work.connection.execute(delete(RememberedFigure))
    return window_process.program(district, page).peak_mb
