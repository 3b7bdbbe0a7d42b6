"""The command line: each command parses, calls one core function, prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.core import i18n, plain
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.progress import Cancelled

if TYPE_CHECKING:
    from drillapp.core.office import Mode, Office

app = typer.Typer(
    name="drillapp",
    help="Contingency plans, drills, emergency supplies and disposal cards, and how ready each unit is.",
    add_completion=False,
    pretty_exceptions_enable=False,
)

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
UnitCode = Annotated[str | None, typer.Option("--unit", help="Code of a unit: it and the units under it.")]


class _Context:
    """What the options before the command say."""

    office: str = ""
    as_of: date | None = None


_context = _Context()


def run() -> None:
    """Run the command line."""
    app()


@app.callback()
def options(
    office: Annotated[
        str | None, typer.Option(help="Office file or postgresql+psycopg://…", envvar="DRILLAPP_OFFICE")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="Date YYYY-MM-DD of every derived figure.")] = None,
    lang: Annotated[str, typer.Option(help="zh_CN or en.")] = "zh_CN",
) -> None:
    """Options for every command; without a command the window opens."""
    try:
        i18n.use_language(lang)
        _context.as_of = None if as_of is None else date.fromisoformat(as_of)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    _context.office = office or str(_default_office())


def _default_office() -> Path:
    from platformdirs import user_data_path

    return user_data_path("drillapp", appauthor=False) / "office.drill"


def _command(function: Callable[..., None]) -> Callable[..., None]:
    """A command of the program: what a person can do something about ends it with one sentence and exit code 1."""

    @app.command(name=function.__name__.strip("_").replace("_", "-"))
    @wraps(function)
    def command(*arguments: Any, **options: Any) -> None:
        try:
            function(*arguments, **options)
        except DrillappError as error:
            _fail(error)
        except Cancelled:
            raise typer.Exit(1) from None

    return command


def _fail(error: DrillappError) -> None:
    print(error.message, file=sys.stderr)
    if isinstance(error, InvalidInput) and len(error.problems) > 1:
        for problem in error.problems:
            print(f"  {problem.field}: {problem.message}", file=sys.stderr)
    if error.hint:
        print(error.hint, file=sys.stderr)
    raise typer.Exit(1)


def _open(mode: Mode) -> Office:
    from drillapp.core.office import Office

    return Office.open(_context.office, as_of=_context.as_of, mode=mode)


def _scope(office: Any, code: str | None) -> int | None:
    from drillapp.core.units.references import unit_id

    if code is None:
        return None
    with office.read() as connection:
        return unit_id(connection, code)


def _json(value: Any) -> None:
    sys.stdout.buffer.write(plain.json(value) + b"\n")


class _Bar:
    """Progress on a terminal's stderr; silent in files and pipes."""

    def step(self, done: int, total: int | None, text: str) -> None:
        if sys.stderr.isatty():
            share = f"{100 * done // total:3d} %" if total else f"{done}"
            print(f"\r\x1b[K{share} {text}", end="", file=sys.stderr, flush=True)


@_command
def init(
    name: Annotated[str, typer.Option(help="Name of the office.")],
    level: Annotated[str, typer.Option(help="Kind of the office's own unit: district street community …")],
    code: Annotated[str | None, typer.Option(help="Code of the office's own unit.")] = None,
    sample: Annotated[bool, typer.Option(help="Fill it with the sample district.")] = False,
) -> None:
    """Create a new office with its own unit."""
    from drillapp.core.office import Office
    from drillapp.core.sample import fill

    with Office.create(_context.office, name=name, level=level, code=code) as office:
        if sample:
            fill(office, _Bar())
    print(_("Created {office}.").format(office=_context.office))


@_command
def import_(
    kind: str,
    file: Path,
    sheet: Annotated[str | None, typer.Option(help="Name of the sheet; default: the first.")] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", help='"COLUMN=field", as often as needed.')
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Check everything, write nothing.")] = False,
    partial: Annotated[
        bool, typer.Option(help="Bring in the good rows although others are refused.")
    ] = False,
    json: Json = False,
) -> None:
    """Bring a ledger in: .xlsx, .xls or .csv."""
    from drillapp.core.ledgers.importing import import_ledger

    with _open("write") as office:
        result = import_ledger(
            office, kind, file, sheet=sheet, column_map=_column_map(map_ or []), dry_run=dry_run, partial=partial,
            progress=_Bar(),
        )  # fmt: skip
    if json:
        _json(plain.import_result(result))
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
    for error in result.errors[:100]:
        print(plain.import_error(error), file=sys.stderr)
    if len(result.errors) > 100:
        print(_("… and {count} more.").format(count=len(result.errors) - 100), file=sys.stderr)
    if result.rejected and not partial:
        print(_("Nothing was written. Correct these cells, or use --partial."), file=sys.stderr)
        raise typer.Exit(1)


def _column_map(pairs: list[str]) -> dict[str, str] | None:
    if any("=" not in pair for pair in pairs):
        raise typer.BadParameter('--map "COLUMN=field"')
    return {
        column.strip(): field.strip() for column, field in (pair.rsplit("=", 1) for pair in pairs)
    } or None


@_command
def export(kind: str, file: Path, unit: UnitCode = None) -> None:
    """Write a ledger that `import` reads back without loss: .xlsx or .csv."""
    from drillapp.core.ledgers.exporting import export_ledger

    with _open("read") as office:
        count = export_ledger(office, kind, file, unit_code=unit, progress=_Bar())
    print(_("{count} rows written to {file}.").format(count=count, file=file))


@_command
def list_(
    kind: str,
    unit: UnitCode = None,
    limit: Annotated[int | None, typer.Option(min=0)] = None,
    json: Json = False,
) -> None:
    """List the records of a kind."""
    from drillapp.core.kinds import kind_of
    from drillapp.core.listing import View, keys, rows

    chosen = kind_of(kind)
    with _open("read") as office:
        view = View(unit_id=_scope(office, unit), retired=True)
        found = rows(office, chosen.listing, keys(office, chosen.listing, view)[:limit])
    records = [plain.record(chosen, row) for row in found]
    _json(records) if json else _table(records)


@_command
def stock(
    unit: UnitCode = None,
    item: Annotated[str | None, typer.Option(help="Code of an item.")] = None,
    json: Json = False,
) -> None:
    """What lies where, per storehouse, item and lot."""
    from drillapp.core.supplies.queries import stock_as_of

    with _open("read") as office:
        rows = [plain.stock(row) for row in stock_as_of(office, _scope(office, unit), item)]
    _json(rows) if json else _table(rows)


@_command
def due(
    unit: UnitCode = None,
    within: Annotated[int | None, typer.Option(help="Only what is due within so many days.", min=0)] = None,
    json: Json = False,
) -> None:
    """What the rules ask of units, met or not."""
    from drillapp.core.rules.queries import obligations

    with _open("read") as office:
        rows = [
            plain.obligation(row) for row in obligations(office, _scope(office, unit), within_days=within)
        ]
    _json(rows) if json else _table(rows)


@_command
def readiness(
    unit: UnitCode = None,
    trend: Annotated[int | None, typer.Option(help="By month end over so many months.", min=1)] = None,
    json: Json = False,
) -> None:
    """How ready units are, with the evidence."""
    from drillapp.core.readiness import queries

    with _open("read") as office:
        scope = _scope(office, unit)
        if trend is None:
            rows = plain.readiness(office, queries.readiness(office, scope), scope, evidence=json)
        else:
            chosen = scope if scope is not None else office.unit_id
            points = queries.trend(office, chosen, trend, _Bar()) if chosen is not None else []
            rows = [plain.trend_point(point) for point in points]
    _json(rows) if json else _table(
        [{name: row[name] for name in row if name != "indicators"} for row in rows]
    )


@_command
def report(
    name: Annotated[str | None, typer.Argument(help="Which report; --list names them.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
    unit: UnitCode = None,
    number: Annotated[str | None, typer.Option(help="Number of the record it is about.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="Name the reports.")] = False,
) -> None:
    """Write a report as PDF."""
    from drillapp.core.reports.registry import REPORTS, write_report

    if list_:
        for entry in REPORTS.values():
            print(f"{entry.name}\t{entry.title()}")
        return
    if name is None or output is None:
        raise typer.BadParameter("report NAME -o FILE")
    with _open("read") as office:
        missing = write_report(office, name, output, unit_code=unit, number=number, progress=_Bar())
    _tell_missing(missing)
    print(_("Written to {file}.").format(file=output))


@_command
def card(
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[NUMBER]…")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
    unit: UnitCode = None,
    size: Annotated[str, typer.Option(help="pocket, pocket_duplex, a6, a4 or a3.")] = "pocket",
    sector: Annotated[str | None, typer.Option(help="Only cards of posts or units of this sector.")] = None,
) -> None:
    """Write disposal cards as PDF, by number or for a unit."""
    from drillapp.core.reports.registry import write_cards

    if output is None or not (numbers or unit or sector):
        raise typer.BadParameter("card NUMBER… -o FILE, or card --unit CODE -o FILE")
    with _open("read") as office:
        missing = write_cards(
            office, output, numbers=numbers or [], unit_code=unit, size=size, sector=sector, progress=_Bar()
        )
    _tell_missing(missing)
    print(_("Written to {file}.").format(file=output))


def _tell_missing(characters: list[str]) -> None:
    for name in characters:
        print(_("No font has this character: {name}").format(name=name), file=sys.stderr)


@_command
def search(text: str, json: Json = False) -> None:
    """Find any record by Chinese, pinyin, initials or number."""
    from drillapp.core.search.queries import search as find

    with _open("read") as office:
        rows = [plain.hit(row) for row in find(office, text)]
    _json(rows) if json else _table(rows)


@_command
def check(json: Json = False) -> None:
    """Check file, references, balances, tree, cards and journal; exit code 1 if anything is wrong."""
    from drillapp.core.check import check as look_through

    with _open("read") as office:
        result = look_through(office, _Bar())
    if json:
        _json(result)
    else:
        print(_("All is well.") if result.ok else _("{count} faults found.").format(count=len(result.faults)))
    for fault in result.faults:
        print(f"{fault.part}: {fault.message}", file=sys.stderr)
    if not result.ok:
        raise typer.Exit(1)


@_command
def backup(file: Path) -> None:
    """Write a verified copy while the office is in use."""
    from drillapp.core.database.backup import backup as write_copy

    with _open("read") as office:
        write_copy(office, file, _Bar())
    print(_("Written to {file}.").format(file=file))


@_command
def restore(file: Path) -> None:
    """Put a backup in the place of the office; what was there is kept beside it."""
    from drillapp.core.database.backup import restore as put_back

    put_back(file, Path(_context.office))
    print(_("Restored {office} from {file}.").format(office=_context.office, file=file))


@_command
def window(
    exit_when_shown: Annotated[bool, typer.Option(help="Leave once the page is painted.")] = False,
    page: Annotated[
        str, typer.Option(help="home units plans drills supplies cards readiness settings")
    ] = "home",
    grab: Annotated[Path | None, typer.Option(help="Write a picture of the window.")] = None,
) -> None:
    """Open the window on a page; prints when it was painted."""
    # `drillapp.launch` handles this command before the command line is loaded; it stands here for the help.
    raise AssertionError(f"the window was not opened on {page}, {grab}, {exit_when_shown}")


@_command
def tour(
    out: Annotated[Path, typer.Option(help="Folder for pictures and PDFs.")] = Path("build/tour"),
) -> None:
    """Paint every page and write the sample reports."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from drillapp.ui.tour import tour as take_pictures

    for path in take_pictures(_context.office, _context.as_of, out):
        print(path)


def _table(rows: list[dict[str, Any]]) -> None:
    """Tab-separated lines under a heading, for people and for other programs."""
    if not rows:
        print(_("Nothing."), file=sys.stderr)
        return
    print("\t".join(rows[0]))
    for row in rows:
        print("\t".join(plain.cell(value) for value in row.values()))
