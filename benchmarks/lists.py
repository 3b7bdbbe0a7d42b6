"""Pages of every list under sorts and filters, against the bare SQL of the same pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from benchmarks.district import District
from benchmarks.figure import Figure, percentile
from benchmarks.making.words import words
from benchmarks.recorded import Bare, recording
from drillapp.core import enumerations
from drillapp.core.kinds import KINDS
from drillapp.core.listing import Listing, View, first_rows, keys, rows
from drillapp.core.office import Office
from drillapp.core.supplies.listings import STOCK
from drillapp.core.units.queries import unit_tree

PAGE = 128
_ROUNDS = 2
_LIMIT, _SLACK = 1.5, 10.0


class Timed(NamedTuple):
    """One question to a list, with the least of a few tries for both."""

    kind: str
    view: View
    ours: float
    floor: float


def figures(district: District) -> Iterator[Figure]:
    """First pages, orders of all rows and later pages, at the 95th percentile over all views of all lists."""
    with district.open() as office:
        bare = Bare(office)
        for name, question in (("first page of any list", _first), ("later page of any list", _later)):
            yield _figure(name, list(_all(office, bare, question)))
        bare.close()


def timed_views(district: District) -> list[Timed]:
    """Every question with its times, the slowest first: to see where the time goes."""
    with district.open() as office:
        bare = Bare(office)
        found = [timed for question in (_first, _later) for timed in _all(office, bare, question)]
        bare.close()
    return sorted(found, key=lambda timed: -timed.ours)


def views(office: Office, listing: Listing) -> Iterator[View]:
    """A list's views: every column up or down, every choice, words, a street, and some of them together."""
    street = next(unit.id for unit in unit_tree(office) if unit.kind == "street")
    place = words()["places"][3]
    yield View()
    yield View(retired=True)
    yield View(unit_id=street)
    yield View(text=place)
    for number, column in enumerate(listing.columns):
        sort = ((column.name, number % 2 == 0),)
        yield View(sort=sort)
        yield View(sort=sort, unit_id=street, text=place)
        if column.enumeration:
            yield View(choices={column.name: enumerations.codes(column.enumeration)[:1]}, sort=sort)


Question = Callable[[Office, Listing, View], Callable[[], object] | None]


def _first(office: Office, listing: Listing, view: View) -> Callable[[], object]:
    return lambda: first_rows(office, listing, view, PAGE)


def _later(office: Office, listing: Listing, view: View) -> Callable[[], object] | None:
    """A page near the end; the keys in order are there by then, as the table has them."""
    if view.unit_id is not None or view.choices:
        return None
    ordered = keys(office, listing, view)
    page = ordered[-2 * PAGE : -PAGE].tolist()
    return (lambda: rows(office, listing, page)) if page else None


def _all(office: Office, bare: Bare, question: Question) -> Iterator[Timed]:
    for listing in (*(kind.listing for kind in KINDS.values()), STOCK):
        for view in views(office, listing):
            ask = question(office, listing, view)
            if ask is not None:
                yield _timed(office, bare, listing.kind, view, ask)


def _timed(office: Office, bare: Bare, kind: str, view: View, ask: Callable[[], object]) -> Timed:
    with recording(office) as statements:
        ask()
    ours, floor = [], []
    for _ in range(_ROUNDS):
        ours.append(_milliseconds(ask))
        floor.append(_milliseconds(lambda: bare.run(*statements)))
    return Timed(kind, view, min(ours), min(floor))


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _figure(name: str, timed: list[Timed]) -> Figure:
    return Figure(
        f"{name}, p95 of {len(timed)} views",
        percentile([each.ours for each in timed], 0.95),
        percentile([each.floor for each in timed], 0.95),
        _LIMIT,
        _SLACK,
    )
