"""Reading the whole record of a drill: one statement a part."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import Connection, String, case, cast, func, select

from drillapp.core.attachments.model import Attachment
from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import from_thousandths
from drillapp.core.drills.naming import not_there
from drillapp.core.drills.queries import drill_rows
from drillapp.core.drills.record.available import free_quantities
from drillapp.core.drills.record.model import (
    DrillCost,
    DrillDesign,
    DrillFile,
    DrillObjective,
    DrillParty,
    DrillPerson,
    DrillSupply,
    TestedSection,
)
from drillapp.core.drills.record.rows import (
    CostRow,
    DesignRow,
    DrillRecord,
    FileRow,
    ObjectiveRow,
    PartyRow,
    PersonRow,
    RollSums,
    SupplyRow,
    TestedRow,
)
from drillapp.core.drills.rows import DrillRow
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan, PlanLevel, PlanSection, PlanVersion
from drillapp.core.supplies.model import Holding, Item, Lot, Storehouse
from drillapp.core.teams.model import Team
from drillapp.core.units.model import Unit

RowType = TypeVar("RowType", bound=Struct)


def drill_record(office: Office, drill_id: int, *, with_people: bool = False) -> DrillRecord:
    """All that belongs to a drill; `with_people` the roll itself too, which may be long. Raises NotFound."""
    with office.read() as connection:
        return record_in(connection, drill_id, office.as_of, with_people=with_people)


def record_in(
    connection: Connection, drill_id: int, as_of: date, *, with_people: bool = False
) -> DrillRecord:
    """The record as a transaction sees it; raises NotFound."""
    drill = drill_row(connection, drill_id, as_of)
    return DrillRecord(
        drill=drill,
        design=_design(connection, drill_id),
        parties=_read(connection, PartyRow, _parties(), DrillParty, drill_id),
        objectives=_read(connection, ObjectiveRow, _objectives(), DrillObjective, drill_id),
        tested=_read(connection, TestedRow, _tested(), TestedSection, drill_id),
        roll=roll_sums(connection, drill_id),
        people=people_in(connection, drill_id) if with_people else (),
        files=files_in(connection, drill_id),
        supplies=supplies_in(connection, drill_id, drill.planned_on),
        costs=_read(connection, CostRow, _costs(), DrillCost, drill_id),
    )


def drill_row(connection: Connection, drill_id: int, as_of: date) -> DrillRow:
    """A drill as its list has it; raises NotFound."""
    rows = drill_rows(as_of).subquery()
    row = connection.execute(select(rows).where(rows.c.id == drill_id)).first()
    if row is None:
        raise not_there()
    return DrillRow(*row)


def people_in(connection: Connection, drill_id: int) -> tuple[PersonRow, ...]:
    """The roll of a drill, in the order in which it was entered."""
    columns = [getattr(DrillPerson, name) for name in PersonRow.__struct_fields__]
    statement = select(*columns).where(DrillPerson.drill_id == drill_id).order_by(DrillPerson.id)
    return tuple(_structs(PersonRow, connection.execute(statement)))


def roll_sums(connection: Connection, drill_id: int) -> RollSums:
    """How many stand on the roll of a drill, and how many of them checked in."""
    present = func.sum(case((DrillPerson.checked_in_at.is_not(None), DrillPerson.count), else_=0))
    statement = select(func.count(), func.sum(DrillPerson.count), present)
    lines, people, there = connection.execute(statement.where(DrillPerson.drill_id == drill_id)).one()
    return RollSums(lines=lines, people=int(people or 0), present=int(there or 0))


def files_in(connection: Connection, drill_id: int) -> tuple[FileRow, ...]:
    """The files of a drill, in the order in which they were added."""
    statement = (
        select(
            DrillFile.id, DrillFile.kind, DrillFile.name, Attachment.media_type, Attachment.digest,
            func.length(Attachment.content).label("size"), DrillFile.added_at,
        )
        .join(Attachment, Attachment.id == DrillFile.attachment_id)
        .where(DrillFile.drill_id == drill_id)
        .order_by(DrillFile.id)
    )  # fmt: skip
    return tuple(_structs(FileRow, connection.execute(statement)))


def supplies_in(connection: Connection, drill_id: int, day: date) -> tuple[SupplyRow, ...]:
    """What is set aside for a drill on a day, with how much of each lot it may have."""
    lots = select(DrillSupply.lot_id).where(DrillSupply.drill_id == drill_id)
    free = free_quantities(select(Holding.id).where(Holding.lot_id.in_(lots)), day, drill_id).subquery()
    statement = (
        select(
            DrillSupply.id, DrillSupply.position, DrillSupply.storehouse_id, Storehouse.code.label("storehouse"),
            Storehouse.name.label("storehouse_name"), DrillSupply.item_id, Item.code.label("item"),
            Item.name.label("item_name"), Item.unit_of_measure, DrillSupply.lot_id,
            func.nullif(Lot.code, "").label("lot"), Lot.expires_on, DrillSupply.reserved,
            func.coalesce(free.c.free, 0).label("available"), DrillSupply.used, DrillSupply.document,
        )
        .join(Storehouse, Storehouse.id == DrillSupply.storehouse_id)
        .join(Item, Item.id == DrillSupply.item_id)
        .join(Lot, Lot.id == DrillSupply.lot_id)
        .outerjoin(
            Holding,
            (Holding.lot_id == DrillSupply.lot_id) & (Holding.storehouse_id == DrillSupply.storehouse_id),
        )
        .outerjoin(free, free.c.holding_id == Holding.id)
        .where(DrillSupply.drill_id == drill_id)
        .order_by(DrillSupply.position)
    )  # fmt: skip
    return tuple(_supply(row) for row in connection.execute(statement))


def _supply(row: Any) -> SupplyRow:
    """What was used is gone from the stock already: it counts among what the drill may have."""
    free = round(from_thousandths(row.available) + (row.used or 0), 3)
    return SupplyRow(**row._asdict() | {"available": int(free) if free == int(free) else free})


def _design(connection: Connection, drill_id: int) -> DesignRow:
    names = [name for name in DesignRow.__struct_fields__ if name != "level"]
    statement = (
        select(*(getattr(DrillDesign, name) for name in names), PlanLevel.name.label("level"))
        .outerjoin(PlanLevel, PlanLevel.id == DrillDesign.level_id)
        .where(DrillDesign.drill_id == drill_id)
    )
    row = connection.execute(statement).first()
    return DesignRow() if row is None else DesignRow(**row._asdict())


def _parties() -> AnySelect:
    name = func.coalesce(Unit.name, Team.name, DrillParty.name, "").label("name")
    return (
        select(
            DrillParty.id, DrillParty.position, DrillParty.unit_id, Unit.code.label("unit_code"), DrillParty.team_id,
            name, DrillParty.role, DrillParty.expected, DrillParty.present,
        )
        .outerjoin(Unit, Unit.id == DrillParty.unit_id)
        .outerjoin(Team, Team.id == DrillParty.team_id)
    )  # fmt: skip


def _objectives() -> AnySelect:
    return select(*(getattr(DrillObjective, name) for name in ObjectiveRow.__struct_fields__))


def _costs() -> AnySelect:
    return select(*(getattr(DrillCost, name) for name in CostRow.__struct_fields__))


def _tested() -> AnySelect:
    version = func.coalesce(PlanVersion.label, cast(PlanVersion.ordinal, String)).label("version")
    title = func.coalesce(PlanSection.number, "").concat(" ").concat(PlanSection.title)
    return (
        select(
            TestedSection.id, TestedSection.position, Plan.id.label("plan_id"), Plan.number.label("plan_number"),
            Plan.title.label("plan_title"), TestedSection.version_id, version, TestedSection.section_id,
            func.trim(title).label("section"),
        )
        .join(PlanVersion, PlanVersion.id == TestedSection.version_id)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .outerjoin(PlanSection, PlanSection.id == TestedSection.section_id)
    )  # fmt: skip


def _read(
    connection: Connection, struct: type[RowType], statement: AnySelect, model: Any, drill_id: int
) -> tuple[RowType, ...]:
    ordered = statement.where(model.drill_id == drill_id).order_by(model.position)
    return tuple(_structs(struct, connection.execute(ordered)))


def _structs(struct: type[RowType], rows: Iterable[Any]) -> Iterable[RowType]:
    return (struct(**row._asdict()) for row in rows)
