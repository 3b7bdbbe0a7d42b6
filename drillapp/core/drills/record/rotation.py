"""What expires before long and could be used in a drill that is planned: better used there than thrown away."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect, still
from drillapp.core.database.types import from_thousandths
from drillapp.core.drills.held import is_drill
from drillapp.core.drills.model import Drill
from drillapp.core.drills.naming import not_there
from drillapp.core.drills.record.available import free_quantities
from drillapp.core.drills.record.model import DrillSupply
from drillapp.core.drills.record.parts import RecordParts, SupplyLine
from drillapp.core.drills.record.saving import Recorded, save_record
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.dates.states import OUTLOOK
from drillapp.core.supplies.model import Holding, Item, Lot, Storehouse
from drillapp.core.units.model import Unit, UnitAncestor
from drillapp.core.units.references import in_scope

_DRILLS_A_LOT = 3


class Rotation(Struct, frozen=True):
    """A lot that expires before long, and a drill before that in which it could be used."""

    storehouse_id: int
    lot_id: int
    item: str
    item_name: str
    unit_of_measure: str | None
    lot: str | None
    expires_on: date
    storehouse: str
    storehouse_name: str
    free: float
    """What nobody has spoken for: not in quarantine, not set aside for a drill."""
    drill_id: int
    drill: str
    """Its number."""
    title: str
    planned_on: date
    unit_name: str
    """Who holds the drill."""


def rotations(office: Office, unit_id: int | None = None, within_days: int = OUTLOOK) -> list[Rotation]:
    """The lots of a unit and those below it that expire within so many days, each with up to three drills that fit.

    A drill fits when it is planned before the lot expires and its unit is that of the storehouse, or stands above or
    below it: the nearest units first, then the soonest days. What expires first comes first.
    """
    with office.read() as connection:
        rows = map(list, connection.execute(_rotations(office.as_of, unit_id, within_days)))
        return [Rotation(*(*row[:9], from_thousandths(row[9]), *row[10:])) for row in rows]


def rotation_named(office: Office, drill: str, storehouse: str, item: str, lot: str) -> Rotation:
    """The suggestion for a drill by its number, and a lot in a storehouse by its number or by its expiry YYYY-MM-DD.

    Raises NotFound for what is not suggested, naming the lots of the item that are.
    """
    of_drill = [one for one in rotations(office) if one.drill == drill]
    there = [one for one in of_drill if (one.storehouse, one.item) == (storehouse, item)]
    found = [one for one in there if lot in (one.lot, str(one.expires_on))]
    if len(found) != 1:
        names = ", ".join(one.lot or str(one.expires_on) for one in there)
        raise NotFound(
            _("Nothing is suggested for the drill {drill} of lot '{lot}' of {item} in {storehouse}.").format(
                drill=drill, lot=lot, item=item, storehouse=storehouse
            ),
            _("There are: {names}").format(names=names)
            if names
            else _("'drillapp expiry rotation' shows what is suggested."),
        )
    return found[0]


def use_in_drill(office: Office, drill_id: int, storehouse_id: int, lot_id: int, quantity: float) -> Recorded:
    """Set so much more of a lot aside for a drill; raises what `save_record` raises, such as InvalidInput for too much."""
    with office.read() as connection:
        revision = connection.execute(select(Drill.revision).where(Drill.id == drill_id)).scalar()
        if revision is None:
            raise not_there()
        statement = select(
            DrillSupply.id, DrillSupply.storehouse_id, DrillSupply.lot_id, DrillSupply.reserved
        )
        rows = connection.execute(
            statement.where(DrillSupply.drill_id == drill_id).order_by(DrillSupply.position)
        )
        lines = [
            SupplyLine(id=row.id, storehouse_id=row.storehouse_id, lot_id=row.lot_id, reserved=row.reserved)
            for row in rows
        ]
    place = (storehouse_id, lot_id)
    before = next((line for line in lines if (line.storehouse_id, line.lot_id) == place), None)
    added = SupplyLine(
        id=before.id if before else None, storehouse_id=storehouse_id, lot_id=lot_id,
        reserved=round((before.reserved if before else 0) + quantity, 3),
    )  # fmt: skip
    others = [added if line is before else line for line in lines]
    supplies = tuple(others if before else [*lines, added])
    return save_record(office, drill_id, revision, RecordParts(supplies=supplies))


def _rotations(as_of: date, unit_id: int | None, within_days: int) -> AnySelect:
    lots = (
        select(
            Holding.id, Holding.storehouse_id, Holding.lot_id, Holding.item_id, Storehouse.unit_id, Lot.expires_on
        )
        .join(Lot, Lot.id == Holding.lot_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .where(
            Lot.expires_on.between(as_of, as_of + timedelta(days=within_days)),
            in_scope(Storehouse.unit_id, unit_id), still(Storehouse.retired_on, as_of),
        )
        .subquery()
    )  # fmt: skip
    above, below = aliased(UnitAncestor), aliased(UnitAncestor)
    distance = func.coalesce(above.distance, below.distance)
    place = func.row_number().over(
        partition_by=lots.c.id,
        order_by=(case((distance == 0, 0), else_=1), distance, Drill.planned_on, Drill.id),
    )
    pairs = (
        select(lots, Drill.id.label("drill_id"), place.label("place"))
        .join(
            Drill,
            is_drill() & Drill.started_at.is_(None) & Drill.planned_on.between(as_of, lots.c.expires_on),
        )
        .outerjoin(above, (above.unit_id == lots.c.unit_id) & (above.ancestor_id == Drill.unit_id))
        .outerjoin(below, (below.unit_id == Drill.unit_id) & (below.ancestor_id == lots.c.unit_id))
        .where(or_(above.distance.is_not(None), below.distance.is_not(None)))
        .subquery()
    )
    free = free_quantities(select(lots.c.id), as_of, None).subquery()
    return (
        select(
            pairs.c.storehouse_id, pairs.c.lot_id, Item.code, Item.name, Item.unit_of_measure, func.nullif(Lot.code, ""),
            Lot.expires_on, Storehouse.code, Storehouse.name, free.c.free.label("free"), Drill.id, Drill.number,
            Drill.title, Drill.planned_on, Unit.name,
        )
        .select_from(pairs)
        .join(free, free.c.holding_id == pairs.c.id)
        .join(Item, Item.id == pairs.c.item_id)
        .join(Lot, Lot.id == pairs.c.lot_id)
        .join(Storehouse, Storehouse.id == pairs.c.storehouse_id)
        .join(Drill, Drill.id == pairs.c.drill_id)
        .join(Unit, Unit.id == Drill.unit_id)
        .where(pairs.c.place <= _DRILLS_A_LOT, free.c.free > 0)
        .order_by(Lot.expires_on, Storehouse.code, Item.code, Lot.code, pairs.c.id, pairs.c.place)
    )  # fmt: skip
