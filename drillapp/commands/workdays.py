"""Commands on the calendar of working days."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drillapp.commands.frame import Json, commands_of, day_of, open_office, print_rows
from drillapp.core.i18n import _

group = typer.Typer(name="workdays", help="Holidays and working days.", no_args_is_help=True)
_command = commands_of(group)


@_command
def import_(file: Path) -> None:
    """Take over a year's holidays and moved working days: JSON of holiday-cn, or CSV with date, name, day off."""
    from drillapp.core.workdays.importing import import_days

    with open_office("write") as office:
        import_days(office, file)
    print(_("The working days of '{file}' are taken over.").format(file=file.name))


@_command
def after(
    day: Annotated[str, typer.Argument(help="YYYY-MM-DD; it does not count itself.")],
    count: Annotated[int, typer.Argument(min=1, max=1000)],
    json: Json = False,
) -> None:
    """The day so many working days after a day; estimated in a year that is not announced yet."""
    from drillapp.core.workdays.calendar import add_working_days

    with open_office("read") as office:
        due = add_working_days(office, day_of(day, office), count)
    print_rows([{"day": due.day, "is_estimated": due.is_estimated}], json)
