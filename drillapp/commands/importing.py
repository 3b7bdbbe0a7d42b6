"""Commands that bring ledgers in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.commands.frame import Bar, Json, open_office, print_json
from drillapp.commands.remedies import of_result, with_options
from drillapp.commands.storehouses import stock_constants
from drillapp.core import plain
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.ledgers.draft import Draft
    from drillapp.core.ledgers.importing import ImportResult
    from drillapp.core.office import Office

_ANY = "auto"
"""In the place of a kind: it is guessed."""
_SHOWN = 100

_Kind = Annotated[
    str,
    typer.Argument(
        help="Kind of ledger, as units (a wrong word is answered with all kinds); auto, or left out: it is guessed."
    ),
]
_File = Annotated[Path | None, typer.Argument(help="The file.", show_default=False)]
_Sheet = Annotated[
    str | None, typer.Option(help="Name of the sheet; default: the one that looks like a ledger.")
]
_Map = Annotated[
    list[str] | None,
    typer.Option("--map", help='"COLUMN=field", as often as needed; a column by its header or letter.'),
]
_Set = Annotated[list[str] | None, typer.Option("--set", help='"field=VALUE" for a field without a column.')]
_Storehouse = Annotated[
    str | None, typer.Option(help="Of a list of stock: the storehouse, where no column names it.")
]
_On = Annotated[str | None, typer.Option(help="Of a list of stock: its day; default: today.")]
_As = Annotated[
    str | None,
    typer.Option("--as", help="Of a list of stock: count (what is there) or receipt (what came in)."),
]
_Number = Annotated[
    bool, typer.Option("--number", help="Give new records without a code the office's next numbers.")
]
_DryRun = Annotated[bool, typer.Option(help="Check everything, write nothing.")]
_Partial = Annotated[bool, typer.Option(help="Bring in the good rows although others are refused.")]
_Explain = Annotated[
    bool, typer.Option("--explain", help="Say what is guessed of the file, and why; write nothing.")
]


def import_(
    kind: _Kind,
    file: _File = None,
    sheet: _Sheet = None,
    map_: _Map = None,
    set_: _Set = None,
    storehouse: _Storehouse = None,
    on: _On = None,
    as_: _As = None,
    number: _Number = False,
    dry_run: _DryRun = False,
    partial: _Partial = False,
    explain: _Explain = False,
    json: Json = False,
) -> None:
    """Bring a ledger in: .xlsx, .xls, .et, .ods or .csv, as offices have them."""
    from drillapp.core.ledgers.draft import Draft
    from drillapp.core.ledgers.importing import import_draft, refuse_held

    if file is None:
        kind, file = _ANY, Path(kind)
    with (
        open_office("read" if explain and not dry_run else "write") as office,
        Draft.at_once(
            office, file, kind=None if kind == _ANY else kind, sheet=sheet, column_map=column_map(map_ or []),
            progress=Bar(),
        ) as draft,
    ):  # fmt: skip
        said = _said(office, draft.kind, set_ or [], (storehouse, on, as_))
        for field, text in said.items() if draft.kind else ():
            draft.give(field, text)
        refuse_held(draft, column_map(set_ or []) or ())
        if explain and not (json and dry_run):
            _explain(draft, json)
        if explain and not dry_run:
            return
        try:
            result = import_draft(
                office, draft, number=number, dry_run=dry_run, partial=partial, progress=Bar()
            )
        except InvalidInput as error:
            raise with_options(error, draft.kind) from None
    _tell_guess(draft, kind == _ANY)
    tell_import(result, json, draft if explain else None)
    if remedy := of_result(result, is_numbered=number):
        print(remedy, file=sys.stderr)
    if result.rejected and not partial:
        print(_("Nothing was written. Correct these cells, or use --partial."), file=sys.stderr)
        raise typer.Exit(1)


def _said(
    office: Office, kind: str | None, pairs: list[str], of_stock: tuple[str | None, str | None, str | None]
) -> dict[str, str]:
    """What is said for the file as a whole, by field."""
    said = column_map(pairs) or {}
    return stock_constants(office, *of_stock) | said if kind == "stock" else said


def _explain(draft: Draft, json: bool) -> None:
    from drillapp.core.ledgers.guessing.explaining import explain, explained

    print_json({"guess": explained(draft.guess)}) if json else print("\n".join(explain(draft.guess)))


def _tell_guess(draft: Draft, is_guessed: bool) -> None:
    """What nobody said, what is not sure, and which tables are not read, on stderr."""
    from drillapp.core.ledgers.guessing.explaining import unread, unsure

    if is_guessed:
        print(_("Taken as: {kind}").format(kind=draft.kind), file=sys.stderr)
    for line in (*unsure(draft.guess), *unread(draft.guess)):
        print(line, file=sys.stderr)


def tell_import(result: ImportResult, json: bool, draft: Draft | None = None) -> None:
    """What came of an import on stdout, what is to be said of single rows on stderr; JSON explains `draft` too."""
    from drillapp.core.ledgers.guessing.explaining import explained

    if json:
        guess = {"guess": explained(draft.guess)} if draft else {}
        print_json(plain.import_result(result) | guess)
    else:
        print(
            _("{read} rows read: {created} new, {updated} changed, {unchanged} unchanged, {rejected} refused.").format(
                read=result.read, created=result.created, updated=result.updated, unchanged=result.unchanged,
                rejected=result.rejected,
            )
        )  # fmt: skip
    if result.ignored:
        left_out = _("Columns that are no field of this ledger, left out: {columns}")
        print(left_out.format(columns=", ".join(result.ignored)), file=sys.stderr)
    for told in (result.notes, result.errors):
        _tell_some(told)


def _tell_some(told: tuple[Any, ...]) -> None:
    for one in told[:_SHOWN]:
        print(plain.import_error(one), file=sys.stderr)
    if len(told) > _SHOWN:
        print(_("… and {count} more.").format(count=len(told) - _SHOWN), file=sys.stderr)


def column_map(pairs: list[str]) -> dict[str, str] | None:
    """`LEFT=RIGHT` by its left side; None for none."""
    if any("=" not in pair for pair in pairs):
        raise typer.BadParameter('"LEFT=RIGHT"')
    return {left.strip(): right.strip() for left, right in (pair.rsplit("=", 1) for pair in pairs)} or None
