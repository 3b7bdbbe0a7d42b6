"""Which findings are meant by somebody who names each by its drill and its number there: YL-1/3."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from drillapp.core.drills.model import Drill, Finding
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office


def findings_named(office: Office, names: Sequence[str]) -> list[int]:
    """The findings with these names, in their order, the office's own where a neighbour's has the same.

    Raises InvalidInput for what is no such name, NotFound.
    """
    return [_named(office, name) for name in dict.fromkeys(names)]


def _named(office: Office, name: str) -> int:
    drill, slash, number = name.rpartition("/")
    if not slash or not drill or not number:
        raise InvalidInput(
            _("'{value}' does not name a finding.").format(value=name),
            _("Write the drill's number, a slash and the finding's number: YL-1/3."),
            field="finding",
        )
    statement = (
        select(Finding.id)
        .join(Drill, Drill.id == Finding.drill_id)
        .where(Drill.number == drill, Finding.number == number, Finding.retired_on.is_(None))
        .order_by((Drill.owner_id == office.id).desc())
        .limit(1)
    )
    with office.read() as connection:
        found: int | None = connection.execute(statement).scalar()
    if found is None:
        raise NotFound(
            _("The drill {drill} has no finding '{number}'.").format(drill=drill, number=number),
            _("'drillapp finding list' shows the findings there are."),
        )
    return found
