"""A district with a plan, a street, a team, a store and a drill, for the tests of a drill's record."""

from __future__ import annotations

from datetime import date
from typing import Any

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.rows import DrillRecord
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Level, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.versions import versions_of, write_content
from drillapp.core.saving import Saving
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.teams.commands import save_teams
from drillapp.core.teams.entries import TeamEntry
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

OWN, STREET = "110102", "110102001"
DAY = date(2026, 12, 8)
CONTENT = Content(
    sections=(Section(1, "总则", "1"), Section(1, "应急响应", "2"), Section(2, "疏散", "2.1")),
    levels=(Level("一级"), Level("二级")),
)


def street(office: Office) -> int:
    """A street with a team; the street's key."""
    (key,) = save_units(office, [UnitEntry(code=STREET, name="西长街", parent_code=OWN, kind="street")]).ids
    save_teams(office, [TeamEntry(unit_code=STREET, name="抢险队")])
    assert key is not None
    return key


def plan(office: Office, number: str = "P", **said: Any) -> int:
    """A plan in force since 2025, with three sections and two levels."""
    entry = {"number": number, "title": "火灾预案", "unit_code": OWN, "kind": "special"}
    (key,) = save_plans(office, [PlanEntry(**entry | {"published_on": date(2025, 3, 1)} | said)]).ids
    assert key is not None
    version = versions_of(office, key)[-1]
    write_content(office, version.id, version.revision, CONTENT)
    return key


def drill(office: Office, number: str = "D", **said: Any) -> int:
    """A drill planned for 2026-12-08."""
    entry = {"number": number, "unit_code": OWN, "title": "消防演练", "planned_on": DAY} | said
    (key,) = save_drills(office, [DrillEntry(**entry)], Saving()).ids
    assert key is not None
    return key


def stock(office: Office, *lots: tuple[str, float, date | None]) -> None:
    """Lots of one item in one storehouse, brought in on 2026-01-05."""
    save_items(office, [ItemEntry(code="1", name="灭火器", unit_of_measure="具")])
    save_storehouses(office, [StorehouseEntry(code="S", name="区库", unit_code=OWN)])
    move(office, *((lot, quantity, "in", date(2026, 1, 5), expires) for lot, quantity, expires in lots))


def move(office: Office, *lines: tuple[str, float, str, date, date | None]) -> None:
    """Lines of the stock ledger: lot, quantity, kind, day, expiry."""
    entries = [
        MovementEntry(
            document=f"{kind}-{lot}-{day}", kind=kind, storehouse="S", item_code="1", lot=lot or None,
            quantity=quantity, occurred_on=day, expires_on=expires,
        )
        for lot, quantity, kind, day, expires in lines
    ]  # fmt: skip
    save_movements(office, entries)


def of(office: Office, drill_id: int) -> DrillRecord:
    """The record as it is now, with its roll."""
    return drill_record(office, drill_id, with_people=True)
