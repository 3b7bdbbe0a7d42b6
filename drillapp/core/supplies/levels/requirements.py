"""What units and storehouses must have and what they have: by item, and summed up for each unit."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import BigInteger, Integer, case, cast, func, literal, null, select, type_coerce, union_all

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import Quantity
from drillapp.core.listing import Column, Listing
from drillapp.core.supplies.levels.fulfilment import fulfilment, storehouse_fulfilment
from drillapp.core.supplies.levels.model import RequiredLevel
from drillapp.core.supplies.levels.needs import share
from drillapp.core.supplies.model import Item, Storehouse
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect

_UNITS_AT_MOST = 1 << 32
"""A row's key is made of the level's and the unit's; no office has so many units."""


class RequirementRow(msgspec.Struct, frozen=True):
    """An item that a unit or one of its storehouses must have, with how much of it can be used."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    storehouse: str | None
    storehouse_name: str | None
    item: str
    item_name: str
    unit_of_measure: str | None
    required: float
    available: float
    missing: float
    state: str
    """met or short."""
    share: float
    """What is there of what is required, in per cent, at most 100."""
    source: str | None
    """Who asks for it."""


class UnitFulfilmentRow(msgspec.Struct, frozen=True):
    """How far a unit has what it must have; `id` is the unit's key."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    state: str
    """met or short."""
    items: int
    """How many levels there are for it and its storehouses."""
    short: int
    """Of how many there is too little."""
    share: float
    """Of the limiting item, in per cent."""
    limiting: str
    """The item of which there is least for what is required."""
    missing: float
    unit_of_measure: str | None


def required_rows(as_of: date) -> AnySelect:
    """The levels of units, and those of storehouses with their unit; storehouse_id tells them apart."""
    units, stores = fulfilment(as_of).subquery(), storehouse_fulfilment(as_of).subquery()
    names = ("unit_id", "item_id", "level_id", "required", "available")
    rows = union_all(
        select(*(units.c[name] for name in names), cast(null(), Integer).label("storehouse_id")),
        select(*(stores.c[name] for name in names), stores.c.storehouse_id),
    ).subquery()
    missing = case((rows.c.available < rows.c.required, rows.c.required - rows.c.available), else_=0)
    return select(rows, missing.label("missing"), share(rows.c.available, rows.c.required).label("share"))


def _requirements(as_of: date) -> AnySelect:
    levels = required_rows(as_of).subquery()
    return (
        select(
            (levels.c.level_id * literal(_UNITS_AT_MOST, BigInteger) + Unit.id).label("id"), levels.c.unit_id,
            Unit.code.label("unit_code"), Unit.name.label("unit_name"), Storehouse.code.label("storehouse"),
            Storehouse.name.label("storehouse_name"), Item.code.label("item"), Item.name.label("item_name"),
            Item.unit_of_measure, type_coerce(levels.c.required, Quantity).label("required"),
            type_coerce(levels.c.available, Quantity).label("available"),
            type_coerce(levels.c.missing, Quantity).label("missing"),
            case((levels.c.missing > 0, "short"), else_="met").label("state"), levels.c.share, RequiredLevel.source,
        )
        .select_from(levels)
        .join(Unit, Unit.id == levels.c.unit_id)
        .join(Item, Item.id == levels.c.item_id)
        .outerjoin(RequiredLevel, RequiredLevel.id == levels.c.level_id)
        .outerjoin(Storehouse, Storehouse.id == levels.c.storehouse_id)
        .where(in_effect(as_of))
    )  # fmt: skip


def _by_unit(as_of: date) -> AnySelect:
    levels = required_rows(as_of).subquery()
    place = func.row_number().over(
        partition_by=levels.c.unit_id, order_by=(levels.c.share, levels.c.missing.desc(), levels.c.item_id)
    )
    ranked = select(levels, place.label("place")).subquery()
    first = ranked.c.place == 1
    short = cast(func.sum(case((ranked.c.missing > 0, 1), else_=0)), Integer)
    units = (
        select(
            ranked.c.unit_id, func.count().label("items"), short.label("short"),
            func.min(ranked.c.share).label("share"), func.max(case((first, ranked.c.item_id))).label("item_id"),
            func.max(case((first, ranked.c.missing))).label("missing"),
        )
        .group_by(ranked.c.unit_id)
        .subquery()
    )  # fmt: skip
    return (
        select(
            Unit.id, units.c.unit_id, Unit.code.label("unit_code"), Unit.name.label("unit_name"),
            case((units.c.short > 0, "short"), else_="met").label("state"), units.c["items"], units.c.short,
            units.c.share, Item.name.label("limiting"), type_coerce(units.c.missing, Quantity).label("missing"),
            Item.unit_of_measure,
        )
        .select_from(units)
        .join(Unit, Unit.id == units.c.unit_id)
        .join(Item, Item.id == units.c.item_id)
        .where(in_effect(as_of))
    )  # fmt: skip


REQUIREMENTS = Listing(
    "requirements",
    RequirementRow,
    (
        Column("unit_name", "Unit", width=170),
        Column("item_name", "Item name", width=150),
        Column("state", "State", "choice", 80, "fulfilment_state"),
        Column("required", "Required", "number", 80),
        Column("available", "Can be used", "number", 80),
        Column("missing", "Missing", "number", 80),
        Column("storehouse_name", "Storehouse", width=160),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("share", "Fulfilled (%)", "number", 90),
        Column("source", "Standard behind it", width=180),
        Column("item", "Item code", width=110),
    ),
    _requirements,
    searched=("unit_name", "item_name", "item", "storehouse_name"),
    sort=(("state", True), ("unit_code", False), ("item", False)),
)
UNIT_FULFILMENT = Listing(
    "unit_fulfilment",
    UnitFulfilmentRow,
    (
        Column("unit_name", "Unit", width=220),
        Column("state", "State", "choice", 80, "fulfilment_state"),
        Column("share", "Least fulfilled (%)", "number", 90),
        Column("limiting", "Limiting item", width=180),
        Column("missing", "Missing", "number", 90),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("items", "Levels in all", "number", 80),
        Column("short", "Items short", "number", 90),
        Column("unit_code", "Unit code", width=110),
    ),
    _by_unit,
    searched=("unit_name", "unit_code", "limiting"),
    sort=(("state", True), ("share", False), ("unit_code", False)),
)
