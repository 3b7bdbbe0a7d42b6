"""A programme on its way from the draft to its publication."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.drills.programme.model import Programme, ProgrammeItem
from drillapp.core.drills.programme.writing import Standing, standing
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.work import Work

_PROGRAMMES = table_of(Programme)


def approve(office: Office, programme_id: int, *, day: date, by: str = "") -> Changes:
    """Note that a programme was approved; from then on every change needs a reason.

    Raises InvalidInput for a day to come, an empty programme, and one that was approved already.
    """
    _refuse_future(office, day, "approved_on")
    with office.write("approve programme") as work:
        programme = standing(work.connection, programme_id)
        if programme.approved_on is not None:
            raise InvalidInput(_("It was approved already, on {day}.").format(day=programme.approved_on))
        if not _has_items(work, programme_id):
            raise InvalidInput(
                _("A programme without drills cannot be approved."), _("Add drills to it first.")
            )
        values = {"approved_on": day, "approved_by": _text(by, "approved_by") or office.actor}
        return _write(work, programme, values)


def publish(office: Office, programme_id: int, *, day: date, document: str = "") -> Changes:
    """Note that a programme was published, by which document.

    Raises InvalidInput for a day to come, or before the approval, and a programme that is not approved.
    """
    _refuse_future(office, day, "published_on")
    with office.write("publish programme") as work:
        programme = standing(work.connection, programme_id)
        if programme.approved_on is None:
            raise InvalidInput(_("The programme is not approved yet."), _("Record the approval first."))
        if programme.published_on is not None:
            raise InvalidInput(_("It was published already, on {day}.").format(day=programme.published_on))
        if day < programme.approved_on:
            raise InvalidInput(
                _("Lies before the approval, {day}.").format(day=programme.approved_on), field="published_on"
            )
        return _write(work, programme, {"published_on": day, "document": _text(document, "document") or None})


def _write(work: Work, programme: Standing, values: dict[str, Any]) -> Changes:
    work.connection.execute(
        update(_PROGRAMMES)
        .where(_PROGRAMMES.c.id == programme.id)
        .values({**values, "revision": _PROGRAMMES.c.revision + 1})
    )
    work.changed("programmes", programme.id, {name: (None, value) for name, value in values.items()})
    work.touched("programmes", {programme.unit_id})
    return work.changes


def _has_items(work: Work, programme_id: int) -> bool:
    items = select(func.count()).where(
        ProgrammeItem.programme_id == programme_id, ProgrammeItem.dropped_on.is_(None)
    )
    return bool(work.connection.scalar(items))


def _refuse_future(office: Office, day: date, field: str) -> None:
    if day > office.clock.today():
        raise InvalidInput(_("This day has not come yet."), field=field)


def _text(text: str, field: str) -> str:
    if problem := text_problem(text):
        raise InvalidInput(problem, field=field)
    return text.strip()
