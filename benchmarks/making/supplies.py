"""Catalogue, storehouses, lots and required levels."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from benchmarks.making.filling import Filling
from benchmarks.making.units import MadeUnit
from benchmarks.making.words import TODAY, dice, words
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.levels.model import RequiredLevel
from drillapp.core.supplies.model import Item, Lot, Storehouse

_BY_KIND = {"street": 12, "community": 6, "enterprise": 3, "school": 4, "hospital": 4}
"""How many items are required of every unit of a kind."""


class Named(NamedTuple):
    """Records as the search index needs them."""

    names: list[str]
    codes: list[str]


def make_items(filling: Filling) -> Named:
    """Write 240 items."""
    supplies = words()["supplies"]
    names = [f"{name}（{spec}）" for name in supplies["names"] for spec in supplies["specs"]]
    numbers = range(len(names))
    categories = filling.add(Category, {"name": supplies["categories"]})
    codes = [f"WZ{number + 1:04}" for number in numbers]
    filling.add(
        Item,
        {
            "code": codes,
            "name": names,
            "category_id": [categories[number % len(categories)] for number in numbers],
            "spec": [supplies["specs"][number % len(supplies["specs"])] for number in numbers],
            "unit_of_measure": [
                supplies["measures"][number % len(supplies["measures"])] for number in numbers
            ],
            "shelf_life_months": [(12, 24, 36, 60, None)[number % 5] for number in numbers],
        },
    )
    return Named(names, codes)


def make_storehouses(filling: Filling, units: list[MadeUnit], size: float) -> Named:
    """Write 600 storehouses at size 1: of the streets, the communities and some others."""
    homes = [unit for unit in units if unit.kind in ("street", "community")]
    others = [unit for unit in units if unit.kind == "enterprise"]
    homes = (homes + others[::7])[: max(12, round(600 * size))]
    names = [unit.name + words()["storehouse"] for unit in homes]
    codes = [f"CK{number:04}" for number in range(1, len(homes) + 1)]
    filling.add(
        Storehouse,
        {
            "code": codes,
            "name": names,
            "unit_id": [unit.id for unit in homes],
            "keeper": [
                words()["surnames"][number % 20] + words()["given"][number % 16]
                for number in range(len(homes))
            ],
        },
    )
    return Named(names, codes)


def make_lots(filling: Filling, items: int, each: int) -> list[list[int]]:
    """Write `each` lots for each item, made over five years; returns the keys by item."""
    chance = dice("lots")
    produced: list[date] = []
    for _ in range(items):
        produced += sorted(TODAY - timedelta(days=chance.randint(30, 1800)) for _ in range(each))
    keys = filling.add(
        Lot,
        {
            "item_id": [item + 1 for item in range(items) for _ in range(each)],
            "code": [f"{day:%Y%m}-{number:05}" for number, day in enumerate(produced)],
            "produced_on": produced,
            "expires_on": [
                day + timedelta(days=1095) if number % 4 else None for number, day in enumerate(produced)
            ],
        },
    )
    return [list(keys[item * each : item * each + each]) for item in range(items)]


def make_levels(filling: Filling, units: list[MadeUnit], items: int) -> None:
    """Write required levels for kinds of unit, and levels of their own for streets and some communities."""
    chance = dice("levels")
    rows: list[tuple[int | None, str | None, int, int]] = []
    for kind, count in _BY_KIND.items():
        rows += [
            (None, kind, item, chance.randint(5, 80))
            for item in sorted(chance.sample(range(1, items + 1), count))
        ]
    for unit in units:
        if unit.kind == "street" or (unit.kind == "community" and unit.id % 3 == 0):
            rows += [
                (unit.id, None, item, chance.randint(5, 300))
                for item in chance.sample(range(1, items + 1), 15)
            ]
    homes, kinds, required, quantities = zip(*rows, strict=True)
    filling.add(
        RequiredLevel, {"unit_id": homes, "unit_kind": kinds, "item_id": required, "quantity": quantities}
    )
