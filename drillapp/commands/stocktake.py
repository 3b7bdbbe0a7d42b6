"""Commands on stocktakes: drawn up, reviewed, posted, shown; those on counting are in a file of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.commands.frame import (
    Bar,
    Json,
    Output,
    UnitCode,
    code_of,
    commands_of,
    open_office,
    print_json,
    print_structs,
    print_table,
    scope,
    tell_missing,
    tell_written,
)
from drillapp.core import enumerations
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.office import Office
    from drillapp.core.supplies.stocktake.rows import LineRow, StocktakeView

group = typer.Typer(
    name="stocktake", help="Stocktakes: draw up, count, explain, review, post.", no_args_is_help=True
)
_command = commands_of(group)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the stocktake.")]
By = Annotated[str, typer.Option(help="Name of who does it.")]


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
        again = draw_again(office, named(office, number))
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
            export_sheet(office, named(office, number), output)
    tell_written(output)


@_command
def submit(
    number: Number,
    by: By,
    uncounted: Annotated[bool, typer.Option(help="State that lines stay not counted.")] = False,
) -> None:
    """Hand it in for review."""
    from drillapp.core.supplies.stocktake.reviewing import submit as save

    with open_office("write") as office:
        save(office, named(office, number), by, uncounted=uncounted)
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
        save(office, named(office, number), by, note, same_seat=same_seat)
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
        send_back(office, named(office, number), by, note, line or None)
    _tell(number, "counting")


@_command
def post(number: Number) -> None:
    """Post what was counted to the stock ledger, as one document."""
    from drillapp.core.supplies.stocktake.posting import post_stocktake
    from drillapp.core.supplies.stocktake.queries import stocktake_view

    with open_office("write") as office:
        key = named(office, number)
        post_stocktake(office, key)
        document = stocktake_view(office, key).header.document
    print(_("Posted as document {document}.").format(document=document))


@_command
def cancel(number: Number, reason: Annotated[str, typer.Option(help="Why.")]) -> None:
    """Give it up; nothing of it reaches the stock ledger."""
    from drillapp.core.supplies.stocktake.reviewing import cancel as save

    with open_office("write") as office:
        save(office, named(office, number), reason)
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

    choices = {"state": (code_of("stocktake_state", state),)} if state else {}
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
        view = stocktake_view(office, named(office, number))
    if json:
        print_json(_shown(view))
        return
    header = view.header
    state = enumerations.label("stocktake_state", header.state)
    print(f"{header.number}\t{header.storehouse_name}\t{state}")
    print_table([line_shown(view, one) for one in view.lines])


def named(office: Office, number: str) -> int:
    """The key of the stocktake with a number."""
    from drillapp.core.supplies.stocktake.queries import stocktake_named

    return stocktake_named(office, number)


def line_shown(view: StocktakeView, line: LineRow) -> dict[str, Any]:
    """A line as it is printed."""
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
    return header | {"lines": [line_shown(view, one) for one in view.lines], "moved": moved}


def _tell(number: str, state: str) -> None:
    words = _("Stocktake {number}: {state}.")
    print(words.format(number=number, state=enumerations.label("stocktake_state", state)))
