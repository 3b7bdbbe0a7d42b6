"""Commands on the injects of a drill."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from drillapp.commands.frame import Bar, Json, commands_of, open_office, print_json, print_rows
from drillapp.core import plain
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

group = typer.Typer(
    name="inject", help="Injects of a drill: list, import, export, shift.", no_args_is_help=True
)
_command = commands_of(group)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the drill.")]


@_command
def list_(number: Number, json: Json = False) -> None:
    """The script of a drill in its order."""
    from drillapp.core.drills.injects.offsets import show_offset
    from drillapp.core.drills.injects.queries import injects_of
    from drillapp.core.drills.naming import drill_named

    with open_office("read") as office:
        found = injects_of(office, drill_named(office, number))
    rows = [
        {
            "number": row.number, "stage": row.stage,
            "offset": None if row.offset_seconds is None else show_offset(row.offset_seconds),
            "offset_seconds": row.offset_seconds, "after": row.after_number, "sender": row.sender,
            "addressee": row.addressee, "means": row.means, "content": row.content,
            "expected_action": row.expected_action, "within_seconds": row.within_seconds, "subject": row.subject,
            "section": row.section_title,
        }
        for row in found
    ]  # fmt: skip
    print_rows(rows, json)


@_command
def import_(
    number: Number,
    file: Path,
    sheet: Annotated[str | None, typer.Option(help="Name of the sheet; default: the first.")] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", help='"COLUMN=field", as often as needed.')
    ] = None,
    start: Annotated[
        str, typer.Option(help="Planned start, from which times of day are counted: 9:00.")
    ] = "",
    dry_run: Annotated[bool, typer.Option(help="Check everything, write nothing.")] = False,
    json: Json = False,
) -> None:
    """Take the whole script from a planner's sheet: .xlsx, .xls or .csv."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.ledgers.inject_sheets import import_injects

    pairs = [pair.rpartition("=") for pair in map_ or []]
    if any(not column or not field for column, _equals, field in pairs):
        raise typer.BadParameter('--map "COLUMN=field"')
    columns = {column.strip(): field.strip() for column, _equals, field in pairs}
    with open_office("read" if dry_run else "write") as office:
        drill = drill_named(office, number)
        result = import_injects(
            office, drill, file, sheet=sheet, column_map=columns or None, start=start, dry_run=dry_run, progress=Bar()
        )  # fmt: skip
    if json:
        print_json(
            {
                "read": len(result.entries), "entries": result.entries, "errors": result.errors, "told": result.told,
                "ignored": result.ignored,
            }
        )  # fmt: skip
    else:
        print(_("{count} injects read.").format(count=len(result.entries)))
    for error in (*result.told, *result.errors):
        print(plain.import_error(error), file=sys.stderr)
    if result.errors:
        print(_("Nothing was written. Correct these cells."), file=sys.stderr)
        raise typer.Exit(1)


@_command
def export(number: Number, file: Path) -> None:
    """Write the script so that `inject import` reads it back: .xlsx or .csv."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.ledgers.inject_sheets import export_injects

    with open_office("read") as office:
        count = export_injects(office, drill_named(office, number), file)
    print(_("{count} rows written to {file}.").format(count=count, file=file))


@_command
def shift(
    number: Number,
    by: Annotated[str, typer.Argument(help='How much later: 5min, +0:05; earlier: "-5min".')],
    from_: Annotated[
        str, typer.Option("--from", help="Only this inject and those planned at its time or later.")
    ] = "",
) -> None:
    """Plan all injects that are not released later, or earlier."""
    from drillapp.core.drills.injects.commands import shift_all, shift_from
    from drillapp.core.drills.injects.naming import inject_named
    from drillapp.core.drills.injects.offsets import read_offset, show_offset
    from drillapp.core.drills.naming import drill_named

    seconds = read_offset(by)
    if not isinstance(seconds, int):
        raise InvalidInput(_("'{value}' is not a length of time, such as 5min or +0:05.").format(value=by))
    with open_office("write") as office:
        drill = drill_named(office, number)
        if from_:
            shift_from(office, drill, inject_named(office, drill, from_), seconds)
        else:
            shift_all(office, drill, seconds)
    print(_("Shifted by {length}.").format(length=show_offset(seconds)))
