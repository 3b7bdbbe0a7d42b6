"""How far a drill's objectives were met, as the evaluators judge together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from drillapp.core import enumerations
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.drills.evaluation.stored import drill_of
from drillapp.core.drills.record.model import DrillObjective
from drillapp.core.drills.record.saving import count_up
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office

_TABLE = table_of(DrillObjective)


class Objective(msgspec.Struct, frozen=True):
    """An objective and how far it was met."""

    id: int
    position: int
    who: str | None
    condition: str | None
    task: str
    standard: str | None
    met: str | None
    """A code of objective_met; None: not judged yet."""
    note: str | None

    @property
    def words(self) -> str:
        """All of it in one line: who does what, when, how well."""
        return _("; ").join(filter(None, (self.who, self.condition, self.task, self.standard)))


class Judgement(msgspec.Struct, frozen=True):
    """How far an objective was met; `met` None takes a judgement back."""

    objective_id: int
    met: str | None
    note: str = ""


def stored_objectives(connection: Connection, drill_id: int) -> list[Objective]:
    """The objectives of a drill in their order."""
    fields = [getattr(DrillObjective, name) for name in Objective.__struct_fields__]
    statement = select(*fields).where(DrillObjective.drill_id == drill_id)
    return [Objective(*row) for row in connection.execute(statement.order_by(DrillObjective.position))]


def judge_objectives(office: Office, drill_id: int, judgements: Sequence[Judgement]) -> Changes:
    """Say how far objectives were met.

    Raises InvalidInput for an unknown word, for 'partly' or 'not met' without a note; NotFound.
    """
    with office.write("judge objectives") as work:
        drill = drill_of(work.connection, drill_id)
        known = {one.id: one for one in stored_objectives(work.connection, drill_id)}
        rows = []
        for judgement in judgements:
            before = known.get(judgement.objective_id)
            if before is None:
                raise NotFound(
                    _("This objective is not there any more."), _("Open the evaluation once more.")
                )
            _check(judgement, before)
            note = judgement.note.strip() or None
            if (judgement.met, note) == (before.met, before.note):
                continue
            rows.append({"_id": before.id, "_met": judgement.met, "_note": note})
            fields = {"met": (before.met, judgement.met), "note": (before.note, note)}
            work.changed("drill_objectives", before.id, fields)
        if rows:
            values: dict[str, Any] = {"met": bindparam("_met"), "note": bindparam("_note")}
            statement = update(_TABLE).where(_TABLE.c.id == bindparam("_id")).values(values)
            work.connection.execute(statement, rows)
            count_up(work, drill_id)  # a record that was opened before may not write over it
            work.touched("drills", {drill.unit_id})
        return work.changes


def _check(judgement: Judgement, objective: Objective) -> None:
    field, codes = f"objective {objective.position}", enumerations.codes("objective_met")
    if judgement.met is not None and judgement.met not in codes:
        text = _("'{value}' is not allowed; allowed: {codes}")
        raise InvalidInput(text.format(value=judgement.met, codes=" ".join(codes)), field=field)
    if judgement.met in ("partly", "not_met") and not judgement.note.strip():
        text = _("{objective}: say what was missing.").format(objective=objective.task)
        raise InvalidInput(text, field=field)
    if problem := text_problem(judgement.note):
        raise InvalidInput(problem, field=field)
