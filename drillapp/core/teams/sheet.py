"""A team whole: everything that is kept about it and derived from it, as of the office's date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, Listing, View, keys, rows
from drillapp.core.office import Office
from drillapp.core.teams.evidence import TeamStandard, standard_of
from drillapp.core.teams.figures import duty_days
from drillapp.core.teams.queries import AGREEMENTS, EQUIPMENT, MEMBERS, TEAMS, TRAININGS, drills_of
from drillapp.core.teams.roster import DutyRow, roster
from drillapp.core.teams.rows import AgreementRow, EquipmentRow, MemberRow, TeamDrillRow, TeamRow, TrainingRow

_INNER = ("id", "unit_id", "team_id", "member_id", "revision", "unit_code", "unit_name", "team", "retired_on")


class TeamSheet(msgspec.Struct, frozen=True):
    """All of it; the roster is that of the days that standards look at."""

    team: TeamRow
    standard: TeamStandard | None
    members: tuple[MemberRow, ...]
    equipment: tuple[EquipmentRow, ...]
    duty: tuple[DutyRow, ...]
    agreements: tuple[AgreementRow, ...]
    trainings: tuple[TrainingRow, ...]
    drills: tuple[TeamDrillRow, ...]

    @property
    def plain(self) -> dict[str, Any]:
        """As a JSON document holds it, without keys of the database."""
        facts = _plain(self.team) | {"unit_code": self.team.unit_code, "unit_name": self.team.unit_name}
        lists = ("members", "equipment", "duty", "agreements", "trainings", "drills")
        clauses = () if self.standard is None else self.standard.clauses
        return facts | {"standard": list(clauses)} | {
            name: [_plain(row) for row in getattr(self, name)] for name in lists
        }  # fmt: skip

    def parts(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Its parts as tables, each with its title."""
        yield (
            self.team.name,
            [{name: value for name, value in _plain(self.team).items() if value is not None}],
        )
        clauses = () if self.standard is None else self.standard.clauses
        told = [
            {
                "clause": one.title,
                "state": enumerations.label("standard_state", one.state),
                "evidence": one.evidence,
            }
            for one in clauses
        ]
        yield _("Standard"), told
        yield _("Members"), [_plain(row) for row in self.members]
        yield _("Equipment"), [_plain(row) for row in self.equipment]
        yield _("Duty roster"), [_plain(row) for row in self.duty]
        yield _("Agreements"), [_plain(row) for row in self.agreements]
        yield _("Trainings"), [_plain(row) for row in self.trainings]
        yield _("Drills"), [_plain(row) for row in self.drills]


def team_sheet(office: Office, team_id: int) -> TeamSheet:
    """The sheet of a team."""
    [team] = rows(office, TEAMS, [team_id])
    last = office.as_of + timedelta(days=duty_days() - 1)
    return TeamSheet(
        team,
        standard_of(office, team_id),
        members_of(office, team_id),
        tuple(_of_team(office, EQUIPMENT, team_id)),
        tuple(roster(office, team_id, office.as_of, last)),
        tuple(_of_team(office, AGREEMENTS, team_id)),
        tuple(_of_team(office, TRAININGS, team_id)),
        tuple(drills_of(office, team_id)),
    )


def members_of(office: Office, team_id: int) -> tuple[MemberRow, ...]:
    """The members who are in the team, in the order of their entry."""
    return tuple(row for row in _of_team(office, MEMBERS, team_id) if row.state != "gone")


def _of_team(office: Office, listing: Listing, team_id: int) -> list[Any]:
    view = View(conditions=(Condition("team_id", "=", team_id),))
    return rows(office, listing, keys(office, listing, view))


def _plain(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__ if name not in _INNER}
