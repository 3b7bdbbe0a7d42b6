"""Duty rosters: nobody is in two places at once; weeks are copied, groups take turns; what is odd is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.kinds import KINDS
from drillapp.core.office import Office
from drillapp.core.saving import Editing, Saving
from drillapp.core.teams.chosen import EVERY
from drillapp.core.teams.commands import save_members
from drillapp.core.teams.duty import change_duty, copy_week, rotate
from drillapp.core.teams.entries import DutyEntry, MemberEntry
from drillapp.core.teams.roster import duty_of, members_for_duty, roster
from drillapp.core.teams.shifts import DutyLine, Rotation, Slot
from tests.core.teams.brigade import MONDAY, OWN, STATION, TODAY, make_station, member_ids
from tests.journaled import commands

SUNDAY = MONDAY + timedelta(days=6)


def told(
    office: Office, team: int, first: date = MONDAY, last: date = SUNDAY
) -> list[tuple[int, str, str, bool]]:
    return [(row.day.day, row.shift, row.member, row.leads) for row in roster(office, team, first, last)]


def test_members_are_put_on_duty_taken_off_and_moved_in_one_step(office: Office) -> None:
    team = make_station(office)
    ids = member_ids(office, team)
    before = len(commands(office))
    done = change_duty(
        office, team, [DutyLine(TODAY, "day", ids["李一"]), DutyLine(TODAY, "day", ids["王站长"], True)]
    )
    assert (done.put, done.off, done.warnings) == (2, 0, ())
    assert told(office, team) == [(24, "day", "王站长", True), (24, "day", "李一", False)]
    moved = change_duty(
        office, team, [DutyLine(TODAY, "whole", ids["李一"])], [Slot(TODAY, "day", ids["李一"])]
    )
    assert (moved.put, moved.off) == (1, 1)
    assert told(office, team) == [(24, "whole", "李一", False), (24, "day", "王站长", True)]
    assert commands(office)[before:] == ["change duty", "change duty"]
    assert [row.member for row in duty_of(office, EVERY, TODAY, TODAY)] == ["李一", "王站长"]


def test_who_is_said_to_lead_takes_over(office: Office) -> None:
    team = make_station(office)
    ids = member_ids(office, team)
    change_duty(
        office, team, [DutyLine(TODAY, "day", ids["李一"], True), DutyLine(TODAY, "day", ids["张二"])]
    )
    change_duty(office, team, [DutyLine(TODAY, "day", ids["张二"], True)])
    assert told(office, team) == [(24, "day", "张二", True), (24, "day", "李一", False)]
    with pytest.raises(InvalidInput, match="带班"):
        change_duty(office, team, [DutyLine(TODAY, "night", ids[name], True) for name in ("李一", "张二")])


def test_the_same_member_twice_at_once_is_refused_and_all_of_them_are_named(office: Office) -> None:
    team = make_station(office)
    ids = member_ids(office, team)
    change_duty(office, team, [DutyLine(TODAY, "day", ids["李一"]), DutyLine(TODAY, "night", ids["张二"])])
    with pytest.raises(InvalidInput) as refused:
        change_duty(
            office, team,
            [DutyLine(TODAY, "whole", ids[name]) for name in ("李一", "张二", "赵三")],
        )  # fmt: skip
    assert [problem.message for problem in refused.value.problems] == [
        "李一在2026-11-24同时排了两个班：白班、全天。", "张二在2026-11-24同时排了两个班：夜班、全天。",
    ]  # fmt: skip
    assert len(told(office, team)) == 2
    change_duty(
        office, team, [DutyLine(TODAY, "night", ids["李一"])]
    )  # day and night of one day do not overlap


def test_who_left_or_is_not_insured_is_told_not_refused(office: Office) -> None:
    team = make_station(office)
    ids = member_ids(office, team)
    save_members(
        office,
        [
            MemberEntry(unit_code=OWN, team=STATION, name="李一", left_on=TODAY),
            MemberEntry(unit_code=OWN, team=STATION, name="张二", insured_until=date(2026, 11, 23)),
            MemberEntry(unit_code=OWN, team=STATION, name="赵三", insured_until=TODAY),
        ],
    )
    done = change_duty(office, team, [DutyLine(TODAY, "day", ids[name]) for name in ("李一", "张二", "赵三")])
    assert [(one.member, one.concern) for one in done.warnings] == [("李一", "left"), ("张二", "uninsured")]
    assert done.warnings[0].words == "2026-11-24 李一：已离队"
    assert {row.member: row.concern for row in roster(office, team, TODAY, TODAY)} == {
        "李一": "left", "张二": "uninsured", "赵三": "",
    }  # fmt: skip
    assert "李一" not in [hand.name for hand in members_for_duty(office, team, TODAY, SUNDAY)]


def test_a_week_is_copied_without_who_has_left(office: Office) -> None:
    team = make_station(office)
    ids = member_ids(office, team)
    change_duty(
        office, team, [DutyLine(TODAY, "day", ids["李一"], True), DutyLine(SUNDAY, "night", ids["张二"])]
    )
    save_members(office, [MemberEntry(unit_code=OWN, team=STATION, name="张二", left_on=date(2026, 12, 1))])
    done = copy_week(office, team, TODAY, TODAY + timedelta(days=7))
    assert (done.put, [(one.member, one.concern) for one in done.warnings]) == (1, [("张二", "left")])
    assert told(office, team, date(2026, 11, 30), date(2026, 12, 6)) == [(1, "day", "李一", True)]
    with pytest.raises(Conflict, match="1"):
        copy_week(office, team, TODAY, date(2026, 12, 2))
    assert copy_week(office, team, TODAY, date(2026, 12, 2), replace=True).off == 1
    with pytest.raises(InvalidInput):
        copy_week(office, team, date(2026, 1, 1), TODAY)


def test_groups_take_turns_and_the_leader_leads(office: Office) -> None:
    team = make_station(office)
    rotation = Rotation(MONDAY, MONDAY + timedelta(days=1), ("day", "night"), 3)
    assert rotate(office, team, rotation).put == 12
    assert told(office, team)[:6] == [
        (23, "day", "王站长", True), (23, "day", "张二", False), (23, "day", "李一", False),
        (23, "night", "赵三", True), (23, "night", "孙五", False), (23, "night", "钱四", False),
    ]  # fmt: skip
    with pytest.raises(Conflict):
        rotate(office, team, rotation)
    assert rotate(office, team, rotation, replace=True).off == 12
    with pytest.raises(InvalidInput, match="6"):
        rotate(office, team, Rotation(MONDAY, SUNDAY, ("whole",), 7), replace=True)
    with pytest.raises(InvalidInput):
        rotate(office, team, Rotation(MONDAY, SUNDAY, ("whole", "night"), 1), replace=True)


def test_a_ledger_puts_on_duty_by_the_same_rule(office: Office) -> None:
    make_station(office)
    save = KINDS["duty_shifts"].save

    def line(name: str, shift: str, *, leads: bool = False, day: date = TODAY) -> DutyEntry:
        return DutyEntry(unit_code=OWN, team=STATION, day=day, shift=shift, member=name, leads=leads)

    lines = [line("李一", "day", leads=True), line("张二", "night"), line("王站长", "whole")]
    assert save(office, lines).created == 3
    assert save(office, lines).unchanged == 3
    with pytest.raises(InvalidInput) as refused:
        save(
            office,
            [line("李一", "whole"), line("赵三", "day", leads=True), line("周九", "day"), line("钱四", "x")],
        )
    assert [(one.index, one.field) for one in refused.value.problems] == [
        (0, "member"), (1, "leads"), (2, "member"), (3, "shift"),
    ]  # fmt: skip
    with pytest.raises(InvalidInput, match="王站长"):
        save(office, [line("王站长", "day")])


def test_a_form_may_move_a_line_to_another_shift(office: Office) -> None:
    team = make_station(office)
    save = KINDS["duty_shifts"].save
    entry = DutyEntry(unit_code=OWN, team=STATION, day=TODAY, shift="day", member="李一")
    key = save(office, [entry]).ids[0]
    changed = DutyEntry(unit_code=OWN, team=STATION, day=TODAY, shift="whole", member="李一")
    save(office, [changed], Saving(editing=Editing(key, 1)))
    assert told(office, team) == [(24, "whole", "李一", False)]
