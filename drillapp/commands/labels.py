"""Commands on labels: of items, lots, shelves and storehouses, on sheets and rolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from drillapp.commands.frame import (
    Json,
    Output,
    UnitCode,
    commands_of,
    open_office,
    print_rows,
    scope,
    tell_missing,
    tell_written,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drillapp.core.office import Office
    from drillapp.core.reports.labels.drawing import Label

group = typer.Typer(name="label", help="Labels with QR codes or bar codes.", no_args_is_help=True)
_command = commands_of(group)

Format = Annotated[str, typer.Option("--format", help="A name that 'label formats' shows.")]
Code = Annotated[str, typer.Option("--code", help="qr or code128")]
Start = Annotated[
    int, typer.Option("--start", help="First free place of a sheet used before, from 1 row by row.")
]
Copies = Annotated[int, typer.Option("--copies", help="Of each label.")]
Codes = Annotated[list[str] | None, typer.Argument(metavar="[CODE…]", help="Codes; all in use without any.")]


@_command
def formats(json: Json = False) -> None:
    """The formats there are."""
    from drillapp.core.reports.labels.formats import label_formats

    rows = [
        {"name": one.name, "title": one.words, "width": one.width, "height": one.height, "places": one.places}
        for one in label_formats().values()
    ]
    print_rows(rows, json)


@_command
def items(
    output: Output,
    codes: Codes = None,
    format_: Format = "a4_3x8",
    code: Code = "qr",
    start: Start = 1,
    copies: Copies = 1,
) -> None:
    """Labels of items of the catalogue."""
    from drillapp.core.reports.labels.source import item_labels

    _write(lambda office: item_labels(office, codes or ()), output, format_, code, start, copies)


@_command
def lots(
    output: Output,
    storehouse: Annotated[str | None, typer.Option("--storehouse", help="Code of a storehouse.")] = None,
    item: Annotated[str | None, typer.Option("--item", help="Code of an item.")] = None,
    format_: Format = "a4_3x8",
    code: Code = "qr",
    start: Start = 1,
    copies: Copies = 1,
) -> None:
    """Labels of the lots that are in stock, with lot number and expiry."""
    from drillapp.core.reports.labels.source import lot_labels

    _write(
        lambda office: lot_labels(office, storehouse=storehouse, item=item),
        output,
        format_,
        code,
        start,
        copies,
    )


@_command
def shelves(
    output: Output,
    storehouse: Annotated[str, typer.Option("--storehouse", help="Code of the storehouse.")],
    codes: Codes = None,
    format_: Format = "a4_3x8",
    code: Code = "qr",
    start: Start = 1,
    copies: Copies = 1,
) -> None:
    """Labels of the shelves of a storehouse."""
    from drillapp.core.reports.labels.source import shelf_labels

    _write(lambda office: shelf_labels(office, storehouse, codes or ()), output, format_, code, start, copies)


@_command
def storehouses(
    output: Output,
    codes: Codes = None,
    unit: UnitCode = None,
    format_: Format = "a4_2x7",
    code: Code = "qr",
    start: Start = 1,
    copies: Copies = 1,
) -> None:
    """Labels of storehouses, for their doors."""
    from drillapp.core.reports.labels.source import storehouse_labels

    def source(office: Office) -> list[Label]:
        return storehouse_labels(office, codes or (), scope(office, unit))

    _write(source, output, format_, code, start, copies)


def _write(
    source: Callable[[Office], list[Label]], output: Path, format_: str, code: str, start: int, copies: int
) -> None:
    from drillapp.core.reports.labels.sheet import LabelPrint, render_labels

    how = LabelPrint(format_, code, start, copies)  # type: ignore[arg-type]
    with open_office("read") as office:
        rendered = render_labels(office.name, source(office), how, output)
    tell_missing(rendered.missing)
    tell_written(output)
