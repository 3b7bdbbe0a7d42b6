"""The most memory that the window has, whatever page is shown, against a bare window's."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from benchmarks import window_process
from benchmarks.district import District
from benchmarks.figure import Figure

_PAGES = ("home", "units", "plans", "drills", "supplies", "cards", "readiness")


def figures(district: District) -> Iterator[Figure]:
    """The page that takes most."""
    ours = {page: window_process.program(district, page).peak_mb for page in _PAGES}
    bare = statistics.median(window_process.bare().peak_mb for _ in range(3))
    hungriest = max(ours, key=lambda page: ours[page])
    yield Figure(f"peak memory of the window ({hungriest})", ours[hungriest], bare, 1.5, 150, unit="MB")
