"""The command line: each command parses, calls one core function, prints."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from drillapp.commands import (
    aid,
    bulletins,
    cards,
    conduct,
    drill_reports,
    drills,
    evaluation,
    expiry,
    findings,
    import_folder,
    importing,
    imports,
    injects,
    items,
    labels,
    levels,
    lists_out,
    movements,
    participation,
    plans,
    programme,
    readiness,
    rules,
    scenarios,
    stocktake_counts,
    storehouses,
    team_duty,
    upkeep,
    workdays,
)
from drillapp.commands.frame import (
    Bar,
    Json,
    UnitCode,
    commands_of,
    context,
    open_office,
    print_json,
    print_rows,
    scope,
    tell_missing,
    tell_written,
)
from drillapp.core import i18n, plain
from drillapp.core.i18n import _

app = typer.Typer(
    name="drillapp",
    help="Contingency plans, drills, emergency supplies and disposal cards, and how ready each unit is.",
    add_completion=False,
    pretty_exceptions_enable=False,
)

for _group in (
    plans.group,
    cards.group,
    drills.group,
    injects.group,
    conduct.group,
    programme.group,
    evaluation.group,
    findings.group,
    drill_reports.group,
    participation.group,
    stocktake_counts.group,
    team_duty.group,
    items.group,
    storehouses.group,
    aid.group,
    labels.group,
    movements.group,
    levels.group,
    scenarios.group,
    expiry.group,
    upkeep.group,
    rules.group,
    bulletins.group,
    workdays.group,
):
    app.add_typer(_group)
_command = commands_of(app)
_command(levels.purchase_list)
_command(imports.imports)
_command(imports.undo_import)
_command(aid.who_has)
_command(readiness.readiness)
_command(lists_out.export_list)
_command(lists_out.template)
_command(lists_out.export_all)
_command(lists_out.import_all)
_command(importing.import_)
_command(import_folder.import_folder)


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
        context.as_of = None if as_of is None else date.fromisoformat(as_of)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    context.office = office or str(_default_office())


def _default_office() -> Path:
    from platformdirs import user_data_path

    return user_data_path("drillapp", appauthor=False) / "office.drill"


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

    with Office.create(context.office, name=name, level=level, code=code) as office:
        if sample:
            fill(office, Bar())
    print(_("Created {office}.").format(office=context.office))


@_command
def export(kind: str, file: Path, unit: UnitCode = None) -> None:
    """Write a ledger that `import` reads back without loss: .xlsx or .csv."""
    from drillapp.core.ledgers.exporting import export_ledger

    with open_office("read") as office:
        count = export_ledger(office, kind, file, unit_code=unit, progress=Bar())
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
    with open_office("read") as office:
        view = View(unit_id=scope(office, unit), retired=True)
        found = rows(office, chosen.listing, keys(office, chosen.listing, view)[:limit])
    records = [plain.record(chosen, row) for row in found]
    if not json:
        # Keys of the database say nothing to people.
        records = [{name: one[name] for name in one if not name.endswith("_id")} for one in records]
    print_rows(records, json, kind)


@_command
def stock(
    unit: UnitCode = None,
    item: Annotated[str | None, typer.Option(help="Code of an item.")] = None,
    json: Json = False,
) -> None:
    """What lies where, per storehouse, item and lot."""
    from drillapp.core.supplies.queries import stock_as_of

    with open_office("read") as office:
        rows = [plain.stock(row) for row in stock_as_of(office, scope(office, unit), item)]
    print_rows(rows, json)


@_command
def due(
    unit: UnitCode = None,
    within: Annotated[int | None, typer.Option(help="Only what is due within so many days.", min=0)] = None,
    why: Annotated[
        bool,
        typer.Option(
            "--why", help="With the records that nearly settle what is not met, and why they do not."
        ),
    ] = False,
    ics: Annotated[
        Path | None, typer.Option(help="Write what has a day as a calendar file instead of listing it.")
    ] = None,
    json: Json = False,
) -> None:
    """What the rules ask of units, met or not."""
    from drillapp.core.rules.book import rule_book
    from drillapp.core.rules.nearly import nearly
    from drillapp.core.rules.queries import obligations

    if ics is not None:
        _write_due_calendar(ics, unit, within)
        return
    with open_office("read") as office:
        found = obligations(office, scope(office, unit), within_days=within)
        rows = [plain.obligation(row) for row in found]
        if why:
            book = rule_book(office)
            told = [[plain.near_miss(one) for one in nearly(office, row, book)] for row in found]
            rows = [row | {"nearly": near} for row, near in zip(rows, told, strict=True)]
    if why and not json:
        rows = [
            row | {"nearly": "; ".join(f"{one['name']}: {one['why']}" for one in row["nearly"])}
            for row in rows
        ]
    print_rows(rows, json)


def _write_due_calendar(path: Path, unit: str | None, within: int | None) -> None:
    from drillapp.core.rules.calendar_file import write_due_calendar

    with open_office("read") as office:
        count = write_due_calendar(office, path, scope(office, unit), within)
    print(_("{count} events written to {file}.").format(count=count, file=path))


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
    with open_office("read") as office:
        missing = write_report(office, name, output, unit_code=unit, number=number, progress=Bar())
    tell_missing(missing)
    tell_written(output)


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
    with open_office("read") as office:
        missing = write_cards(
            office, output, numbers=numbers or [], unit_code=unit, size=size, sector=sector, progress=Bar()
        )
    tell_missing(missing)
    tell_written(output)


@_command
def search(text: str, json: Json = False) -> None:
    """Find any record by Chinese, pinyin, initials or number, and sections of plans by any of their words."""
    from drillapp.core.search.queries import search as find

    with open_office("read") as office:
        rows = [plain.hit(row) for row in find(office, text)]
    print_rows(rows, json)


@_command
def check(json: Json = False) -> None:
    """Check file, references, balances, tree, cards and journal; exit code 1 if anything is wrong."""
    from drillapp.core.check import check as look_through

    with open_office("read") as office:
        result = look_through(office, Bar())
    if json:
        print_json(result)
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

    with open_office("read") as office:
        write_copy(office, file, Bar())
    tell_written(file)


@_command
def restore(file: Path) -> None:
    """Put a backup in the place of the office; what was there is kept beside it."""
    from drillapp.core.database.backup import restore as put_back

    put_back(file, Path(context.office))
    print(_("Restored {office} from {file}.").format(office=context.office, file=file))


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

    for path in take_pictures(context.office, context.as_of, out):
        print(path)
