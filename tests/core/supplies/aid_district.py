"""Four sub-districts of Xicheng with storehouses and stock, for all that is asked of others."""

from __future__ import annotations

from datetime import date

from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, StorehouseEntry
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.references import unit_id
from tests.core.supplies.ledger import book, line

DESHENG, XINJIEKOU, XICHANGAN, GUANGWAI = "110102010", "110102003", "110102001", "110102020"
_NAMES = {DESHENG: "德胜街道", XINJIEKOU: "新街口街道", XICHANGAN: "西长安街街道", GUANGWAI: "广安门外街道"}


def build(office: Office) -> None:
    """Torches and pumps, in the district's store (in no sub-district) and in those of four sub-districts and a school."""
    save_units(
        office,
        [
            UnitEntry(code=code, name=name, parent_code="110102", kind="street")
            for code, name in _NAMES.items()
        ],
    )
    save_units(office, [UnitEntry(code="SCHOOL", name="裕中小学", parent_code=DESHENG, kind="school")])
    places = {"D": "110102", **{name: name for name in _NAMES}, "SCHOOL": "SCHOOL"}
    save_storehouses(
        office,
        [
            StorehouseEntry(
                code=f"{code}-CK", name=f"{code}库", unit_code=unit, keeper="赵𠮷祥", phone="010-66660000"
            )
            for code, unit in places.items()
        ],
    )
    save_items(
        office,
        [
            ItemEntry(code="TORCH", name="强光手电", category="照明设备", unit_of_measure="支"),
            ItemEntry(code="LAMP", name="应急照明灯", category="照明设备", unit_of_measure="台"),
            ItemEntry(code="PUMP", name="排水泵", category="抢险设备", unit_of_measure="台"),
        ],
    )


def stock(office: Office) -> None:
    """40 torches in the district, 10 at Desheng, 20 (5 expired) at Xinjiekou, 30 at Xichang'an, 8 at the school."""
    there = {"D": 40, DESHENG: 10, XINJIEKOU: 15, XICHANGAN: 30, "SCHOOL": 8}
    book(
        office,
        *(
            line("in", quantity, "2026-03-01", "RK-1", storehouse=f"{code}-CK", item_code="TORCH", lot="A",
                 expires_on=date(2028, 1, 1))
            for code, quantity in there.items()
        ),
        line("in", 5, "2026-03-01", "RK-1", storehouse=f"{XINJIEKOU}-CK", item_code="TORCH", lot="OLD",
             expires_on=date(2026, 10, 1)),
        line("in", 2, "2026-03-01", "RK-1", storehouse=f"{GUANGWAI}-CK", item_code="PUMP"),
        line("in", 6, "2026-03-01", "RK-1", storehouse=f"{GUANGWAI}-CK", item_code="LAMP"),
    )  # fmt: skip


def key(office: Office, code: str) -> int:
    """The key of a unit."""
    with office.read() as connection:
        return unit_id(connection, code)
