"""Commands on who takes part in drills: units against their head count, people, those who never did."""

from __future__ import annotations

from typing import Annotated

import typer

from drillapp.commands.frame import (
    Json,
    Output,
    UnitCode,
    commands_of,
    open_office,
    print_rows,
    print_structs,
    scope,
    tell_written,
)

group = typer.Typer(name="participation", help="Who takes part in drills.", no_args_is_help=True)
_command = commands_of(group)

Year = Annotated[int | None, typer.Option(min=1900, max=2200, help="Default: the date's year.")]
Never = Annotated[bool, typer.Option("--never", help="Only those who never took part in any year.")]


@_command
def units(unit: UnitCode = None, year: Year = None, json: Json = False) -> None:
    """Drills and attendances of each unit in a year, against its head count."""
    from drillapp.core.drills.participation import participation

    with open_office("read") as office:
        found = participation(office, scope(office, unit), year or office.as_of.year)
    rows = [
        {
            "unit": one.unit, "unit_name": one.unit_name, "drills": one.drills, "attendances": one.attendances,
            "headcount": one.headcount, "per_head": one.per_head, "people": one.people,
            "people_taking_part": one.people_taking_part,
        }
        for one in found
    ]  # fmt: skip
    print_rows(rows, json)


@_command
def people(unit: UnitCode = None, year: Year = None, never: Never = False, json: Json = False) -> None:
    """How often each person took part in a year, those who did least first."""
    from drillapp.core.drills.participation import people_taking_part

    with open_office("read") as office:
        chosen = year or office.as_of.year
        found = people_taking_part(office, scope(office, unit), chosen, never_only=never)
    print_structs(found, json)


@_command
def export(
    output: Output,
    unit: UnitCode = None,
    year: Year = None,
    by_person: Annotated[bool, typer.Option("--people", help="A row for each person, not unit.")] = False,
    never: Never = False,
) -> None:
    """Write the units, or with --people the people, to .xlsx or .csv."""
    from drillapp.core.ledgers.participation_sheets import export_participation, export_people_taking_part

    with open_office("read") as office:
        unit_id, chosen = scope(office, unit), year or office.as_of.year
        if by_person or never:
            export_people_taking_part(office, unit_id, chosen, output, never_only=never)
        else:
            export_participation(office, unit_id, chosen, output)
    tell_written(output)
