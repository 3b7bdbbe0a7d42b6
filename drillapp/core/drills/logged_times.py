"""Start and end of a drill whose log has them: the log is the truth, a form or a ledger only repeats it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from msgspec import UNSET
from sqlalchemy import Connection, select

from drillapp.core.batch import Batch
from drillapp.core.database.base import AnySelect, narrowed
from drillapp.core.drills.model import Drill, DrillLogEntry
from drillapp.core.i18n import _

_KINDS = {"start": "started_at", "end": "ended_at", "stop": "ended_at"}
Times = dict[int | str, dict[str, datetime | None]]
"""By drill the times that its log has a line for."""


def keep_logged_times(batch: Batch) -> None:
    """Leave these times as the log has them; refuse others, but for the seconds, which forms do not show."""
    given = {name: batch.given[name] for name in ("started_at", "ended_at")}
    is_said = any(value is not UNSET for values in given.values() for value in values)
    if not is_said and not batch.lookups.is_ahead:
        return
    logged = _logged(batch)
    refusals = {
        "started_at": _("The log says when the drill started: put that line of the log right."),
        "ended_at": _("The log says when the drill ended: put that line of the log right."),
    }
    keys = [batch.edited] if batch.edited is not None else batch.given["number"]
    there = [(i, logged[key]) for i, key in enumerate(keys) if key in logged]
    for name, values in given.items() if there else ():
        kept = batch.columns[name] = list(values)
        for i, times in there:
            if name in times and values[i] is not UNSET:
                kept[i] = UNSET
                if _minute(values[i]) != _minute(times[name]):
                    batch.refuse(i, name, refusals[name])


def _logged(batch: Batch) -> Times:
    """By the key of the edited drill, or else by number: the times that the log of a drill has had a line for."""
    statement: AnySelect = (
        select(Drill.number, Drill.started_at, Drill.ended_at, DrillLogEntry.kind)
        .join(DrillLogEntry, DrillLogEntry.drill_id == Drill.id)
        .where(DrillLogEntry.kind.in_(_KINDS), DrillLogEntry.retired_on.is_(None), Drill.owner_id == batch.owner_id)
    )  # fmt: skip

    def times_of(numbers: Collection[str] | None) -> Times:
        return _times(batch.connection, narrowed(statement, Drill.number, numbers))

    if batch.edited is None:
        return batch.lookups.of(batch.connection, "logged times", batch.codes_of("number"), times_of)
    of_edited = _times(batch.connection, statement.where(Drill.id == batch.edited))
    return dict(zip([batch.edited], of_edited.values(), strict=False))


def _times(connection: Connection, statement: AnySelect) -> Times:
    found: Times = {}
    for row in connection.execute(statement):
        found.setdefault(row.number, {})[_KINDS[row.kind]] = getattr(row, _KINDS[row.kind])
    return found


def _minute(value: Any) -> datetime | None:
    """A moment without its seconds; the zone does not matter."""
    return value.astimezone().replace(second=0, microsecond=0) if isinstance(value, datetime) else None
