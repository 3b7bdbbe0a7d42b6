"""A drill's evaluation as a whole: all sheets, where they disagree, response times, objectives, rating, verdict."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import Connection, select

from drillapp.core.drills.conduct.lines import lines_of
from drillapp.core.drills.conduct.response import response_times
from drillapp.core.drills.conduct.timeline import told
from drillapp.core.drills.evaluation.agreement import GroupResult, JudgedItem, group_results, judged_items
from drillapp.core.drills.evaluation.model import DrillVerdict
from drillapp.core.drills.evaluation.objectives import Objective, stored_objectives
from drillapp.core.drills.evaluation.rating import Rating, figures_of, rate
from drillapp.core.drills.evaluation.responses import Response, late_actions, responses
from drillapp.core.drills.evaluation.rows import Sheet
from drillapp.core.drills.evaluation.stored import drill_of, stored_sheets
from drillapp.core.office import Office


class Verdict(msgspec.Struct, frozen=True):
    """How the drill is rated in the end."""

    rating: str | None
    computed: str | None
    reason: str | None
    decided_by: str
    decided_on: date


class DrillEvaluation(msgspec.Struct, frozen=True, kw_only=True):
    """All of it."""

    drill_id: int
    number: str
    title: str
    form: str | None
    has_ended: bool
    sheets: tuple[Sheet, ...]
    items: tuple[JudgedItem, ...]
    groups: tuple[GroupResult, ...]
    responses: tuple[Response, ...]
    objectives: tuple[Objective, ...]
    rating: Rating
    verdict: Verdict | None

    @property
    def open_sheets(self) -> tuple[Sheet, ...]:
        """Those that are not handed in: the rating is not final."""
        return tuple(sheet for sheet in self.sheets if sheet.is_open)

    @property
    def unjudged(self) -> tuple[Objective, ...]:
        """Objectives of which nobody said how far they were met."""
        return tuple(one for one in self.objectives if one.met is None)

    @property
    def disputed(self) -> tuple[JudgedItem, ...]:
        """The items on which the evaluators disagree."""
        return tuple(item for item in self.items if item.is_disputed)

    @property
    def is_third_party(self) -> bool:
        """Whether one of the evaluators comes from outside."""
        return any(sheet.institution for sheet in self.sheets)


def evaluation_of(office: Office, drill_id: int) -> DrillEvaluation:
    """The evaluation of a drill as it is now; raises NotFound."""
    with office.read() as connection:
        drill = drill_of(connection, drill_id)
        lines = (line.line for line in lines_of(connection, drill_id))
        timeline = told(lines, started_at=drill.started_at, ended_at=drill.ended_at)
        sheets = tuple(stored_sheets(connection, drill_id))
        objectives = tuple(stored_objectives(connection, drill_id))
        verdict = _verdict(connection, drill_id, drill.rating)
    # Nothing is asked any more of the log of a drill that was taken off the list.
    found = responses(response_times(office, drill_id)) if drill.retired_on is None else ()
    items = tuple(judged_items(sheets))
    met = (one.met for one in objectives)
    return DrillEvaluation(
        drill_id=drill.id,
        number=drill.number,
        title=drill.title,
        form=drill.form,
        has_ended=timeline.is_over,
        sheets=sheets,
        items=items,
        groups=tuple(group_results(items)),
        responses=found,
        objectives=objectives,
        rating=rate(figures_of(items, met, late_actions(found), stopped=timeline.state == "stopped")),
        verdict=verdict,
    )


def _verdict(connection: Connection, drill_id: int, rating: str | None) -> Verdict | None:
    statement = select(
        DrillVerdict.computed, DrillVerdict.reason, DrillVerdict.decided_by, DrillVerdict.decided_on
    ).where(DrillVerdict.drill_id == drill_id)
    row = connection.execute(statement).first()
    return None if row is None else Verdict(rating, *row)
