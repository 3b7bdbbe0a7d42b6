"""Drills that are running now, so that whoever opens the program again can go on with them."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select

from drillapp.core.database.base import AnySelect
from drillapp.core.drills.model import Drill
from drillapp.core.office import Office

_LONGEST = timedelta(hours=24)
"""A drill that has not ended for so long was forgotten; it is no longer offered."""


class RunningDrill(msgspec.Struct, frozen=True):
    """A drill, or an event, that was started and has not ended."""

    id: int
    number: str
    title: str
    kind: str
    started_at: datetime


def running_drills(office: Office) -> list[RunningDrill]:
    """What was started within a day and has not ended, the newest first."""
    now = office.clock.now()
    statement: AnySelect = (
        select(Drill.id, Drill.number, Drill.title, Drill.kind, Drill.started_at)
        .where(Drill.started_at > now - _LONGEST, Drill.started_at <= now)
        .where(Drill.ended_at.is_(None), Drill.retired_on.is_(None))
        .order_by(Drill.started_at.desc())
    )
    with office.read() as connection:
        return [RunningDrill(*tuple(row)) for row in connection.execute(statement)]
