"""Commands on drills reported upward: which are due, the steps of a report, how reliably units report."""

from __future__ import annotations

from typing import Annotated

import typer

from drillapp.commands.frame import (
    Json,
    UnitCode,
    code_of,
    commands_of,
    day_of,
    open_office,
    print_rows,
    print_structs,
    scope,
)
from drillapp.core import enumerations
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

group = typer.Typer(name="drill-report", help="Drills reported upward.", no_args_is_help=True)
_command = commands_of(group)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the drill.")]
On = Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")]
Note = Annotated[str, typer.Option(help="A remark.")]


@_command
def list_(
    unit: UnitCode = None,
    state: Annotated[str | None, typer.Option(help="not_asked due late reported returned accepted")] = None,
    missing: Annotated[
        str | None, typer.Option(help="Files lacking: plan sign_in log photo evaluation summary")
    ] = None,
    json: Json = False,
) -> None:
    """Drills that ended, by when they are to be reported, how far their report is, what their files lack."""
    from drillapp.core.drills.reporting.queries import DRILL_REPORTS
    from drillapp.core.listing import View, keys, rows

    said = (("state", "report_state", state), ("missing", "report_paper", missing))
    choices = {name: (code_of(enumeration, word),) for name, enumeration, word in said if word}
    with open_office("read") as office:
        view = View(unit_id=scope(office, unit), choices=choices)
        found = rows(office, DRILL_REPORTS, keys(office, DRILL_REPORTS, view))
    print_structs(found, json)


@_command
def report(
    number: Number,
    to: Annotated[str, typer.Option(help="To whom its papers were handed.")],
    document: Annotated[str, typer.Option(help="Number of the letter with it.")] = "",
    note: Note = "",
    on: On = None,
) -> None:
    """Note that a drill's papers were handed up, the first time or again after a return."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.reporting import commands

    with open_office("write") as office:
        day = day_of(on, office)
        commands.report(office, drill_named(office, number), day=day, to=to, document=document, note=note)
    _tell(number, "reported")


@_command
def return_(
    number: Number,
    by: Annotated[str, typer.Option(help="Who returned it.")],
    note: Annotated[str, typer.Option(help="What is to be mended.")],
    on: On = None,
) -> None:
    """Note that a report came back with comments."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.reporting.commands import return_report

    with open_office("write") as office:
        return_report(office, drill_named(office, number), day=day_of(on, office), who=by, note=note)
    _tell(number, "returned")


@_command
def accept(
    number: Number, by: Annotated[str, typer.Option(help="Who accepted it.")], note: Note = "", on: On = None
) -> None:
    """Note that a report was accepted."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.reporting.commands import accept_report

    with open_office("write") as office:
        accept_report(office, drill_named(office, number), day=day_of(on, office), who=by, note=note)
    _tell(number, "accepted")


@_command
def steps(number: Number, json: Json = False) -> None:
    """The way of a drill's report, step by step."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.reporting.queries import report_steps

    with open_office("read") as office:
        found = report_steps(office, drill_named(office, number))
    print_structs(found, json)


@_command
def rates(
    period: Annotated[
        str | None, typer.Argument(help="2026, 2026-H1 or 2026-Q3; default: the date's year.")
    ] = None,
    unit: UnitCode = None,
    json: Json = False,
) -> None:
    """Reports expected, received and in time, of a unit and each one directly below it."""
    from drillapp.core.drills.reporting.periods import Period, read_period
    from drillapp.core.drills.reporting.queries import reporting_rates

    with open_office("read") as office:
        chosen = read_period(period) if period else Period(office.as_of.year)
        found = reporting_rates(office, scope(office, unit) or office.unit_id, chosen.begin, chosen.end)
    rows = [
        {
            "unit": one.unit, "unit_name": one.unit_name, "expected": one.expected, "received": one.received,
            "on_time": one.on_time, "received_rate": one.received_rate, "on_time_rate": one.on_time_rate,
        }
        for one in found
    ]  # fmt: skip
    print_rows(rows, json)


@_command
def days(
    rule: Annotated[str | None, typer.Argument(help="A rule, as the list without arguments has it.")] = None,
    count: Annotated[int | None, typer.Argument(help="Its working days in this office.")] = None,
    json: Json = False,
) -> None:
    """The rules on reporting with their working days; or set those of one."""
    from drillapp.core.drills.reporting.rules import report_rules, set_report_days

    if rule is not None and count is None:
        raise InvalidInput(_("Say how many working days."), field="days")
    with open_office("read" if rule is None else "write") as office:
        if rule is not None and count is not None:
            set_report_days(office, rule, count)
        found = report_rules(office)
    rows = [
        {"rule": one.id, "title": one.title, "days": one.days, "article": one.article, "mark": one.mark}
        for one in found
    ]
    print_rows(rows, json)


@_command
def signs(number: Number, json: Json = False) -> None:
    """Signs that a drill was rehearsed: for the reviewer, never counted."""
    from drillapp.core.drills.naming import drill_named
    from drillapp.core.drills.rehearsed import rehearsal_signs

    with open_office("read") as office:
        found = rehearsal_signs(office, drill_named(office, number))
    print_rows([{"sign": one.name, "text": one.text, "evidence": list(one.evidence)} for one in found], json)


def _tell(number: str, step: str) -> None:
    print(
        _("The drill {number}: {step}.").format(number=number, step=enumerations.label("report_step", step))
    )
