"""What happens to goods that failed an inspection: nobody issues them any more."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from drillapp.core.changes import Changes
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.dates.picking import suggest_lots
from drillapp.core.supplies.quantities import LARGEST
from drillapp.core.supplies.quarantine import set_aside

_KIND = "damaged"


class Withdrawn(Struct, frozen=True):
    """How many lots went into quarantine."""

    lots: int
    changes: Changes


def withdraw_failed(
    office: Office, storehouse: str, item: str, lot: str | None, reason: str | None, day: date | None = None
) -> Withdrawn:
    """Put into quarantine what could be issued of an item in a storehouse, or of one of its lots, from a day on.

    Raises NotFound where nothing is there that could be issued.
    """
    start = day or office.as_of
    there = suggest_lots(office, storehouse, item, LARGEST, start)
    picks = [pick for pick in there if lot is None or pick.lot == lot]
    if not picks:
        raise NotFound(
            _("Nothing of it is there that could be issued on {day}.").format(day=start),
            _("Look at the list of stock."),
        )
    for pick in picks:
        set_aside(office, pick.holding_id, pick.available, _KIND, reason=reason, day=start)
    return Withdrawn(len(picks), Changes(frozenset({"quarantines", "movements"})))
