"""Sheets and their drills read from the tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from drillapp.core.database.base import AnySelect
from drillapp.core.drills.evaluation.assigned import read_assigned
from drillapp.core.drills.evaluation.forms import evaluation_form
from drillapp.core.drills.evaluation.model import Evaluation
from drillapp.core.drills.evaluation.rows import Sheet, read_answers
from drillapp.core.drills.model import Drill
from drillapp.core.drills.naming import not_there
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office


def sheets_of(office: Office, drill_id: int) -> list[Sheet]:
    """The sheets of a drill in the order in which they were begun."""
    with office.read() as connection:
        return stored_sheets(connection, drill_id)


def sheet_numbered(office: Office, drill_id: int, position: int) -> Sheet:
    """The sheet of a drill with its number there; raises NotFound naming those that there are."""
    sheets = sheets_of(office, drill_id)
    for sheet in sheets:
        if sheet.position == position:
            return sheet
    numbers = ", ".join(f"{sheet.position} {sheet.who}" for sheet in sheets)
    hint = _("There are: {names}").format(names=numbers) if sheets else _("Add a sheet first.")
    raise NotFound(_("The drill has no evaluator's sheet {number}.").format(number=position), hint)


def stored_sheets(connection: Connection, drill_id: int) -> list[Sheet]:
    """The sheets of a drill, inside the caller's transaction."""
    rows = connection.execute(_sheets().where(Evaluation.drill_id == drill_id).order_by(Evaluation.position))
    return [_sheet(row) for row in rows]


def stored_sheet(connection: Connection, sheet_id: int) -> Sheet:
    """One sheet; raises NotFound."""
    row = connection.execute(_sheets().where(Evaluation.id == sheet_id)).first()
    if row is None:
        raise NotFound(
            _("This sheet is not there any more."), _("Close the evaluation and open it once more.")
        )
    return _sheet(row)


def drill_of(connection: Connection, drill_id: int) -> Row[Any]:
    """What an evaluation asks of its drill; raises NotFound."""
    statement: AnySelect = select(
        Drill.id, Drill.unit_id, Drill.number, Drill.title, Drill.planned_on, Drill.started_at, Drill.ended_at,
        Drill.form, Drill.rating, Drill.third_party, Drill.retired_on,
    ).where(Drill.id == drill_id)  # fmt: skip
    row = connection.execute(statement).first()
    if row is None:
        raise not_there()
    return row


def _sheets() -> AnySelect:
    fields = (
        "id", "drill_id", "position", "form", "evaluator", "institution", "qualification", "contract", "assigned",
        "answers", "comment", "submitted_on", "revision",
    )  # fmt: skip
    return select(*(getattr(Evaluation, name) for name in fields))


def _sheet(row: Row[Any]) -> Sheet:
    values = row._asdict()
    groups, place = read_assigned(values.pop("assigned"), evaluation_form(row.form))
    return Sheet(**values | {"answers": read_answers(row.answers), "groups": groups, "place": place})
