"""Lines of a drill's log read, and further ones written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.database.uid import new_uid
from drillapp.core.drills.conduct.timeline import Line
from drillapp.core.drills.model import DrillLogEntry
from drillapp.core.errors import InvalidInput
from drillapp.core.work import Work

LOG = table_of(DrillLogEntry)


class LineRow(msgspec.Struct, frozen=True):
    """A line of a drill's log as it was written."""

    id: int
    at: datetime
    kind: str
    text: str
    who: str | None = None
    subject: str | None = None
    inject_id: int | None = None
    corrects_id: int | None = None
    recorded_at: datetime | None = None

    @property
    def line(self) -> Line:
        """What matters of it to the drill's state."""
        return Line(self.id, self.kind, self.at, self.inject_id, self.corrects_id)


class Entered(NamedTuple):
    """What a command touched, and the line that it wrote."""

    changes: Changes
    line: LineRow


_FIELDS = LineRow.__struct_fields__
_OF_DRILL = select(*(LOG.c[name] for name in _FIELDS)).order_by(LOG.c.id)


def lines_of(connection: Connection, drill_id: int) -> list[LineRow]:
    """All lines of a drill's log in the order in which they were written."""
    statement = _OF_DRILL.where(LOG.c.drill_id == drill_id, LOG.c.retired_on.is_(None))
    return [LineRow(*row) for row in connection.execute(statement)]


def write_lines(
    work: Work, drill_id: int, unit_id: int, rows: Sequence[LineRow], ids: Sequence[int] | None = None
) -> list[LineRow]:
    """Write further lines, journaled; the keys they come with are replaced by their own, unless those are known.

    Raises InvalidInput where who said it, or the subject, cannot be stored.
    """
    for row in rows:
        _check_names(row.who, row.subject)
    ids = ids or next_ids(work.connection, LOG, len(rows))
    written = [msgspec.structs.replace(row, id=key) for row, key in zip(rows, ids, strict=True)]
    columns: dict[str, Sequence[Any]] = {
        "drill_id": [drill_id] * len(rows),
        "uid": [new_uid() for _ in rows],
        "owner_id": [work.office_id] * len(rows),
        "revision": [1] * len(rows),
    }
    columns |= {name: [getattr(row, name) for row in written] for name in _FIELDS}
    insert_rows(work.connection, LOG, columns)
    for row in written:
        work.changed("drill_log", row.id, {"drill_id": (None, drill_id), **_told(row)})
    work.touched("drill_log", {unit_id})
    return written


def _told(row: LineRow) -> dict[str, tuple[None, Any]]:
    values = ((name, getattr(row, name)) for name in _FIELDS[1:])
    return {name: (None, value) for name, value in values if value is not None}


def _check_names(who: str | None, subject: str | None) -> None:
    """Raises InvalidInput where who said it, or the subject, cannot be stored."""
    for field, text in (("who", who), ("subject", subject)):
        if text and (problem := text_problem(text)):
            raise InvalidInput(problem, field=field)
