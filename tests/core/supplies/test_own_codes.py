"""A neighbour's storehouse may have the same code: what is asked by code is the office's own."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, select

from drillapp.core.database.base import table_of
from drillapp.core.database.model import OfficeRecord
from drillapp.core.database.uid import new_uid
from drillapp.core.office import Office
from drillapp.core.supplies.dates.picking import lots_at, suggest_lots
from drillapp.core.supplies.model import Holding, Movement, StockEntry, Storehouse
from drillapp.core.supplies.quarantine import holding_named
from tests.core.supplies.ledger import book, furnish, line

DAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def _neighbour(office: Office) -> None:
    """Ten shovels in the office's own S1, five in that of a neighbour, as a package would have brought them."""
    furnish(office)
    book(office, line("in", 10, DAY.isoformat()))
    with office.write("test") as work:
        run = work.connection.execute
        mine = run(select(Holding.item_id, Holding.lot_id, Holding.storehouse_id)).one()
        other = run(
            insert(OfficeRecord).values(uid=new_uid(), name="B", is_own=False).returning(OfficeRecord.id)
        )
        own = {"owner_id": other.scalar_one(), "revision": 1}
        unit = run(select(Storehouse.unit_id).where(Storehouse.id == mine.storehouse_id)).scalar_one()
        store = run(
            insert(Storehouse)
            .values(**own, uid=new_uid(), code="S1", name="邻库", unit_id=unit)
            .returning(Storehouse.id)
        ).scalar_one()
        place = {"storehouse_id": store, "item_id": mine.item_id, "lot_id": mine.lot_id}
        holding = run(insert(Holding).values(**place).returning(Holding.id)).scalar_one()
        moved = run(
            insert(table_of(Movement)).values(
                **own, **place, uid=new_uid(), document="D1", line=1, kind="in", quantity=5, occurred_on=DAY,
                recorded_at=office.clock.now(),
            ).returning(Movement.id)
        ).scalar_one()  # fmt: skip
        run(insert(StockEntry).values(movement_id=moved, holding_id=holding, occurred_on=DAY, delta=5))


def test_what_may_be_taken_is_what_lies_in_the_own_storehouse(office: Office) -> None:
    assert [lot.quantity for lot in lots_at(office, "S1", "SHOVEL", DAY)] == [10]
    assert [pick.available for pick in suggest_lots(office, "S1", "SHOVEL", 99, DAY)] == [10]


def test_what_is_set_aside_is_the_own_holding(office: Office) -> None:
    with office.read() as connection:
        own = select(Holding.id).join(Storehouse, Storehouse.id == Holding.storehouse_id)
        key = connection.execute(own.where(Storehouse.owner_id == office.id)).scalar_one()
    assert holding_named(office, "S1", "SHOVEL") == key
