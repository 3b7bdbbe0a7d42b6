"""Which quantities a ledger of supplies takes: numbers, '3箱' of a known pack, and intervals of standards."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from msgspec import UNSET
from sqlalchemy import select

from drillapp.core.batch import Batch
from drillapp.core.database.base import narrowed
from drillapp.core.database.types import from_thousandths
from drillapp.core.i18n import _
from drillapp.core.resources import load_toml
from drillapp.core.supplies.catalogue.packs import packs_of
from drillapp.core.supplies.model import Item

LARGEST = 1_000_000_000
"""Quantities stay below, so that a million lines still add up within 64 bits of thousandths."""


class Measured(msgspec.Struct, frozen=True):
    """A quantity that names its unit of measure: '20件', '3箱', '3箱(24瓶/箱)'."""

    number: float
    unit: str
    per: float | None = None
    """How much one of the unit holds, where that is said."""
    per_unit: str = ""
    text: str = ""
    """As it was written."""

    def __str__(self) -> str:
        return self.text or f"{self.number}{self.unit}"


class Interval(msgspec.Struct, frozen=True):
    """From least to most, as standards give it: '1500-3000'."""

    least: float
    most: float
    unit: str = ""
    text: str = ""

    def __str__(self) -> str:
        return self.text or f"{self.least}-{self.most}{self.unit}"


Amount = float | Measured
"""What an entry says as a quantity: in the item's unit of measure, or in one that it names."""
AmountOrInterval = float | Measured | Interval

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"[^\W\d_](?:[^\d()/]*[^\W\d_])?[23]?"


def read_measured(text: str) -> Measured | None:
    """What a text such as '3箱(24瓶/箱)' says; None when it is no quantity with its unit of measure."""
    found = _measured().fullmatch(_plain(text))
    if found is None:
        return None
    number = _number(found["number"])
    if found["myriad"]:
        number = from_thousandths(round(number * _myriads()[found["myriad"]] * 1000))
    per = None if found["per"] is None else _number(found["per"])
    return Measured(number, found["unit"], per, found["per_unit"] or "", text.strip())


def read_interval(text: str) -> Interval | None:
    """What a text such as '1500-3000' or '100～200件' says; None when it is no interval."""
    found = _interval().fullmatch(_plain(text))
    if found is None:
        return None
    return Interval(_number(found["least"]), _number(found["most"]), found["unit"] or "", text.strip())


def check_quantities(batch: Batch, field: str = "quantity") -> list[int]:
    """The quantities of a batch in thousandths of each item's unit of measure, which also stand in its columns then.

    Items must be looked up before. Refuses negative ones, too large ones, a fourth decimal, and units of measure that
    are neither the item's own nor one of its packs. Where entries have a field `unit_of_measure`, it names the unit of
    plain numbers.
    """
    values = _in_own_units(batch, field)
    batch.given[field] = values
    if field in batch.columns:
        batch.columns[field] = values
    found: list[int] = []
    for i, quantity in enumerate(values):
        thousandths, fault = _read(quantity)
        if fault:
            batch.refuse(i, field, fault)
        found.append(thousandths)
    return found


def split_intervals(batch: Batch) -> None:
    """Part intervals of a batch into `quantity`, their lower end, and `most`, unless that is said by itself."""
    quantities, most = list(batch.given["quantity"]), list(batch.given["most"])
    for i, value in enumerate(quantities):
        if not isinstance(value, Interval):
            continue
        if value.most < value.least:
            batch.refuse(i, "quantity", _("The upper end lies below the lower end."))
        quantities[i] = _with_unit(value.least, value.unit, value.text)
        if most[i] is UNSET or most[i] is None:
            most[i] = _with_unit(value.most, value.unit, value.text)
    for name, values in (("quantity", quantities), ("most", most)):
        batch.given[name] = values
        if name in batch.columns:
            batch.columns[name] = values


def in_own_unit(text: str, own: str | None, packs: Mapping[str, int]) -> tuple[float | None, str]:
    """The number that a typed text ('12', '3箱') means in an item's unit of measure, or what is wrong with it.

    `packs` hold so many thousandths of the unit of measure each.
    """
    plain = _plain(text)
    if re.fullmatch(_NUMBER, plain):
        return _number(plain), ""
    measured = read_measured(text)
    if measured is None:
        return None, _("This must be a number.")
    return _converted(measured, own, packs)


def same_unit(unit: str) -> str:
    """A unit of measure as it is compared: half-width, small letters, no plural, one word for synonyms."""
    plain = _plain(unit).casefold().strip(" .")
    return _synonyms().get(plain, plain)


def _with_unit(number: float, unit: str, text: str) -> float | Measured:
    return Measured(number, unit, text=text) if unit else number


def _in_own_units(batch: Batch, field: str) -> list[Any]:
    values = list(batch.given[field])
    units = batch.given.get("unit_of_measure")
    for i, unit in enumerate(units or ()):
        if unit and unit is not UNSET and isinstance(values[i], int | float):
            values[i] = Measured(values[i], str(unit), text=f"{from_float(values[i])}{unit}")
    if Measured not in set(map(type, values)):
        return values
    measured = [i for i, value in enumerate(values) if isinstance(value, Measured)]
    ids = {batch.columns["item_id"][i] for i in measured} - {None, UNSET}
    scales = scales_of(batch, ids)
    for i in measured:
        scale = scales.get(batch.columns["item_id"][i])
        if scale is None:
            values[i] = None  # its item is refused already
            continue
        values[i], fault = _converted(values[i], *scale)
        if fault:
            batch.refuse(i, field, fault)
    return values


def scales_of(batch: Batch, item_ids: set[int]) -> dict[int, tuple[str | None, dict[str, int]]]:
    """Unit of measure and packs (in thousandths of it) of these items."""
    statement = narrowed(select(Item.id, Item.unit_of_measure), Item.id, item_ids)
    packs = packs_of(batch.connection, item_ids)
    return {
        row.id: (row.unit_of_measure, packs.get(row.id, {}))
        for row in batch.connection.execute(statement)
        if row.id in item_ids
    }


def _converted(value: Measured, own: str | None, packs: Mapping[str, int]) -> tuple[float | None, str]:
    unit = same_unit(value.unit)
    if own and unit == same_unit(own):
        return value.number, ""
    pack = next((size for name, size in packs.items() if same_unit(name) == unit), None)
    if value.per is not None and own and same_unit(value.per_unit) == same_unit(own):
        if pack is not None and round(value.per * 1000) != pack:
            told = _("A {pack} of this item holds {size} {unit} by the catalogue, not {said}.")
            return None, told.format(
                pack=value.unit, size=from_float(pack / 1000), unit=own, said=from_float(value.per)
            )
        return value.number * value.per, ""
    if pack is not None and value.per is None:
        return value.number * pack / 1000, ""
    return None, _unknown_unit(
        value.per_unit if value.per is not None and pack is None else value.unit, own, packs
    )


def _unknown_unit(unit: str, own: str | None, packs: Mapping[str, int]) -> str:
    allowed = [own] if own else []
    allowed += list(packs)
    if not allowed:
        return _(
            "The item has no unit of measure to understand '{unit}' by; enter it in the catalogue."
        ).format(unit=unit)
    return _("'{unit}' is no unit of measure of this item; allowed: {units}.").format(
        unit=unit, units=", ".join(allowed)
    )


def _read(quantity: Any) -> tuple[int, str]:
    if not isinstance(quantity, int | float):
        return 0, ""  # refused for being empty already
    if not math.isfinite(quantity) or quantity >= LARGEST:
        return 0, _("The number is too large.")
    if quantity < 0:
        return 0, _("Must be 0 or more.")
    thousandths = round(quantity * 1000)
    if abs(quantity * 1000 - thousandths) > 1e-4:
        return 0, _("At most three decimals.")
    return thousandths, ""


def from_float(number: float) -> str:
    """A number without needless decimals."""
    return str(from_thousandths(round(number * 1000)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _number(text: str) -> float:
    number = float(text.replace(",", ""))
    return int(number) if number.is_integer() else number


@cache
def _measured() -> re.Pattern[str]:
    myriads = "|".join(map(re.escape, _myriads()))
    return re.compile(
        rf"(?P<number>{_NUMBER})\s*(?P<myriad>{myriads})?\s*(?P<unit>{_UNIT})\s*"
        rf"(?:\(\s*(?:1\s*(?P=unit)\s*=\s*)?(?P<per>{_NUMBER})\s*(?P<per_unit>{_UNIT})\s*(?:/\s*(?P=unit)\s*)?\))?"
    )


def _myriads() -> dict[str, int]:
    myriads: dict[str, int] = load_toml("ledgers/words.toml")["myriads"]
    return myriads


@cache
def _interval() -> re.Pattern[str]:
    to = "|".join(map(re.escape, load_toml("units_of_measure.toml")["to"]))
    return re.compile(rf"(?P<least>{_NUMBER})\s*(?:{to})\s*(?P<most>{_NUMBER})\s*(?P<unit>{_UNIT})?")


@cache
def _synonyms() -> dict[str, str]:
    groups: Sequence[Sequence[str]] = load_toml("units_of_measure.toml")["same"]
    return {word.casefold(): group[0].casefold() for group in groups for word in group}
