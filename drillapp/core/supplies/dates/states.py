"""How far goods are from their expiry, and from when on that is worth a word: by the item's own lead, if it has one."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal

from drillapp.core.database.day_count import days_after
from drillapp.core.supplies.model import Item, Lot

USUAL_WARNING = 90
"""Days before the expiry from which goods are reported, where their item says nothing else (facts 4.6: 90 and 30)."""
_STEPS = (30, 60, 90)
OUTLOOK = 180
"""Days that the outlook reaches beyond what is reported."""


def stock_state(as_of: date) -> ColumnElement[str]:
    """How far from its expiry a lot is: a code of the enumeration stock_state. The statement has Lot and Item.

    An item with a lead of its own is `in_date` until that begins, however near the expiry; where its lead is longer
    than the steps, it is `warned` before the first of them.
    """
    has_lead = Item.warning_days.is_not(None)
    return case(
        (Lot.expires_on < as_of, "expired"),
        (and_(has_lead, Lot.expires_on > days_after(as_of, Item.warning_days)), "in_date"),
        *((Lot.expires_on <= as_of + timedelta(days=days), f"due_{days}") for days in _STEPS),
        (and_(has_lead, Lot.expires_on.is_not(None)), "warned"),
        (Lot.expires_on <= as_of + timedelta(days=OUTLOOK), f"due_{OUTLOOK}"),
        else_="in_date",
    )


def is_reported(as_of: date) -> ColumnElement[bool]:
    """Whether a lot has expired or is within its item's lead (the usual one for want of its own)."""
    return Lot.expires_on <= days_after(as_of, func.coalesce(Item.warning_days, literal(USUAL_WARNING)))
