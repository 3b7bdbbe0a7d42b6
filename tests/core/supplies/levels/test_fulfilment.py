"""What counts towards a level, whose levels there are, and which item limits a unit."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, select

from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from drillapp.core.supplies.commands import save_storehouses
from drillapp.core.supplies.entries import StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.supplies.levels.listings import LEVELS
from drillapp.core.supplies.levels.requirements import UNIT_FULFILMENT
from drillapp.core.supplies.model import Holding, Quarantine, Storehouse
from drillapp.core.supplies.quantities import Interval
from tests.core.supplies.ledger import book, line
from tests.core.supplies.levels.shelf import TODAY, furnish, requirements


@pytest.fixture(autouse=True)
def _streets(office: Office) -> None:
    furnish(office)


def quarantine(office: Office, quantity: float, begin: date, end: date | None = None) -> None:
    """Put so much of the only holding aside."""
    with office.write("test") as work:
        holding = work.connection.execute(select(Holding.id)).scalar_one()
        row = {"uid": f"{begin.toordinal():032x}", "owner_id": office.id, "revision": 1, "kind": "suspect"}
        work.connection.execute(
            insert(Quarantine).values(row | {"holding_id": holding, "quantity": quantity, "from_on": begin, "until_on": end})
        )  # fmt: skip


def available(office: Office, day: date) -> float:
    office.as_of = day
    return requirements(office)["A", None, "QUILT"].available


def test_what_is_in_quarantine_does_not_count_while_it_is(office: Office) -> None:
    save_levels(office, [LevelEntry(unit_code="A", item_code="QUILT", quantity=10)])
    book(office, line("in", 10, "2026-05-01", storehouse="SA", item_code="QUILT"))
    quarantine(office, 3, date(2026, 6, 1), date(2026, 7, 1))
    quarantine(office, 1.5, date(2026, 6, 10))
    days = ("2026-05-31", "2026-06-01", "2026-06-10", "2026-07-01")
    assert [available(office, date.fromisoformat(day)) for day in days] == [10, 7, 5.5, 8.5]
    # What was scrapped of it meanwhile leaves no less than nothing.
    book(office, line("scrap", 9.5, "2026-11-20", "D2", storehouse="SA", item_code="QUILT", approved_by="王"))
    assert available(office, TODAY) == 0


def test_a_promise_to_make_goods_is_not_present(office: Office) -> None:
    save_levels(office, [LevelEntry(unit_code="A", item_code="QUILT", quantity=10)])
    save_storehouses(
        office,
        [
            StorehouseEntry(code="P", name="被服厂", unit_code="A", kind="capacity", supplier="被服厂"),
            StorehouseEntry(code="Q", name="超市", unit_code="A", kind="agreement", supplier="超市"),
        ],
    )
    book(
        office,
        line("in", 100, "2026-05-01", storehouse="P", item_code="QUILT"),
        line("in", 4, "2026-05-01", storehouse="Q", item_code="QUILT"),
    )
    assert available(office, TODAY) == 4


def test_a_storehouse_can_have_a_level_of_its_own(office: Office) -> None:
    save_storehouses(office, [StorehouseEntry(code="SA2", name="A二库", unit_code="A")])
    save_levels(
        office,
        [
            LevelEntry(unit_kind="street", item_code="QUILT", quantity=5, source="本区标准"),
            LevelEntry(storehouse="SA2", item_code="QUILT", quantity=Interval(3, 8)),
        ],
    )
    book(
        office,
        line("in", 6, "2026-05-01", storehouse="SA", item_code="QUILT"),
        line("in", 1, "2026-05-01", storehouse="SA2", item_code="QUILT"),
    )
    rows = requirements(office)
    told = {
        key: (row.required, row.available, row.missing, row.state, row.share) for key, row in rows.items()
    }
    assert told == {
        ("A", None, "QUILT"): (5, 7, 0, "met", 100),
        ("A", "SA2", "QUILT"): (3, 1, 2, "short", 33.3),
        ("B", None, "QUILT"): (5, 0, 5, "short", 0),
    }
    assert rows["A", None, "QUILT"].source == "本区标准"
    listed = first_rows(office, LEVELS, View(unit_id=rows["A", "SA2", "QUILT"].unit_id), 9)
    own = next(row for row in listed if row.storehouse == "SA2")
    assert (own.unit_code, own.unit_name, own.quantity, own.most) == (None, "A街道", 3, 8)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"unit_code": "A", "storehouse": "SA"},
        {"unit_kind": "street", "unit_code": "A"},
        {"storehouse": "X"},
    ],
)
def test_a_level_is_of_one_thing(office: Office, said: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        save_levels(office, [LevelEntry(item_code="QUILT", quantity=1, **said)])


def test_the_upper_end_lies_above_the_lower_one(office: Office) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_levels(office, [LevelEntry(unit_code="A", item_code="QUILT", quantity=5, most=4)])
    assert refused.value.problems[0].field == "most"


def test_the_limiting_item_of_a_unit_is_the_one_with_least_of_what_is_asked(office: Office) -> None:
    save_levels(
        office,
        [
            LevelEntry(unit_kind="street", item_code=item, quantity=quantity)
            for item, quantity in (("QUILT", 10), ("WATER", 1000), ("PUMP", 2))
        ],
    )
    book(
        office,
        line("in", 10, "2026-05-01", storehouse="SA", item_code="QUILT"),
        line("in", 400, "2026-05-01", storehouse="SA", item_code="WATER"),
        line("in", 1, "2026-05-01", storehouse="SA", item_code="PUMP"),
        *(
            line("in", 2000, "2026-05-01", "D2", storehouse="SB", item_code=item)
            for item in ("QUILT", "WATER", "PUMP")
        ),
    )
    rows = {row.unit_code: row for row in first_rows(office, UNIT_FULFILMENT, View(), 9)}
    short, whole = rows["A"], rows["B"]
    assert (short.state, short.items, short.short, short.limiting, short.share, short.missing) == (
        "short", 3, 2, "饮用水", 40, 600,
    )  # fmt: skip
    assert (whole.state, whole.short, whole.share, whole.missing) == ("met", 0, 100, 0)


def test_what_lies_in_a_storehouse_out_of_use_does_not_count(office: Office) -> None:
    save_levels(office, [LevelEntry(unit_code="A", item_code="QUILT", quantity=10)])
    book(office, line("in", 10, "2026-05-01", storehouse="SA", item_code="QUILT"))
    with office.read() as connection:
        key = connection.execute(select(Storehouse.id).where(Storehouse.code == "SA")).scalar_one()
    retire(office, "storehouses", [key], date(2026, 9, 1))
    assert [available(office, date(2026, month, 31)) for month in (8, 10)] == [10, 0]
