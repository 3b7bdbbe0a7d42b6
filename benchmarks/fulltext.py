"""Sections of plans found by their text, against the bare full-text queries behind it."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from benchmarks.district import District, district_with_texts
from benchmarks.figure import Figure, alternating, percentile
from benchmarks.making.words import words
from benchmarks.recorded import Bare
from drillapp.core.office import Office
from drillapp.core.search.full_text import find_sections
from drillapp.core.search.passages import squeezed

_MANY = 12
_BARE = "SELECT rowid FROM {0} WHERE {0} MATCH ? ORDER BY rowid LIMIT ?"


def figures(district: District) -> Iterator[Figure]:
    """One character to a sentence, what is everywhere and what is nowhere; each one's median, then the 95th percentile."""
    asked = [*words()["questions"], *words()["hazards"], *words()["supplies"]["names"][:6]]
    ours, floor = [], []
    with district_with_texts(district.size).open() as office:
        bare = Bare(office)
        for text in asked:
            mine, least = _timed(office, bare, text)
            ours.append(mine)
            floor.append(least)
        bare.close()
    name = f"full text of plans, p95 of {len(asked)} questions"
    yield Figure(name, percentile(ours, 0.95), percentile(floor, 0.95), 1.5, 10.0)


def _timed(office: Office, bare: Bare, text: str) -> tuple[float, float]:
    wanted = " AND ".join(f'"{" ".join(squeezed(word))}"' for word in text.split())

    def ask() -> None:
        with office.read() as connection:
            find_sections(connection, text, office.as_of, _MANY)

    def ask_barely() -> None:
        found = bare.ask(_BARE.format("section_titles"), wanted, _MANY)
        if len(found) < _MANY:
            bare.ask(_BARE.format("section_index"), wanted, _MANY)

    mine, least = alternating(ask, ask_barely, 3)
    return statistics.median(mine), statistics.median(least)
