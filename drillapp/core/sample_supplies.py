"""What the sample district prepares for, from resources/samples/supply_levels.toml, by the commands people use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import asdict
from sqlalchemy import select

from drillapp.core.datafile import read_data_file
from drillapp.core.listing import View, keys, rows
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.levels.commands import save_levels, save_scenario_rates, save_scenarios
from drillapp.core.supplies.levels.entries import LevelEntry, RateEntry, ScenarioEntry
from drillapp.core.supplies.model import Item
from drillapp.core.supplies.upkeep.commands import save_upkeep
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from drillapp.core.supplies.upkeep.queries import UPKEEP_DUE, UpkeepDueRow

_FILE = "samples/supply_levels.toml"


class _Lead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    warning_days: int | UnsetType = UNSET
    inspection_months: int | UnsetType = UNSET
    maintenance_months: int | UnsetType = UNSET


class _Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    item_code: str
    quantity: float
    basis: str
    source: str | UnsetType = UNSET


class _Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    name: str
    unit_code: str
    people: int
    hours: int
    rate: tuple[_Rate, ...]
    note: str | UnsetType = UNSET


class _Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    storehouse: str
    item_code: str
    quantity: float
    most: float | UnsetType = UNSET
    source: str | UnsetType = UNSET


class _Upkeep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    storehouse: str
    item_code: str
    done_on: date
    result: str
    done_by: str
    note: str | UnsetType = UNSET


class _Round(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    items: tuple[str, ...]
    done_on: date
    result: str
    but: tuple[str, ...] = ()
    """Storehouses that were left out."""


class _Levels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    item: tuple[_Lead, ...]
    scenario: tuple[_Scenario, ...]
    level: tuple[_Level, ...]
    upkeep: tuple[_Upkeep, ...]
    round: tuple[_Round, ...]


def fill_supplies(office: Office) -> None:
    """Give items their leads and intervals, enter scenarios, levels and upkeep; what lies after the office's day is left out."""
    said = read_data_file(_FILE, _Levels)
    with office.read() as connection:
        names: dict[str, str] = dict(connection.execute(select(Item.code, Item.name)).all())
    save_items(office, [ItemEntry(name=names[one.code], **asdict(one)) for one in said.item])
    save_scenarios(
        office,
        [
            ScenarioEntry(
                code=one.code, name=one.name, unit_code=one.unit_code, people=one.people, hours=one.hours, note=one.note
            )
            for one in said.scenario
        ],
    )  # fmt: skip
    rates = [
        RateEntry(scenario=scenario.code, **asdict(rate))
        for scenario in said.scenario
        for rate in scenario.rate
    ]
    save_scenario_rates(office, rates)
    save_levels(office, [LevelEntry(**asdict(one)) for one in said.level])
    today = office.clock.today()
    save_upkeep(office, [UpkeepEntry(**asdict(one)) for one in said.upkeep if one.done_on <= today])
    _fill_rounds(office, [one for one in said.round if one.done_on <= today])


def _fill_rounds(office: Office, rounds: Sequence[_Round]) -> None:
    due: list[UpkeepDueRow] = rows(office, UPKEEP_DUE, keys(office, UPKEEP_DUE, View()))
    places = sorted({(row.storehouse, row.item_code, row.kind) for row in due})
    entries = [
        UpkeepEntry(
            kind=one.kind, storehouse=storehouse, item_code=item, done_on=one.done_on, result=one.result
        )
        for one in rounds
        for storehouse, item, kind in places
        if kind == one.kind and item in one.items and storehouse not in one.but
    ]
    save_upkeep(office, entries)
