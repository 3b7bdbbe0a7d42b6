"""How pressing an obligation is: overdue, due soon, due later."""

from __future__ import annotations

from datetime import date

from drillapp.core.law import Settlement
from drillapp.core.rules.rows import Obligation

SOON, LATER = 30, 90
"""Days within which something is due soon, and within which it is worth knowing."""

DATED: tuple[Settlement, ...] = (
    "plan_filed", "plan_assessed", "plan_revised",
    "drill_held", "drill_evaluated", "drill_reported",
    "finding_corrected", "finding_verified",
    "upkeep_done", "stocktake_done", "loan_returned",
)  # fmt: skip
"""What has to be done by a day; the rest must always be so, or was missed for good."""
RECURRING: frozenset[Settlement] = frozenset({"plan_assessed", "drill_held", "upkeep_done", "stocktake_done"})
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
    if row.settled_by not in DATED or is_never_done(row):
        return None
    return row.due_on if row.state != "met" or row.settled_by in RECURRING else None
