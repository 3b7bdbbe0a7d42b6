"""Papers on rescue teams as they come from an office: sheets, the call-out list, the duty roster of a month."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.reports.registry import write_report
from drillapp.core.teams.commands import save_agreements, save_members, save_teams, save_trainings
from drillapp.core.teams.duty import change_duty, rotate
from drillapp.core.teams.entries import AgreementEntry, MemberEntry, TeamEntry, TrainingEntry
from drillapp.core.teams.shifts import DutyLine, Rotation
from tests.core.reports.paper import read, texts
from tests.core.teams.brigade import OWN, STATION, TODAY, make_station, member_ids, stock


@pytest.fixture
def station(office: Office) -> Office:
    team = make_station(office, leader="王站长", station="永安路1号")
    stock(office, A=(4, 4), B=(2, 1))
    rotate(office, team, Rotation(TODAY, TODAY + timedelta(13), ("day", "night"), 3))
    save_members(
        office,
        [
            MemberEntry(unit_code=OWN, team=STATION, name="李一", phone="010-00660001", qualification="急救员",
                        qualified_until=date(2026, 10, 1)),
            MemberEntry(unit_code=OWN, team=STATION, name="张二", left_on=date(2026, 12, 3)),
        ],
    )  # fmt: skip
    save_agreements(
        office,
        [AgreementEntry(unit_code=OWN, team=STATION, number="X1", partner="西城支队", valid_until=TODAY)],
    )
    save_trainings(
        office, [TrainingEntry(unit_code=OWN, team=STATION, held_on=TODAY, subject="水带连接", hours=1.5)]
    )
    save_teams(
        office,
        [TeamEntry(unit_code=OWN, name="防汛队", kind="professional", members=20, phone="010-00662222")],
    )
    return office


def pages(path: Path) -> list[str]:
    return texts(BytesIO(path.read_bytes()))


def test_the_sheet_of_a_team_says_everything_with_its_arithmetic(station: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert write_report(station, "team_sheet", path, number=STATION) == []
    text = read(path)
    for words in (
        "应急救援队伍登记表", "微型消防站", "永安路1号", "站长和队员不少于6人", "任一时段值班不少于3人", "V2", "公安部消防局",
        "李一", "急救员", "2026-10-01", "资格已过期", "器材B", "不达标", "X1", "西城支队", "水带连接", "依据核对",
    ):  # fmt: skip
        assert words in text, words
    assert "防汛队" not in text


def test_the_sheets_of_a_scope_begin_on_pages_of_their_own(station: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_report(station, "team_sheet", path, unit_code=OWN)
    heads = [page for page in pages(path) if "应急救援队伍登记表" in page]
    assert len(heads) == 2
    assert [("防汛队" in page, STATION in page) for page in heads] == [(False, True), (True, False)]


def test_the_call_out_list_is_one_sheet_with_who_is_on_duty(station: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_report(station, "team_call_out", path, unit_code=OWN)
    [page] = pages(path)
    for words in (STATION, "王站长", "010-00661100", "白班：王站长", "李一010-00660001", "永安路1号", "防汛队", "010-00662222",
                  "其中1支当日有人值班"):  # fmt: skip
        assert words in page, words
    station.as_of = TODAY + timedelta(30)
    write_report(station, "team_call_out", path)
    assert "李一" not in read(path)


def test_a_long_call_out_list_goes_on_over_several_sheets(office: Office, tmp_path: Path) -> None:
    save_teams(
        office,
        [
            TeamEntry(unit_code=OWN, name=f"第{place}应急救援队", phone=f"010-0066{place:04}")
            for place in range(90)
        ],
    )
    write_report(office, "team_call_out", tmp_path / "a.pdf")
    found = pages(tmp_path / "a.pdf")
    assert len(found) > 1
    assert all("响应（分钟）" in page for page in found)
    assert all(f"010-0066{place:04}" in "".join(found) for place in range(90))


def test_the_roster_of_a_month_has_a_line_a_day_and_names_what_is_odd(
    station: Office, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    write_report(station, "team_duty_roster", path, number=STATION)
    [page] = pages(path)
    assert "2026年11月值班表" in page
    assert "24二王站长（带班）、张二、李一" in page
    assert "李一010-00660001" in page
    write_report(station, "team_duty_roster", path, number=f"{STATION} 2026-12", unit_code=OWN)
    [page] = pages(path)
    assert "2026年12月值班表" in page
    assert "需核实：2026-12-03张二：已离队" in page
    assert "31四" in page
    with pytest.raises(InvalidInput, match="2026-13"):
        write_report(station, "team_duty_roster", path, number=f"{STATION} 2026-13")
    with pytest.raises(NotFound):
        write_report(station, "team_duty_roster", path, number="没有的队")


def test_a_scope_without_teams_has_no_sheets(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="没有应急救援队伍"):
        write_report(office, "team_sheet", tmp_path / "a.pdf")
    team = make_station(office)
    change_duty(office, team, [DutyLine(TODAY, "whole", member_ids(office, team)["李一"])])
    write_report(office, "team_duty_roster", tmp_path / "a.pdf", number=STATION)
    assert "全天" in read(tmp_path / "a.pdf")
