"""What can be asked about rescue teams."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select

from drillapp.core.database.base import AnySelect
from drillapp.core.listing import Column, Listing
from drillapp.core.teams.model import Team
from drillapp.core.units.model import Unit


class TeamRow(msgspec.Struct, frozen=True):
    """A rescue team in a list."""

    id: int
    unit_id: int
    revision: int
    unit_code: str
    unit_name: str
    name: str
    kind: str | None
    leader: str | None
    phone: str | None
    members: int | None
    retired_on: date | None


def _teams(as_of: date) -> AnySelect:
    return select(
        Team.id, Team.unit_id, Team.revision, Unit.code.label("unit_code"), Unit.name.label("unit_name"), Team.name,
        Team.kind, Team.leader, Team.phone, Team.members, Team.retired_on,
    ).join(Unit, Unit.id == Team.unit_id)  # fmt: skip


TEAMS = Listing(
    "teams",
    TeamRow,
    (
        Column("name", "Team name", width=200),
        Column("unit_name", "Unit", width=200),
        Column("kind", "Kind", "choice", 110, "team_kind"),
        Column("leader", "Leader", width=100),
        Column("phone", "Phone", width=140),
        Column("members", "Members", "number", 80),
    ),
    _teams,
    searched=("name", "leader", "unit_name"),
    sort=(("unit_code", False), ("name", False)),
)
