"""Files without codes: known names are the records that are there, new ones get numbers when that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.ledgers.matching import _without_endings
from drillapp.core.listing import View, first_rows
from drillapp.core.numbering import next_number, next_numbers
from drillapp.core.office import Office
from drillapp.core.search.passages import squeezed, squeezed_all

from .workbooks import delimited

UNITS = [
    ["单位编码", "单位名称", "上级单位编码"],
    ["S1", "一街道", "110102"],
    ["S2", "二街道", "110102"],
    ["C1", "新村社区", "S1"],
    ["C2", "新村社区", "S2"],
]
PLANS = [
    ["预案编号", "预案名称", "编制单位编码"],
    ["YA-1", "防汛应急预案", "S1"],
    ["YA-2", "防汛应急预案", "S2"],
]


@pytest.fixture
def district(office: Office, tmp_path: Path) -> Office:
    import_ledger(office, "units", delimited(tmp_path / "u.csv", UNITS))
    import_ledger(office, "plans", delimited(tmp_path / "p.csv", PLANS))
    return office


def draft_of(office: Office, path: Path, kind: str, rows: Sequence[Sequence[str]]) -> Draft:
    return Draft.open(office, delimited(path, rows), kind=kind)


def listed(office: Office, kind: str) -> list[object]:
    return first_rows(office, KINDS[kind].listing, View(), 100)


def test_a_plan_without_a_number_is_the_one_of_that_name_in_its_unit(
    district: Office, tmp_path: Path
) -> None:
    rows = [
        ["预案名称", "编制单位", "预案类别"],
        ["防汛　应急预案", "S2", "专项"],
        ["防汛应急预案", "一街道", "综合"],
        ["燃气应急预案", "S1", "专项"],
    ]
    draft = draft_of(district, tmp_path / "a.csv", "plans", rows)
    assert (draft.missing, draft.open_code) == ((), "number")
    checked = draft.check(district)
    states = [(row.state, row.understood[0]) for row in checked.rows(0, 9)]
    assert states == [("changed", "YA-2"), ("changed", "YA-1"), ("refused", "")]
    assert checked.rows(0, 1)[0].understood[1] == "防汛应急预案"
    assert "编号" in checked.rows(2, 3)[0].why
    draft.number_new()
    checked = draft.check(district)
    new = checked.rows(2, 3)[0]
    assert (new.state, new.understood[0]) == ("new", "YA-3")
    assert [(note.row, note.field, note.value) for note in checked.result.notes if note.field] == [
        (4, "number", "YA-3")
    ]
    assert draft.write(district).created == 1
    assert {row.number for row in listed(district, "plans")} == {"YA-1", "YA-2", "YA-3"}  # type: ignore[attr-defined]


def test_a_unit_whose_name_two_have_wants_its_code(district: Office, tmp_path: Path) -> None:
    rows = [["单位名称", "人数"], ["新村社区", "12"], ["一街道", "30"]]
    draft = draft_of(district, tmp_path / "a.csv", "units", rows)
    first, second = draft.check(district).rows(0, 9)
    assert first.state == "refused"
    assert "C1, C2" in first.why
    assert (second.state, second.understood[0]) == ("changed", "S1")
    draft.set_cell(2, "code", "C2")
    assert draft.check(district).rows(0, 1)[0].understood[:2] == ("C2", "新村社区")


def test_a_unit_is_known_by_its_name_under_the_one_above_it(district: Office, tmp_path: Path) -> None:
    rows = [["单位名称", "上级单位编码", "人数"], ["新村社区", "S2", "12"], ["新村社区", "S1", "9"]]
    checked = draft_of(district, tmp_path / "a.csv", "units", rows).check(district)
    assert [(row.state, row.understood[0]) for row in checked.rows(0, 9)] == [
        ("changed", "C2"),
        ("changed", "C1"),
    ]


def test_the_same_new_name_twice_is_one_if_all_is_the_same_and_refused_if_not(
    district: Office, tmp_path: Path
) -> None:
    rows = [["单位名称", "人数"], ["甲厂", "1"], ["甲厂", "1"], ["乙厂", "2"], ["乙厂", "3"]]
    draft = draft_of(district, tmp_path / "a.csv", "units", rows)
    draft.number_new()
    checked = draft.check(district)
    assert [row.state for row in checked.rows(0, 9)] == ["new", "same", "new", "refused"]
    assert draft.write(district, partial=True).created == 2


def test_new_ones_are_numbered_in_the_order_of_the_rows(district: Office, tmp_path: Path) -> None:
    rows = [["单位名称", "人数"], ["甲厂", "1"], ["乙厂", "2"], ["丙厂", "3"], ["甲厂", "1"]]
    draft = draft_of(district, tmp_path / "a.csv", "units", rows)
    draft.number_new()
    new = draft.check(district).rows(0, 9, "new")
    assert [(row.row, row.understood[0][-3:]) for row in new] == [(2, "001"), (3, "002"), (4, "003")]


def test_empty_codes_in_a_column_of_codes_are_filled_only_when_that_is_wanted(
    district: Office, tmp_path: Path
) -> None:
    rows = [["单位编码", "单位名称"], ["X1", "甲厂"], ["", "乙厂"], ["", "一街道"]]
    path = delimited(tmp_path / "a.csv", rows)
    assert [error.row for error in import_ledger(district, "units", path).errors] == [3, 4]
    result = import_ledger(district, "units", path, number=True)
    assert (result.created, result.unchanged, result.errors) == (2, 1, ())
    assert {row.code for row in listed(district, "units")} >= {"X1", "110102-DW-001"}  # type: ignore[attr-defined]


def test_numbers_are_never_given_silently(district: Office, tmp_path: Path) -> None:
    path = delimited(tmp_path / "a.csv", [["储备库名称", "管理单位编码"], ["街道库", "S1"]])
    refused = import_ledger(district, "storehouses", path)
    assert (refused.created, [error.field for error in refused.errors]) == (0, ["code"])
    [note] = import_ledger(district, "storehouses", path, number=True).notes
    assert note.value == "S1-CK"


def test_the_numbers_of_many_are_those_that_one_after_the_other_would_get(district: Office) -> None:
    day = district.as_of
    with district.read() as connection:
        found = next_numbers(connection, "plans", ["S1", "S1", "C1", "S2"], day, {"C1-YA-01"})
    assert found[0] == next_number(district, "plans", "S1") == "YA-3"
    assert found[1:] == ["YA-4", "C1-YA-02", "YA-5"]


def test_numbers_go_on_where_a_series_has_none_at_its_end(district: Office) -> None:
    with district.read() as connection:
        found = next_numbers(connection, "storehouses", ["S1", "S1"], district.as_of)
    assert found == ["S1-CK", "S1-CK2"]


NAMES = st.lists(st.text(st.sampled_from("北京消防公司有限（）()ＡBa 1\n"), max_size=12), max_size=8)


@given(NAMES)
def test_names_are_compared_alike_one_by_one_and_all_together(names: list[str]) -> None:
    assert squeezed_all(names) == [squeezed(name) for name in names]


def test_every_character_is_compared_alike_alone_and_among_others() -> None:
    # A surrogate alone is no character, and a new line parts names.
    characters = [chr(number) for number in range(0x10000) if not 0xD800 <= number < 0xE000 and number != 10]
    alone = list(map(squeezed, characters))
    assert [squeezed_all([character]) for character in characters] == [[kept] for kept in alone]
    assert list(map(squeezed, alone)) == alone, "squeezed once is squeezed for good"
    names = [f"北京{character}公司" for character in characters]
    assert squeezed_all(names) == [squeezed(name) for name in names]


def test_the_longest_usual_ending_that_leaves_enough_is_taken_off() -> None:
    fold = _without_endings(("有限公司", "公司"))
    assert fold(["西城有限公司", "西城公司", "西 城", "有限公司", "某公司"]) == [
        "西城",
        "西城",
        "西城",
        "有限",
        "某公司",
    ]
