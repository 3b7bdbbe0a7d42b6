"""A drill's papers on their way upward: reported, returned with comments, accepted."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select, update

from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.drills.model import Drill
from drillapp.core.drills.naming import not_there
from drillapp.core.drills.reporting.model import ReportStep
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.office import Office
from drillapp.core.work import Work

_DRILLS = table_of(Drill)


def report(
    office: Office, drill_id: int, *, day: date, to: str, document: str = "", note: str = ""
) -> Changes:
    """Note that a drill's papers were handed up, the first time or again after a return.

    Raises InvalidInput for an event, a drill that has not ended, a day before its end or before the last step, a report that
    was accepted; NotFound.
    """
    return _step(office, drill_id, "reported", ("", "returned"), day, to, document, note)


def return_report(office: Office, drill_id: int, *, day: date, who: str, note: str) -> Changes:
    """Note that a report came back, with what is to be mended; raises InvalidInput unless it was reported."""
    if not note.strip():
        raise InvalidInput(_("Say what is to be mended."), field="note")
    return _step(office, drill_id, "returned", ("reported",), day, who, "", note)


def accept_report(office: Office, drill_id: int, *, day: date, who: str, note: str = "") -> Changes:
    """Note that a report was accepted; raises InvalidInput unless it was reported."""
    return _step(office, drill_id, "accepted", ("reported",), day, who, "", note)


def _step(
    office: Office, drill_id: int, kind: str, follows: tuple[str, ...], day: date, who: str, document: str, note: str
) -> Changes:  # fmt: skip
    _check(office, day, who, document, note)
    with office.write(f"drill {kind}") as work:
        drill = _drill(work, drill_id)
        last = _last(work, drill)
        if last[0] not in follows:
            raise InvalidInput(_REFUSED[last[0]]().format(number=drill.number), field="kind")
        if day < last[1]:
            raise InvalidInput(_("Lies before {day}.").format(day=last[1]), field="day")
        values = {
            "drill_id": drill_id, "kind": kind, "happened_on": day, "who": who.strip() or None,
            "document": document.strip() or None, "note": note.strip() or None,
        }  # fmt: skip
        key = work.connection.execute(
            insert(ReportStep).values(**values).returning(ReportStep.id)
        ).scalar_one()
        work.created("drill_report_steps", [key])
        if kind == "reported" and drill.reported_on is None:
            changed = {"reported_on": day, "revision": drill.revision + 1}
            work.connection.execute(update(_DRILLS).where(_DRILLS.c.id == drill_id).values(**changed))
            work.changed("drills", drill_id, {"reported_on": (None, day)})
        work.touched("drills", {drill.unit_id})
        return work.changes


_REFUSED = {
    "": lambda: _("The drill {number} has not been reported yet."),
    "reported": lambda: _("The drill {number} is reported already and not returned."),
    "returned": lambda: _("The report on the drill {number} was returned: report it again first."),
    "accepted": lambda: _("The report on the drill {number} was accepted."),
}


def _check(office: Office, day: date, *texts: str) -> None:
    if day > office.clock.today():
        raise InvalidInput(_("This day has not come yet."), field="day")
    if not texts[0].strip():
        raise InvalidInput(_("Say to whom or by whom."), field="who")
    for text in texts:
        if problem := text_problem(text):
            raise InvalidInput(problem, field="note")


def _drill(work: Work, drill_id: int) -> Row[Any]:
    statement: AnySelect = select(
        Drill.id, Drill.unit_id, Drill.number, Drill.kind, Drill.ended_at, Drill.reported_on, Drill.revision
    ).where(Drill.id == drill_id, Drill.retired_on.is_(None))  # fmt: skip
    drill = work.connection.execute(statement).first()
    if drill is None:
        raise not_there()
    if drill.kind != "drill":
        raise InvalidInput(
            _("{number} is a real emergency, not a drill.").format(number=drill.number),
            _("Its reports are noted in its log."),
            field="number",
        )
    if drill.ended_at is None:
        raise InvalidInput(
            _("The drill {number} has not ended yet.").format(number=drill.number), field="day"
        )
    return drill


def _last(work: Work, drill: Row[Any]) -> tuple[str, date]:
    """The last step with its day; of a drill reported by a ledger that day, of one not reported the day it ended."""
    statement = (
        select(ReportStep.kind, ReportStep.happened_on)
        .where(ReportStep.drill_id == drill.id)
        .order_by(ReportStep.id.desc())
        .limit(1)
    )
    row = work.connection.execute(statement).first()
    if row is not None:
        return row.kind, row.happened_on
    if drill.reported_on is not None:
        return "reported", drill.reported_on
    return "", local_day(drill.ended_at)
