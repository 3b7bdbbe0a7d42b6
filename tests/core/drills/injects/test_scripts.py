"""A script is written whole; what the log names stays; what is wrong is said by inject, what is odd is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.conduct import commands as conduct
from drillapp.core.drills.conduct.queries import conduct_view
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.injects.checking import problems_of, told_of
from drillapp.core.drills.injects.commands import save_injects, shift_all, shift_from
from drillapp.core.drills.injects.queries import inject_rows, injects_of
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.naming import drill_named
from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.ledgers.inject_sheets import export_injects, import_injects
from drillapp.core.office import Office


@pytest.fixture
def drill(office: Office) -> int:
    save_drills(
        office, [DrillEntry(number="D1", unit_code="110102", title="火灾演练", planned_on=date(2026, 11, 24))]
    )
    return drill_named(office, "D1")


def inject(number: str, offset: int | None = 0, **said: object) -> InjectEntry:
    return InjectEntry(**{"number": number, "content": f"情况{number}", "offset_seconds": offset} | said)  # type: ignore[arg-type]


def script(office: Office, drill: int) -> list[InjectEntry]:
    return [row.entry for row in injects_of(office, drill)]


def test_a_script_is_written_whole_and_read_back(office: Office, drill: int) -> None:
    first = [
        inject("2", 60, after="1", addressee="指挥部", means="radio"), inject("1", 0, expected_action="报告", within_seconds=60),
        inject("R", None),
    ]  # fmt: skip
    save_injects(office, drill, first)
    assert script(office, drill) == first
    assert not save_injects(office, drill, first).touches("drills")
    second = [first[1], inject("3", -60), first[0]]
    save_injects(office, drill, second)
    assert script(office, drill) == second


def test_of_two_seats_the_later_one_loses_nothing_of_the_other(office: Office, drill: int) -> None:
    save_injects(office, drill, [inject("1")])
    read = script(office, drill)
    mine = [*read, inject("2", 60, sender=" 导调 ")]
    save_injects(office, drill, mine, before=read)
    with pytest.raises(Conflict):
        save_injects(office, drill, [*read, inject("3")], before=read)
    assert [one.number for one in script(office, drill)] == ["1", "2"]
    save_injects(office, drill, [*mine, inject("3", 90)], before=mine)
    assert [one.number for one in script(office, drill)] == ["1", "2", "3"]


def test_what_the_log_names_is_retired_and_comes_back_by_its_number(office: Office, drill: int) -> None:
    save_injects(office, drill, [inject("1"), inject("2", after="1"), inject("3")])
    [one, two, _three] = injects_of(office, drill)
    conduct.start(office, drill)
    conduct.release(office, drill, one.id)
    save_injects(office, drill, [inject("2")])
    assert script(office, drill) == [inject("2")]
    with office.read() as connection:
        assert [(row.number, row.retired) for row in inject_rows(connection, drill)] == [
            ("2", False),
            ("1", True),
        ]
    assert [row.number for row in conduct_view(office, drill).injects] == ["2", "1"]
    with pytest.raises(InvalidInput):
        conduct.release(office, drill, one.id)
    save_injects(office, drill, [inject("1"), inject("2", after="1")])
    assert [row.id for row in injects_of(office, drill)] == [one.id, two.id]


def test_shifting_leaves_what_was_released_and_reserves(office: Office, drill: int) -> None:
    save_injects(office, drill, [inject("1", 0), inject("2", 60), inject("3", 120), inject("R", None)])
    ids = {row.number: row.id for row in injects_of(office, drill)}
    conduct.start(office, drill)
    conduct.release(office, drill, ids["1"])
    shift_all(office, drill, 30)
    shift_from(office, drill, ids["3"], -10)
    assert [row.offset_seconds for row in injects_of(office, drill)] == [0, 90, 140, None]
    for seconds, key in ((0, ids["3"]), (60 * 86400, ids["3"]), (5, ids["R"])):
        with pytest.raises(InvalidInput):
            shift_from(office, drill, key, seconds)


def test_what_is_wrong_is_said_of_each_inject() -> None:
    entries = [
        inject("1", after="3"), inject("2", after="1"), inject("3", after="2"), inject("3", within_seconds=0), inject("", means="pigeon"),
        inject("5", after="9"), inject("6", content=" "), inject("7", 61 * 86400), inject("8", after="8"), inject("9x", after="1"),
    ]  # fmt: skip
    found = {(problem.index, problem.field) for problem in problems_of(entries)}
    assert found >= {
        (3, "within"),
        (3, "number"),
        (4, "number"),
        (4, "means"),
        (5, "after"),
        (6, "content"),
        (7, "offset"),
        (8, "after"),
    }
    circle = [inject("1", after="3"), inject("2", after="1"), inject("3", after="2"), inject("4", after="1")]
    assert [(problem.index, problem.field) for problem in problems_of(circle)] == [
        (0, "after"),
        (1, "after"),
        (2, "after"),
    ]


def test_what_is_odd_is_told() -> None:
    entries = [
        inject("1", 0, addressee="指挥部", within_seconds=300), inject("2", 60, addressee="指挥部"), inject("3", 60, addressee="疏散组、全体"),
        inject("4", 600, addressee="指挥部"), inject("5", None, addressee="消防队"),
    ]  # fmt: skip
    told = {(one.place, one.field, one.value) for one in told_of(entries, {"指挥部", "疏散组"})}
    assert told == {(1, "offset", "+0:01:00"), (2, "offset", "+0:01:00"), (4, "addressee", "消防队")}
    assert all(one.field == "offset" for one in told_of(entries, set()))


@pytest.mark.sqlite_only("what the sheet says is the same everywhere")
def test_a_planners_workbook_is_read_with_its_times_of_day(
    office: Office, drill: int, tmp_path: Path
) -> None:
    path = tmp_path / "导调表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, clock = book.add_worksheet("脚本"), book.add_format({"num_format": "hh:mm"})
        sheet.write_string(0, 0, "火灾演练导调表")
        sheet.write_row(
            2, 0, ["序号", "阶段", "时间", "注入对象", "注入方式", "信息内容", "预期处置", "处置时限（分钟）"]
        )
        for i, (at, content) in enumerate(
            [(time(23, 30), "起火"), (time(23, 50), "浓烟"), (time(0, 20), "扑灭")]
        ):
            sheet.write_row(3 + i, 0, [i + 1, "处置"])
            sheet.write_datetime(3 + i, 2, at, clock)
            sheet.write_row(3 + i, 3, ["指挥部", "对讲机", content, "报告", 5])
        sheet.write_row(6, 0, ["R1", "处置", "备用", "", "", "断电"])
    told = import_injects(office, drill, path, dry_run=True).told
    assert [(one.sheet, one.row, one.column) for one in told] == [("脚本", 4, "时间")]
    assert injects_of(office, drill) == []
    result = import_injects(office, drill, path, start="23:00")
    assert result.errors == result.told == ()
    assert [(row.number, row.offset_seconds, row.means, row.within_seconds) for row in injects_of(office, drill)] == [
        ("1", 1800, "radio", 300), ("2", 3000, "radio", 300), ("3", 4800, "radio", 300), ("R1", None, None, None),
    ]  # fmt: skip
    before = script(office, drill)
    out = tmp_path / "out.xlsx"
    assert export_injects(office, drill, out) == 4
    import_injects(office, drill, out)
    assert script(office, drill) == before
    with pytest.raises(InvalidInput):
        import_injects(office, drill, path, start="黎明")


def test_a_script_in_the_words_of_the_guidance_is_read(office: Office, drill: int, tmp_path: Path) -> None:
    sheet = tmp_path / "script.csv"
    sheet.write_text(
        "序号,时间,模拟情景,执行人员,处置行动\n1,T+5min,车库起火,微型消防站,先期处置\n", encoding="utf-8-sig"
    )
    import_injects(office, drill, sheet)
    (row,) = injects_of(office, drill)
    assert (row.content, row.addressee, row.expected_action) == ("车库起火", "微型消防站", "先期处置")


def test_the_clock_of_the_office_is_the_one_that_counts(office: Office, drill: int) -> None:
    assert conduct.start(office, drill).line.at == datetime(2026, 11, 24, 4, tzinfo=UTC)
