"""Who takes part in a drill, as an inject may be addressed."""

from __future__ import annotations

from sqlalchemy import CompoundSelect, Connection, select, union_all

from drillapp.core.drills.record.model import DrillParty, DrillPerson
from drillapp.core.office import Office
from drillapp.core.resources import load_toml
from drillapp.core.teams.model import Team
from drillapp.core.units.model import Unit


def names_taking_part(office: Office, drill_id: int) -> set[str]:
    """The names of units, teams and people of a drill, their posts and the roles there are; empty when nobody is named."""
    with office.read() as connection:
        return _names(connection, drill_id)


def _names(connection: Connection, drill_id: int) -> set[str]:
    statement: CompoundSelect[str | None] = union_all(
        select(Unit.name)
        .join(DrillParty, DrillParty.unit_id == Unit.id)
        .where(DrillParty.drill_id == drill_id),
        select(Team.name)
        .join(DrillParty, DrillParty.team_id == Team.id)
        .where(DrillParty.drill_id == drill_id),
        select(DrillParty.name).where(DrillParty.drill_id == drill_id),
        select(DrillPerson.name).where(DrillPerson.drill_id == drill_id),
        select(DrillPerson.organisation).where(DrillPerson.drill_id == drill_id),
        select(DrillPerson.post).where(DrillPerson.drill_id == drill_id),
    )
    names = {name for name in connection.execute(statement).scalars() if name}
    if not names:
        return names
    roles = (
        word
        for entry in load_toml("enumerations.toml")["drill_role"].values()
        for word in (entry["zh"], entry["en"], *entry.get("also", ()))
    )
    return {*names, *roles}
