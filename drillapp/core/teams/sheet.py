"""A team whole: everything that is kept about it and derived from it, as of the office's date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import msgspec

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, Listing, View, keys, rows
from drillapp.core.office import Office
from drillapp.core.teams.chosen import Chosen
from drillapp.core.teams.evidence import TeamStandard, standards
from drillapp.core.teams.figures import duty_days
from drillapp.core.teams.queries import AGREEMENTS, EQUIPMENT, MEMBERS, TEAMS, TRAININGS, drills_of
from drillapp.core.teams.roster import DutyRow, duty_of
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
        yield _("Members of the team"), [_plain(row) for row in self.members]
        yield _("Equipment"), [_plain(row) for row in self.equipment]
        yield _("Duty roster"), [_plain(row) for row in self.duty]
        yield _("Agreements"), [_plain(row) for row in self.agreements]
        yield _("Trainings"), [_plain(row) for row in self.trainings]
        yield _("Drills"), [_plain(row) for row in self.drills]


def team_sheet(office: Office, team_id: int) -> TeamSheet:
    """The sheet of a team."""
    [found] = team_sheets(office, Chosen(team_id=team_id))
    return found


def team_sheets(office: Office, chosen: Chosen) -> list[TeamSheet]:
    """The sheets of all teams chosen, in the order of units and names: as many questions for one as for all."""
    last = office.as_of + timedelta(days=duty_days() - 1)
    teams = teams_of(office, chosen)
    standard = {one.team_id: one for one in standards(office, chosen)}
    members = _by_team(row for row in _chosen(office, MEMBERS, chosen) if row.state != "gone")
    equipment, agreements, trainings = (
        _by_team(_chosen(office, listing, chosen)) for listing in (EQUIPMENT, AGREEMENTS, TRAININGS)
    )
    duty, drills = _by_team(duty_of(office, chosen, office.as_of, last)), _by_team(drills_of(office, chosen))
    return [
        TeamSheet(
            team, standard.get(team.id), tuple(members[team.id]), tuple(equipment[team.id]), tuple(duty[team.id]),
            tuple(agreements[team.id]), tuple(trainings[team.id]), tuple(drills[team.id]),
        )
        for team in teams
    ]  # fmt: skip


def teams_of(office: Office, chosen: Chosen) -> list[TeamRow]:
    """The teams chosen, in the order of units and names; those out of use only where they are named."""
    return _chosen(office, TEAMS, chosen, "id")


def _chosen(office: Office, listing: Listing, chosen: Chosen, column: str = "team_id") -> list[Any]:
    only = () if chosen.team_id is None else (Condition(column, "=", chosen.team_id),)
    retired = chosen.team_id is not None and listing is TEAMS
    view = View(unit_id=chosen.unit_id, conditions=only, retired=retired)
    return rows(office, listing, keys(office, listing, view))


def _by_team(found: Iterable[Any]) -> dict[int, list[Any]]:
    by: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        by[row.team_id].append(row)
    return by


def _plain(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__ if name not in _INNER}
