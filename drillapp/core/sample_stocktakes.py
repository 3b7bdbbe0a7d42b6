"""Stocktakes of the sample district, from resources/samples/stocktakes.toml: one posted, one in review, one being counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from drillapp.core.datafile import read_data_file
from drillapp.core.office import Office
from drillapp.core.sample_time import at
from drillapp.core.supplies.stocktake.counting import enter_counts
from drillapp.core.supplies.stocktake.drawing import draw_up
from drillapp.core.supplies.stocktake.explaining import explain
from drillapp.core.supplies.stocktake.judging import total
from drillapp.core.supplies.stocktake.posting import post_stocktake
from drillapp.core.supplies.stocktake.queries import stocktake_view
from drillapp.core.supplies.stocktake.reading import header_of, lines_of
from drillapp.core.supplies.stocktake.reviewing import review, submit
from drillapp.core.supplies.stocktake.rows import Count, Drawing, LineRow, Part

_FILE = "samples/stocktakes.toml"


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    position: int
    more: float
    note: str | None = None
    reason: Mapping[str, float] = {}


class _Stocktake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    storehouse: str
    drawn_at: datetime
    minutes: int
    tolerance: float
    counter: str
    counted: int
    step: str
    line: tuple[_Line, ...] = ()
    sample: int | None = None
    seed: int | None = None
    reviewer: str = ""
    note: str | None = None


class _Stocktakes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stocktake: tuple[_Stocktake, ...]


def fill_stocktakes(office: Office) -> None:
    """Make the stocktakes that were begun by the office's day, each step at its moment."""
    for one in read_data_file(_FILE, _Stocktakes).stocktake:
        if one.drawn_at <= office.clock.now():
            _make(office, one)


def _make(office: Office, one: _Stocktake) -> None:
    with at(office, one.drawn_at):
        extent = "whole" if one.sample is None else "sample"
        drawing = Drawing(
            storehouse=one.storehouse, extent=extent, sample=one.sample, seed=one.seed, tolerance=one.tolerance
        )  # fmt: skip
        key = draw_up(office, drawing).id
    with at(office, one.drawn_at + timedelta(minutes=one.minutes)):
        _count(office, key, one)
        if one.step == "counting":
            return
        parts = {
            line.position: [Part(reason, quantity, line.note) for reason, quantity in line.reason.items()]
            for line in one.line
        }
        explain(office, key, parts)
        submit(office, key, one.counter)
    if one.step == "posted":
        with at(office, one.drawn_at + timedelta(days=1)):
            review(office, key, one.reviewer, one.note, same_seat=True)
            post_stocktake(office, key)


def _count(office: Office, key: int, one: _Stocktake) -> None:
    """What is booked is found, but for what the file says; what is then to be counted again is found again."""
    with office.read() as connection:
        lines = lines_of(connection, header_of(connection, key), office.clock.now())
    more = {line.position: line.more for line in one.line}
    counts = [
        Count(line.position, _found(line, more.get(line.position, 0)))
        for line in lines
        if not one.counted or line.position <= one.counted
    ]
    enter_counts(office, key, counts, one.counter)
    again = {line.position for line in stocktake_view(office, key).lines if line.state == "again"}
    if again and one.step != "counting":
        enter_counts(office, key, [count for count in counts if count.position in again], one.counter)


def _found(line: LineRow, more: float) -> float:
    return max(total((line.book or 0, more)), 0)
