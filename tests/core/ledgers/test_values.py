"""What a cell says is what the record gets, or a sentence says why not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, structs

from drillapp.core import enumerations
from drillapp.core.i18n import use_language
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.dates import show_moment
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.values import Column, Fault, Unclear
from drillapp.core.ledgers.words import word


def read(cell: object, kind: str, **more: object) -> object:
    field = Field(name="x", type=kind, headers=("列", "Column"), **more)
    return Column(field).read([cell])[0]


def column(kind: str, cells: list[object], name: str = "x", **more: bool) -> list[Any]:
    """The cells as one column, settled as a whole."""
    read = Column(Field(name=name, type=kind, headers=("列", "Column")), **more)
    values = read.read(cells)
    settled = read.settle()
    return [
        settled[cell] if isinstance(value, Unclear) else value
        for cell, value in zip(cells, values, strict=True)
    ]


def told(kind: str, cell: object, name: str = "x", **more: bool) -> str:
    """What is told of the reading of a cell."""
    read = Column(Field(name=name, type=kind, headers=("列", "Column")), **more)
    read.read([cell])
    read.settle()
    return read.notes.get(cell, "")


@pytest.mark.parametrize(
    "cell",
    ["2026-05-06", "2026/5/6", "2026.5.6", "2026.05.06", "2026年5月6日", "2026 年 5 月 6 号", "20260506", " 2026-5-6 ",
     "２０２６－０５－０６", "2026年5月6日（星期三）", "2026-05-06 周三", "2026年5月6日上午", "2026.5.6 上午9:30", "2026-05-06T00:00:00", "2026-05-06 16:53:32", 46148.0, 46148.75, 20260506.0],
)  # fmt: skip
def test_a_date_is_understood_however_it_is_written(cell: object) -> None:
    assert read(cell, "date") == date(2026, 5, 6)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-02-30",
        "2026-13-01",
        "26-13-6",
        "5/6/2026",
        "明天",
        "2026-05-06 周四",
        "20261301",
        12.0,
        "1026-05-06",
    ],
)
def test_an_impossible_date_is_refused_with_what_is_allowed(cell: object) -> None:
    value = read(cell, "date")
    assert isinstance(value, Fault)
    assert "2026-05-06" in value.message


@pytest.mark.parametrize(
    ("cell", "hour", "second"),
    [("2026-05-06T09:30:05", 1, 5), ("2026-05-06 9:30", 1, 0), ("2026年5月6日9时30分", 1, 0), ("2026年5月6日 下午1时30分", 5, 0), ("2026-5-6 9:30 PM", 13, 0), ("2026/5/6 1:30 下午", 5, 0), ("2026/5/6 09:30:05Z", 9, 5),
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


@pytest.mark.parametrize(
    ("name", "cell", "number"),
    [
        ("headcount", "35人", 35),
        ("headcount", "１，２００ 人", 1200),
        ("response_minutes", "15分钟", 15),
        ("response_minutes", "1小时", 60),
        ("shelf_life_months", "3年", 36),
        ("warning_days", "30天", 30),
        ("headcount", "1.2万", 12000),
    ],
)
def test_a_word_that_says_what_is_counted_may_stand_behind_a_number(
    name: str, cell: str, number: int
) -> None:
    assert column("integer", [cell], name=name) == [number]


@pytest.mark.parametrize(
    ("name", "cell"),
    [("headcount", "35分钟"), ("headcount", "约35人"), ("headcount", "30-40人"), ("headcount", "0.5人"),
     ("response_minutes", "15秒"), ("headcount", "85%"), ("headcount", "¥35"), ("headcount", "1.2E+05")],
)  # fmt: skip
def test_other_words_behind_a_number_are_refused(name: str, cell: str) -> None:
    assert isinstance(column("integer", [cell], name=name)[0], Fault)


def test_quantities_keep_their_unit_of_measure_until_the_item_is_known() -> None:
    twenty, boxes, many, plain = column(
        "quantity", ["20件", "3箱（24瓶/箱）", "1.2万只", "5"], name="quantity"
    )
    assert (twenty.number, twenty.unit) == (20, "件")
    assert (boxes.number, boxes.unit, boxes.per, boxes.per_unit) == (3, "箱", 24, "瓶")
    assert (many.number, many.unit) == (12000, "只")
    assert plain == 5
    refused = column("quantity", ["¥20", "20%", "20元", "3箱5瓶", "若干"], name="quantity")
    assert all(isinstance(value, Fault) for value in refused)


def test_a_whole_number_has_no_decimals() -> None:
    assert read("5.0", "integer") == 5
    assert isinstance(read("5.5", "integer"), Fault)
    assert isinstance(read(5.5, "integer"), Fault)


def test_codes_that_a_spreadsheet_made_numbers_are_texts_again() -> None:
    assert read(110102001001.0, "text") == "110102001001"
    assert isinstance(read(9.1110000100009563e17, "text"), Fault)
    assert isinstance(read(1234567890123456.0, "text"), Fault)


@pytest.mark.parametrize(
    "cell", ["9.11E+17", "9.1110000100010e+17", "911100001000095000", "2026-03-05T00:00:00", "3月5日"]
)
def test_a_code_that_the_spreadsheet_has_spoilt_is_refused(cell: str) -> None:
    value = column("text", ["911100001000095638", cell], name="code")[1]
    assert isinstance(value, Fault)
    assert "文本" in value.message


@pytest.mark.parametrize(
    "cell", ["911101066000115714", "91110000100009563N", "110102199003070000", "2026030500000000"]
)
def test_a_code_with_all_its_digits_is_taken(cell: str) -> None:
    # The third has the check digit of a person's number, which happens to be one more zero.
    assert column("text", [cell, "1"], name="code" if cell[0] == "9" else "document") == [cell, "1"]


def test_truth_values_do_not_pass_for_numbers() -> None:
    field = Field(name="x", type="number", headers=("数量", "Quantity"))
    one, true = Column(field).read([1.0, True])
    assert one == 1
    assert isinstance(true, Fault)


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("是", True), ("no", False), ("√", True), (True, True), (0.0, False), ("FALSE", False), ("有", True), ("Ｙ", True),
     ("1", True), (1.0, True), ("☑", True), ("✗", False), ("无", False), ("没有", False)],
)  # fmt: skip
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


def test_an_offices_own_word_stays_as_it_is_written() -> None:
    assert read(" 养老（民办） ", "choice", enumeration="sector", open=True) == "养老（民办）"
    assert read("实战\n演练", "choice", enumeration="drill_form") == "live"


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


@pytest.mark.parametrize(
    "cell",
    [
        "9111 0000 1000 0956 3N",
        "91110000100009563n",
        "９１１１００００１００００９５６３Ｎ",
        " 91110000100009563N\n",
    ],
)
def test_a_credit_code_is_known_by_its_check_digit(cell: str) -> None:
    assert column("text", [cell, "乙"], name="code")[0] == "91110000100009563N"
    assert column("text", ["9111 0000 1000 0956 4N"], name="code") == ["9111 0000 1000 0956 4N"]


def test_wide_letters_and_digits_become_ordinary_ones_and_that_is_told() -> None:
    assert column("text", ["ＡＢ１２－３", "乙"], name="code") == ["AB12-3", "乙"]
    assert column("text", ["第１小学（北校区）", "乙"]) == ["第1小学（北校区）", "乙"]
    assert told("text", "第１小学")
    assert column("text", ["第１小学\n北校区"], as_written=True) == ["第１小学\n北校区"]
    assert "换行" in told("text", "棉被\n（冬）")


def test_wide_letters_of_a_code_in_a_file_of_ours_stay_and_are_told() -> None:
    assert column("text", ["Ｕ１", "乙"], name="code", as_written=True) == ["Ｕ１", "乙"]
    assert "U1" in told("text", "Ｕ１", name="code", as_written=True)
    assert not told("text", "第１小学", as_written=True)


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


USUAL = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0).isoformat()
)
ODD = ["", "2026-05-06", "2026年5月6日9:30", "2026-13-06T09:30:00", "2026-05-06T24:00:00", "1899-05-06T09:30:00", "2026-05-06T09:30", "2026-05-06T09:30:0020"]  # fmt: skip


@given(st.lists(USUAL), st.lists(st.sampled_from(ODD)))
def test_a_column_of_moments_is_read_as_each_of_them(usual: list[str], odd: list[str]) -> None:
    cells: list[object] = [*usual, *odd, *usual]
    alone = [read(cell, "moment") for cell in cells]
    assert list(map(repr, column("moment", cells))) == list(map(repr, alone))


def test_moments_are_not_told_from_what_they_would_be_together() -> None:
    cells: list[object] = ["2026-05-06T09:30:002026", "-05-06T09:30:00"]
    assert all(isinstance(value, Fault) for value in column("moment", cells))


def test_an_empty_moment_that_is_required_is_refused() -> None:
    [there, empty] = column_of(
        Field(name="x", type="moment", headers=("列",), required=True), "2026-05-06T09:30:00", ""
    )
    assert there == datetime(2026, 5, 6, 1, 30, tzinfo=UTC)
    assert isinstance(empty, Fault)


def column_of(field: Field, *cells: str) -> list[Any]:
    """The cells as a column of a field."""
    return Column(field).read(cells)


@given(st.integers(-(10**11), 10**11))
def test_every_quantity_survives(thousandths: int) -> None:
    quantity = thousandths / 1000
    assert read(f"{quantity:,.3f}", "number") == quantity


# --- dates that need a word, or the whole column


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["5/6/23", "5/16/23"], [date(2023, 5, 6), date(2023, 5, 16)]),
        (["05/06/2023", "16/05/2023"], [date(2023, 6, 5), date(2023, 5, 16)]),
        (["5/5/23"], [date(2023, 5, 5)]),
        (["23.5.6", "5/16/23"], [date(2023, 5, 6), date(2023, 5, 16)]),
        (["23.5.6", "24.12.31"], [date(2023, 5, 6), date(2024, 12, 31)]),
        (["25/5/23", "2023-05-06"], [date(2025, 5, 23), date(2023, 5, 6)]),
        (["3/5/23", "28/5/23"], [date(2023, 5, 3), date(2023, 5, 28)]),
        (["12/31/99", "1/1/00"], [date(1999, 12, 31), date(2000, 1, 1)]),
    ],
)
def test_the_whole_column_tells_which_number_is_the_day(cells: list[object], days: list[date]) -> None:
    assert column("date", cells) == days
    assert "读作" in told("date", "5/16/23")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["5/6/23"], "2023-05-06或2023-06-05"),
        (["5/6/23", "2023-05-16"], "2023-05-06或2023-06-05"),
        (["5/16/2023", "16/5/2023"], "先后不一致"),
        (["20/1/1", "01/01/20"], "先后不一致"),
        (["5/6/2023", "6.6.2023"], "2023-05-06或2023-06-05"),
        (["25/5/23", "13/5/23", "3/5/23", "30/5/23", "5/14/23"], "先后不一致"),
    ],
)
def test_a_column_that_does_not_tell_or_contradicts_itself_is_refused(
    cells: list[object], words: str
) -> None:
    faults = [value.message for value in column("date", cells) if isinstance(value, Fault)]
    assert len(faults) == sum("/" in str(cell) for cell in cells)
    assert all(words in message for message in faults)


@given(st.lists(st.dates(date(2000, 1, 1), date(2069, 12, 31)), min_size=1, max_size=20), st.booleans())
def test_a_column_of_dates_with_the_month_first_is_never_misread(days: list[date], short: bool) -> None:
    cells: list[object] = [
        f"{day.month}/{day.day}/{day.year % 100:02}" if short else f"{day.month}/{day.day}/{day.year}"
        for day in days
    ]
    for day, value in zip(days, column("date", cells), strict=True):
        assert value == day or isinstance(value, Fault)


@pytest.mark.parametrize(
    ("name", "cell", "day"),
    [
        ("planned_on", "2023-5", date(2023, 5, 1)),
        ("valid_until", "2023-5", date(2023, 5, 31)),
        ("planned_on", "2023.5.6-5.8", date(2023, 5, 6)),
        ("valid_until", "2023.1.1-2025.12.31", date(2025, 12, 31)),
        ("valid_from", "2023年1月1日至2025年12月31日", date(2023, 1, 1)),
        ("valid_until", "2023.1-2025.12", date(2025, 12, 31)),
        ("planned_on", "2023年5月6日9:00-11:00", date(2023, 5, 6)),
        ("planned_on", "2023年5月6日上午9:30", date(2023, 5, 6)),
        ("planned_on", "2023-05-06T09:30:00", date(2023, 5, 6)),
        ("planned_on", 45052.0, date(2023, 5, 6)),
        ("planned_on", "45052", date(2023, 5, 6)),
        ("valid_to", "长期", None),
        ("valid_until", "2023.1.1-长期", None),
    ],
)
def test_what_is_read_with_a_grain_of_salt_is_told(name: str, cell: object, day: date | None) -> None:
    assert column("date", [cell], name=name) == [day]
    assert told("date", cell, name=name)


@pytest.mark.parametrize(
    ("name", "cell", "day"),
    [
        ("valid_until", "至2025年12月31日", date(2025, 12, 31)),
        ("valid_until", "2025.12.31止", date(2025, 12, 31)),
        ("valid_from", "自2023年1月1日起", date(2023, 1, 1)),
    ],
)
def test_words_around_a_date_that_say_which_end_it_is(name: str, cell: str, day: date) -> None:
    assert column("date", [cell], name=name) == [day]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("planned_on", "长期"),
        ("valid_from", "至2025年12月31日"),
        ("valid_until", "2023.1.1起"),
        ("planned_on", "2023"),
        ("planned_on", 2023.0),
        ("planned_on", "5月6日"),
        ("planned_on", "2025.12.31-2023.1.1"),
        ("planned_on", "2023-5-6-8"),
        ("planned_on", "2023.5.6、2023.8.9"),
        ("planned_on", "2023.5"),
        ("planned_on", 2023.1),
        ("planned_on", "12345"),
    ],
)
def test_what_says_no_day_is_refused(name: str, cell: object) -> None:
    assert isinstance(column("date", [cell], name=name)[0], Fault)


def test_day_numbers_count_from_1904_where_the_file_says_so() -> None:
    assert column("date", [43590.0], is_1904=True) == [date(2023, 5, 6)]
    assert "1904" in told("date", 43590.0, is_1904=True)


def test_one_column_may_hold_both_ends() -> None:
    cells: list[object] = ["2023.1.1-2025.12.31", "2023.1.1起", "至2025.12.31", "长期", "2023.5.6", ""]
    starts = column("date", cells, name="valid_from", is_shared=True)
    ends = column("date", cells, name="valid_until", is_shared=True)
    assert starts[:4] == [date(2023, 1, 1), date(2023, 1, 1), UNSET, UNSET]
    assert ends[:4] == [date(2025, 12, 31), UNSET, date(2025, 12, 31), None]
    assert isinstance(starts[4], Fault)
    assert isinstance(ends[4], Fault)
    assert starts[5] is ends[5] is UNSET


def test_a_range_of_hours_gives_both_moments() -> None:
    cell = "2023年5月6日 9:00-11:30"
    assert column("moment", [cell], name="started_at") == [datetime(2023, 5, 6, 1, tzinfo=UTC)]
    assert column("moment", [cell], name="ended_at") == [datetime(2023, 5, 6, 3, 30, tzinfo=UTC)]
    assert isinstance(column("moment", ["2023-05-06 09:30-05:00"], name="ended_at")[0], Fault)


def test_every_field_that_may_have_no_end_can_be_without_one() -> None:
    ends = set(word("ends"))
    found = [
        (name, field.name)
        for name, kind in KINDS.items()
        for field in structs.fields(kind.entry)
        if field.name in ends and "None" not in str(field.type) and field.required is False
    ]
    assert found == []


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
