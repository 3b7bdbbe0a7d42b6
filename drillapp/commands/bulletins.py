"""Commands on readiness bulletins."""

from __future__ import annotations

from typing import Annotated

import typer

from drillapp.commands.frame import (
    Bar,
    Json,
    Output,
    UnitCode,
    commands_of,
    day_of,
    one_unit,
    open_office,
    print_json,
    print_listing,
    print_rows,
    tell_written,
)
from drillapp.core.i18n import _

group = typer.Typer(
    name="bulletin", help="Readiness bulletins: issued, withdrawn, worked out again.", no_args_is_help=True
)
_command = commands_of(group)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the bulletin.")]


@_command
def list_(unit: UnitCode = None, json: Json = False) -> None:
    """The bulletins that were issued, the latest first."""
    from drillapp.core.readiness.bulletins.queries import BULLETINS

    print_listing(BULLETINS, unit, json)


@_command
def issue(
    unit: UnitCode = None,
    on: Annotated[
        str | None, typer.Option("--on", help="Day YYYY-MM-DD of its figures; default: the date.")
    ] = None,
    compare: Annotated[str | None, typer.Option(help="Earlier day YYYY-MM-DD to compare with.")] = None,
    title: Annotated[str, typer.Option(help="Default: its name and the unit's.")] = "",
    version: Annotated[
        str | None, typer.Option(help="Version of the formula; default: the one in use.")
    ] = None,
    json: Json = False,
) -> None:
    """Issue a bulletin of a unit: its figures and its PDF are kept."""
    from drillapp.core.readiness.bulletins.rows import BulletinEntry
    from drillapp.core.reports.bulletin_issue import issue as issue_with_paper

    with open_office("write") as office:
        chosen = one_unit(office, unit)
        earlier = None if compare is None else day_of(compare, office)
        entry = BulletinEntry(chosen, day_of(on, office), earlier, title, version)
        issued = issue_with_paper(office, entry, Bar())
    if json:
        print_json({"number": issued.number})
    else:
        print(_("Issued as {number}.").format(number=issued.number))


@_command
def withdraw(
    number: Number,
    on: Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")] = None,
) -> None:
    """Withdraw a bulletin; it stays in the list of those withdrawn, and its number is not given again."""
    from drillapp.core.readiness.bulletins.commands import withdraw_bulletin
    from drillapp.core.readiness.bulletins.queries import bulletin_named

    with open_office("write") as office:
        withdraw_bulletin(office, bulletin_named(office, number).id, day_of(on, office))
    print(_("Withdrawn: {number}").format(number=number))


@_command
def recompute(number: Number, json: Json = False) -> None:
    """The units whose figures would be others today, by the same formula for the same day: facts came in later."""
    from drillapp.core.readiness.bulletins.queries import bulletin_named, recomputed
    from drillapp.core.readiness.plainly import recomputed_plainly

    with open_office("read") as office:
        rows = recomputed_plainly(recomputed(office, bulletin_named(office, number).id))
    print_rows(rows, json)


@_command
def paper(number: Number, output: Output) -> None:
    """Write the PDF of a bulletin as it was issued."""
    from drillapp.core.files import write_whole
    from drillapp.core.readiness.bulletins.queries import bulletin_content, bulletin_named

    with open_office("read") as office:
        write_whole(output, bulletin_content(office, bulletin_named(office, number).id))
    tell_written(output)
