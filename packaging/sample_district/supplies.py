"""The catalogue, the storehouses and what must be held."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from sample_district.district import TODAY, District, Unit, quality
from sample_district.ledger import Row, Value
from sample_district.people import phone
from sample_district.words import words

_POINT_COMMUNITIES = 2
_POINT_UNITS = 1
_POINT_HEADCOUNT = 40
_KINDS = {"district": "district", "street": "street", "community": "community"}
"""Kind of store by the kind of its unit."""


@dataclass(slots=True, frozen=True)
class Item:
    """A kind of supply with the usual stock of each kind of storehouse; shelf life in months, 0 for none."""

    code: str
    name: str
    category: str
    spec: str
    unit_of_measure: str
    shelf_life_months: int
    district: int
    street: int
    point: int

    def usual(self, size: str) -> int:
        """The usual stock of a storehouse of this size, 0 when it does not keep the item."""
        return {"district": self.district, "street": self.street, "point": self.point}[size]


@dataclass(slots=True)
class Storehouse:
    """A storehouse of a unit; its size is `district`, `street` or `point`."""

    code: str
    name: str
    unit: Unit
    keeper: str
    phone: str
    size: str


def items() -> list[Item]:
    """The catalogue."""
    return [Item(*entry) for entry in words("supplies")["items"]]


def item_rows() -> list[Row]:
    """The items' ledger."""
    return [
        {
            "code": item.code, "name": item.name, "category": item.category, "spec": item.spec,
            "unit_of_measure": item.unit_of_measure, "shelf_life_months": item.shelf_life_months or None,
        }
        for item in items()
    ]  # fmt: skip


def storehouses(district: District) -> list[Storehouse]:
    """One of the district, one of each sub-district, and points in some communities and units of each."""
    dice = district.dice("storehouses")
    stores = [_storehouse(district, district.units[0], "district", dice)]
    for street in district.of_kind("street"):
        stores.append(_storehouse(district, street, "street", dice))
        stores += [_storehouse(district, unit, "point", dice) for unit in _points(district, street, dice)]
    return stores


def storehouse_rows(stores: list[Storehouse]) -> list[Row]:
    """The storehouses' ledger."""
    return [
        {
            "code": store.code, "name": store.name, "unit_code": store.unit.code, "address": store.unit.address,
            "keeper": store.keeper, "phone": store.phone, "kind": _KINDS.get(store.unit.kind, "enterprise"),
        }
        for store in stores
    ]  # fmt: skip


def level_rows(stores: list[Storehouse]) -> list[Row]:
    """The required levels: by kind for district and sub-districts, by unit for the points and some others."""
    table = words("supplies")["levels"]
    catalogue = {item.code: item for item in items()}
    rows: list[Row] = []
    for kind in ("district", "street"):
        rows += [{"unit_kind": kind} | _level(catalogue[code], kind, table["share"]) for code in table[kind]]
    for store in stores:
        if store.size == "point":
            rows += [
                {"unit_code": store.unit.code} | _level(catalogue[code], "point", 1.0)
                for code in table["point"]
            ]
    return [*rows, *words("supplies")["extra_levels"]]


def _level(item: Item, size: str, share: float) -> dict[str, Value]:
    return {"item_code": item.code, "quantity": max(1, round(item.usual(size) * share))}


def _points(district: District, street: Unit, dice: random.Random) -> list[Unit]:
    here = [unit for unit in district.units if unit.street == street.code]
    fire_post = words("trades")["posts"]["community_fire"][0]
    communities = [
        unit
        for unit in here
        if unit.kind == "community" and any(post.name == fire_post for post in district.posts[unit.code])
    ]
    larger = [unit for unit in here if _may_have_point(unit)]
    chosen = dice.sample(communities, min(_POINT_COMMUNITIES, len(communities)))
    return chosen + dice.sample(larger, min(_POINT_UNITS, len(larger)))


def _may_have_point(unit: Unit) -> bool:
    lasting = (
        unit.kind != "site" and (unit.valid_from or date.min) < date(2024, 1, 1) and unit.valid_to is None
    )
    return (
        bool(unit.trade)
        and lasting
        and (unit.headcount or 0) >= _POINT_HEADCOUNT
        and quality(unit, TODAY) > 0.2
    )


def _storehouse(district: District, unit: Unit, size: str, dice: random.Random) -> Storehouse:
    names = words("supplies")["names"]
    pattern = names["station_store" if size == "point" and unit.trade else f"{size}_store"]
    keeper = dice.choice(district.people[unit.code]).name
    return Storehouse(f"{unit.code}-CK", pattern.format(unit=unit.name), unit, keeper, phone(dice), size)
