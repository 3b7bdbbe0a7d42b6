"""The verdict: how a drill is rated in the end, by whom, and why otherwise than the rule says."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import insert, select, update

from drillapp.core import enumerations
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import update_rows
from drillapp.core.drills.commands import drill_day
from drillapp.core.drills.evaluation.model import DrillVerdict
from drillapp.core.drills.evaluation.overall import DrillEvaluation, evaluation_of
from drillapp.core.drills.evaluation.stored import drill_of, stored_sheets
from drillapp.core.drills.model import Drill
from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.work import Work

_TABLE = table_of(DrillVerdict)


class VerdictEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict as it is entered."""

    rating: str
    """A code of drill_rating."""
    decided_by: str
    decided_on: date
    reason: str = ""


def give_verdict(office: Office, drill_id: int, entry: VerdictEntry) -> Changes:
    """Rate a drill; a further verdict takes the place of the one before.

    Raises InvalidInput: the drill is not over, a sheet is open, an objective is not judged, nothing was judged,
    another rating than the computed one needs a reason, the day lies before the drill or is still to come.
    """
    _check(entry)
    evaluation = evaluation_of(office, drill_id)
    _refuse_unready(evaluation)
    computed = evaluation.rating.code
    if entry.rating != computed and not entry.reason.strip():
        text = _("By the rule the rating is '{rating}': say why it is another.")
        label = enumerations.label("drill_rating", computed)
        raise InvalidInput(text.format(rating=label), field="reason")
    with office.write("rate drill") as work:
        drill = drill_of(work.connection, drill_id)
        _check_day(office, entry.decided_on, drill_day(drill.planned_on, drill.started_at))
        if tuple(stored_sheets(work.connection, drill_id)) != evaluation.sheets:
            raise Conflict(_("Somebody wrote on a sheet meanwhile."), _("Look at the rating once more."))
        verdict = {
            "computed": computed,
            "reason": entry.reason.strip() or None,
            "decided_by": entry.decided_by.strip(),
            "decided_on": entry.decided_on,
        }
        _store(work, drill_id, verdict)
        _rate(work, drill, {"rating": entry.rating, "third_party": evaluation.is_third_party})
        work.touched("drills", {drill.unit_id})
        return work.changes


def _check(entry: VerdictEntry) -> None:
    codes = enumerations.codes("drill_rating")
    if entry.rating not in codes:
        text = _("'{value}' is not allowed; allowed: {codes}")
        raise InvalidInput(text.format(value=entry.rating, codes=" ".join(codes)), field="rating")
    if not entry.decided_by.strip():
        raise InvalidInput(_("Say who decides the rating."), field="decided_by")
    for field in ("decided_by", "reason"):
        if problem := text_problem(getattr(entry, field)):
            raise InvalidInput(problem, field=field)


def _refuse_unready(evaluation: DrillEvaluation) -> None:
    """Raise InvalidInput for what has to be there before a drill is rated."""
    if not evaluation.has_ended:
        raise InvalidInput(_("The drill has not ended: it is rated afterwards."), field="rating")
    if evaluation.rating.code is None:
        raise InvalidInput(_("No item was judged yet: there is nothing to rate."), field="rating")
    if evaluation.open_sheets:
        names = _(", ").join(sheet.who for sheet in evaluation.open_sheets)
        text = _("These sheets are not handed in: {names}.").format(names=names)
        raise InvalidInput(text, _("Hand them in first."), field="rating")
    if evaluation.unjudged:
        names = _("; ").join(one.task for one in evaluation.unjudged)
        text = _("Of these objectives nobody said how far they were met: {names}.").format(names=names)
        raise InvalidInput(text, _("Judge the objectives first."), field="rating")


def _check_day(office: Office, day: date, held_on: date) -> None:
    if day > office.clock.today():
        raise InvalidInput(_("{day} is still to come.").format(day=day), field="decided_on")
    if day < held_on:
        text = _("The drill was held on {day}: it was rated then or later.").format(day=held_on)
        raise InvalidInput(text, field="decided_on")


def _store(work: Work, drill_id: int, verdict: dict[str, Any]) -> None:
    columns = [_TABLE.c[name] for name in verdict]
    before = work.connection.execute(
        select(_TABLE.c.id, *columns).where(_TABLE.c.drill_id == drill_id)
    ).first()
    if before is None:
        statement = insert(_TABLE).values(drill_id=drill_id, **verdict).returning(_TABLE.c.id)
        key = work.connection.execute(statement).scalar_one()
    else:
        key = before.id
        work.connection.execute(update(_TABLE).where(_TABLE.c.id == key).values(verdict))
    changed = {name: (getattr(before, name, None), value) for name, value in verdict.items()}
    work.changed("drill_verdicts", key, changed)


def _rate(work: Work, drill: Any, fields: dict[str, Any]) -> None:
    changed = {
        name: (getattr(drill, name), value) for name, value in fields.items() if getattr(drill, name) != value
    }
    if changed:
        row = {"id": drill.id, **{name: fields[name] for name in changed}}
        update_rows(work.connection, table_of(Drill), tuple(changed), [row])
        work.changed("drills", drill.id, changed)
