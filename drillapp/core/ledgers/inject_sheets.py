"""A planner's own sheet becomes the script of a drill's injects, and the script a sheet again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import select

from drillapp.core.changes import Changes
from drillapp.core.drills.injects.checking import FURTHEST, problems_of, told_of
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.names import names_taking_part
from drillapp.core.drills.injects.offsets import (
    TimeOfDay,
    bare_number,
    from_times_of_day,
    is_reserve,
    read_offset,
    seconds_of_day,
    show_length,
    show_offset,
    time_of_day,
)
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.injects.rows import InjectEntry, InjectRow
from drillapp.core.drills.model import Drill
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.exporting import write_rows
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.rows import LedgerError, Rows
from drillapp.core.ledgers.sheet_rows import read_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress

_TEXTS = ("stage", "after", "sender", "addressee", "means", "expected_action", "subject")
_FIELDS = {"offset_seconds": "offset", "within_seconds": "within"}


class InjectImport(msgspec.Struct, frozen=True):
    """What came of a sheet, or would come of it in a dry run."""

    entries: tuple[InjectEntry, ...]
    """The script as it was read; without the rows that are wrong."""
    errors: tuple[LedgerError, ...] = ()
    """What is wrong; then nothing was written."""
    told: tuple[LedgerError, ...] = ()
    """What is allowed but may not be meant."""
    ignored: tuple[str, ...] = ()
    """Headers of columns that mean nothing here and were left out."""
    changes: Changes = Changes()


class _SheetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row as the sheet has it."""

    number: str | UnsetType = UNSET
    stage: str | UnsetType = UNSET
    offset: str | UnsetType = UNSET
    after: str | UnsetType = UNSET
    sender: str | UnsetType = UNSET
    addressee: str | UnsetType = UNSET
    means: str | UnsetType = UNSET
    content: str
    expected_action: str | UnsetType = UNSET
    within: str | UnsetType = UNSET
    subject: str | UnsetType = UNSET


class _Times(NamedTuple):
    """The planned times of the rows, in their order."""

    seconds: list[int | None]
    told: list[LedgerError]


def import_injects(
    office: Office,
    drill_id: int,
    path: Path,
    *,
    sheet: str | None = None,
    column_map: Mapping[str, str] | None = None,
    start: str = "",
    dry_run: bool = False,
    progress: Progress = SILENT,
) -> InjectImport:
    """Take a drill's whole script from an .xlsx, .xls or .csv file; one wrong row stops all.

    `start` is the time of day at which the drill is planned to start, from which times of day are counted; without it
    the first of them is taken for the start, and told. Raises what reading a ledger raises, NotFound and Denied.
    """
    begin = _begin(office, drill_id, start)
    rows = read_rows("injects", _SheetRow, path, progress, sheet=sheet, column_map=column_map)
    times = _times(rows, begin)
    entries = [_entry(rows, i, row, times.seconds[i]) for i, row in enumerate(rows.entries)]
    if rows.read == len(entries):  # else what is missing may stand in a row that could not be read
        for problem in problems_of(entries):
            field = _FIELDS.get(problem.field, problem.field)
            rows.error(rows.numbers[problem.index], field, problem.value, problem.message)
    errors = tuple(sorted(rows.errors, key=lambda error: error.row))
    told = (*times.told, *_told(rows, entries, names_taking_part(office, drill_id)))
    changes = Changes() if errors or dry_run else save_injects(office, drill_id, entries)
    return InjectImport(tuple(entries), errors, told, rows.ignored, changes)


def export_injects(office: Office, drill_id: int, path: Path) -> int:
    """Write a drill's script to .xlsx or .csv, so that `import_injects` reads it back; returns how many there are."""
    injects = injects_of(office, drill_id)
    write_rows(path, layout("injects"), _cells(injects))
    return len(injects)


def _cells(injects: Sequence[InjectRow]) -> Iterator[list[Any]]:
    for inject in injects:
        values = {
            "offset": None if inject.offset_seconds is None else show_offset(inject.offset_seconds),
            "within": None if inject.within_seconds is None else show_length(inject.within_seconds),
            "after": inject.after_number,
        }
        yield [values[name] if name in values else getattr(inject, name) for name in layout("injects").names]


def _begin(office: Office, drill_id: int, start: str) -> TimeOfDay | None:
    if not start.strip():
        return None
    found = time_of_day(start)
    if found is None:
        raise InvalidInput(
            _("'{value}' is not a time of day.").format(value=start),
            _("Enter it as 9:00 or 09:00."),
            field="start",
        )
    with office.read() as connection:
        planned_on = connection.execute(select(Drill.planned_on).where(Drill.id == drill_id)).scalar()
    return found._replace(day=found.day or planned_on)


def _entry(rows: Rows, i: int, row: _SheetRow, offset: int | None) -> InjectEntry:
    texts: dict[str, Any] = {name: _said(getattr(row, name)) for name in _TEXTS}
    return InjectEntry(
        number=_said(row.number) or str(i + 1), content=row.content, offset_seconds=offset,
        within_seconds=_within(rows, i, row), **texts,
    )  # fmt: skip


def _said(value: str | UnsetType) -> str:
    return value if isinstance(value, str) else ""


def _within(rows: Rows, i: int, row: _SheetRow) -> int | None:
    text = _said(row.within)
    if is_reserve(text):
        return None
    found = _read(rows, "within", text)
    if isinstance(found, TimeOfDay):  # of a limit 0:05 is a length
        found = seconds_of_day(found)
    if found is None or not 0 < found <= FURTHEST:
        rows.error(rows.numbers[i], "within", text, _("Must be a length of time, such as 5 min or 0:05:00."))
        return None
    return found


def _read(rows: Rows, field: str, text: str) -> int | TimeOfDay | None:
    number = bare_number(text, rows.headers.get(field, ""))
    return read_offset(text) if number is None else number


def _times(rows: Rows, begin: TimeOfDay | None) -> _Times:
    seconds: list[int | None] = [None] * len(rows.entries)
    of_day: dict[int, TimeOfDay] = {}
    for i, row in enumerate(rows.entries):
        text = _said(row.offset)
        if is_reserve(text):
            continue
        found = _read(rows, "offset", text)
        if found is None:
            message = _(
                "Must say when: +0:15, T+15 min, J+1 H+2, a time of day, or nothing for one in reserve."
            )
            rows.error(rows.numbers[i], "offset", text, message)
        elif isinstance(found, TimeOfDay):
            of_day[i] = found
        else:
            seconds[i] = found
    first = next(iter(of_day), None)
    if first is None:
        return _Times(seconds, [])
    for i, value in zip(
        of_day, from_times_of_day(list(of_day.values()), begin or of_day[first]), strict=True
    ):
        seconds[i] = value
    return _Times(seconds, [] if begin else [_taken_for_start(rows, first)])


def _taken_for_start(rows: Rows, i: int) -> LedgerError:
    message = _(
        "Taken for the start of the drill, since no start was given: times of day are counted from here."
    )
    return LedgerError(
        rows.sheet.name, rows.numbers[i], rows.headers["offset"], rows.entries[i].offset, message
    )


def _told(rows: Rows, entries: Sequence[InjectEntry], names: set[str]) -> Iterator[LedgerError]:
    if "offset" not in rows.headers and entries:
        message = _("The sheet has no column of times: all injects are in reserve.")
        yield LedgerError(rows.sheet.name, rows.sheet.choice.header_last, "", "", message)
    for one in told_of(entries, names):
        column = rows.headers.get(one.field, one.field)
        yield LedgerError(rows.sheet.name, rows.numbers[one.place], column, one.value, one.message)
