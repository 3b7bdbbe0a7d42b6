"""Commands on stocktakes: drawn up, counted, explained, reviewed, posted."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.commands.frame import (
    Bar,
    Json,
    Output,
    UnitCode,
    commands_of,
    open_office,
    print_json,
    print_structs,
    print_table,
    scope,
    tell_missing,
    tell_written,
)
from drillapp.core import enumerations, plain
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.office import Office
    from drillapp.core.supplies.stocktake.rows import LineRow, Part, StocktakeView

group = typer.Typer(
    name="stocktake", help="Stocktakes: draw up, count, explain, review, post.", no_args_is_help=True
)
_command = commands_of(group)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the stocktake.")]
By = Annotated[str, typer.Option(help="Name of who does it.")]
At = Annotated[str | None, typer.Option(help='Moment of the count, "2026-11-26 15:00"; default: now.')]
Counted = Annotated[
    list[str],
    typer.Argument(metavar="LINE=QUANTITY…", help="Number of a line, or a scanned code; 3=98 3=0 3=- (not)."),
]


@_command
def draw(
    storehouse: Annotated[str, typer.Argument(metavar="STOREHOUSE", help="Code of the storehouse.")],
    extent: Annotated[str | None, typer.Option(help="whole, category or sample.")] = None,
    category: Annotated[str | None, typer.Option(help="Name or code: it and those below it.")] = None,
    sample: Annotated[int | None, typer.Option(help="How many lines to draw by chance.")] = None,
    seed: Annotated[int | None, typer.Option(help="Draws the same sample again.")] = None,
    blind: Annotated[bool, typer.Option("--blind/--book", help="Without or with the book quantity.")] = True,
    tolerance: Annotated[float, typer.Option(help="Per cent beyond which a line is counted again.")] = 0,
    note: Annotated[str | None, typer.Option(help="A remark.")] = None,
    json: Json = False,
) -> None:
    """Draw up a stocktake of what is there now."""
    from drillapp.core.supplies.stocktake.drawing import draw_up
    from drillapp.core.supplies.stocktake.rows import Drawing

    chosen = extent or ("sample" if sample is not None else "category" if category else "whole")
    drawing = Drawing(
        storehouse=storehouse, extent=enumerations.parse("stocktake_extent", chosen) or chosen, category=category,
        sample=sample, seed=seed, blind=blind, tolerance=tolerance, note=note,
    )  # fmt: skip
    with open_office("write") as office:
        drawn = draw_up(office, drawing)
    if json:
        print_json({"number": drawn.number, "lines": drawn.lines})
    else:
        print(_("Stocktake {number}: {count} lines.").format(number=drawn.number, count=drawn.lines))


@_command
def redraw(number: Number, json: Json = False) -> None:
    """Draw a random sample once more from its seed, as an audit does; exit 1 when another one comes out."""
    from drillapp.core.supplies.stocktake.drawing import draw_again

    with open_office("read") as office:
        again = draw_again(office, _named(office, number))
    if json:
        print_json({"same": again.same, "gone": list(again.gone), "come": list(again.come)})
    elif again.same:
        print(_("The same lines are drawn."))
    else:
        words = _("Other lines are drawn: not any more {gone}; now {come}.")
        print(words.format(gone=", ".join(map(str, again.gone)), come=", ".join(again.come)))
    if not again.same:
        raise typer.Exit(1)


@_command
def sheet(number: Number, output: Output) -> None:
    """The sheet: to print (.pdf), or to fill in and take back by `import` (.xlsx, .csv)."""
    from drillapp.core.ledgers.stocktake_sheets import export_sheet
    from drillapp.core.reports.registry import write_report

    with open_office("read") as office:
        if output.suffix.lower() == ".pdf":
            tell_missing(write_report(office, "stocktake_sheet", output, number=number, progress=Bar()))
        else:
            export_sheet(office, _named(office, number), output)
    tell_written(output)


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
        position, _changes = add_found(office, _named(office, number), found, by)
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
            office, _named(office, number), file, by, sheet=sheet, at=_moment(at), dry_run=dry_run, progress=Bar()
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
        key = _named(office, number)
        view = stocktake_view(office, key)
        position = line_meant(office, view, line)
        meant = next(one for one in view.lines if one.position == position)
        save(office, key, {position: [_part(text, meant, note) for text in reasons or ()]})
    print(_("Line {number}: said.").format(number=position))


@_command
def submit(
    number: Number,
    by: By,
    uncounted: Annotated[bool, typer.Option(help="State that lines stay not counted.")] = False,
) -> None:
    """Hand it in for review."""
    from drillapp.core.supplies.stocktake.reviewing import submit as save

    with open_office("write") as office:
        save(office, _named(office, number), by, uncounted=uncounted)
    _tell(number, "submitted")


@_command
def review(
    number: Number,
    by: By,
    note: Annotated[str | None, typer.Option(help="A remark.")] = None,
    same_seat: Annotated[bool, typer.Option(help="State that two people share this login.")] = False,
) -> None:
    """Approve it, as somebody else than who counted."""
    from drillapp.core.supplies.stocktake.reviewing import review as save

    with open_office("write") as office:
        save(office, _named(office, number), by, note, same_seat=same_seat)
    _tell(number, "reviewed")


@_command
def return_(
    number: Number,
    by: By,
    note: Annotated[str, typer.Option(help="Why.")],
    line: Annotated[list[int] | None, typer.Option(help="A line to count again; default: all that differ.")] = None,
) -> None:  # fmt: skip
    """Send it back to be counted again."""
    from drillapp.core.supplies.stocktake.reviewing import send_back

    with open_office("write") as office:
        send_back(office, _named(office, number), by, note, line or None)
    _tell(number, "counting")


@_command
def post(number: Number) -> None:
    """Post what was counted to the stock ledger, as one document."""
    from drillapp.core.supplies.stocktake.posting import post_stocktake
    from drillapp.core.supplies.stocktake.queries import stocktake_view

    with open_office("write") as office:
        key = _named(office, number)
        post_stocktake(office, key)
        document = stocktake_view(office, key).header.document
    print(_("Posted as document {document}.").format(document=document))


@_command
def cancel(number: Number, reason: Annotated[str, typer.Option(help="Why.")]) -> None:
    """Give it up; nothing of it reaches the stock ledger."""
    from drillapp.core.supplies.stocktake.reviewing import cancel as save

    with open_office("write") as office:
        save(office, _named(office, number), reason)
    _tell(number, "cancelled")


@_command
def report(number: Number, output: Output) -> None:
    """The report of surplus and shortage as PDF."""
    from drillapp.core.reports.registry import write_report

    with open_office("read") as office:
        tell_missing(write_report(office, "stocktake_report", output, number=number, progress=Bar()))
    tell_written(output)


@_command
def list_(
    unit: UnitCode = None,
    state: Annotated[
        str | None, typer.Option(help="counting submitted reviewed posted cancelled")
    ] = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Stocktakes, the newest first."""
    from drillapp.core.listing import View, keys, rows
    from drillapp.core.supplies.stocktake.queries import STOCKTAKES

    choices = {"state": (_code("stocktake_state", state),)} if state else {}
    with open_office("read") as office:
        view = View(unit_id=scope(office, unit), choices=choices)
        found = rows(office, STOCKTAKES, keys(office, STOCKTAKES, view))
    print_structs(found, json)


@_command
def due(unit: UnitCode = None, json: Json = False) -> None:
    """Each storehouse with its last stocktake of the whole store and the day of the next."""
    from drillapp.core.listing import View, keys, rows
    from drillapp.core.supplies.stocktake.queries import STOCKTAKES_DUE

    with open_office("read") as office:
        view = View(unit_id=scope(office, unit))
        found = rows(office, STOCKTAKES_DUE, keys(office, STOCKTAKES_DUE, view))
    print_structs(found, json)


@_command
def show(number: Number, json: Json = False) -> None:
    """A stocktake with its lines, and what was booked meanwhile."""
    from drillapp.core.supplies.stocktake.queries import stocktake_view

    with open_office("read") as office:
        view = stocktake_view(office, _named(office, number))
    if json:
        print_json(_shown(view))
        return
    header = view.header
    state = enumerations.label("stocktake_state", header.state)
    print(f"{header.number}\t{header.storehouse_name}\t{state}")
    print_table([_line(view, one) for one in view.lines])


def _named(office: Office, number: str) -> int:
    from drillapp.core.supplies.stocktake.queries import stocktake_named

    return stocktake_named(office, number)


def _enter(
    number: str, counted: list[str], by: str, at: str | None, note: str | None, *, again: bool, json: bool
) -> None:
    from drillapp.core.supplies.stocktake.counting import enter_counts
    from drillapp.core.supplies.stocktake.finding import line_meant
    from drillapp.core.supplies.stocktake.queries import stocktake_view
    from drillapp.core.supplies.stocktake.rows import Count

    moment = _moment(at)
    with open_office("write") as office:
        key = _named(office, number)
        view = stocktake_view(office, key)
        pairs = [_pair(text) for text in counted]
        counts = [
            Count(line_meant(office, view, line), quantity, moment, again, note) for line, quantity in pairs
        ]
        enter_counts(office, key, counts, by)
        view = stocktake_view(office, key)
    touched = {count.position for count in counts}
    lines = [_line(view, line) for line in view.lines if line.position in touched]
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
    return Part(_code("stocktake_reason", reason), quantity, note)


def _line(view: StocktakeView, line: LineRow) -> dict[str, Any]:
    return {
        "line": line.position, "shelf": line.shelf, "item": line.item, "item_name": line.item_name, "lot": line.lot,
        "expires_on": line.expires_on, "unit_of_measure": line.unit_of_measure, "drawn": line.drawn, "book": line.book,
        "counted": line.counted, "first_counted": line.first_counted, "difference": line.difference,
        "state": line.state, "added": line.added, "counted_at": line.counted_at, "counted_by": line.counted_by,
        "reasons": {part.reason: part.quantity for part in line.reasons},
        "moved": [
            f"{one.document} {'after' if one.is_after else 'before'}" for one in view.moved_of(line.position)
        ],
        "note": line.note,
    }  # fmt: skip


def _shown(view: StocktakeView) -> dict[str, Any]:
    header = {
        name: getattr(view.header, name)
        for name in view.header.__struct_fields__
        if name not in ("id", "uid", "last_movement", "revision") and not name.endswith("_id")
    }
    moved = [{name: getattr(one, name) for name in one.__struct_fields__} for one in view.moved]
    return header | {"lines": [_line(view, one) for one in view.lines], "moved": moved}


def _code(enumeration: str, word: str) -> str:
    found = enumerations.parse(enumeration, word)
    if found is None:
        raise InvalidInput(
            _("'{value}' is not allowed; allowed: {codes}").format(
                value=word, codes=" ".join(enumerations.codes(enumeration))
            ),
            field=enumeration,
        )
    return found


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


def _tell(number: str, state: str) -> None:
    words = _("Stocktake {number}: {state}.")
    print(words.format(number=number, state=enumerations.label("stocktake_state", state)))
