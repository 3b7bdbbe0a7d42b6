"""Commands on storehouses: shelves, pictures of the room, and what a list of stock is said to be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drillapp.commands.frame import commands_of, open_office, tell_written
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.office import Office

group = typer.Typer(name="storehouse", help="Storehouses and what is where in them.", no_args_is_help=True)
_command = commands_of(group)

Code = Annotated[str, typer.Argument(help="The storehouse's code.")]


def stock_constants(
    office: Office, storehouse: str | None, on: str | None, as_: str | None
) -> dict[str, str]:
    """What the options say about a list of stock, by its fields."""
    kinds = {None: "count", "count": "count", "receipt": "in"}
    if as_ not in kinds:
        raise typer.BadParameter("--as count|receipt")
    said = {"kind": kinds[as_], "occurred_on": on or office.as_of.isoformat()}
    return said | ({"storehouse": storehouse} if storehouse else {})


@_command
def shelve(
    code: Code,
    item: Annotated[str, typer.Argument(help="The item's code.")],
    shelf: Annotated[str | None, typer.Argument(help="The shelf's code; none takes it off.")] = None,
    lot: Annotated[str | None, typer.Option(help="Only this lot number; by default all lots.")] = None,
) -> None:
    """Say on which shelf an item lies."""
    from drillapp.core.supplies.stores.shelving import holding_of, put_on_shelf

    with open_office("write") as office:
        held = holding_of(office, code, item, lot)
        put_on_shelf(office, held, shelf)
    print(_("{count} lots put in place.").format(count=len(held)))


@_command
def picture(
    code: Code,
    file: Annotated[Path | None, typer.Argument(help="A plan or picture of the room, PNG or JPEG.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the picture there.")] = None,
    remove: Annotated[bool, typer.Option(help="Take the picture away.")] = False,
) -> None:
    """Give a storehouse the plan of its room as a picture, write it out, or take it away."""
    from drillapp.core.supplies.catalogue.pictures import exchange_picture

    if (file is not None) + (output is not None) + remove != 1:
        raise typer.BadParameter("storehouse picture CODE FILE | -o FILE | --remove")
    with open_office("read" if output else "write") as office:
        exchange_picture(office, "storehouses", code, file, output)
    if output is not None:
        tell_written(output)
