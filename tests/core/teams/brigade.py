"""A micro fire station with members, a store and equipment, as tests need it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from drillapp.core.office import Office
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.teams.commands import save_equipment, save_members, save_teams
from drillapp.core.teams.entries import EquipmentEntry, MemberEntry, TeamEntry
from drillapp.core.teams.model import Team, TeamMember

OWN = "110102"
STATION = "永安社区微型消防站"
TODAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 23)
NAMES = ("王站长", "李一", "张二", "赵三", "钱四", "孙五")


def make_station(office: Office, name: str = STATION, **fields: object) -> int:
    """A micro fire station of six named people, all insured to the end of 2027; returns its key."""
    known = {"kind": "micro_fire_station", "phone": "010-00661100", "response_minutes": 3} | fields
    save_teams(office, [TeamEntry(unit_code=OWN, name=name, **known)])  # type: ignore[arg-type]
    save_members(
        office,
        [
            MemberEntry(
                unit_code=OWN, team=name, name=who, role="leader" if who == NAMES[0] else "member",
                insured_until=date(2027, 12, 31), joined_on=date(2024, 1, 1),
            )
            for who in NAMES
        ],
    )  # fmt: skip
    return team_id(office, name)


def stock(office: Office, **items: tuple[float, float]) -> None:
    """A store K of the station; each item by its code with what is required and what is there."""
    save_storehouses(office, [StorehouseEntry(code="K", name="站内器材库", unit_code=OWN)])
    save_items(office, [ItemEntry(code=code, name=f"器材{code}", unit_of_measure="具") for code in items])
    save_teams(office, [TeamEntry(unit_code=OWN, name=STATION, storehouse="K")])
    save_equipment(
        office,
        [
            EquipmentEntry(unit_code=OWN, team=STATION, item_code=code, quantity=need)
            for code, (need, _) in items.items()
        ],
    )
    save_movements(
        office,
        [
            MovementEntry(
                document=f"RK-{code}", kind="in", storehouse="K", item_code=code, lot="A", quantity=there,
                occurred_on=date(2026, 1, 5), expires_on=date(2027, 1, 31),
            )
            for code, (_need, there) in items.items() if there
        ],
    )  # fmt: skip


def team_id(office: Office, name: str = STATION) -> int:
    """The key of a team."""
    with office.read() as connection:
        return int(connection.execute(select(Team.id).where(Team.name == name)).scalar_one())


def member_ids(office: Office, team: int) -> dict[str, int]:
    """The keys of the members of a team by name."""
    with office.read() as connection:
        return dict(
            connection.execute(select(TeamMember.name, TeamMember.id).where(TeamMember.team_id == team)).all()
        )
