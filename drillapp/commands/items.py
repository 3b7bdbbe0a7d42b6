"""Commands on the catalogue: look-alikes, the tree of categories, pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drillapp.commands.frame import Json, commands_of, open_office, print_rows, print_structs, tell_written
from drillapp.core.i18n import _

group = typer.Typer(name="item", help="The catalogue of supplies.", no_args_is_help=True)
_command = commands_of(group)

Code = Annotated[str, typer.Argument(help="The item's code.")]


@_command
def duplicates(json: Json = False) -> None:
    """Items that look like one and the same, by name, other names, pinyin and specification."""
    from drillapp.core.supplies.catalogue.duplicates import suspected_duplicates

    with open_office("read") as office:
        found = suspected_duplicates(office)
    print_structs(found, json)


@_command
def categories(json: Json = False) -> None:
    """The tree of categories, each branch below the one that it lies under."""
    from drillapp.core.supplies.catalogue.listings import arranged, category_tree

    with open_office("read") as office:
        branches = arranged(category_tree(office))
    rows = [
        {"code": row.code, "name": row.name if json else "  " * depth + row.name, "parent": row.parent, "items": row.items}
        for depth, row in branches
    ]  # fmt: skip
    print_rows(rows, json)


@_command
def propose_categories() -> None:
    """Take over the branches that the program proposes; those that are there stay as they are."""
    from drillapp.core.supplies.catalogue.tree import propose_categories as take_over

    with open_office("write") as office:
        saved = take_over(office)
    print(_("{count} categories entered.").format(count=saved.created))


@_command
def picture(
    code: Code,
    file: Annotated[Path | None, typer.Argument(help="A picture, PNG or JPEG.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the picture there.")] = None,
    remove: Annotated[bool, typer.Option(help="Take the picture away.")] = False,
) -> None:
    """Give an item a picture, write it out, or take it away."""
    from drillapp.core.supplies.catalogue.pictures import exchange_picture

    if (file is not None) + (output is not None) + remove != 1:
        raise typer.BadParameter("item picture CODE FILE | -o FILE | --remove")
    with open_office("read" if output else "write") as office:
        exchange_picture(office, "items", code, file, output)
    if output is not None:
        tell_written(output)
