"""What can be done with required levels and scenarios."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET
from sqlalchemy import select

from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.database.types import to_thousandths
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, save
from drillapp.core.supplies.levels.entries import LevelEntry, RateEntry, ScenarioEntry
from drillapp.core.supplies.levels.model import RequiredLevel, Scenario, ScenarioRate
from drillapp.core.supplies.quantities import check_quantities, split_intervals
from drillapp.core.supplies.references import look_up_items, look_up_storehouses
from drillapp.core.units.references import look_up_units
from drillapp.core.work import Work

MOST_PEOPLE = 10_000_000
MOST_HOURS = 8_784
"""A leap year."""
LARGEST_RATE = 10_000
"""So that people times hours times rate in thousandths fits into 64 bits."""

_LEVELS = Target(
    kind="levels",
    table=table_of(RequiredLevel),
    key=("unit_id", "unit_kind", "storehouse_id", "item_id"),
    fields=("unit_kind", "quantity", "most", "source"),
    required=("item_code", "quantity"),
    choices={"unit_kind": "unit_kind"},
    key_field="item_code",
)
_SCENARIOS = Target(
    kind="scenarios",
    table=table_of(Scenario),
    key=("code",),
    fields=("code", "name", "people", "hours", "note"),
    required=("code", "name", "unit_code", "people", "hours"),
    searched=("name", "code"),
)
_RATES = Target(
    kind="scenario_rates",
    table=table_of(ScenarioRate),
    key=("scenario_id", "item_id"),
    fields=("quantity", "basis", "source"),
    required=("scenario", "item_code", "quantity", "basis"),
    choices={"basis": "rate_basis"},
    key_field="item_code",
)


def save_levels(office: Office, entries: Sequence[LevelEntry], saving: Saving = Saving()) -> Saved:
    """Create or update required levels by item and one of unit, unit kind and storehouse.

    Raises InvalidInput for unknown items, units and storehouses, for none or several of the three, for quantities
    below 0, for an upper end below the lower one.
    """
    return save(office, _LEVELS, entries, saving, _prepare_levels, _touch_all)


def save_scenarios(office: Office, entries: Sequence[ScenarioEntry], saving: Saving = Saving()) -> Saved:
    """Create or update scenarios by code.

    Raises InvalidInput for unknown units, people outside 1 to 10,000,000 and hours outside 1 to 8,784.
    """
    return save(office, _SCENARIOS, entries, saving, _prepare_scenarios)


def save_scenario_rates(office: Office, entries: Sequence[RateEntry], saving: Saving = Saving()) -> Saved:
    """Create or update what scenarios take, by scenario and item.

    Raises InvalidInput for unknown scenarios and items, and for quantities outside 0.001 to 10,000.
    """
    return save(office, _RATES, entries, saving, _prepare_rates, _touch_scenarios)


def _prepare_levels(batch: Batch) -> None:
    look_up_units(batch)
    look_up_storehouses(batch)
    look_up_items(batch)
    split_intervals(batch)
    least = check_quantities(batch)
    most = check_quantities(batch, "most")
    # Not said and said to be nothing are the same here, since all three are part of the key.
    for name in ("unit_id", "unit_kind", "storehouse_id"):
        batch.columns[name] = [
            None if value is UNSET or value == "" else value for value in batch.columns[name]
        ]
    for i, upper in enumerate(batch.given["most"]):
        if i not in batch.refused and isinstance(upper, int | float) and most[i] < least[i]:
            batch.refuse(i, "most", _("The upper end lies below the lower end."))
    names = ("unit_code", "unit_kind", "storehouse")
    for i, said in enumerate(zip(*(batch.given[name] for name in names), strict=True)):
        if sum(bool(value) for value in said) != 1:
            batch.refuse(i, "unit_code", _("Give one of these: a unit, a kind of unit, a storehouse."))


def _touch_all(work: Work, batch: Batch) -> None:
    if any(batch.columns["unit_kind"]) or any(batch.columns["storehouse_id"]):
        work.touched("levels", None)


def _prepare_scenarios(batch: Batch) -> None:
    look_up_units(batch)
    _check_range(batch, "people", MOST_PEOPLE)
    _check_range(batch, "hours", MOST_HOURS)


def _check_range(batch: Batch, field: str, most: int) -> None:
    for i, value in enumerate(batch.given[field]):
        if isinstance(value, int) and not 1 <= value <= most:
            batch.refuse(i, field, _("Must be 1 to {most}.").format(most=most))


def _prepare_rates(batch: Batch) -> None:
    codes = batch.codes_of("scenario")
    statement = select(Scenario.code, Scenario.id).where(Scenario.owner_id == batch.owner_id)
    rows = batch.connection.execute(narrowed(statement, Scenario.code, codes))
    ids = {row.code: row.id for row in rows}
    batch.look_up("scenario", "scenario_id", ids, _("There is no scenario with the code '{value}'."))
    look_up_items(batch)
    for i, thousandths in enumerate(check_quantities(batch)):
        if i not in batch.refused and not 1 <= thousandths <= to_thousandths(LARGEST_RATE):
            batch.refuse(
                i, "quantity", _("Must be more than 0 and at most {most}.").format(most=LARGEST_RATE)
            )


def _touch_scenarios(work: Work, batch: Batch) -> None:
    if batch.new or batch.changed:
        work.touched("scenarios", None)
