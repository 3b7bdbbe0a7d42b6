"""A sign-in list becomes the roll of a drill: all of its rows or, if one is bad, none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import UNSET, Struct, UnsetType
from sqlalchemy import select

from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.roll import Enrolled, PersonEntry, enrol, people_problems
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.importing import ImportResult
from drillapp.core.ledgers.rows import Rows
from drillapp.core.ledgers.sheet_rows import read_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.work import Origin

_LAYOUT = "sign_in"


class SignInRow(Struct, frozen=True, kw_only=True):
    """A row of a sign-in list."""

    name: str
    organisation: str | None | UnsetType = UNSET
    post: str | None | UnsetType = UNSET
    role: str | None | UnsetType = UNSET
    phone: str | None | UnsetType = UNSET
    count: int | None | UnsetType = UNSET
    checked_in_at: datetime | None | UnsetType = UNSET


def import_sign_in(
    office: Office, drill_id: int, path: Path, *, present: bool = False, progress: Progress = SILENT
) -> ImportResult:
    """Bring a sign-in list (.xlsx, .xls, .csv) into a drill's roll; those who stand there already are left.

    `present` says that all of them were there: who has no time in the list came at the drill's start. The result names
    every bad row. Raises NotFound, and what `reading.opened` raises for a file that is no such list at all.
    """
    rows = read_rows(_LAYOUT, SignInRow, path, progress)
    came = _start(office, drill_id) if present else None
    people = [_person(row, came) for row in rows.entries]
    for problem in people_problems(people):
        rows.error(rows.numbers[problem.index], problem.field, problem.value, problem.message)
    if rows.errors:
        return _refused(rows)
    return _taken(rows, enrol(office, drill_id, people, origin=Origin(path.name, reading.digest(path))))


def _start(office: Office, drill_id: int) -> datetime:
    with office.read() as connection:
        started = connection.execute(select(Drill.started_at).where(Drill.id == drill_id)).scalar()
    return started or office.clock.now().replace(microsecond=0)


def _person(row: SignInRow, came: datetime | None) -> PersonEntry:
    said = {name: value for name in row.__struct_fields__ if (value := getattr(row, name)) is not UNSET}
    said["count"] = 1 if said.get("count") is None else said["count"]
    said["checked_in_at"] = said.get("checked_in_at") or came
    return PersonEntry(**said)


def _refused(rows: Rows) -> ImportResult:
    errors = tuple(sorted(rows.errors, key=lambda error: error.row))
    rejected = len({error.row for error in errors})
    return ImportResult(read=rows.read, rejected=rejected, errors=errors, ignored=rows.ignored)


def _taken(rows: Rows, enrolled: Enrolled) -> ImportResult:
    return ImportResult(
        read=rows.read,
        created=enrolled.added,
        unchanged=enrolled.known,
        ignored=rows.ignored,
        changes=enrolled.changes,
    )
