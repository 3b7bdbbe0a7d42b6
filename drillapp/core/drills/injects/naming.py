"""Which inject is meant by somebody who names it by its number."""

from __future__ import annotations

from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office


def inject_named(office: Office, drill_id: int, number: str) -> int:
    """The inject with this number in the script of a drill; raises NotFound naming those there are."""
    numbers = {row.number: row.id for row in injects_of(office, drill_id)}
    if number not in numbers:
        raise NotFound(
            _("There is no inject with the number '{value}' in the script.").format(value=number),
            _("There are: {names}").format(names=", ".join(numbers)),
        )
    return numbers[number]
