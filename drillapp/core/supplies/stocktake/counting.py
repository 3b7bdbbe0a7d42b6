"""Counts are entered: not counted, counted and zero are three states, and the first count of a line stays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import structs
from sqlalchemy import Connection, delete, select

from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.errors import Problem
from drillapp.core.i18n import _
from drillapp.core.localtime import local_moment
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.supplies.model import Holding, Movement, StockEntry
from drillapp.core.supplies.quantities import LARGEST
from drillapp.core.supplies.stocktake.changing import (
    begin,
    by_position,
    checked_name,
    end,
    of_line,
    write_line,
)
from drillapp.core.supplies.stocktake.judging import total
from drillapp.core.supplies.stocktake.model import StocktakeReason
from drillapp.core.supplies.stocktake.reading import day_and_moment, lines_of
from drillapp.core.supplies.stocktake.rows import Count, Header, LineRow
from drillapp.core.work import Work

_SECOND = timedelta(seconds=1)


def enter_counts(office: Office, stocktake_id: int, counts: Sequence[Count], by: str) -> Changes:
    """Enter what `by` found of lines; all of them or, with InvalidInput naming every fault, none.

    A line that was counted before keeps its first count beside the new one. The same number again is nothing new,
    unless a recount is due. Raises NotFound, InvalidInput in other states than `counting`.
    """
    by = checked_name(by)
    with office.write("enter counts") as work:
        header = begin(office, work, stocktake_id, "counting")
        now = office.clock.now()
        positions = {count.position for count in counts}
        lines = by_position(lines_of(work.connection, header, now, positions))
        refuse_if_any(problems_of(header, lines, counts, now), partial=False)
        if not take_counts(office, work, header, counts, by):
            return Changes()
        end(work, header)
        return work.changes


def take_counts(office: Office, work: Work, header: Header, counts: Sequence[Count], by: str) -> bool:
    """Write counts that `problems_of` finds nothing wrong with; returns whether anything changed."""
    now = office.clock.now()
    lines = by_position(lines_of(work.connection, header, now, {count.position for count in counts}))
    moments = moments_of(work.connection, header, [lines[count.position].lot_id for count in counts], now)
    written = dict(lines)
    for count in counts:
        line = written[count.position]
        at = count.at or moments[line.lot_id]
        written[count.position] = structs.replace(line, **_values(line, count, at, by, office.actor))
    changed = [position for position, line in written.items() if _write(work, lines[position], line)]
    if changed:
        _drop_reasons(work, header, changed, now)
    return bool(changed)


def problems_of(
    header: Header, lines: dict[int, LineRow], counts: Sequence[Count], now: datetime
) -> list[Problem]:
    """What is wrong with counts; `index` is the place of the count among them."""
    found = []
    for index, count in enumerate(counts):
        if count.position not in lines:
            message = _("The sheet {number} has no line {position}.").format(
                number=header.number, position=count.position
            )
            found.append(Problem(index, "position", str(count.position), message))
            continue
        message = (
            quantity_problem(count.quantity)
            or moment_problem(header, count.at, now)
            or text_problem(count.note or "")
        )
        if message:
            found.append(of_line(lines[count.position], message, index, str(count.quantity)))
    return found


def quantity_problem(quantity: float | None) -> str:
    """Why this much cannot have been counted; empty when it can."""
    if quantity is None:
        return ""
    if not math.isfinite(quantity) or quantity > LARGEST:
        return _("The number is too large.")
    if quantity < 0:
        return _("Must be 0 or more.")
    return _("At most three decimals.") if abs(quantity - round(quantity, 3)) > 1e-9 * quantity else ""


def moment_problem(header: Header, at: datetime | None, now: datetime) -> str:
    """Why nothing can have been counted at a moment; empty when it can. People tell minutes, not seconds."""
    if at is None:
        return ""
    if at > now + timedelta(minutes=1):
        return _("This moment has not come yet.")
    if at < header.drawn_up_at.replace(second=0, microsecond=0):
        drawn = f"{local_moment(header.drawn_up_at):%Y-%m-%d %H:%M}"
        return _("The stocktake was drawn up later, at {moment}.").format(moment=drawn)
    return ""


def moments_of(
    connection: Connection, header: Header, lots: Iterable[int], now: datetime
) -> dict[int, datetime]:
    """The moment of a count entered now, to the second; of a lot that was booked in this very second, the next one."""
    day, moment = day_and_moment(now, None)
    statement = (
        select(Holding.lot_id)
        .join(StockEntry, StockEntry.holding_id == Holding.id)
        .join(Movement, Movement.id == StockEntry.movement_id)
        .where(
            Holding.storehouse_id == header.storehouse_id,
            StockEntry.occurred_on == day,
            Movement.recorded_at == moment,
        )
    )
    booked = set(connection.execute(statement).scalars())
    return {lot: moment + _SECOND if lot in booked else moment for lot in lots}


def _values(line: LineRow, count: Count, at: datetime, by: str, login: str) -> dict[str, Any]:
    """What a count makes of a line."""
    values: dict[str, Any] = {} if count.note is None else {"note": count.note.strip() or None}
    if count.quantity is None:
        if line.counted is None:
            return values
        emptied = dict.fromkeys(("counted", "counted_on", "counted_at", "counted_by", "counted_login"))
        return values | emptied | _first(line)
    recounts = count.again or line.state == "again"
    if line.counted == count.quantity and not recounts:
        return values
    day, moment = day_and_moment(at, None)
    values |= {
        "counted": count.quantity, "counted_on": day, "counted_at": moment, "counted_by": by,
        "counted_login": login, "again": False, "state": "counted",
    }  # fmt: skip
    return values | _first(line)


def _first(line: LineRow) -> dict[str, Any]:
    """The first count, kept beside what comes after it."""
    if line.counted is None or line.first_counted is not None:
        return {}
    return {
        "first_counted": line.counted,
        "first_counted_at": line.counted_at,
        "first_counted_by": line.counted_by,
    }


_WRITTEN = (
    "counted", "counted_on", "counted_at", "counted_by", "counted_login", "first_counted", "first_counted_at",
    "first_counted_by", "again", "note",
)  # fmt: skip


def _write(work: Work, old: LineRow, new: LineRow) -> bool:
    return write_line(work, old, {name: getattr(new, name) for name in _WRITTEN})


def _drop_reasons(work: Work, header: Header, positions: Sequence[int], now: datetime) -> None:
    """Reasons explained a difference; where it is another one now they are given anew."""
    for line in lines_of(work.connection, header, now, positions):
        if line.position in positions and line.reasons and not adds_up(line):
            clear_reasons(work, line)


def adds_up(line: LineRow) -> bool:
    """Whether the reasons of a line are its whole difference, and nothing but it."""
    return total(part.quantity for part in line.reasons) == (line.difference or 0) and (
        not line.reasons or bool(line.difference)
    )


def clear_reasons(work: Work, line: LineRow) -> None:
    """Take away the reasons of a line."""
    work.connection.execute(delete(StocktakeReason).where(StocktakeReason.line_id == line.id))
    said = [[part.reason, part.quantity, part.note] for part in line.reasons]
    work.changed("stocktake_lines", line.id, {"reasons": (said, [])})
