"""Who has it: what counts, how far it is, whom to ask for how much."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, select

from drillapp.core.database.base import table_of
from drillapp.core.database.uid import new_uid
from drillapp.core.datafile import BadField
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.supplies.aid import distance
from drillapp.core.supplies.aid.distance import Adjacency, Street, read_adjacency, steps_from
from drillapp.core.supplies.aid.who_has import HolderRow, who_has
from drillapp.core.supplies.commands import save_storehouses
from drillapp.core.supplies.entries import StorehouseEntry
from drillapp.core.supplies.model import Holding, Lot, Quarantine, Storehouse
from tests.core.supplies.aid_district import DESHENG, GUANGWAI, XICHANGAN, XINJIEKOU, build, key, stock
from tests.core.supplies.ledger import book, line


@pytest.fixture
def district(office: Office) -> Office:
    build(office)
    stock(office)
    return office


def of(rows: tuple[HolderRow, ...], storehouse: str) -> HolderRow:
    return next(row for row in rows if row.storehouse == f"{storehouse}-CK")


def test_the_nearest_come_first_then_who_has_most(district: Office) -> None:
    found = who_has(district, "TORCH", unit_id=key(district, DESHENG))
    assert found.street_name == "德胜街道"
    assert [(row.storehouse, row.steps, row.available) for row in found.rows] == [
        (f"{DESHENG}-CK", 0, 10), ("SCHOOL-CK", 0, 8), (f"{XINJIEKOU}-CK", 1, 15), (f"{XICHANGAN}-CK", 2, 30),
        ("D-CK", None, 40),
    ]  # fmt: skip
    assert [row.is_own for row in found.rows] == [True, False, False, False, False]
    assert found.rows[1].street_name == "德胜街道"
    assert found.rows[0].phone == "010-66660000"


def test_a_unit_without_a_sub_district_knows_no_distances(district: Office) -> None:
    found = who_has(district, "TORCH")
    assert found.street_name is None
    assert [row.steps for row in found.rows] == [None] * 5
    assert found.rows[0].available == 40


def test_a_quantity_is_asked_of_the_nearest_that_together_have_it(district: Office) -> None:
    found = who_has(district, "TORCH", unit_id=key(district, DESHENG), quantity=50)
    assert [row.take for row in found.rows] == [0, 8, 15, 27, 0]
    assert found.missing == 0
    assert who_has(district, "TORCH", unit_id=key(district, DESHENG), quantity=100).missing == 7


def test_only_what_can_be_given_counts(district: Office) -> None:
    quarantine(district, f"{XINJIEKOU}-CK", "A", 4)
    book(
        district,
        line("lend", 3, "2026-05-01", "JC-1", storehouse=f"{XINJIEKOU}-CK", item_code="TORCH", lot="A"),
        line("lend", 20, "2027-05-01", "JC-2", storehouse=f"{XICHANGAN}-CK", item_code="TORCH", lot="A"),
    )
    row = of(who_has(district, "TORCH").rows, XINJIEKOU)
    assert (row.available, row.withheld, row.expired, row.lent) == (8, 4, 5, 3)
    assert row.expires_on == date(2028, 1, 1)
    assert of(who_has(district, "TORCH").rows, XICHANGAN).lent == 0
    district.as_of = date(2026, 4, 1)
    assert of(who_has(district, "TORCH").rows, XINJIEKOU).available == 20


def test_what_a_maker_promises_is_told_apart(district: Office) -> None:
    with district.write("test") as work:
        work.connection.execute(
            table_of(Storehouse).update().where(Storehouse.code == "D-CK").values(kind="capacity")
        )
    row = of(who_has(district, "TORCH", quantity=100).rows, "D")
    assert (row.available, row.promised, row.take) == (0, 40, 0)


def test_a_capability_is_found_by_its_category_and_an_item_by_name_pinyin_and_code(district: Office) -> None:
    for words in ("照明", "zhaoming", "zm", "照明设备"):
        found = who_has(district, words, unit_id=key(district, GUANGWAI))
        assert {row.item for row in found.rows} == {"TORCH", "LAMP"}, words
        assert found.categories == ("照明设备",)
        assert found.rows[0].item == "LAMP"
    for words in ("paishui", "psb", "水泵", "PUMP"):
        assert [row.storehouse for row in who_has(district, words).rows] == [f"{GUANGWAI}-CK"], words


def test_pieces_of_different_measures_do_not_add_up(district: Office) -> None:
    found = who_has(district, "照明", quantity=10)
    assert (found.needed, [row.take for row in found.rows]) == (None, [0] * 6)


def test_the_search_keeps_to_a_unit_and_asks_no_retired_storehouse(district: Office) -> None:
    within = key(district, DESHENG)
    below = {row.storehouse for row in who_has(district, "TORCH", within=within).rows}
    assert below == {f"{DESHENG}-CK", "SCHOOL-CK"}
    with district.write("test") as work:
        work.connection.execute(
            table_of(Storehouse).update().where(Storehouse.code == "D-CK").values(retired_on=date(2026, 1, 1))
        )
    assert "D-CK" not in {row.storehouse for row in who_has(district, "TORCH").rows}


def test_what_nobody_has_is_an_empty_answer_and_what_nothing_is_called_a_sentence(district: Office) -> None:
    save_storehouses(district, [StorehouseEntry(code="NEW", name="新库", unit_code="110102")])
    book(district, line("out", 2, "2026-04-01", "CK-1", storehouse=f"{GUANGWAI}-CK", item_code="PUMP"))
    assert who_has(district, "PUMP").rows == ()
    for words in ("", "  ", "冲锋舟", "\x00", "x" * 5000):
        with pytest.raises(NotFound):
            who_has(district, words)
    with pytest.raises(InvalidInput):
        who_has(district, "TORCH", quantity=0)


def quarantine(office: Office, storehouse: str, lot: str, quantity: float) -> None:
    with office.write("test") as work:
        holding = work.connection.execute(
            select(Holding.id).join(Lot, Lot.id == Holding.lot_id)
            .join(Storehouse, Storehouse.id == Holding.storehouse_id)
            .where(Storehouse.code == storehouse, Lot.code == lot)
        ).scalar_one()  # fmt: skip
        work.connection.execute(
            insert(Quarantine).values(
                uid=new_uid(), owner_id=office.id, revision=1, holding_id=holding, quantity=quantity,
                from_on=date(2026, 4, 15), kind="damaged",
            )
        )  # fmt: skip


def test_the_neighbours_of_xicheng_name_each_other_and_reach_everywhere() -> None:
    streets = read_adjacency("110102.toml").street
    assert len(streets) == 15
    for street in streets:
        steps = steps_from(street.code)
        assert set(steps) == {one.code for one in streets}
        assert all(steps_from(other)[street.code] == count for other, count in steps.items())
    assert steps_from("110102010000") == steps_from("110102010")
    assert steps_from("110102010")["110102014"] == 4
    assert steps_from("999") == {}


def test_a_border_on_one_side_only_is_refused() -> None:
    one_sided = Adjacency("test", [Street("1", "甲", ["2"]), Street("2", "乙", [])])
    with pytest.raises(BadField, match="1 and 2"):
        distance._check(one_sided)
