"""The command on how ready units are: figures, trend, why, what would help, what moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.commands.frame import (
    Bar,
    Json,
    UnitCode,
    day_of,
    one_unit,
    open_office,
    print_json,
    print_rows,
    print_table,
    scope,
    tell_written,
)
from drillapp.core import plain
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.office import Office

_DETAILS = ("indicators", "duties", "rows", "rules", "plan_kinds", "hazards")


def readiness(
    unit: UnitCode = None,
    trend: Annotated[int | None, typer.Option(help="By month end over so many months.", min=1)] = None,
    on: Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")] = None,
    version: Annotated[
        str | None, typer.Option(help="Version of the formula; default: the one in use.")
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="The arithmetic behind the unit's score.")] = False,
    advice: Annotated[
        int | None, typer.Option(help="So many actions that bring the unit most for their effort.", min=1)
    ] = None,
    compare: Annotated[
        str | None, typer.Option(help="Earlier day YYYY-MM-DD: what moved since, and by how many points.")
    ] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Write the figures as a workbook.")] = None,
    json: Json = False,
) -> None:
    """How ready units are, with the evidence; of one unit why, what would help most, and what moved."""
    if sum((trend is not None, why, advice is not None, compare is not None, xlsx is not None)) > 1:
        raise typer.BadParameter("--trend, --why, --advice, --compare, --xlsx: one at a time")
    if (trend is not None or advice is not None) and (on is not None or version is not None):
        raise typer.BadParameter("--trend and --advice are of the date (--as-of) and of the formula in use")
    with open_office("read") as office:
        day = day_of(on, office)
        if trend is not None:
            _print_trend(office, unit, trend, json)
        elif why:
            _print_why(office, unit, day, version, json)
        elif advice is not None:
            _print_advice(office, unit, advice, json)
        elif compare is not None:
            _print_compared(office, unit, day_of(compare, office), day, version, json)
        elif xlsx is not None:
            _write_workbook(office, unit, day, version, xlsx)
        else:
            _print_all(office, unit, day, version, json)


def _print_all(office: Office, unit: str | None, day: date, version: str | None, json: bool) -> None:
    from drillapp.core.readiness import queries

    wanted = scope(office, unit)
    found = queries.readiness(office, wanted, day, version)
    rows = plain.readiness(office, found, wanted, evidence=json, on=day, version=version)
    print_rows(rows if json else _without_details(rows), json)


def _print_trend(office: Office, unit: str | None, months: int, json: bool) -> None:
    from drillapp.core.readiness.months import trend as by_month

    chosen = scope(office, unit) or office.unit_id
    points = by_month(office, chosen, months, Bar()) if chosen is not None else []
    rows = [plain.trend_point(point) for point in points]
    print_rows(rows if json else _without_details(rows), json)


def _print_why(office: Office, unit: str | None, day: date, version: str | None, json: bool) -> None:
    from drillapp.core.readiness.plainly import why_plainly
    from drillapp.core.readiness.why import why

    told = why_plainly(why(office, one_unit(office, unit), day, version))
    if json:
        print_json(told)
        return
    for line in told["words"]:
        print(line)


def _print_advice(office: Office, unit: str | None, most: int, json: bool) -> None:
    from drillapp.core.readiness.advice import advice
    from drillapp.core.readiness.plainly import action_plainly

    rows = [action_plainly(action) for action in advice(office, one_unit(office, unit), most)]
    print_rows(rows if json else _without_details(rows), json)


def _print_compared(
    office: Office, unit: str | None, before: date, after: date, version: str | None, json: bool
) -> None:
    from drillapp.core.readiness.compared import compared
    from drillapp.core.readiness.plainly import compared_plainly

    if before >= after:
        raise InvalidInput(_("Figures are compared with those of an earlier day."), field="compare")
    told = compared_plainly(compared(office, one_unit(office, unit), before, after, version, Bar()))
    if json:
        print_json(told)
        return
    pairs = (told["whole"], *told["below"])
    print_table(
        [
            {"unit": pair["unit"], "unit_name": pair["unit_name"]}
            | {
                f"{name}_{when}": (pair[when] or {}).get(name)
                for when in ("before", "after")
                for name in ("score", "grade")
            }
            for pair in pairs
        ]
    )
    print()
    print_table(_without_details(told["moved"]))


def _write_workbook(office: Office, unit: str | None, day: date, version: str | None, path: Path) -> None:
    from drillapp.core.reports.readiness_workbook import write_readiness_workbook

    write_readiness_workbook(office, path, scope(office, unit), on=day, version=version, progress=Bar())
    tell_written(path)


def _without_details(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What fits in a table."""
    return [{name: row[name] for name in row if name not in _DETAILS} for row in rows]
