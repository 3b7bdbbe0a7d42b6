"""What is asked of rescue teams: that a key unit has one or what may stand for it, and that each is up to its standard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.readiness.queries import readiness
from drillapp.core.retiring import retire
from drillapp.core.rules.queries import obligations
from drillapp.core.teams.commands import save_agreements, save_members, save_teams
from drillapp.core.teams.duty import rotate
from drillapp.core.teams.entries import AgreementEntry, MemberEntry, TeamEntry
from drillapp.core.teams.evidence import standards
from drillapp.core.teams.shifts import Rotation
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.references import unit_id
from tests.core.teams.brigade import OWN, STATION, TODAY, make_station, team_id


@pytest.fixture(autouse=True)
def units(office: Office) -> None:
    save_units(office, [
        UnitEntry(code="E", name="商场", kind="enterprise", parent_code=OWN, high_risk=True),
        UnitEntry(code="F", name="书店", kind="enterprise", parent_code=OWN),
        UnitEntry(code="H", name="医院", kind="hospital", parent_code=OWN, high_risk=True),
        UnitEntry(code="N", name="新店", kind="site", parent_code=OWN, high_risk=True, valid_from=TODAY),
    ])  # fmt: skip


def told(
    office: Office, settled_by: Settlement, day: date = TODAY
) -> list[tuple[str, str, str, str, list[str]]]:
    rows = obligations(office, settled_by=(settled_by,), on=day)
    return [(row.unit, row.subject_kind, row.subject, row.state, row.evidence) for row in rows]


def test_a_key_unit_without_any_team_is_not_known_to_have_none(office: Office) -> None:
    assert told(office, "team_standing", TODAY - timedelta(1)) == [("E", "units", "商场", "no_data", [])]
    assert [row[:1] + row[3:4] for row in told(office, "team_standing")] == [
        ("E", "no_data"),
        ("N", "no_data"),
    ]


def test_a_team_in_use_is_enough_until_it_is_disbanded(office: Office) -> None:
    save_teams(office, [TeamEntry(unit_code="E", name="义务消防队", kind="volunteer")])
    retire(office, "teams", [team_id(office, "义务消防队")], TODAY)
    assert told(office, "team_standing", TODAY - timedelta(1)) == [
        ("E", "units", "商场", "met", ["义务消防队"])
    ]
    assert told(office, "team_standing")[0] == ("E", "units", "商场", "overdue", [])


def test_part_time_rescuers_need_an_agreement_in_force(office: Office) -> None:
    save_teams(office, [TeamEntry(unit_code="E", name="兼职队", kind="part_time")])
    first, last = TODAY - timedelta(10), TODAY
    save_agreements(office, [
        AgreementEntry(unit_code="E", team="兼职队", number="XY-1", partner="区消防救援支队", valid_from=first, valid_until=last)
    ])  # fmt: skip
    states = {
        day: told(office, "team_standing", day)[0]
        for day in (first - timedelta(1), first, last, last + timedelta(1))
    }
    assert [state[3] for state in states.values()] == ["overdue", "met", "met", "overdue"]
    assert {tuple(state[4]) for state in states.values()} == {("兼职队",)}, (
        "the team that comes nearest is named"
    )
    save_teams(office, [TeamEntry(unit_code="E", name="专职队", kind="professional")])
    assert told(office, "team_standing", last + timedelta(1))[0][3:] == ("met", ["专职队"])


def test_a_team_meets_its_standard_as_the_page_of_standards_says(office: Office) -> None:
    team = make_station(office)
    assert told(office, "team_standard") == [(OWN, "teams", STATION, "no_data", [STATION])]
    rotate(office, team, Rotation(TODAY, TODAY + timedelta(6), ("whole",), 3))
    assert told(office, "team_standard") == [(OWN, "teams", STATION, "met", [STATION])]
    tomorrow = TODAY + timedelta(1)
    assert told(office, "team_standard", tomorrow) == [(OWN, "teams", STATION, "overdue", [STATION])]
    save_members(office, [MemberEntry(unit_code=OWN, team=STATION, name="李一", left_on=TODAY)])
    assert told(office, "team_standard")[0][3] == "overdue"
    retire(office, "teams", [team], tomorrow)
    assert told(office, "team_standard", tomorrow) == []


def test_all_teams_are_told_like_on_their_page_and_counted_like_their_rows(office: Office) -> None:
    make_station(office)
    save_teams(office, [
        TeamEntry(unit_code="E", name="专职队", kind="professional", members=30, insured_until=TODAY),
        TeamEntry(unit_code="E", name="综合队", kind="comprehensive", insured_until=TODAY - timedelta(1)),
        TeamEntry(unit_code="N", name="志愿队", kind="volunteer", insured_until=TODAY),
        TeamEntry(unit_code="F", name="队", insured_until=TODAY),
    ])  # fmt: skip
    page = {(one.unit_code, one.team): one.state for one in standards(office)}
    words = {"met": "met", "overdue": "not_met", "no_data": "no_data"}
    rows = told(office, "team_standard")
    assert {(unit, name): words[state] for unit, _kind, name, state, _evidence in rows} == page
    assert {state for *_subject, state, _evidence in rows} == set(words)
    with office.read() as connection:
        shop = unit_id(connection, "E")
    (one,) = readiness(office, shop)
    own = [row for row in (*rows, *told(office, "team_standing")) if row[0] == "E"]
    states = [state for *_subject, state, _evidence in own]
    teams = one.indicators["teams"]
    known = len(states) - states.count("no_data")
    assert (teams.met, teams.known, teams.asked) == (states.count("met"), known, len(states))
