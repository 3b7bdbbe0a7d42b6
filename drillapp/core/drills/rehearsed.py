"""Signs that a drill was rehearsed: for the one who reviews its papers, never counted in a score."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from drillapp.core.drills.conduct.queries import ConductView, conduct_view
from drillapp.core.drills.conduct.timeline import drill_time
from drillapp.core.drills.evaluation.stored import sheets_of
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.drills.record.model import DrillFile
from drillapp.core.i18n import _
from drillapp.core.office import Office

Name = Literal["on_the_second", "all_equal", "no_finding", "old_photographs"]
_ENOUGH = 3
"""So many injects or answers say something; fewer are no sign."""


class Sign(NamedTuple):
    """A sign, and what it is told from."""

    name: Name
    text: str
    evidence: tuple[str, ...] = ()
    """Numbers of injects, or of the earlier drills with the names of the photographs."""


def rehearsal_signs(office: Office, drill_id: int) -> list[Sign]:
    """The signs that a drill which is over gives; raises NotFound."""
    view = conduct_view(office, drill_id)
    if view.drill.ended_at is None:
        return []
    signs = (
        _on_the_second(view), _all_equal(office, drill_id), _no_finding(office, drill_id),
        _old_photographs(office, drill_id, view.drill.ended_at),
    )  # fmt: skip
    return [sign for sign in signs if sign is not None]


def _on_the_second(view: ConductView) -> Sign | None:
    released = [
        (inject, view.timeline.released[inject.id])
        for inject in view.injects
        if inject.offset_seconds is not None and inject.id in view.timeline.released
    ]
    exact = [
        inject.number
        for inject, at in released
        if int(drill_time(view.timeline, at).total_seconds()) == inject.offset_seconds
    ]
    if len(released) < _ENOUGH or len(exact) < len(released):
        return None
    return Sign("on_the_second", _("Every inject was brought in on the planned second."), tuple(exact))


def _all_equal(office: Office, drill_id: int) -> Sign | None:
    answers = [answer.value for sheet in sheets_of(office, drill_id) for answer in sheet.answers.values()]
    told = [value for value in answers if value != "na"]
    if len(told) < _ENOUGH or len(set(told)) > 1:
        return None
    return Sign("all_equal", _("All evaluators answered every item alike."))


def _no_finding(office: Office, drill_id: int) -> Sign | None:
    statement = (
        select(func.count())
        .select_from(Finding)
        .where(Finding.drill_id == drill_id, Finding.retired_on.is_(None))
    )
    with office.read() as connection:
        count = connection.execute(statement).scalar_one()
    return None if count else Sign("no_finding", _("Nothing was found that could be better."))


def _old_photographs(office: Office, drill_id: int, ended_at: datetime) -> Sign | None:
    here, there = aliased(DrillFile), aliased(DrillFile)
    statement = (
        select(Drill.number, here.name)
        .select_from(here)
        .join(there, there.attachment_id == here.attachment_id)
        .join(Drill, Drill.id == there.drill_id)
        .where(
            here.drill_id == drill_id, here.kind == "photo", there.drill_id != drill_id, Drill.ended_at < ended_at
        )
        .distinct()
        .order_by(Drill.number, here.name)
    )  # fmt: skip
    with office.read() as connection:
        rows = [f"{number}: {name}" for number, name in connection.execute(statement)]
    if not rows:
        return None
    return Sign("old_photographs", _("Photographs are those of an earlier drill."), tuple(rows))
