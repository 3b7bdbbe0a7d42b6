"""Rescue teams belong to a unit and have a name there."""

from __future__ import annotations

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.teams.commands import save_teams
from drillapp.core.teams.entries import TeamEntry
from drillapp.core.teams.queries import TEAMS
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

OWN = "110102"


def test_teams_are_kept_by_unit_and_name(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲", parent_code=OWN)])
    team = TeamEntry(unit_code="A", name="抢险队", kind="part_time", leader="王芳", phone="010-1", members=12)
    other = TeamEntry(unit_code=OWN, name="抢险队")
    assert save_teams(office, [team, other]).created == 2
    assert save_teams(office, [team, other]).unchanged == 2
    assert save_teams(office, [TeamEntry(unit_code="A", name="抢险队", members=15)]).updated == 1
    [_own, found] = first_rows(office, TEAMS, View(unit_id=office.unit_id), 10)
    assert (found.unit_name, found.kind, found.leader, found.phone, found.members) == (
        "甲", "part_time", "王芳", "010-1", 15,
    )  # fmt: skip


def test_what_cannot_be_is_refused(office: Office) -> None:
    with pytest.raises(InvalidInput) as refusal:
        save_teams(office, [TeamEntry(unit_code="X", name="", kind="x", members=-1)])
    assert {problem.field for problem in refusal.value.problems} == {"unit_code", "name", "kind", "members"}
