"""What a cell says is what the record gets, or a sentence says why not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from drillapp.core import enumerations
from drillapp.core.i18n import use_language
from drillapp.core.ledgers.dates import show_moment
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.values import Column, Fault


def read(cell: object, kind: str, **more: object) -> object:
    field = Field(name="x", type=kind, headers=("列", "Column"), **more)
    return Column(field).read([cell])[0]


@pytest.mark.parametrize(
    "cell",
    ["2026-05-06", "2026/5/6", "2026.5.6", "2026.05.06", "2026年5月6日", "2026 年 5 月 6 号", "20260506", " 2026-5-6 ",
     "２０２６－０５－０６", "2026-05-06T00:00:00", "2026-05-06 16:53:32", 46148.0, 46148.75, 20260506.0],
)  # fmt: skip
def test_a_date_is_understood_however_it_is_written(cell: object) -> None:
    assert read(cell, "date") == date(2026, 5, 6)


@pytest.mark.parametrize(
    "cell",
    ["2026-02-30", "2026-13-01", "26-5-6", "2026-5", "5/6/2026", "明天", "20261301", 12.0, "1026-05-06"],
)
def test_an_impossible_date_is_refused_with_what_is_allowed(cell: object) -> None:
    value = read(cell, "date")
    assert isinstance(value, Fault)
    assert "2026-05-06" in value.message


@pytest.mark.parametrize(
    ("cell", "hour", "second"),
    [("2026-05-06T09:30:05", 1, 5), ("2026-05-06 9:30", 1, 0), ("2026年5月6日9时30分", 1, 0), ("2026/5/6 09:30:05Z", 9, 5),
     ("2026-05-06T09:30:05+08:00", 1, 5), ("2026-05-06T09:30:05+0000", 9, 5), (46148.395833333336, 1, 0)],
)  # fmt: skip
def test_a_moment_without_zone_is_beijing_time(cell: object, hour: int, second: int) -> None:
    assert read(cell, "moment") == datetime(2026, 5, 6, hour, 30, second, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell", ["2026-02-30T09:30:00", "2026-05-06T24:00:00", "2026-05-06T09:60:00", "1899-12-31T09:30:00"]
)
def test_a_moment_that_never_was_is_refused(cell: str) -> None:
    assert isinstance(read(cell, "moment"), Fault)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12),
        ("１２", 12),
        ("1,234.5", 1234.5),
        ("1，234", 1234),
        (3.0, 3),
        (0.30000000000000004, 0.3),
        ("-2", -2),
        ("+5", 5),
    ],
)
def test_a_number_is_understood_however_it_is_written(cell: object, number: float) -> None:
    value = read(cell, "number")
    assert value == number
    assert isinstance(value, int) == isinstance(number, int)


@pytest.mark.parametrize(
    "cell",
    ["198件", "1,23", "1.2345", 0.12345, "1e5", "nan", "inf", 1e13, float("inf"), float("nan"), "TRUE"],
)
def test_what_is_not_a_number_is_refused(cell: object) -> None:
    assert isinstance(read(cell, "number"), Fault)


def test_a_whole_number_has_no_decimals() -> None:
    assert read("5.0", "integer") == 5
    assert isinstance(read("5.5", "integer"), Fault)
    assert isinstance(read(5.5, "integer"), Fault)


def test_codes_that_a_spreadsheet_made_numbers_are_texts_again() -> None:
    assert read(110102001001.0, "text") == "110102001001"
    assert isinstance(read(9.1110000100009563e17, "text"), Fault)


def test_truth_values_do_not_pass_for_numbers() -> None:
    field = Field(name="x", type="number", headers=("数量", "Quantity"))
    one, true = Column(field).read([1.0, True])
    assert one == 1
    assert isinstance(true, Fault)


@pytest.mark.parametrize(
    ("cell", "flag"), [("是", True), ("no", False), ("√", True), (True, True), (0.0, False), ("FALSE", False)]
)
def test_yes_and_no_in_all_their_forms(cell: object, flag: bool) -> None:
    assert read(cell, "flag") is flag


def test_a_choice_takes_code_english_and_chinese() -> None:
    found = [
        read(word, "choice", enumeration="drill_form") for word in ("live", "实战演练", " 实战 ", "LIVE")
    ]
    assert found == ["live"] * 4
    refused = read("网上", "choice", enumeration="drill_form")
    assert isinstance(refused, Fault)
    assert "桌面演练" in refused.message


def test_sectors_come_as_a_list_and_may_be_the_offices_own() -> None:
    value = read("危化品、消防；养老", "list", enumeration="sector", open=True)
    assert value == ("hazardous_chemicals", "fire_safety", "养老")


@pytest.mark.parametrize("kind", ["date", "moment", "number", "integer", "flag", "choice", "list"])
@pytest.mark.parametrize("cell", ["", "  ", "-", "——", "/", "暂无"])
def test_a_dash_stands_for_nothing_where_no_text_is_meant(kind: str, cell: str) -> None:
    assert read(cell, kind, enumeration="drill_form") is UNSET
    assert isinstance(read(cell, kind, enumeration="drill_form", required=True), Fault)


def test_line_breaks_stay_only_where_text_has_several_lines() -> None:
    assert read("第一步\r\n第二步", "text", multiline=True) == "第一步\n第二步"
    assert read("棉被\n（冬）", "text") == "棉被 （冬）"
    assert isinstance(read("a\x07b", "text"), Fault)
    assert read("\ufeff单位\u200b", "text") == "单位"


@pytest.mark.parametrize("kind", ["date", "number", "choice", "flag", "moment", "integer"])
def test_a_formula_is_refused_where_a_value_is_expected(kind: str) -> None:
    value = read("=SUM(A1:A3)", kind, enumeration="drill_form")
    assert isinstance(value, Fault)
    assert "公式" in value.message


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_date_survives_its_usual_forms(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
    ]
    assert {read(form, "date") for form in forms} == {day}


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)))  # noqa: DTZ001
def test_every_moment_survives_being_shown(moment: datetime) -> None:
    assert read(show_moment(moment.replace(tzinfo=UTC)), "moment") == moment.replace(tzinfo=UTC)


@given(st.integers(-(10**11), 10**11))
def test_every_quantity_survives(thousandths: int) -> None:
    quantity = thousandths / 1000
    assert read(f"{quantity:,.3f}", "number") == quantity


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    "name", ["unit_kind", "sector", "plan_tier", "plan_kind", "drill_content", "drill_form", "drill_purpose", "drill_rating",
             "finding_severity", "movement_kind", "team_kind", "yes_no"],
)  # fmt: skip
def test_every_word_that_export_writes_is_read_back(name: str, language: str) -> None:
    use_language(language)
    try:
        assert [
            enumerations.parse(name, enumerations.label(name, code)) for code in enumerations.codes(name)
        ] == enumerations.codes(name)
    finally:
        use_language("zh_CN")
