"""Commands on what expires."""

from __future__ import annotations

from typing import Annotated

import typer

from drillapp.commands.frame import (
    Json,
    UnitCode,
    commands_of,
    day_of,
    open_office,
    print_structs,
    scope,
)
from drillapp.core.i18n import _

group = typer.Typer(
    name="expiry", help="What expires when, what to use first, what a drill could use.", no_args_is_help=True
)
_command = commands_of(group)

Storehouse = Annotated[str, typer.Argument(metavar="STOREHOUSE", help="Code of the storehouse.")]
Item = Annotated[str, typer.Argument(metavar="ITEM", help="Code of the item.")]
Amount = Annotated[float, typer.Argument(metavar="QUANTITY", help="How much.")]


@_command
def list_(
    unit: UnitCode = None,
    within: Annotated[
        int | None, typer.Option(help="Within so many days; default: each item's own warning time.", min=0)
    ] = None,
    json: Json = False,
) -> None:
    """The stock that has expired or soon will, the earliest first."""
    from drillapp.core.supplies.dates.expiry import expiring

    with open_office("read") as office:
        found = expiring(office, scope(office, unit), within)
    print_structs(found, json)


@_command
def months(
    unit: UnitCode = None,
    ahead: Annotated[int, typer.Option(help="Over so many months.", min=1, max=600)] = 24,
    json: Json = False,
) -> None:
    """How many lots and items expire in each month; first what has expired already."""
    from drillapp.core.supplies.dates.expiry import expiry_by_month

    with open_office("read") as office:
        found = expiry_by_month(office, scope(office, unit), ahead)
    print_structs(found, json)


@_command
def first(
    storehouse: Storehouse,
    item: Item,
    quantity: Amount,
    on: Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")] = None,
    json: Json = False,
) -> None:
    """From which lots to issue a quantity: what expires first, first."""
    from drillapp.core.supplies.dates.picking import suggest_lots

    with open_office("read") as office:
        found = suggest_lots(office, storehouse, item, quantity, day_of(on, office))
    print_structs(found, json)


@_command
def rotation(
    unit: UnitCode = None,
    within: Annotated[int, typer.Option(help="What expires within so many days.", min=0)] = 180,
    json: Json = False,
) -> None:
    """What expires before long, with planned drills in which it could be used before that."""
    from drillapp.core.drills.record.rotation import rotations

    with open_office("read") as office:
        found = rotations(office, scope(office, unit), within)
    print_structs(found, json)


@_command
def set_aside(
    drill: Annotated[str, typer.Argument(metavar="DRILL", help="Number of the drill.")],
    storehouse: Storehouse,
    item: Item,
    lot: Annotated[str, typer.Argument(metavar="LOT", help="Number of the lot, or its expiry YYYY-MM-DD.")],
    quantity: Annotated[
        float | None, typer.Argument(metavar="[QUANTITY]", help="How much; default: all that is free.")
    ] = None,
) -> None:
    """Set a suggested lot aside for a drill."""
    from drillapp.core.drills.record.rotation import rotation_named, use_in_drill

    with open_office("write") as office:
        chosen = rotation_named(office, drill, storehouse, item, lot)
        amount = chosen.free if quantity is None else quantity
        use_in_drill(office, chosen.drill_id, chosen.storehouse_id, chosen.lot_id, amount)
    print(_("{quantity} set aside for the drill {drill}.").format(quantity=amount, drill=drill))
