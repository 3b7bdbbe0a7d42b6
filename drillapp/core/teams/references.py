"""Names of teams and of their members turned into keys."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from msgspec import UNSET
from sqlalchemy import select

from drillapp.core.batch import Batch
from drillapp.core.database.base import narrowed, still
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.teams.model import Team, TeamMember
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope, look_up_units


def look_up_teams(batch: Batch) -> None:
    """Turn unit and team name of a batch into keys under `team_id`; unknown ones are refused."""
    look_up_units(batch)
    units = batch.columns.pop("unit_id")
    names = batch.codes_of("team")
    statement = select(Team.unit_id, Team.name, Team.id).where(Team.owner_id == batch.owner_id)
    rows = batch.connection.execute(narrowed(statement, Team.name, names))
    known = {(row.unit_id, row.name): row.id for row in rows}
    keys: list[Any] = []
    for i, (unit, name) in enumerate(zip(units, batch.given["team"], strict=True)):
        key = known.get((unit, name))
        if key is None and i not in batch.refused:
            code = batch.given["unit_code"][i]
            batch.refuse(i, "team", _("The unit {unit} has no team '{team}'.").format(unit=code, team=name))
        keys.append(key)
    batch.columns["team_id"] = keys


def look_up_members(batch: Batch) -> None:
    """Turn the members' names of a batch into keys under `member_id`; unknown ones are refused. After the teams."""
    teams = batch.columns["team_id"]
    known = members_named(batch, {key for key in teams if key is not None})
    keys: list[Any] = []
    for i, (team, name) in enumerate(zip(teams, batch.given["member"], strict=True)):
        key = known.get((team, name))
        if key is None and team is not None:
            batch.refuse(
                i, "member", _("The team '{team}' has no member '{name}'.").format(
                    team=batch.given["team"][i], name=name
                )
            )  # fmt: skip
        keys.append(key)
    batch.columns["member_id"] = keys


def members_named(batch: Batch, teams: Collection[int]) -> dict[tuple[int, str], int]:
    """The keys of all members of these teams by team and name."""
    statement = select(TeamMember.team_id, TeamMember.name, TeamMember.id)
    rows = batch.connection.execute(narrowed(statement, TeamMember.team_id, teams))
    return {(row.team_id, row.name): row.id for row in rows}


def team_named(office: Office, name: str, unit_id: int | None = None) -> int:
    """The team with a name, in use, of a unit, or else of those below it; raises NotFound, InvalidInput for several."""
    statement = (
        select(Team.id, Team.unit_id, Unit.code)
        .join(Unit, Unit.id == Team.unit_id)
        .where(Team.name == name, still(Team.retired_on, office.as_of), in_scope(Team.unit_id, unit_id))
        .order_by(Unit.code)
    )
    with office.read() as connection:
        found = connection.execute(statement).all()
    found = [row for row in found if row.unit_id == unit_id] or list(found)
    if not found:
        raise NotFound(
            _("There is no team '{name}'.").format(name=name),
            _("'drillapp team list' shows the teams there are."),
        )
    if len(found) > 1:
        raise InvalidInput(
            _("Several units have a team '{name}'.").format(name=name),
            _("Name the unit too: {codes}").format(codes=" ".join(row.code for row in found)),
            field="unit",
        )
    key: int = found[0].id
    return key


def given(value: Any) -> bool:
    """Whether an entry says something at all."""
    return value is not None and value is not UNSET
