"""Commands that take things out: lists as shown, empty forms, the whole office."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drillapp.commands.frame import Bar, UnitCode, open_office, scope, tell_missing, tell_written
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.listing import Column, Condition, Listing
    from drillapp.core.office import Office

_SORT_HELP = "Column to sort by, as often as needed; with a - before it from the last to the first."
_COMPARISONS = ("<=", ">=", "=", "<", ">")


def export_list(
    name: Annotated[str, typer.Argument(help="Which list; a wrong name shows all.")],
    file: Annotated[Path, typer.Argument(help="Ends in .xlsx, .csv or .pdf.")],
    unit: UnitCode = None,
    text: Annotated[str, typer.Option(help="Only rows in which these words stand.")] = "",
    where: Annotated[
        list[str] | None, typer.Option(help='"column=code,code" or "column>=value", as often as needed.')
    ] = None,
    columns: Annotated[str | None, typer.Option(help="Columns in their order, separated by commas.")] = None,
    sort: Annotated[list[str] | None, typer.Option(help=_SORT_HELP)] = None,
    retired: Annotated[bool, typer.Option(help="With what is out of use.")] = False,
) -> None:
    """Write a list as it is shown, narrowed and sorted: .xlsx, .csv or .pdf."""
    from drillapp.core.known_lists import known_list
    from drillapp.core.list_files import write_list
    from drillapp.core.list_shown import Listed, ListShown
    from drillapp.core.listing import View

    chosen = known_list(name)
    listing = chosen.listing
    with open_office("read") as office:
        unit_id = scope(office, unit)
        view = View(
            unit_id=unit_id, text=text, retired=retired,
            conditions=tuple(_condition(listing, one) for one in where or ()),
            sort=tuple((_column(listing, one.lstrip("-")).name, one.startswith("-")) for one in sort or ()),
        )  # fmt: skip
        words = _("All units") if unit_id is None else _unit_name(office, unit_id)
        shown = _columns(listing, columns)
        wanted = ListShown(chosen.title(), words, shown, Listed(listing), view, listing.sort)
        written = write_list(office, file, wanted, Bar())
    tell_missing(written.missing)
    print(_("{count} rows written to {file}.").format(count=written.rows, file=file))


def template(
    kind: Annotated[str, typer.Argument(help="Kind of ledger, or all.")],
    file: Annotated[Path, typer.Argument(help="The .xlsx to write; with all a folder.")],
    unit: UnitCode = None,
) -> None:
    """Write an empty ledger for units to fill in: drop-down lists, and every column explained."""
    from drillapp.core.ledgers.templates import write_template, write_templates

    with open_office("read") as office:
        if kind == "all":
            written = write_templates(office, file, unit_code=unit, progress=Bar())
        else:
            write_template(office, kind, file, unit_code=unit)
            written = [file]
    for path in written:
        tell_written(path)


def _unit_name(office: Office, unit_id: int) -> str:
    from drillapp.core.listing import Condition, View, first_rows
    from drillapp.core.units.queries import UNITS

    one = View(conditions=(Condition("id", "=", unit_id),), retired=True)
    return str(first_rows(office, UNITS, one, 1)[0].name)


def _columns(listing: Listing, said: str | None) -> list[Column]:
    if said is None:
        return list(listing.columns)
    return [_column(listing, name.strip()) for name in said.split(",") if name.strip()]


def _column(listing: Listing, name: str) -> Column:
    """The column with this name or heading."""
    for column in listing.columns:
        if name in (column.name, _(column.label)):
            return column
    raise NotFound(
        _("This list has no column '{name}'.").format(name=name),
        _("Allowed: {codes}").format(codes=" ".join(column.name for column in listing.columns)),
    )


def _condition(listing: Listing, said: str) -> Condition:
    """What a column is compared with, as it was typed."""
    from drillapp.core.listing import Condition

    for sign in _COMPARISONS:
        name, found, value = said.partition(sign)
        if found:
            column = _column(listing, name.strip())
            values = [_value(column, one.strip()) for one in value.split(",")]
            if sign == "=":
                return Condition(column.name, "in", values)
            return Condition(column.name, sign, values[0])  # type: ignore[arg-type]
    raise typer.BadParameter('"column=code,code" or "column>=value"')


def _value(column: Column, text: str) -> object:
    """A typed value as the column has it; raises what says that it is none."""
    from datetime import date

    from drillapp.core import enumerations

    try:
        if column.type == "date":
            return date.fromisoformat(text)
        if column.type == "number":
            return float(text)
    except ValueError:
        raise typer.BadParameter(f"{column.name}: {text}") from None
    if column.type == "flag":
        return enumerations.parse("yes_no", text) == "yes"
    return (enumerations.parse(column.enumeration, text) or text) if column.enumeration else text


def export_all(
    folder: Annotated[
        Path, typer.Argument(help="A folder without ledgers; it is made where it is not there.")
    ],
) -> None:
    """Write the whole office as ledgers, with what none carries beside them; `import-all` makes an equal office of it."""
    from drillapp.core.ledgers.whole_office import export_all as write_all

    with open_office("read") as office:
        written = write_all(office, folder, Bar())
    for one in written:
        print(_("{count} rows written to {file}.").format(count=one.rows, file=one.path))


def import_all(
    folder: Annotated[Path, typer.Argument(help="What `export-all` wrote.")],
) -> None:
    """Fill a new office from what `export-all` wrote, with what was changed in the ledgers since."""
    from drillapp.core.ledgers.whole_office import import_all as bring_all_in

    with open_office("write") as office:
        whole = bring_all_in(office, folder, Bar())
    if whole.rows:
        print(_("{count} rows of tables brought in.").format(count=whole.rows))
    else:
        print(
            _("Without tables beside them that fit this program: only what ledgers carry."), file=sys.stderr
        )
    for name in whole.missing:
        print(_("'{file}' is not there any more.").format(file=name), file=sys.stderr)
    for one in whole.taken:
        words = _("{file}: {created} new, {updated} changed, {unchanged} unchanged.")
        print(
            words.format(
                file=one.ledger.name, created=one.result.created, updated=one.result.updated,
                unchanged=one.result.unchanged,
            )
        )  # fmt: skip
        if one.without_uid:
            print(_("{count} records got new uids.").format(count=one.without_uid), file=sys.stderr)
