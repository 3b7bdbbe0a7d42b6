"""Commands on the duty rosters of teams: shown, filled, copied from week to week, filled by rotation."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from drillapp.commands.frame import (
    Json,
    UnitCode,
    code_of,
    commands_of,
    day_of,
    open_office,
    print_structs,
    scope,
)
from drillapp.commands.teams import Name, team_of
from drillapp.commands.teams import group as group  # its commands are in two files
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.office import Office
    from drillapp.core.teams.duty import DutyDone
    from drillapp.core.teams.shifts import Slot

_command = commands_of(group)

Members = Annotated[list[str], typer.Argument(metavar="MEMBER…", help="Names of members of the team.")]
First = Annotated[str | None, typer.Option("--from", help="First day YYYY-MM-DD; default: the date.")]
Last = Annotated[str | None, typer.Option("--to", help="Last day YYYY-MM-DD; default: the first.")]
Shift = Annotated[str, typer.Option(help="day night whole")]
Replace = Annotated[bool, typer.Option("--replace", help="Take off who is on duty then.")]


@_command
def roster(
    team: Name,
    first: First = None,
    days: Annotated[int, typer.Option(help="How many days.", min=1, max=366)] = 7,
    unit: UnitCode = None,
    json: Json = False,
) -> None:
    """Who of a team is on duty, day by day, and what speaks against it."""
    from drillapp.core.teams.roster import roster as read

    with open_office("read") as office:
        begin = day_of(first, office)
        found = read(office, team_of(office, team, unit), begin, begin + timedelta(days=days - 1))
    print_structs(found, json)


@_command
def on_duty(unit: UnitCode = None, on: First = None, json: Json = False) -> None:
    """Who is on duty on a day, in all teams of a unit and those below it."""
    from drillapp.core.listing import Condition, View, keys, rows
    from drillapp.core.teams.queries import DUTY

    with open_office("read") as office:
        view = View(unit_id=scope(office, unit), conditions=(Condition("day", "=", day_of(on, office)),))
        found = rows(office, DUTY, keys(office, DUTY, view))
    print_structs(found, json, "revision")


@_command
def assign(
    team: Name,
    members: Members,
    shift: Shift,
    first: First = None,
    last: Last = None,
    lead: Annotated[bool, typer.Option("--lead", help="The first of them leads.")] = False,
    unit: UnitCode = None,
) -> None:
    """Put members on duty, on one day or each day of several."""
    from drillapp.core.teams.duty import change_duty
    from drillapp.core.teams.shifts import DutyLine

    with open_office("write") as office:
        key, slots = _slots(office, team, members, shift, (first, last), unit)
        leader = slots[0].member_id if lead else None
        lines = [DutyLine(slot.day, slot.shift, slot.member_id, slot.member_id == leader) for slot in slots]
        _tell(change_duty(office, key, lines))


@_command
def unassign(
    team: Name, members: Members, shift: Shift, first: First = None, last: Last = None, unit: UnitCode = None
) -> None:
    """Take members off duty."""
    from drillapp.core.teams.duty import change_duty

    with open_office("write") as office:
        key, slots = _slots(office, team, members, shift, (first, last), unit)
        _tell(change_duty(office, key, (), slots))


@_command
def copy_week(
    team: Name,
    source: Annotated[str, typer.Option("--from", help="A day of the week to copy.")],
    target: Annotated[str, typer.Option("--to", help="A day of the week to fill.")],
    replace: Replace = False,
    unit: UnitCode = None,
) -> None:
    """Fill a week as another was."""
    from drillapp.core.teams.duty import copy_week as copy

    with open_office("write") as office:
        days = day_of(source, office), day_of(target, office)
        _tell(copy(office, team_of(office, team, unit), *days, replace=replace))


@_command
def rotate(
    team: Name,
    size: Annotated[int, typer.Option(help="Members in each shift.", min=1)],
    last: Annotated[str, typer.Option("--to", help="Last day YYYY-MM-DD.")],
    first: First = None,
    shifts: Annotated[str, typer.Option(help="whole, or day,night, or one of them.")] = "whole",
    member: Annotated[list[str] | None, typer.Option(help="Who, in turn; default: all.")] = None,
    replace: Replace = False,
    unit: UnitCode = None,
) -> None:
    """Fill a stretch of days with groups in turn."""
    from drillapp.core.teams.duty import rotate as fill
    from drillapp.core.teams.shifts import Rotation

    codes = tuple(code_of("duty_shift", part.strip(), "shifts") for part in shifts.split(","))
    with open_office("write") as office:
        key = team_of(office, team, unit)
        rotation = Rotation(day_of(first, office), day_of(last, office), codes, size)
        ids = _member_ids(office, key, member) if member else []
        _tell(fill(office, key, rotation, ids, replace=replace))


def _slots(
    office: Office,
    team: str,
    members: Sequence[str],
    shift: str,
    days: tuple[str | None, str | None],
    unit: str | None,
) -> tuple[int, list[Slot]]:
    """The team's key, and each member in that shift of each day."""
    from drillapp.core.teams.shifts import Slot, days_between

    key, shift_code = team_of(office, team, unit), code_of("duty_shift", shift, "shift")
    first = day_of(days[0], office)
    last = day_of(days[1], office) if days[1] else first
    ids = _member_ids(office, key, members)
    if last < first:
        raise InvalidInput(_("The last day lies before the first."), field="to")
    return key, [Slot(day, shift_code, member) for day in days_between(first, last) for member in ids]


def _member_ids(office: Office, team: int, names: Sequence[str]) -> list[int]:
    from drillapp.core.teams.roster import hands_of

    with office.read() as connection:
        known = {hand.name: hand.id for hand in hands_of(connection, team).values()}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InvalidInput(
            _("The team has no member '{name}'.").format(name=unknown[0]),
            _("There are: {names}").format(names=" ".join(known)),
            field="member",
        )
    return [known[name] for name in names]


def _tell(done: DutyDone) -> None:
    print(_("{put} put on duty, {off} taken off.").format(put=done.put, off=done.off))
    for warning in done.warnings:
        print(warning.words, file=sys.stderr)
