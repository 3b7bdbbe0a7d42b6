"""A district small enough to count by hand: two sub-districts, a community, plans, drills, findings, stock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.home.queries import home_figures
from drillapp.core.kinds import KINDS
from drillapp.core.office import Office
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.overview import overview
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.units.entries import PostEntry, UnitEntry

DAY = date(2026, 11, 24)
"""The tests' today."""


def fill(office: Office) -> None:
    """Fill an office of the district 110102.

    North is ready but for its key post; South has a plan assessed too long ago, no drill, no blankets; the community
    of South has nothing. The tents of North expire in 20 days, its bread did a week ago.
    """
    for kind, entries in _ENTRIES:
        KINDS[kind].save(office, entries)


def fill_and_look(office: Office) -> None:
    """The same, with the figures that pages show at once where they are remembered."""
    fill(office)
    overview(office, office.unit_id)
    home_figures(office, office.unit_id)


def _held(days_ago: int) -> dict[str, Any]:
    begin = datetime(2026, 11, 24, 2, tzinfo=UTC) - timedelta(days=days_ago)
    return {
        "planned_on": begin.date(),
        "started_at": begin,
        "ended_at": begin + timedelta(hours=1),
    }


def _bought(document: str, item: str, quantity: int, expires_on: date) -> MovementEntry:
    return MovementEntry(
        document=document, kind="in", storehouse="N-1", item_code=item, quantity=quantity, lot=document,
        occurred_on=date(2026, 1, 10), expires_on=expires_on,
    )  # fmt: skip


_ENTRIES: tuple[tuple[str, list[Any]], ...] = (
    (
        "units",
        [
            UnitEntry(code="N", name="North", parent_code="110102", kind="street"),
            UnitEntry(code="S", name="South", parent_code="110102", kind="street"),
            UnitEntry(code="S1", name="Southgate", parent_code="S", kind="community"),
        ],
    ),
    ("posts", [PostEntry(unit_code="N", name="Keeper", key_post=True)]),
    (
        "plans",
        [
            PlanEntry(number="D-1", title="District plan", unit_code="110102", published_on=date(2025, 3, 1)),
            PlanEntry(number="N-1", title="North plan", unit_code="N", published_on=date(2023, 12, 21)),
            PlanEntry(number="S-1", title="South plan", unit_code="S", published_on=date(2022, 1, 1)),
        ],
    ),
    (
        "drills",
        [
            DrillEntry(number="D-1", unit_code="110102", title="District drill", **_held(30)),
            DrillEntry(number="N-1", unit_code="N", title="North drill", **_held(700)),
            DrillEntry(number="N-2", unit_code="N", title="Next drill", planned_on=DAY + timedelta(days=3)),
        ],
    ),
    (
        "findings",
        [
            FindingEntry(
                drill_number="D-1",
                number="1",
                text="No radio",
                unit_code="N",
                due_on=DAY + timedelta(days=10),
            ),
            FindingEntry(
                drill_number="D-1",
                number="2",
                text="Gate shut",
                unit_code="S",
                due_on=DAY - timedelta(days=2),
            ),
        ],
    ),
    (
        "items",
        [
            ItemEntry(code="T", name="Tent"),
            ItemEntry(code="B", name="Bread"),
            ItemEntry(code="K", name="Blanket"),
        ],
    ),
    ("storehouses", [StorehouseEntry(code="N-1", name="North store", unit_code="N")]),
    (
        "movements",
        [
            _bought("M-1", "T", 12, DAY + timedelta(days=20)),
            _bought("M-2", "B", 5, DAY - timedelta(days=7)),
        ],
    ),
    (
        "levels",
        [
            LevelEntry(unit_code="N", item_code="T", quantity=10),
            LevelEntry(unit_code="S", item_code="K", quantity=50),
        ],
    ),
)
