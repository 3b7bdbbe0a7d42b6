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
from drillapp.core.supplies.quarantine import set_aside_in
from drillapp.core.supplies.upkeep.commands import save_upkeep_within
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from drillapp.core.work import Work

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
    with office.write("withdraw failed goods") as work:
        lots = _withdraw(office, work, storehouse, item, lot, reason, day or office.as_of)
        return Withdrawn(lots, work.changes)


def note_failed(office: Office, entry: UpkeepEntry) -> Withdrawn:
    """Note an inspection that goods failed, and put them into quarantine from its day on: both or nothing.

    Raises what `save_upkeep` and `withdraw_failed` raise.
    """
    with office.write("note failed inspection") as work:
        save_upkeep_within(office, work, [entry])
        lots = _withdraw(
            office,
            work,
            entry.storehouse,
            entry.item_code,
            entry.lot or None,
            entry.note or None,
            entry.done_on,
        )
        return Withdrawn(lots, work.changes)


def _withdraw(
    office: Office, work: Work, storehouse: str, item: str, lot: str | None, reason: str | None, start: date
) -> int:
    # Nobody else writes meanwhile: what is asked here is what the transaction sees.
    there = suggest_lots(office, storehouse, item, LARGEST, start)
    picks = [pick for pick in there if lot is None or pick.lot == lot]
    if not picks:
        raise NotFound(
            _("Nothing of it is there that could be issued on {day}.").format(day=start),
            _("Look at the list of stock."),
        )
    for pick in picks:
        set_aside_in(work, pick.holding_id, pick.available, _KIND, reason, start)
    work.touched("movements", ())
    return len(picks)
