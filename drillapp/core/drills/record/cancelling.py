"""Calling a drill off: it stays on record with the reason, and what was set aside for it is given back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.drills.conduct.lines import LineRow, write_lines
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.reserving import release_supplies
from drillapp.core.drills.record.saving import subject
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office


def cancel_drill(office: Office, drill_id: int, reason: str, *, day: date | None = None) -> Changes:
    """Retire a drill that will not be held; the reason stands as a note in its log.

    Raises NotFound; InvalidInput without a reason, for a drill that has begun, or that is retired already.
    """
    said = reason.strip()
    if not said or text_problem(said):
        raise InvalidInput(text_problem(said) or _("Say why the drill is called off."), field="reason")
    with office.write("cancel drill") as work:
        unit_id = subject(work.connection, drill_id).unit_id
        columns = (Drill.number, Drill.started_at, Drill.retired_on)
        row = work.connection.execute(select(*columns).where(Drill.id == drill_id)).one()
        if row.started_at is not None:
            raise InvalidInput(
                _("The drill {number} has begun.").format(number=row.number),
                _("Stop it early instead: the log then says when and why."),
            )
        if row.retired_on is not None:
            raise InvalidInput(
                _("The drill {number} is retired since {day}.").format(number=row.number, day=row.retired_on)
            )
        end = day or office.as_of
        values = {"retired_on": end, "revision": Drill.revision + 1}
        work.connection.execute(update(Drill).where(Drill.id == drill_id).values(values))
        work.changed("drills", drill_id, {"retired_on": (None, end), "reason": (None, said)})
        release_supplies(work, [drill_id])
        now = office.clock.now().replace(microsecond=0)
        text = _("Called off: {reason}").format(reason=said)
        write_lines(work, drill_id, unit_id, [LineRow(0, now, "note", text, recorded_at=now)])
        work.touched("drills", {unit_id})
        return work.changes
