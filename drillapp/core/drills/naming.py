"""Which drill is meant by somebody who names it by its number; and that it is not there."""

from __future__ import annotations

from sqlalchemy import select

from drillapp.core.drills.model import Drill
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office


def drill_named(office: Office, number: str) -> int:
    """The drill with a number, the office's own one where a neighbour's has the same; raises NotFound."""
    statement = select(Drill.id).where(Drill.number == number).order_by((Drill.owner_id == office.id).desc())
    with office.read() as connection:
        found: int | None = connection.execute(statement.limit(1)).scalar()
    if found is None:
        raise NotFound(
            _("There is no drill with the number '{value}'.").format(value=number),
            _("'drillapp list drills' shows the numbers there are."),
        )
    return found


def not_there() -> NotFound:
    """The drill is not there, or not any more."""
    return NotFound(_("This drill is not there any more."), _("Look at the list of drills again."))
