"""Commands on what must be there: required levels and the purchase list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from drillapp.commands.frame import (
    Json,
    UnitCode,
    code_of,
    commands_of,
    open_office,
    print_json,
    print_rows,
    print_structs,
    scope,
    tell_missing,
    tell_written,
)
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

group = typer.Typer(name="level", help="What must be there, and what of it is.", no_args_is_help=True)
_command = commands_of(group)

Item = Annotated[str, typer.Argument(metavar="ITEM", help="Code of the item.")]
Quantity = Annotated[str, typer.Argument(metavar="QUANTITY", help="How much; of levels also 1500-3000.")]
Source = Annotated[str | None, typer.Option(help="Which standard or document asks for it.")]


@_command
def fulfilment(
    unit: UnitCode = None,
    short: Annotated[bool, typer.Option("--short", help="Only where something is missing.")] = False,
    json: Json = False,
) -> None:
    """Item by item what units and storehouses must have, what can be used of it, what is missing."""
    from drillapp.core.listing import View, keys, rows
    from drillapp.core.supplies.levels.requirements import REQUIREMENTS

    choices = {"state": ("short",)} if short else {}
    with open_office("read") as office:
        view = View(unit_id=scope(office, unit), choices=choices)
        found = rows(office, REQUIREMENTS, keys(office, REQUIREMENTS, view))
    print_structs(found, json)


@_command
def units(unit: UnitCode = None, json: Json = False) -> None:
    """Unit by unit how many levels are met, and which item limits it."""
    from drillapp.commands.frame import print_listing
    from drillapp.core.supplies.levels.requirements import UNIT_FULFILMENT

    print_listing(UNIT_FULFILMENT, unit, json)


@_command
def set_(
    item: Item,
    quantity: Quantity,
    unit: Annotated[str | None, typer.Option(help="Code of the unit that must have it.")] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of unit, each of which must have it.")] = None,
    storehouse: Annotated[str | None, typer.Option(help="Code of the storehouse that must have it.")] = None,
    most: Annotated[float | None, typer.Option(help="The upper end.")] = None,
    source: Source = None,
) -> None:
    """Say how much of an item a unit, each unit of a kind, or a storehouse must have."""
    from msgspec import UNSET

    from drillapp.core.supplies.levels.commands import save_levels
    from drillapp.core.supplies.levels.entries import LevelEntry

    entry = LevelEntry(
        item_code=item, quantity=quantity_of(quantity), unit_code=unit, storehouse=storehouse, source=source or UNSET,
        unit_kind=None if kind is None else code_of("unit_kind", kind), most=UNSET if most is None else most,
    )  # fmt: skip
    with open_office("write") as office:
        save_levels(office, [entry])
    print(_("Saved."))


def purchase_list(
    unit: UnitCode = None,
    scenario: Annotated[
        str | None, typer.Option(help="Code of a scenario to buy for; default: the levels.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write it: .pdf, .xlsx or .csv.")
    ] = None,
    json: Json = False,
) -> None:
    """What is missing over a scope, by item and in whole packs, with who asks for it and who could deliver it."""
    from drillapp.core.ledgers.purchase_sheet import export_purchase_list
    from drillapp.core.reports.registry import write_report
    from drillapp.core.supplies.levels import purchase

    with open_office("read") as office:
        if output is not None and output.suffix.lower() == ".pdf":
            tell_missing(write_report(office, "purchase_list", output, unit_code=unit, number=scenario))
            tell_written(output)
            return
        lines = purchase.purchase_list(office, scope(office, unit), scenario)
    if output is not None:
        export_purchase_list(lines, output)
        tell_written(output)
    elif json:
        print_json(lines)
    else:
        print_rows([_line(one) for one in lines], json=False)


def _line(one: Any) -> dict[str, Any]:
    return {
        "item": one.item, "item_name": one.item_name, "missing": one.missing, "unit_of_measure": one.unit_of_measure,
        "units": one.units, "packs": one.packs_words, "order": one.order, "sources": "; ".join(one.sources),
        "suppliers": "; ".join(one.suppliers),
    }  # fmt: skip


def quantity_of(text: str) -> Any:
    """A number, one with its unit of measure, or an interval; raises InvalidInput."""
    from drillapp.core.supplies.quantities import read_interval, read_measured

    try:
        return float(text)
    except ValueError:
        found = read_interval(text) or read_measured(text)
    if found is None:
        raise InvalidInput(_("'{value}' is no quantity.").format(value=text), field="quantity")
    return found
