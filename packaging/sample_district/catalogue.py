"""The catalogue's tree, shelves, and stores by agreement."""

from __future__ import annotations

from datetime import date

from sample_district.district import District
from sample_district.ledger import Row, Value
from sample_district.people import phone
from sample_district.supplies import Storehouse
from sample_district.words import words


def category_rows() -> list[Row]:
    """The tree of categories, each branch after the one above it."""
    return [
        {"code": code or None, "name": name, "parent": parent or None}
        for name, parent, code in words("catalogue")["categories"]
    ]


def item_extras(code: str) -> dict[str, Value]:
    """What the catalogue says of an item besides."""
    extras: dict[str, Value] = words("catalogue")["items"].get(code, {})
    return extras


def shelf_rows(stores: list[Storehouse]) -> list[Row]:
    """Shelves of the larger stores."""
    table = words("catalogue")
    rows: list[Row] = []
    for store in stores:
        shelves = {
            "district": table["shelves"] + table["district_shelves"],
            "street": table["shelves"],
        }.get(store.size, [])
        rows += [{"storehouse": store.code, "code": code, "name": name} for code, name in shelves]
    return rows


def agreement_rows(district: District) -> list[Row]:
    """Stores of the district whose goods are with somebody else."""
    dice = district.dice("agreements")
    unit = district.units[0].code
    return [
        {
            "code": f"{unit}-XY{place}", "name": name, "unit_code": unit, "kind": kind, "phone": phone(dice),
            "supplier": supplier, "agreement": number, "agreement_until": date.fromisoformat(until),
        }
        for place, (kind, name, supplier, number, until) in enumerate(words("catalogue")["by_agreement"], 1)
    ]  # fmt: skip
