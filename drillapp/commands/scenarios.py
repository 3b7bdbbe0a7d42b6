"""Commands on scenarios: so many people for so many hours."""

from __future__ import annotations

from typing import Annotated

import typer

from drillapp.commands.frame import (
    Json,
    UnitCode,
    code_of,
    commands_of,
    open_office,
    print_listing,
    print_structs,
)
from drillapp.commands.levels import Item, Quantity, Source, quantity_of
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

group = typer.Typer(
    name="scenario", help="So many people for so many hours: what that takes.", no_args_is_help=True
)
_command = commands_of(group)

Code = Annotated[str, typer.Argument(metavar="CODE", help="Code of the scenario.")]


@_command
def list_(unit: UnitCode = None, json: Json = False) -> None:
    """Scenarios with how far the stock would go and which item limits them."""
    from drillapp.core.supplies.levels.listings import SCENARIOS

    print_listing(SCENARIOS, unit, json)


@_command
def show(code: Code, json: Json = False) -> None:
    """Item by item what a scenario takes, what can be used, for how many people and hours that suffices."""
    from drillapp.core.listing import Condition, View, keys, rows
    from drillapp.core.supplies.levels.listings import SCENARIO_RATES
    from drillapp.core.supplies.levels.purchase import scenario_id

    with open_office("read") as office:
        with office.read() as connection:
            scenario_id(connection, code)
        view = View(conditions=(Condition("scenario", "=", code),))
        found = rows(office, SCENARIO_RATES, keys(office, SCENARIO_RATES, view))
    print_structs(found, json, "revision", "scenario", "scenario_name", "unit_name", "retired_on")


@_command
def set_(
    code: Code,
    name: Annotated[str, typer.Option(help="What it is called.")],
    unit: Annotated[str, typer.Option(help="Code of the unit that prepares for it.")],
    people: Annotated[int, typer.Option(help="How many people.")],
    hours: Annotated[int, typer.Option(help="For how many hours.")],
    note: Annotated[str | None, typer.Option(help="A remark.")] = None,
) -> None:
    """Enter a scenario, or change it."""
    from msgspec import UNSET

    from drillapp.core.supplies.levels.commands import save_scenarios
    from drillapp.core.supplies.levels.entries import ScenarioEntry

    entry = ScenarioEntry(
        code=code, name=name, unit_code=unit, people=people, hours=hours, note=note or UNSET
    )
    with open_office("write") as office:
        save_scenarios(office, [entry])
    print(_("Saved."))


@_command
def rate(
    code: Code,
    item: Item,
    quantity: Quantity,
    basis: Annotated[str, typer.Option(help="person, person_day or whole.")],
    source: Source = None,
) -> None:
    """Say how much of an item a scenario takes."""
    from msgspec import UNSET

    from drillapp.core.supplies.levels.commands import save_scenario_rates
    from drillapp.core.supplies.levels.entries import RateEntry
    from drillapp.core.supplies.quantities import Interval

    amount = quantity_of(quantity)
    if isinstance(amount, Interval):
        raise InvalidInput(_("'{value}' is no quantity.").format(value=quantity), field="quantity")
    entry = RateEntry(
        scenario=code,
        item_code=item,
        quantity=amount,
        basis=code_of("rate_basis", basis),
        source=source or UNSET,
    )
    with open_office("write") as office:
        save_scenario_rates(office, [entry])
    print(_("Saved."))
