"""How pressing an obligation is: overdue, due soon, due later."""

from __future__ import annotations

from datetime import date

from drillapp.core.law import Settlement
from drillapp.core.rules.rows import Obligation

SOON, LATER = 30, 90
"""Days within which something is due soon, and within which it is worth knowing."""


RECURRING: frozenset[Settlement] = frozenset({"plan_assessed", "drill_held"})
"""What has to be done again and again, so that what is met is due again one day."""


def window(settled_by: Settlement, state: str, due_on: date | None, as_of: date) -> str:
    """How pressing something is as of a date: a code of the enumeration due_window."""
    if state in ("overdue", "no_data"):
        return state
    if state == "met" and settled_by not in RECURRING:
        return "met"
    days = (due_on - as_of).days if due_on is not None else LATER + 1
    if days <= LATER:
        return "due_30" if days <= SOON else "due_90"
    return "met" if state == "met" else "later"


def is_never_done(row: Obligation) -> bool:
    """Whether a thing that recurs was never done yet, although its time is over: so no day says how late it is."""
    return row.settled_by == "drill_held" and row.state in ("overdue", "no_data") and not row.evidence


def day_of(row: Obligation) -> date | None:
    """The day to wait for; None for what must always be so, was never done, or is done for good."""
    if row.settled_by in RECURRING:
        return None if is_never_done(row) else row.due_on
    return row.due_on if row.settled_by == "finding_corrected" and row.state != "met" else None
