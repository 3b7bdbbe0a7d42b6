"""Commands on the counting of stocktakes: entered line by line or from a sheet, explained."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drillapp.commands.frame import Bar, Json, code_of, commands_of, open_office, print_json, print_table
from drillapp.commands.stocktake import By, Number, line_shown, named
from drillapp.commands.stocktake import group as group  # its commands are in two files
from drillapp.core import plain
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.supplies.stocktake.rows import LineRow, Part

_command = commands_of(group)

At = Annotated[str | None, typer.Option(help='Moment of the count, "2026-11-26 15:00"; default: now.')]
Counted = Annotated[
    list[str],
    typer.Argument(metavar="LINE=QUANTITY…", help="Number of a line, or a scanned code; 3=98 3=0 3=- (not)."),
]


@_command
def enter(
    number: Number,
    counted: Counted,
    by: By,
    at: At = None,
    note: Annotated[str | None, typer.Option(help="A remark on these lines.")] = None,
    json: Json = False,
) -> None:
    """Enter what was found of lines."""
    _enter(number, counted, by, at, note, again=False, json=json)


@_command
def recount(
    number: Number, counted: Counted, by: By, at: At = None,
    note: Annotated[str | None, typer.Option(help="A remark on these lines.")] = None, json: Json = False,
) -> None:  # fmt: skip
    """Enter what a second count found, even where it found the same; the first count stays beside it."""
    _enter(number, counted, by, at, note, again=True, json=json)


@_command
def add(
    number: Number,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Code of the item.")],
    quantity: Annotated[float, typer.Argument(metavar="QUANTITY")],
    by: By,
    lot: Annotated[str | None, typer.Option(help="Lot number.")] = None,
    expires: Annotated[str | None, typer.Option(help="Expiry YYYY-MM-DD.")] = None,
    shelf: Annotated[str | None, typer.Option(help="Code of the shelf.")] = None,
    at: At = None,
    note: Annotated[str | None, typer.Option(help="A remark.")] = None,
) -> None:
    """Add a lot that is not on the list, but was found."""
    from drillapp.core.supplies.stocktake.adding import add_found
    from drillapp.core.supplies.stocktake.rows import Found

    found = Found(
        item_code=item, lot=lot, expires_on=_day(expires), shelf=shelf, quantity=quantity, at=_moment(at), note=note
    )  # fmt: skip
    with open_office("write") as office:
        position, _changes = add_found(office, named(office, number), found, by)
    print(_("Added as line {number}.").format(number=position))


@_command
def import_(
    number: Number,
    file: Path,
    by: By,
    sheet: Annotated[str | None, typer.Option(help="Name of the sheet; default: the first.")] = None,
    at: At = None,
    dry_run: Annotated[bool, typer.Option(help="Check everything, write nothing.")] = False,
    json: Json = False,
) -> None:
    """Take a sheet that was filled in: .xlsx, .xls or .csv. An empty cell is not counted, 0 is."""
    from drillapp.core.ledgers.stocktake_sheets import import_sheet

    with open_office("write") as office:
        result = import_sheet(
            office, named(office, number), file, by, sheet=sheet, at=_moment(at), dry_run=dry_run, progress=Bar()
        )  # fmt: skip
    if json:
        print_json(
            {
                "read": result.read, "counted": result.counted, "errors": result.errors, "ignored": result.ignored
            }
        )  # fmt: skip
    else:
        words = _("{read} rows read, {counted} of them counted.")
        print(words.format(read=result.read, counted=result.counted))
    for error in result.errors:
        print(plain.import_error(error), file=sys.stderr)
    if result.errors:
        print(_("Nothing was written. Correct these cells."), file=sys.stderr)
        raise typer.Exit(1)


@_command
def explain(
    number: Number,
    line: Annotated[str, typer.Argument(metavar="LINE", help="Number of the line, or a scanned code.")],
    reasons: Annotated[
        list[str] | None,
        typer.Argument(metavar="REASON=QUANTITY…", help="lost=-2 damaged=-1; one alone: all of it. None: cleared."),
    ] = None,
    note: Annotated[str | None, typer.Option(help="A remark on these reasons.")] = None,
) -> None:  # fmt: skip
    """Say where the difference of a line comes from; the parts add up to it exactly."""
    from drillapp.core.supplies.stocktake.explaining import explain as save
    from drillapp.core.supplies.stocktake.finding import line_meant
    from drillapp.core.supplies.stocktake.queries import stocktake_view

    with open_office("write") as office:
        key = named(office, number)
        view = stocktake_view(office, key)
        position = line_meant(office, view, line)
        meant = next(one for one in view.lines if one.position == position)
        save(office, key, {position: [_part(text, meant, note) for text in reasons or ()]})
    print(_("Line {number}: said.").format(number=position))


def _enter(
    number: str, counted: list[str], by: str, at: str | None, note: str | None, *, again: bool, json: bool
) -> None:
    from drillapp.core.supplies.stocktake.counting import enter_counts
    from drillapp.core.supplies.stocktake.finding import line_meant
    from drillapp.core.supplies.stocktake.queries import stocktake_view
    from drillapp.core.supplies.stocktake.rows import Count

    moment = _moment(at)
    with open_office("write") as office:
        key = named(office, number)
        view = stocktake_view(office, key)
        pairs = [_pair(text) for text in counted]
        counts = [
            Count(line_meant(office, view, line), quantity, moment, again, note) for line, quantity in pairs
        ]
        enter_counts(office, key, counts, by)
        view = stocktake_view(office, key)
    touched = {count.position for count in counts}
    lines = [line_shown(view, line) for line in view.lines if line.position in touched]
    print_json(lines) if json else print_table(lines)


def _pair(text: str) -> tuple[str, float | None]:
    line, equals, number = text.rpartition("=")
    if not equals or not line.strip():
        raise typer.BadParameter("LINE=QUANTITY")
    if number.strip() == "-":
        return line, None
    return line, _quantity(number)


def _quantity(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        words = _("'{value}' is not a quantity: enter a number, such as 12 or 0.5.")
        raise InvalidInput(words.format(value=text), field="quantity") from None


def _part(text: str, line: LineRow, note: str | None) -> Part:
    from drillapp.core.supplies.stocktake.rows import Part

    reason, equals, number = text.partition("=")
    quantity = _quantity(number) if equals else line.difference or 0
    return Part(code_of("stocktake_reason", reason), quantity, note)


def _moment(text: str | None) -> datetime | None:
    from drillapp.core.ledgers.dates import read_moment

    if text is None:
        return None
    found = read_moment(text.strip())
    if found is None:
        raise InvalidInput(_("'{value}' is not a moment (YYYY-MM-DD HH:MM).").format(value=text), field="at")
    return found


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        words = _("'{value}' is not a date (YYYY-MM-DD).").format(value=text)
        raise InvalidInput(words, field="expires") from None
