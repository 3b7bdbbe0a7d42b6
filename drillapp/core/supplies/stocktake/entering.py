"""A sheet that was filled in is taken: counts, recounts and lots that were not on it, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from drillapp.core.changes import Changes
from drillapp.core.errors import DrillappError, InvalidInput, Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.supplies.stocktake.adding import take_found
from drillapp.core.supplies.stocktake.changing import begin, by_position, checked_name, end
from drillapp.core.supplies.stocktake.counting import problems_of, take_counts
from drillapp.core.supplies.stocktake.reading import lines_of
from drillapp.core.supplies.stocktake.rows import Count, Found, Header, LineRow
from drillapp.core.work import Origin, Work


class SheetRow(Struct, frozen=True, kw_only=True):
    """A row of a sheet as it was filled in; `position` None: a lot that was not on it."""

    position: int | None = None
    number: str | None = None
    """The stocktake's number, where the row has it."""
    item_code: str | None = None
    lot: str | None = None
    expires_on: date | None = None
    shelf: str | None = None
    counted: float | None = None
    recounted: float | None = None
    at: datetime | None = None
    note: str | None = None


class _Abandoned(Exception):
    """Rolls a trial back."""


def enter_sheet(
    office: Office,
    stocktake_id: int,
    rows: Sequence[SheetRow],
    by: str,
    *,
    at: datetime | None = None,
    origin: Origin | None = None,
    dry_run: bool = False,
) -> Changes:
    """Take the rows of a sheet; counts that stand in the office already are nothing new. `at` is for rows without a moment.

    Raises NotFound; InvalidInput naming all that is wrong by the row's place: another stocktake's rows, lines that are
    not there or are of another item or lot, first counts that were others before, quantities and moments, and lots that
    were found but have a line already.
    """
    by = checked_name(by)
    try:
        with office.write("enter stocktake sheet") as work:
            work.origin = origin
            header = begin(office, work, stocktake_id, "counting")
            changed = _take(office, work, header, rows, by, at)
            if dry_run:
                raise _Abandoned
            if not changed:
                return Changes()
            end(work, header)
            return work.changes
    except _Abandoned:
        return Changes()


def _take(
    office: Office, work: Work, header: Header, rows: Sequence[SheetRow], by: str, at: datetime | None
) -> bool:
    now = office.clock.now()
    lines = by_position(lines_of(work.connection, header, now))
    problems: list[Problem] = []
    counts: list[Count] = []
    places: list[int] = []
    for index, row in enumerate(rows):
        faults = list(_faults(header, lines, row, index))
        problems += faults
        if not faults and row.position is not None:
            taken = _counts(lines[row.position], row, at)
            counts += taken
            places += [index] * len(taken)
    problems += [
        Problem(places[one.index], "counted", one.value, one.message)
        for one in problems_of(header, lines, counts, now)
    ]
    added = False
    for index, row in enumerate(rows):
        if row.position is None and row.counted is not None:
            problems += _added(office, work, header, row, index, by, at)
            added = True
    refuse_if_any(sorted(problems, key=lambda problem: problem.index), partial=False)
    return take_counts(office, work, header, counts, by) or added


def _faults(header: Header, lines: dict[int, LineRow], row: SheetRow, index: int) -> list[Problem]:
    """What is wrong with a row as such: it belongs elsewhere, or contradicts what was counted first."""
    if row.number and row.number != header.number:
        message = _("This row is of the stocktake {other}, not of {number}.").format(
            other=row.number, number=header.number
        )
        return [Problem(index, "number", row.number, message)]
    if row.position is None:
        return []
    if row.position not in lines:
        message = _("The sheet {number} has no line {position}.").format(
            number=header.number, position=row.position
        )
        return [Problem(index, "position", str(row.position), message)]
    line = lines[row.position]
    if _is_other(line, row):
        message = _("Line {number} is {name}: this row is of something else.").format(
            number=line.position, name=line.name
        )
        return [Problem(index, "item_code", row.item_code or row.lot or "", message)]
    return _against_first(line, row, index)


def _is_other(line: LineRow, row: SheetRow) -> bool:
    return bool((row.item_code and row.item_code != line.item) or (row.lot and row.lot != line.lot))


def _against_first(line: LineRow, row: SheetRow, index: int) -> list[Problem]:
    first = _first(line)
    if row.counted is not None and first is not None and row.counted != first:
        message = _(
            "The first count was {first} and stays: a number found later goes into the column of recounts."
        )
        return [Problem(index, "counted", str(row.counted), message.format(first=first))]
    if row.recounted is not None and first is None and row.counted is None:
        message = _("There is no first count yet.")
        return [Problem(index, "recounted", str(row.recounted), message)]
    return []


def _first(line: LineRow) -> float | None:
    return line.counted if line.first_counted is None else line.first_counted


def _counts(line: LineRow, row: SheetRow, at: datetime | None) -> list[Count]:
    """What is new in a row that has nothing wrong."""
    moment = row.at or at
    found = []
    if row.counted is not None and _first(line) is None:
        # Where the row has both, its moment is that of the later one.
        found.append(Count(line.position, row.counted, at if row.recounted is not None else moment))
    again = line.counted if line.first_counted is not None and line.state != "again" else None
    if row.recounted is not None and row.recounted != again:
        found.append(Count(line.position, row.recounted, moment, again=True))
    if row.note is not None and row.note != (line.note or ""):
        last = found.pop() if found else Count(line.position, line.counted, line.counted_at)
        found.append(Count(last.position, last.quantity, last.at, last.again, row.note))
    return found


def _added(
    office: Office, work: Work, header: Header, row: SheetRow, index: int, by: str, at: datetime | None
) -> list[Problem]:
    if not row.item_code:
        return [Problem(index, "item_code", "", _("Say which item was found."))]
    found = Found(
        item_code=row.item_code, lot=row.lot, expires_on=row.expires_on, shelf=row.shelf, quantity=row.counted or 0,
        at=row.at or at, note=row.note,
    )  # fmt: skip
    try:
        take_found(office, work, header, found, by)
    except DrillappError as error:
        field = error.field if isinstance(error, InvalidInput) else "item_code"
        return [Problem(index, field or "item_code", row.item_code, error.message)]
    return []
