"""What Ctrl+K finds, against the bare full-text and key queries behind it."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from benchmarks.district import District
from benchmarks.figure import Figure, alternating, percentile
from benchmarks.making.words import words
from benchmarks.recorded import Bare, recording
from drillapp.core.office import Office
from drillapp.core.search.queries import search

_LATIN = (
    "xf",
    "fx",
    "xiaofang",
    "fangxun",
    "yjyl",
    "ranqi",
    "zhby",
    "huozai",
    "dhyaqd",
    "YL-11000",
    "CZK-1100",
    "WZ01",
)


def figures(district: District) -> Iterator[Figure]:
    """Chinese words, pinyin, initials and beginnings of numbers; each question's median, then the 95th percentile."""
    subjects = words()
    asked = [
        *_LATIN,
        *subjects["hazards"],
        *subjects["places"][:8],
        *subjects["posts"][:6],
        subjects["district"],
    ]
    ours, floor = [], []
    with district.open() as office:
        bare = Bare(office)
        for text in asked:
            mine, least = _timed(office, bare, text)
            ours.append(mine)
            floor.append(least)
        bare.close()
    name = f"search, p95 of {len(asked)} questions"
    yield Figure(name, percentile(ours, 0.95), percentile(floor, 0.95), 1.5, 10.0)


def _timed(office: Office, bare: Bare, text: str) -> tuple[float, float]:
    with recording(office) as statements:
        search(office, text)
    mine, least = alternating(lambda: search(office, text), lambda: bare.run(*statements), 3)
    return statistics.median(mine), statistics.median(least)
