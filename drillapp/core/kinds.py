"""The kinds of record that an office keeps in ledgers: the one table that ledgers, command line and window go through."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.queries import CARDS
from drillapp.core.drills.commands import save_drill_log, save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry, LogEntry
from drillapp.core.drills.queries import DRILLS, FINDINGS, LOG
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Listing
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.queries import PLANS
from drillapp.core.saving import Saved
from drillapp.core.supplies.aid.entries import AidLineEntry, AidRequestEntry
from drillapp.core.supplies.aid.queries import AID_LINES, AID_REQUESTS
from drillapp.core.supplies.aid.records import save_aid_lines, save_aid_requests
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.catalogue.entries import CategoryEntry
from drillapp.core.supplies.catalogue.listings import CATEGORIES
from drillapp.core.supplies.catalogue.tree import save_categories
from drillapp.core.supplies.commands import save_items, save_shelves, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels, save_scenario_rates, save_scenarios
from drillapp.core.supplies.levels.entries import LevelEntry, RateEntry, ScenarioEntry
from drillapp.core.supplies.levels.listings import LEVELS, SCENARIO_RATES, SCENARIOS
from drillapp.core.supplies.listings import ITEMS, MOVEMENTS, STOREHOUSES
from drillapp.core.supplies.quarantine import QUARANTINES
from drillapp.core.supplies.quarantine_ledger import QuarantineEntry, save_quarantines
from drillapp.core.supplies.stocklist.commands import save_stock
from drillapp.core.supplies.stocklist.entries import StockLineEntry
from drillapp.core.supplies.stocklist.listings import STOCK_LINES
from drillapp.core.supplies.stores.entries import ShelfEntry
from drillapp.core.supplies.stores.listings import SHELVES
from drillapp.core.supplies.upkeep.commands import save_upkeep
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from drillapp.core.supplies.upkeep.queries import UPKEEP
from drillapp.core.teams.commands import (
    save_agreements,
    save_equipment,
    save_members,
    save_teams,
    save_trainings,
)
from drillapp.core.teams.duty_ledger import save_duty
from drillapp.core.teams.entries import (
    AgreementEntry,
    DutyEntry,
    EquipmentEntry,
    MemberEntry,
    TeamEntry,
    TrainingEntry,
)
from drillapp.core.teams.queries import AGREEMENTS, DUTY, EQUIPMENT, MEMBERS, TEAMS, TRAININGS
from drillapp.core.units.commands import save_people, save_posts, save_units
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry
from drillapp.core.units.queries import PEOPLE, POSTS, UNITS


class Kind(NamedTuple):
    """What one kind of record is handed in as, saved by and listed by."""

    name: str
    entry: type[msgspec.Struct]
    save: Callable[..., Saved]
    """`save(office, entries, saving)`"""
    listing: Listing
    saved_in: str = ""
    """The table that `save` fills, where it is not called like the kind."""

    @property
    def table(self) -> str:
        """The name of the table that `save` fills."""
        return self.saved_in or self.name

    @property
    def has_records(self) -> bool:
        """Whether its rows are records of their own; those of the stock are worked out of the movements."""
        return self.table == self.name or self.table not in KINDS


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("units", UnitEntry, save_units, UNITS),
        Kind("people", PersonEntry, save_people, PEOPLE),
        Kind("posts", PostEntry, save_posts, POSTS),
        Kind("plans", PlanEntry, save_plans, PLANS),
        Kind("drills", DrillEntry, save_drills, DRILLS),
        Kind("drill_log", LogEntry, save_drill_log, LOG),
        Kind("categories", CategoryEntry, save_categories, CATEGORIES),
        Kind("items", ItemEntry, save_items, ITEMS),
        Kind("storehouses", StorehouseEntry, save_storehouses, STOREHOUSES),
        Kind("shelves", ShelfEntry, save_shelves, SHELVES),
        Kind("movements", MovementEntry, save_movements, MOVEMENTS),
        Kind("stock", StockLineEntry, save_stock, STOCK_LINES, saved_in="movements"),
        Kind("aid_requests", AidRequestEntry, save_aid_requests, AID_REQUESTS),
        Kind("aid_lines", AidLineEntry, save_aid_lines, AID_LINES),
        Kind("levels", LevelEntry, save_levels, LEVELS, saved_in="required_levels"),
        Kind("scenarios", ScenarioEntry, save_scenarios, SCENARIOS),
        Kind("scenario_rates", RateEntry, save_scenario_rates, SCENARIO_RATES),
        Kind("quarantines", QuarantineEntry, save_quarantines, QUARANTINES),
        Kind("upkeep", UpkeepEntry, save_upkeep, UPKEEP),
        Kind("cards", CardEntry, save_cards, CARDS),
        Kind("findings", FindingEntry, save_findings, FINDINGS),
        Kind("teams", TeamEntry, save_teams, TEAMS),
        Kind("team_members", MemberEntry, save_members, MEMBERS),
        Kind("team_equipment", EquipmentEntry, save_equipment, EQUIPMENT),
        Kind("duty_shifts", DutyEntry, save_duty, DUTY),
        Kind("team_agreements", AgreementEntry, save_agreements, AGREEMENTS),
        Kind("team_trainings", TrainingEntry, save_trainings, TRAININGS),
    )
}
"""In the order in which a whole office is imported: each kind after those that it refers to."""


def kind_of(name: str) -> Kind:
    """The kind with this name; raises NotFound naming those there are."""
    if name not in KINDS:
        raise NotFound(
            _("There is no kind of ledger '{name}'.").format(name=name),
            _("Allowed: {codes}").format(codes=" ".join(KINDS)),
        )
    return KINDS[name]
