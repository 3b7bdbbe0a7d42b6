"""What lapses is seen in time: 30 and 90 days ahead, and what has lapsed already."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Date, Integer, literal, select

from drillapp.core.database.months import later
from drillapp.core.dates import months_after
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from drillapp.core.teams.commands import save_agreements, save_members, save_teams, save_trainings
from drillapp.core.teams.entries import AgreementEntry, MemberEntry, TeamEntry, TrainingEntry
from drillapp.core.teams.lapses import LAPSES, lapses
from tests.core.teams.brigade import OWN, STATION, TODAY, make_station, team_id


def member(name: str, **fields: date | str) -> MemberEntry:
    return MemberEntry(unit_code=OWN, team=STATION, name=name, **fields)  # type: ignore[arg-type]


def told(office: Office, within: int = 90) -> list[tuple[str, str | None, str]]:
    return [(row.what, row.subject, row.state) for row in lapses(office, None, within)]


def test_insurance_and_qualification_of_members_until_the_day_itself(office: Office) -> None:
    make_station(office)
    save_members(
        office,
        [
            member("李一", insured_until=TODAY - timedelta(1)),
            member("张二", insured_until=TODAY),
            member("赵三", insured_until=TODAY + timedelta(31)),
            member("钱四", qualification="消防员", qualified_until=TODAY + timedelta(90)),
            member("孙五", insured_until=TODAY + timedelta(91)),
        ],
    )
    assert told(office) == [
        ("member_insurance", "李一", "lapsed"), ("member_insurance", "张二", "due_30"),
        ("member_insurance", "赵三", "due_90"), ("qualification", "钱四 消防员", "due_90"),
    ]  # fmt: skip
    assert [subject for _what, subject, _state in told(office, 30)] == ["李一", "张二"]
    save_members(office, [member("李一", left_on=TODAY)])
    assert ("member_insurance", "李一", "lapsed") not in told(office)


def test_the_insurance_of_the_team_covers_its_members(office: Office) -> None:
    make_station(office)
    save_members(office, [member("李一", insured_until=TODAY)])
    save_teams(office, [TeamEntry(unit_code=OWN, name=STATION, insured_until=TODAY + timedelta(60))])
    assert told(office) == [("team_insurance", None, "due_90")]


def test_agreements_and_trainings(office: Office) -> None:
    make_station(office)
    save_agreements(
        office,
        [
            AgreementEntry(
                unit_code=OWN, team=STATION, number="X1", partner="支队", valid_until=date(2026, 12, 1)
            )
        ],
    )
    for day in (date(2023, 5, 1), date(2024, 2, 29)):
        save_trainings(office, [TrainingEntry(unit_code=OWN, team=STATION, held_on=day, subject="体能")])
    [training, agreement] = lapses(office)
    assert (training.what, training.due_on, training.state) == ("training", date(2025, 2, 28), "lapsed")
    assert (agreement.subject, agreement.due_on, agreement.state) == ("X1 支队", date(2026, 12, 1), "due_30")
    assert [row.what for row in first_rows(office, LAPSES, View(choices={"state": ["due_30"]}), 9)] == [
        "agreement"
    ]
    retire(office, "teams", [team_id(office)], TODAY)
    assert told(office) == []


def test_months_are_reckoned_by_the_database_as_by_the_program(office: Office) -> None:
    days = [
        date(2023, 12, 31) + timedelta(offset)
        for offset in (0, 1, 29, 30, 31, 58, 59, 60, 61, 90, 91, 121, 366)
    ]
    wanted = [(day, months) for day in days for months in (0, 1, 6, 11, 12, 25)]
    columns = [later(literal(day, Date), months) for day, months in wanted]
    columns += [later(literal(day, Date), literal(months, Integer)) for day, months in wanted]
    with office.read() as connection:
        found = list(connection.execute(select(*columns)).one())
    assert found == 2 * [months_after(day, months) for day, months in wanted]
