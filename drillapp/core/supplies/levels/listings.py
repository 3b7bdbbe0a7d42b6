"""The lists of required levels and scenarios."""

from __future__ import annotations

from datetime import date

from sqlalchemy import case, func, select, type_coerce
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import Quantity
from drillapp.core.listing import Column, Listing
from drillapp.core.supplies.levels.model import RequiredLevel, Scenario, ScenarioRate
from drillapp.core.supplies.levels.needs import needs, share, summed_up
from drillapp.core.supplies.levels.rows import LevelRow, RateRow, ScenarioRow
from drillapp.core.supplies.model import Item, Storehouse
from drillapp.core.units.model import Unit


def _levels(as_of: date) -> AnySelect:
    keeper = aliased(Unit)
    return (
        select(
            RequiredLevel.id, func.coalesce(RequiredLevel.unit_id, Storehouse.unit_id).label("unit_id"),
            RequiredLevel.revision, Unit.code.label("unit_code"),
            func.coalesce(Unit.name, keeper.name).label("unit_name"), RequiredLevel.unit_kind,
            Storehouse.code.label("storehouse"), Storehouse.name.label("storehouse_name"),
            Item.code.label("item_code"), Item.name.label("item_name"), Item.unit_of_measure,
            RequiredLevel.quantity, RequiredLevel.most, RequiredLevel.source, RequiredLevel.retired_on,
        )
        .join(Item, Item.id == RequiredLevel.item_id)
        .outerjoin(Unit, Unit.id == RequiredLevel.unit_id)
        .outerjoin(Storehouse, Storehouse.id == RequiredLevel.storehouse_id)
        .outerjoin(keeper, keeper.id == Storehouse.unit_id)
    )  # fmt: skip


def _scenarios(as_of: date) -> AnySelect:
    found = summed_up(as_of).subquery()
    state = case((found.c.short > 0, "short"), (found.c["items"] > 0, "met"))
    return (
        select(
            Scenario.id, Scenario.unit_id, Scenario.revision, Scenario.code, Scenario.name,
            Unit.code.label("unit_code"), Unit.name.label("unit_name"), Scenario.people, Scenario.hours, Scenario.note,
            state.label("state"), func.coalesce(found.c["items"], 0).label("items"),
            func.coalesce(found.c.short, 0).label("short"), Item.name.label("limiting"),
            type_coerce(found.c.missing, Quantity).label("missing"), Item.unit_of_measure,
            found.c.people_served, found.c.hours_lasting, Scenario.retired_on,
        )
        .join(Unit, Unit.id == Scenario.unit_id)
        .outerjoin(found, found.c.scenario_id == Scenario.id)
        .outerjoin(Item, Item.id == found.c.item_id)
    )  # fmt: skip


def _rates(as_of: date) -> AnySelect:
    found = needs(as_of).subquery()
    missing = case((found.c.available < found.c.required, found.c.required - found.c.available), else_=0)
    return (
        select(
            ScenarioRate.id, Scenario.unit_id, ScenarioRate.revision, Scenario.code.label("scenario"),
            Scenario.name.label("scenario_name"), Unit.name.label("unit_name"), Item.code.label("item_code"),
            Item.name.label("item_name"), ScenarioRate.quantity, Item.unit_of_measure, ScenarioRate.basis,
            ScenarioRate.source, case((missing > 0, "short"), else_="met").label("state"),
            type_coerce(found.c.required, Quantity).label("required"),
            type_coerce(found.c.available, Quantity).label("available"), type_coerce(missing, Quantity).label("missing"),
            share(found.c.available, found.c.required).label("share"), found.c.people_served, found.c.hours_lasting,
            ScenarioRate.retired_on,
        )
        .join(Scenario, Scenario.id == ScenarioRate.scenario_id)
        .join(Unit, Unit.id == Scenario.unit_id)
        .join(Item, Item.id == ScenarioRate.item_id)
        .outerjoin(found, found.c.rate_id == ScenarioRate.id)
    )  # fmt: skip


LEVELS = Listing(
    "levels",
    LevelRow,
    (
        Column("item_name", "Item name", width=150),
        Column("quantity", "Required quantity", "number", 80),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("unit_kind", "Kind of unit", "choice", 100, "unit_kind"),
        Column("unit_name", "Unit", width=150),
        Column("storehouse_name", "Storehouse", width=180),
        Column("most", "At most", "number", 90),
        Column("source", "Standard behind it", width=200),
        Column("item_code", "Item code", width=110),
    ),
    _levels,
    searched=("unit_name", "item_name", "item_code", "storehouse_name", "source"),
    sort=(("unit_kind", False), ("unit_code", False), ("storehouse", False), ("item_code", False)),
)
SCENARIOS = Listing(
    "scenarios",
    ScenarioRow,
    (
        Column("name", "Supply scenario", width=220),
        Column("state", "State", "choice", 80, "fulfilment_state"),
        Column("people", "People to supply", "number", 80),
        Column("hours", "Hours", "number", 70),
        Column("people_served", "Suffices for people", "number", 120),
        Column("hours_lasting", "Lasts for hours", "number", 110),
        Column("limiting", "Limiting item", width=150),
        Column("missing", "Missing", "number", 90),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("items", "Items in all", "number", 80),
        Column("short", "Items short", "number", 90),
        Column("unit_name", "Unit", width=200),
        Column("code", "Scenario code", width=110),
        Column("note", "Note", width=200),
    ),
    _scenarios,
    searched=("name", "code", "unit_name", "limiting", "note"),
    sort=(("unit_code", False), ("code", False)),
)
SCENARIO_RATES = Listing(
    "scenario_rates",
    RateRow,
    (
        Column("scenario_name", "Supply scenario", width=200),
        Column("item_name", "Item name", width=180),
        Column("state", "State", "choice", 80, "fulfilment_state"),
        Column("required", "Required", "number", 90),
        Column("available", "Can be used", "number", 90),
        Column("missing", "Missing", "number", 90),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("share", "Fulfilled (%)", "number", 90),
        Column("people_served", "Suffices for people", "number", 120),
        Column("hours_lasting", "Lasts for hours", "number", 110),
        Column("quantity", "Rate", "number", 80),
        Column("basis", "Reckoned", "choice", 120, "rate_basis"),
        Column("source", "Source", width=180),
        Column("item_code", "Item code", width=110),
    ),
    _rates,
    searched=("scenario_name", "scenario", "item_name", "item_code", "source"),
    sort=(("scenario", False), ("state", True), ("item_code", False)),
)
