"""Where in a storehouse goods lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update

from drillapp.core.changes import Changes
from drillapp.core.database.base import in_blocks, table_of
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.model import Holding, Item, Lot, Storehouse
from drillapp.core.supplies.stores.model import Shelf
from drillapp.core.work import Work


def put_on_shelf(office: Office, holding_ids: Sequence[int], shelf: str | None) -> Changes:
    """Say on which shelf of its storehouse what is held lies; None takes it off.

    Raises NotFound where a storehouse has no such shelf or a holding is gone.
    """
    with office.write("put on shelf") as work:
        put_holdings(work, dict.fromkeys(holding_ids, shelf))
        return work.changes


def put_holdings(work: Work, shelves: Mapping[int, str | None]) -> list[int]:
    """Put holdings on shelves inside the caller's transaction; returns those that lie elsewhere now."""
    statement = select(
        Holding.id, Holding.storehouse_id, Holding.shelf_id, Storehouse.unit_id, Storehouse.name
    ).join(Storehouse, Storehouse.id == Holding.storehouse_id)
    rows = list(in_blocks(work.connection, statement, Holding.id, shelves))
    if len(rows) < len(shelves):
        raise NotFound(
            _("This record is not there any more."), _("Close the form and look at the list again.")
        )
    places = {row.storehouse_id for row in rows}
    known = {
        (row.storehouse_id, row.code): row.id
        for row in work.connection.execute(
            select(Shelf.id, Shelf.storehouse_id, Shelf.code).where(Shelf.storehouse_id.in_(places))
        )
    }
    moved = []
    for row in rows:
        code = shelves[row.id]
        key = known.get((row.storehouse_id, code)) if code else None
        if code and key is None:
            raise NotFound(
                _("{storehouse} has no shelf '{shelf}'.").format(storehouse=row.name, shelf=code),
                _("Enter the shelf first, or choose one that is there."),
            )
        if key != row.shelf_id:
            moved.append(row.id)
            work.connection.execute(
                update(table_of(Holding)).where(Holding.id == row.id).values(shelf_id=key)
            )
            work.changed("holdings", row.id, {"shelf_id": (row.shelf_id, key)})
            work.touched("stock", [row.unit_id])
            work.touched("movements", [row.unit_id])
    return moved


def holding_of(office: Office, storehouse: str, item: str, lot: str | None) -> list[int]:
    """What a storehouse holds of an item, of one lot number or of all; raises NotFound when there is nothing."""
    statement = (
        select(Holding.id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Item, Item.id == Holding.item_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .where(Storehouse.code == storehouse, Item.code == item, Storehouse.owner_id == office.id)
    )
    if lot is not None:
        statement = statement.where(Lot.code == lot)
    with office.read() as connection:
        found = list(connection.execute(statement).scalars())
    if not found:
        raise NotFound(
            _("Nothing of {item} was ever booked in {storehouse}.").format(item=item, storehouse=storehouse)
        )
    return found
