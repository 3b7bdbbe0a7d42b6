"""Commands on rescue teams: listed, shown, held against their standard, what lapses, members, equipment, trainings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import UNSET, UnsetType

from drillapp.commands.frame import (
    Json,
    UnitCode,
    code_of,
    commands_of,
    day_of,
    open_office,
    print_json,
    print_rows,
    print_structs,
    scope,
)
from drillapp.core import enumerations
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.office import Office

group = typer.Typer(
    name="team", help="Rescue teams: standard, members, equipment, duty, trainings.", no_args_is_help=True
)
_command = commands_of(group)

Name = Annotated[str, typer.Argument(metavar="TEAM", help="Name of the team.")]
Day = Annotated[str | None, typer.Option(help="Day YYYY-MM-DD.")]
Text = Annotated[str | None, typer.Option()]


def team_of(office: Office, name: str, unit: str | None) -> int:
    """The key of the team that is named, of a unit and those below it where one is given."""
    from drillapp.core.teams.references import team_named

    return team_named(office, name, scope(office, unit))


@_command
def list_(
    unit: UnitCode = None,
    kind: Annotated[str | None, typer.Option(help="A code or word of the kinds of team.")] = None,
    state: Annotated[str | None, typer.Option(help="met not_met no_data")] = None,
    json: Json = False,
) -> None:
    """Teams with whether they meet the standard of their kind."""
    from drillapp.core.listing import View, keys, rows
    from drillapp.core.teams.queries import TEAMS

    choices = {"kind": (code_of("team_kind", kind, "kind"),)} if kind else {}
    choices |= {"state": (code_of("standard_state", state, "state"),)} if state else {}
    with open_office("read") as office:
        view = View(unit_id=scope(office, unit), choices=choices)
        found = rows(office, TEAMS, keys(office, TEAMS, view))
    print_structs(found, json, "revision", "retired_on")


@_command
def show(team: Name, unit: UnitCode = None, json: Json = False) -> None:
    """A team whole: facts, standard, members, equipment, who is on duty, agreements, trainings, drills."""
    from drillapp.core.teams.sheet import team_sheet

    with open_office("read") as office:
        sheet = team_sheet(office, team_of(office, team, unit))
    if json:
        print_json(sheet.plain)
        return
    for title, rows in sheet.parts():
        print(f"\n# {title}")
        print_rows(rows, json=False)


@_command
def standard(
    team: Annotated[
        str | None, typer.Argument(metavar="[TEAM]", help="Name of a team; default: all.")
    ] = None,
    unit: UnitCode = None,
    json: Json = False,
) -> None:
    """Each clause of the standard of teams: met, not met or no data, and what was found."""
    from drillapp.core.teams.chosen import Chosen
    from drillapp.core.teams.evidence import standards

    with open_office("read") as office:
        key = team_of(office, team, unit) if team else None
        found = standards(office, Chosen(scope(office, unit), key))
    if json:
        print_json(found)
        return
    print_rows(
        [
            {
                "unit": one.unit_code, "team": one.team, "clause": clause.title,
                "state": enumerations.label("standard_state", clause.state),
                "counts": enumerations.label("yes_no", "yes" if clause.counts else "no"),
                "evidence": clause.evidence, "mark": clause.mark, "source": clause.source,
            }
            for one in found
            for clause in one.clauses
        ],
        json=False,
    )  # fmt: skip


@_command
def due(
    unit: UnitCode = None,
    within: Annotated[int, typer.Option(help="Days ahead.", min=0, max=90)] = 90,
    json: Json = False,
) -> None:
    """Insurance, qualifications, agreements and trainings that have lapsed or soon do."""
    from drillapp.core.teams.lapses import lapses

    with open_office("read") as office:
        found = lapses(office, scope(office, unit), within)
    print_structs(found, json)


@_command
def set_(
    team: Name,
    kind: Text = None,
    leader: Text = None,
    phone: Text = None,
    members: Annotated[int | None, typer.Option(help="How many, where they are not named.")] = None,
    station: Text = None,
    response_minutes: Annotated[int | None, typer.Option()] = None,
    insured_until: Day = None,
    storehouse: Annotated[str | None, typer.Option(help="Code of the storehouse of its equipment.")] = None,
    note: Text = None,
    unit: UnitCode = None,
) -> None:
    """Change facts of a team; an empty text clears one."""
    from drillapp.core.teams.commands import save_teams
    from drillapp.core.teams.entries import TeamEntry

    with open_office("write") as office:
        owner, name = _team_key(office, team, unit)
        entry = TeamEntry(
            unit_code=owner, name=name, kind=code_of("team_kind", kind, "kind") if kind else _said(kind),
            leader=_said(leader), phone=_said(phone), members=UNSET if members is None else members,
            station=_said(station), response_minutes=UNSET if response_minutes is None else response_minutes,
            insured_until=_day(insured_until, office), storehouse=_said(storehouse), note=_said(note),
        )  # fmt: skip
        _tell(save_teams(office, [entry]))


@_command
def member(
    team: Name,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who.")],
    role: Annotated[str | None, typer.Option(help="leader deputy member driver medic")] = None,
    phone: Text = None,
    qualification: Text = None,
    qualified_until: Day = None,
    insured_until: Day = None,
    joined: Day = None,
    left: Day = None,
    note: Text = None,
    unit: UnitCode = None,
) -> None:
    """Enter a member, or change what is known; an empty text clears it."""
    from drillapp.core.teams.commands import save_members
    from drillapp.core.teams.entries import MemberEntry

    with open_office("write") as office:
        owner, known = _team_key(office, team, unit)
        entry = MemberEntry(
            unit_code=owner, team=known, name=name, role=code_of("team_role", role, "role") if role else _said(role),
            phone=_said(phone), qualification=_said(qualification), qualified_until=_day(qualified_until, office),
            insured_until=_day(insured_until, office), joined_on=_day(joined, office), left_on=_day(left, office),
            note=_said(note),
        )  # fmt: skip
        _tell(save_members(office, [entry]))


@_command
def require(
    team: Name,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Code of the item.")],
    quantity: Annotated[float, typer.Argument(metavar="QUANTITY")],
    unit: UnitCode = None,
) -> None:
    """Say what a team must have of an item; 0: nothing any more."""
    from drillapp.core.teams import commands
    from drillapp.core.teams.entries import EquipmentEntry

    with open_office("write") as office:
        owner, known = _team_key(office, team, unit)
        entry = EquipmentEntry(unit_code=owner, team=known, item_code=item, quantity=quantity)
        if quantity:
            _tell(commands.require(office, entry))
        else:
            commands.withdraw(office, team_of(office, team, unit), item, office.as_of)
            print(_("Saved"))


@_command
def agreement(
    team: Name,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the agreement.")],
    partner: Annotated[str, typer.Option(help="With whom.")],
    about: Annotated[str | None, typer.Option("--scope", help="For what.")] = None,
    valid_from: Annotated[str | None, typer.Option("--from", help="Day YYYY-MM-DD.")] = None,
    valid_until: Annotated[str | None, typer.Option("--until", help="Day YYYY-MM-DD.")] = None,
    unit: UnitCode = None,
) -> None:
    """Enter an agreement of a team, or change it."""
    from drillapp.core.teams.commands import save_agreements
    from drillapp.core.teams.entries import AgreementEntry

    with open_office("write") as office:
        owner, known = _team_key(office, team, unit)
        entry = AgreementEntry(
            unit_code=owner, team=known, number=number, partner=partner, scope=_said(about),
            valid_from=_day(valid_from, office), valid_until=_day(valid_until, office),
        )  # fmt: skip
        _tell(save_agreements(office, [entry]))


@_command
def train(
    team: Name,
    subject: Annotated[str, typer.Option(help="What was trained.")],
    on: Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")] = None,
    hours: Annotated[float | None, typer.Option()] = None,
    attended: Annotated[int | None, typer.Option(help="How many took part.")] = None,
    trainer: Text = None,
    note: Text = None,
    unit: UnitCode = None,
) -> None:
    """Enter a training of a team."""
    from drillapp.core.teams.commands import save_trainings
    from drillapp.core.teams.entries import TrainingEntry

    with open_office("write") as office:
        owner, known = _team_key(office, team, unit)
        entry = TrainingEntry(
            unit_code=owner, team=known, held_on=day_of(on, office), subject=subject,
            hours=UNSET if hours is None else hours, attended=UNSET if attended is None else attended,
            trainer=_said(trainer), note=_said(note),
        )  # fmt: skip
        _tell(save_trainings(office, [entry]))


def _team_key(office: Office, name: str, unit: str | None) -> tuple[str, str]:
    """By which code of its unit and which name entries know a team."""
    from drillapp.core.listing import rows
    from drillapp.core.teams.queries import TEAMS

    [row] = rows(office, TEAMS, [team_of(office, name, unit)])
    return row.unit_code, row.name


def _said(text: str | None) -> str | None | UnsetType:
    return UNSET if text is None else text or None


def _day(text: str | None, office: Office) -> date | None | UnsetType:
    if text is None:
        return UNSET
    return day_of(text, office) if text else None


def _tell(saved: Any) -> None:
    print(_("Saved") if saved.created or saved.updated else _("Nothing was changed"))
