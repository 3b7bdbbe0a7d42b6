"""What all commands share: what the options before them say, how they fail, and how they print."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from drillapp.commands.heads import heads_of
from drillapp.core import enumerations, plain
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.progress import Cancelled

if TYPE_CHECKING:
    from drillapp.core.listing import Listing
    from drillapp.core.office import Mode, Office

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
UnitCode = Annotated[str | None, typer.Option("--unit", help="Code of a unit: it and the units under it.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="The file to write.")]
Run = Callable[..., None]


class _Context:
    """What the options before the command say."""

    office: str = ""
    as_of: date | None = None


context = _Context()


def commands_of(group: typer.Typer) -> Callable[[Run], Run]:
    """What makes a function a command of a group, named as the function is.

    What a person can do something about ends it with one sentence and exit code 1.
    """

    def command(function: Run) -> Run:
        @group.command(name=function.__name__.strip("_").replace("_", "-"))
        @wraps(function)
        def guarded(*arguments: Any, **options: Any) -> None:
            try:
                function(*arguments, **options)
            except DrillappError as error:
                _fail(error)
            except Cancelled:
                raise typer.Exit(1) from None

        return guarded

    return command


def _fail(error: DrillappError) -> None:
    print(error.message, file=sys.stderr)
    if isinstance(error, InvalidInput) and len(error.problems) > 1:
        for problem in error.problems:
            print(f"  {problem.field}: {problem.message}", file=sys.stderr)
    if error.hint:
        print(error.hint, file=sys.stderr)
    raise typer.Exit(1)


def open_office(mode: Mode) -> Office:
    """The office that the options name, as of their date."""
    from drillapp.core.office import Office

    return Office.open(context.office, as_of=context.as_of, mode=mode)


def scope(office: Office, code: str | None) -> int | None:
    """The unit with a code; None for all."""
    from drillapp.core.units.references import unit_id

    if code is None:
        return None
    with office.read() as connection:
        return unit_id(connection, code)


def one_unit(office: Office, code: str | None) -> int:
    """The unit with a code, or the office's own one."""
    chosen = scope(office, code) if code is not None else office.unit_id
    if chosen is None:
        raise InvalidInput(_("The office has no unit of its own."), _("Name one: --unit CODE."), field="unit")
    return chosen


def day_of(text: str | None, office: Office) -> date:
    """A day as it was typed, or the office's date."""
    if text is None:
        return office.as_of
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            _("'{value}' is not a date (YYYY-MM-DD).").format(value=text), field="on"
        ) from None


def code_of(enumeration: str, word: str, field: str = "") -> str:
    """A code of an enumeration, said as such, in English or in Chinese; raises InvalidInput naming those there are."""
    found = enumerations.parse(enumeration, word)
    if found is None:
        codes = " ".join(enumerations.codes(enumeration))
        raise InvalidInput(
            _("'{value}' is not allowed; allowed: {codes}").format(value=word, codes=codes),
            field=field or enumeration,
        )
    return found


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    sys.stdout.buffer.write(plain.json(value) + b"\n")


def print_rows(rows: list[dict[str, Any]], json: bool, kind: str = "") -> None:
    """Rows as one JSON document, or as a table; `kind` is that of the ledger whose records they are."""
    print_json(rows) if json else print_table(rows, kind)


def print_structs(rows: Iterable[msgspec.Struct], json: bool, *left_out: str) -> None:
    """Rows with the fields that they have, but for some; keys of the database are nobody's business."""
    fields = [
        {
            name: getattr(row, name)
            for name in row.__struct_fields__
            if name not in left_out and name != "id" and not name.endswith("_id")
        }
        for row in rows
    ]
    print_rows(fields, json)


def print_listing(listing: Listing, unit: str | None, json: bool) -> None:
    """All rows of a list, of a unit and those below it or of the whole office."""
    from drillapp.core.listing import View, keys, rows

    with open_office("read") as office:
        found = rows(office, listing, keys(office, listing, View(unit_id=scope(office, unit))))
    print_structs(found, json)


def print_table(rows: list[dict[str, Any]], kind: str = "") -> None:
    """Tab-separated lines under a heading in the language spoken; moments by the clock on the wall."""
    if not rows:
        print(_("Nothing."), file=sys.stderr)
        return
    print("\t".join(heads_of(rows[0], kind)))
    for row in rows:
        # A rate to a hundredth of a percent is enough to read; --json gives all there is.
        values = (round(value, 4) if isinstance(value, float) else value for value in row.values())
        print("\t".join(map(plain.cell, values)))


def tell_missing(characters: Iterable[str]) -> None:
    """Name on stderr the characters that no font has."""
    for name in characters:
        print(_("No font has this character: {name}").format(name=name), file=sys.stderr)


def tell_written(path: Path) -> None:
    """Say where something was written."""
    print(_("Written to {file}.").format(file=path))


class Bar:
    """Progress on a terminal's stderr; silent in files and pipes."""

    def step(self, done: int, total: int | None, text: str) -> None:
        if sys.stderr.isatty():
            share = f"{100 * done // total:3d} %" if total else f"{done}"
            print(f"\r\x1b[K{share} {text}", end="", file=sys.stderr, flush=True)
