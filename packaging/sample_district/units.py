"""The tree: district, departments, sub-districts, communities, and the invented units in them."""

from __future__ import annotations

import csv
import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

from sample_district.district import TODAY, District, Unit, day_between
from sample_district.ledger import Row
from sample_district.words import RESOURCES, words


def make_units(district: District) -> None:
    """Add every unit; parents come before those under them."""
    dice = district.dice("units")
    names = words("names")
    own = names["district"]
    root = Unit(
        own["code"], own["name"], "district", "", "", own["name"], (), None, own["address"], own["headcount"]
    )
    district.units.append(root)
    for entry in names["departments"]:
        address = names["address"]["road"].format(area=own["name"][:2], number=dice.randint(1, 90))
        district.units.append(
            Unit(entry["code"], entry["name"], "department", root.code, "", entry["name"], tuple(entry["sectors"]),
                 None, address, dice.randint(25, 180))
        )  # fmt: skip
    _add_divisions(district, dice)
    _add_trades(district, dice)


def unit_rows(district: District) -> list[Row]:
    """The units' ledger."""
    fields = (
        "code",
        "name",
        "parent_code",
        "kind",
        "sectors",
        "address",
        "headcount",
        "valid_from",
        "valid_to",
    )
    return [
        {name: getattr(unit, name) for name in fields}
        | {"high_risk": _flag(unit, unit.high_risk), "crowded": _flag(unit, unit.crowded)}
        for unit in district.units
    ]


def _flag(unit: Unit, value: bool) -> bool | None:
    return value if unit.trade else None


def _add_divisions(district: District, dice: random.Random) -> None:
    with (RESOURCES / "samples" / "divisions_110102.csv").open(encoding="utf-8-sig", newline="") as file:
        divisions = list(csv.DictReader(file))
    by_code = {row["code"]: row for row in divisions}
    names = words("names")
    for code in names["street_order"]:
        area = _short(by_code[code]["name"], "street")
        address = names["address"]["street"].format(area=area, number=dice.randint(1, 80))
        street = Unit(
            code, by_code[code]["name"], "street", names["district"]["code"], code, area, (), None, address
        )
        street.headcount = dice.randint(70, 190)
        district.units.append(street)
        district.units += [_community(row, dice) for row in divisions if row["parent_code"] == code]


def _community(row: dict[str, str], dice: random.Random) -> Unit:
    area = _short(row["name"], "community")
    address = words("names")["address"]["community"].format(area=area, number=dice.randint(1, 30))
    unit = Unit(
        row["code"], row["name"], "community", row["parent_code"], row["parent_code"], area, (), None, address
    )
    unit.headcount = dice.randint(8, 22)
    unit.bias = dice.gauss(0, 0.1)
    return unit


def _short(name: str, kind: str) -> str:
    for ending in words("names")["short"][kind]:
        name = name.removesuffix(ending)
    return name


def _add_trades(district: District, dice: random.Random) -> None:
    names = words("names")
    brands = [first + second for first in names["brand_first"] for second in names["brand_second"]]
    dice.shuffle(brands)
    places = _Places(district, dice)
    serials: Counter[str] = Counter()
    for trade in words("trades")["trade"]:
        for _ in range(trade["count"]):
            district.units.append(_trading_unit(trade, brands, places, serials, dice))


class _Places:
    """Deals out communities: half of them by sub-district, so that small ones get their share too."""

    def __init__(self, district: District, dice: random.Random) -> None:
        self._dice = dice
        self._communities = district.of_kind("community")
        self._streets = [street.code for street in district.of_kind("street")]
        self._taken: set[str] = set()

    def named(self, pattern: str, brands: list[str]) -> tuple[Unit, str]:
        """A community and a name there that nobody has yet."""
        brand = brands.pop() if "{brand}" in pattern else ""
        while True:
            community = self._community()
            name = pattern.format(brand=brand, area=community.area)
            if name not in self._taken and len(community.area) <= 6:
                self._taken.add(name)
                return community, name

    def _community(self) -> Unit:
        if self._dice.random() < 0.5:
            return self._dice.choice(self._communities)
        street = self._dice.choice(self._streets)
        return self._dice.choice([unit for unit in self._communities if unit.street == street])


def _trading_unit(
    trade: dict[str, Any], brands: list[str], places: _Places, serials: Counter[str], dice: random.Random
) -> Unit:
    community, name = places.named(dice.choice(trade["names"]), brands)
    key = community.street + trade["letter"]
    serials[key] += 1
    unit = Unit(
        f"{key}{serials[key]:03}", name, trade["kind"], community.code, community.street, community.area
    )
    if trade["high_risk"] or trade["kind"] in ("school", "hospital"):
        unit.parent_code = community.street  # the sub-district looks after these itself
    unit.trade = trade
    unit.sectors = tuple(trade["sectors"])
    unit.address = words("names")["address"]["road"].format(area=community.area, number=dice.randint(1, 120))
    unit.headcount = dice.randint(*trade["headcount"])
    unit.high_risk, unit.crowded = trade["high_risk"], trade["crowded"]
    unit.bias = dice.gauss(0, 0.1)
    _set_life(unit, dice)
    return unit


def _set_life(unit: Unit, dice: random.Random) -> None:
    if unit.kind == "site":
        unit.valid_from = day_between(dice, date(2023, 9, 1), date(2026, 4, 30))
        unit.valid_to = unit.valid_from + timedelta(days=dice.randint(500, 1300))
        return
    unit.valid_from = date(dice.randint(1998, 2021), dice.randint(1, 12), 1)
    if unit.kind == "enterprise" and dice.random() < 0.02:
        unit.valid_to = day_between(dice, date(2025, 6, 1), TODAY - timedelta(days=60))
