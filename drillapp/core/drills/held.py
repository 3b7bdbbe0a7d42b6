"""Which drills count as held, and who took part in them: the one place that says so for duties, participation, reports and lists alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_, select

from drillapp.core.database.base import AnySelect
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.localtime import end_of_day

_LOOKING_ON = ("observer", "evaluator")
"""Who is there in such a role did not take part."""


def is_drill() -> ColumnElement[bool]:
    """Whether it counts at all: real events and records taken back do not."""
    return and_(Drill.kind == "drill", Drill.retired_on.is_(None))


def is_held(as_of: date) -> ColumnElement[bool]:
    """Whether a drill was held by a day."""
    return and_(Drill.ended_at <= end_of_day(as_of), is_drill())


def took_part(*columns: SQLColumnExpression[Any]) -> AnySelect:
    """Units in drills of other units, with these columns of the drills."""
    return (
        select(DrillParty.unit_id, *columns)
        .join(Drill, Drill.id == DrillParty.drill_id)
        .where(
            DrillParty.unit_id.is_not(None),
            or_(DrillParty.role.is_(None), DrillParty.role.not_in(_LOOKING_ON)),
            or_(DrillParty.present.is_(None), DrillParty.present > 0),
        )
    )
