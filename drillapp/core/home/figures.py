"""The few figures of the first page, remembered so that it is there at once."""

from __future__ import annotations

import msgspec

from drillapp.core.drills.rows import PlannedDrill
from drillapp.core.law import Mark, Settlement
from drillapp.core.office import Office
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.remembered import recall
from drillapp.core.rules.rows import Obligation
from drillapp.core.supplies.rows import StockRow

WINDOWS = ("overdue", "due_30", "due_90", "no_data")
"""How pressing things are that the page shows: codes of the enumeration due_window."""


class UnitDue(msgspec.Struct, frozen=True):
    """How much is due of a unit and those below it, by window."""

    unit_id: int
    code: str
    name: str
    due: dict[str, int]


class RuleDue(msgspec.Struct, frozen=True):
    """How much of what one rule asks is due, by window."""

    rule: str
    title: str
    article: str
    mark: Mark
    settled_by: Settlement
    due: dict[str, int]


class Beginnings(msgspec.Struct, frozen=True):
    """What an office has already: the first steps done."""

    units: bool
    plans: bool
    supplies: bool
    drills: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered yet."""
        return not (self.units or self.plans or self.supplies or self.drills)

    @property
    def is_complete(self) -> bool:
        """Whether every first step was taken."""
        return self.units and self.plans and self.supplies and self.drills


class HomeFigures(msgspec.Struct, frozen=True):
    """All that the first page shows."""

    begun: Beginnings
    readiness: UnitReadiness | None
    """Of the scope; None where the scope is several trees."""
    due: dict[str, int]
    """How many things are overdue, due within 30 and within 90 days, and without data."""
    this_month: int
    """How many things are due from today to the end of the month."""
    soonest: dict[str, list[Obligation]]
    """The first few of each: of what is overdue one sort of duty after the other (`home.pressing`), of what is to come
    the earliest due."""
    by_unit: list[UnitDue]
    """The units right below the scope of which something is due, those with most overdue first; the first of each window."""
    by_rule: list[RuleDue]
    """The rules of which something is due, by their ids."""
    drills: list[PlannedDrill]
    stock: dict[str, int]
    """How many lots are in each state that their item's own lead reports, and of how many items a unit is short."""
    shelf: list[StockRow]
    """The lots that expire first."""
    findings: dict[str, int]
    """How many findings are in each state."""
    late_reports: int = 0
    """How many drills should have been reported upward by now."""


def remembered_figures(office: Office, unit_id: int | None) -> HomeFigures | None:
    """The figures while facts and date are those of when they were worked out."""
    return recall(office, f"home {unit_id}", HomeFigures)
