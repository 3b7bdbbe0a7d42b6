"""Standards by kind: each clause met, not met or unknown, with what was found in words, as of any date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.parts import PartyLine, RecordParts
from drillapp.core.drills.record.saving import save_record
from drillapp.core.errors import Damaged
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from drillapp.core.teams.clauses import clauses, read_clauses
from drillapp.core.teams.commands import save_agreements, save_members, save_teams, save_trainings
from drillapp.core.teams.duty import rotate
from drillapp.core.teams.entries import AgreementEntry, MemberEntry, TeamEntry, TrainingEntry
from drillapp.core.teams.evidence import ClauseResult, standard_of, standards
from drillapp.core.teams.queries import EQUIPMENT, MEMBERS, TEAMS
from drillapp.core.teams.shifts import Rotation
from drillapp.core.teams.standards import team_standards
from tests.core.teams.brigade import OWN, STATION, TODAY, make_station, member_ids, stock, team_id


def clause(office: Office, code: str, name: str = STATION) -> ClauseResult:
    found = standard_of(office, team_id(office, name))
    assert found is not None
    return next(one for one in found.clauses if one.clause == code)


def state(office: Office, name: str = STATION) -> str:
    return next(row.state for row in first_rows(office, TEAMS, View(), 20) if row.name == name)


def test_a_micro_fire_station_meets_its_standard_once_everything_is_there(office: Office) -> None:
    team = make_station(office)
    assert state(office) == "no_data"  # nobody knows who is on duty
    assert clause(office, "micro_duty").evidence == "2026-11-24至2026-11-30没有排班。"
    rotate(office, team, Rotation(TODAY, TODAY + timedelta(6), ("whole",), 3))
    assert state(office) == "met"
    assert clause(office, "micro_duty").evidence == "2026-11-24至2026-11-30任一时段值班不少于3人（要求3人）。"
    assert "6名" in clause(office, "micro_people").evidence
    assert clause(office, "micro_leader").evidence.endswith("王站长")
    assert clause(office, "micro_response").state == "met"
    office.as_of = TODAY + timedelta(1)  # the last day of the stretch has no roster now
    assert clause(office, "micro_duty").state == "not_met"
    assert "12-01白班0人" in clause(office, "micro_duty").evidence
    assert state(office) == "not_met"


def test_who_has_left_counts_neither_as_a_member_nor_on_duty(office: Office) -> None:
    team = make_station(office)
    rotate(office, team, Rotation(TODAY, TODAY + timedelta(6), ("whole",), 3))
    save_members(
        office, [MemberEntry(unit_code=OWN, team=STATION, name="李一", left_on=TODAY + timedelta(2))]
    )
    assert clause(office, "micro_people").state == "met"
    assert (clause(office, "micro_duty").state, "白班2人" in clause(office, "micro_duty").evidence) == (
        "not_met",
        True,
    )
    office.as_of = TODAY + timedelta(2)
    assert clause(office, "micro_people").state == "not_met"


def test_the_number_given_counts_where_nobody_is_named(office: Office) -> None:
    save_teams(
        office,
        [
            TeamEntry(unit_code=OWN, name="抢险队", kind="professional", members=30),
            TeamEntry(unit_code=OWN, name="小队", kind="professional", members=29),
            TeamEntry(unit_code=OWN, name="无人", kind="professional"),
        ],
    )
    assert [clause(office, "professional_people", name).state for name in ("抢险队", "小队", "无人")] == [
        "met", "not_met", "no_data",
    ]  # fmt: skip
    save_members(office, [MemberEntry(unit_code=OWN, team="抢险队", name="甲")])
    assert clause(office, "professional_people", "抢险队").state == "not_met"
    assert [row.people for row in first_rows(office, TEAMS, View(text="抢险队"), 1)] == [1]


def test_equipment_is_what_lies_in_date_in_the_store(office: Office) -> None:
    make_station(office, kind="professional")
    assert clause(office, "professional_equipment").state == "no_data"
    stock(office, A=(4, 4), B=(2, 2), C=(1, 1), D=(1, 1), E=(1, 1), F=(1, 1), G=(5, 4))
    found = clause(office, "professional_equipment")
    assert (found.state, found.evidence) == (
        "met", "应配7种，齐备且在有效期内6种：85%（要求85%）。缺：器材G现有4/应配5具",
    )  # fmt: skip
    rows = first_rows(office, EQUIPMENT, View(), 10)
    assert [(row.item_code, row.quantity, row.available, row.state) for row in rows[-2:]] == [
        ("F", 1, 1, "met"), ("G", 5, 4, "not_met"),
    ]  # fmt: skip
    office.as_of = date(2027, 2, 1)  # after their date
    assert clause(office, "professional_equipment").state == "not_met"
    assert {row.available for row in first_rows(office, EQUIPMENT, View(), 10)} == {0}
    office.as_of = date(2026, 1, 4)  # before they came
    assert clause(office, "professional_equipment").state == "not_met"


def test_insurance_of_the_team_or_of_each_member(office: Office) -> None:
    make_station(office)
    assert clause(office, "insurance").state == "met"
    save_members(
        office, [MemberEntry(unit_code=OWN, team=STATION, name="李一", insured_until=date(2026, 11, 23))]
    )
    found = clause(office, "insurance")
    assert (found.state, "李一（至2026-11-23）" in found.evidence, found.mark) == ("not_met", True, "V")
    assert [row.state for row in first_rows(office, MEMBERS, View(text="李一"), 1)] == ["uninsured"]
    save_teams(office, [TeamEntry(unit_code=OWN, name=STATION, insured_until=TODAY)])
    assert clause(office, "insurance").state == "met"
    save_teams(office, [TeamEntry(unit_code=OWN, name="乙队", members=5)])
    assert clause(office, "insurance", "乙队").state == "no_data"


def test_trainings_drills_and_agreements_count_for_what_they_are(office: Office) -> None:
    make_station(office, kind="part_time")
    assert [clause(office, code).state for code in ("training", "joint_drill", "agreement")] == [
        "no_data", "no_data", "not_met",
    ]  # fmt: skip
    save_trainings(
        office, [TrainingEntry(unit_code=OWN, team=STATION, held_on=date(2025, 11, 24), subject="水带连接")]
    )
    save_agreements(office, [AgreementEntry(unit_code=OWN, team=STATION, number="X1", partner="西城消防救援支队",
                                            valid_until=TODAY)])  # fmt: skip
    _hold_drill(office)
    assert [clause(office, code).state for code in ("training", "joint_drill", "agreement")] == ["met"] * 3
    assert clause(office, "joint_drill").evidence == "最近一次演练：2026-06-05，消防演练"
    office.as_of = TODAY + timedelta(1)
    assert [clause(office, code).state for code in ("training", "agreement")] == ["not_met", "not_met"]
    assert not clause(office, "training").counts


def test_all_teams_are_looked_at_by_one_statement_and_retired_ones_are_left_out(office: Office) -> None:
    make_station(office)
    save_teams(
        office, [TeamEntry(unit_code=OWN, name="乙队"), TeamEntry(unit_code=OWN, name="丙队", kind="social")]
    )
    retire(office, "teams", [team_id(office, "丙队")], TODAY)
    with office.read() as connection:
        rows = connection.execute(team_standards(office.as_of)).all()
    assert {row.team_id for row in rows} == {team_id(office), team_id(office, "乙队")}
    asked = [row.clause for row in rows if row.team_id == team_id(office, "乙队")]
    assert sorted(asked) == ["insurance", "joint_drill", "training"]
    assert [one.team for one in standards(office)] == sorted([STATION, "乙队"])


def test_every_clause_says_where_it_comes_from_and_a_bad_file_is_named(tmp_path: object) -> None:
    assert {one.mark for one in clauses()} <= {"V", "V2", "M", "C"}
    assert all(one.source and one.zh and one.en for one in clauses())
    # What is only a convention of this program does not decide whether a team meets its standard.
    assert not [one.code for one in clauses() if one.mark in ("M", "C") and one.counts]
    with pytest.raises(Damaged):
        read_clauses("standards/gbt29639_special.toml")


def _hold_drill(office: Office) -> None:
    entry = DrillEntry(
        number="YL-1", unit_code=OWN, title="消防演练", planned_on=date(2026, 6, 5),
        started_at=_moment(9), ended_at=_moment(10),
    )  # fmt: skip
    save_drills(office, [entry])
    with office.read() as connection:
        drill = connection.execute(select(Drill.id)).scalar_one()
    save_record(office, drill, 1, RecordParts(parties=(PartyLine(team_id=team_id(office), present=5),)))


def _moment(hour: int) -> object:
    from datetime import UTC, datetime

    return datetime(2026, 6, 5, hour - 8, tzinfo=UTC)


def test_members_named_by_their_keys(office: Office) -> None:
    assert set(member_ids(office, make_station(office))) > {"李一", "张二"}
