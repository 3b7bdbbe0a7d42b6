"""Headers are found wherever they stand and whatever they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.guessing.guess import guess
from drillapp.core.ledgers.guessing.settled import settle
from drillapp.core.ledgers.layout import layout, plain_word, words_of
from drillapp.core.ledgers.shapes import Cell, Glance, Guess
from drillapp.core.ledgers.sheet_rows import read_rows
from drillapp.core.resources import load_toml, resource_path


def found(kind: str, rows: Sequence[Sequence[Cell]], column_map: Mapping[str, str] | None = None) -> Guess:
    """How a sheet is understood as one of this layout, with nobody looking at it."""
    understood = guess([Glance("Sheet1", [[*row] for row in rows])], kind=kind, column_map=column_map)
    assert settle(understood) == kind
    return understood


@pytest.mark.parametrize("kind", KINDS)
def test_a_ledger_has_exactly_the_fields_of_its_entry(kind: str) -> None:
    entry = KINDS[kind].entry
    assert set(layout(kind).names) == set(entry.__struct_fields__)
    required = {field.name for field in msgspec.structs.fields(entry) if field.required}
    assert required <= {field.name for field in layout(kind).field if field.required}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", [0, 1])
def test_the_official_headers_mean_their_fields(kind: str, language: int) -> None:
    headers = [field.headers[language] for field in layout(kind).field]
    assert found(kind, [headers]).columns == {name: i for i, name in enumerate(layout(kind).names)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_field_names_are_headers_too(kind: str) -> None:
    names = layout(kind).names
    assert found(kind, [names]).columns == {name: i for i, name in enumerate(names)}


@pytest.mark.parametrize(
    "name",
    sorted(
        {path.stem for path in resource_path("ledgers").glob("*.toml")}
        - {"participation", "people_taking_part"}
    ),
    ids=str,
)
def test_no_word_belongs_to_two_fields(name: str) -> None:
    """But for lists that only go out."""
    fields = load_toml(f"ledgers/{name}.toml").get("field", ())
    owners: dict[str, set[str]] = {}
    for field in fields:
        for word in (field["name"], *field["headers"]):
            owners.setdefault(plain_word(word), set()).add(field["name"])
    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("posts", "是否关键岗位", "key_post"),
        ("people", "是否关键岗位", "key_person"),
        ("people", "岗位职务", "post"),
        ("team_members", "证书有效期", "qualified_until"),
        ("team_members", "证件有效期", "qualified_until"),
        ("team_members", "保险有效期", "insured_until"),
        ("cards", "有效期限", "valid_until"),
        ("stock", "物资编号", "item_code"),
        ("stock", "责任人电话", "phone"),
        ("stock", "到期时间", "expires_on"),
        ("storehouses", "库房名称", "name"),
        ("teams", "联系人电话", "phone"),
        ("findings", "整改负责人", "owner"),
        ("levels", "应储备数量", "quantity"),
        ("plans", "备案证号", "filing_number"),
        ("units", "统一信用代码", "code"),
        ("drills", "实际参演人数", "participants"),
    ],
)
def test_what_offices_usually_write_is_known(kind: str, header: str, field: str) -> None:
    assert words_of(layout(kind))[plain_word(header)][0] == field


def test_case_spaces_stars_and_units_in_brackets_do_not_matter() -> None:
    understood = found("units", [["＊ 单位 编码", "NAME *", "从业人数（人）", "地址[详细]", "备注"]])
    assert understood.columns == {"code": 0, "name": 1, "headcount": 2, "address": 3}


def test_title_rows_above_the_header_are_passed_over() -> None:
    understood = found("units", [["2026年单位名录", ""], [], ["编码", "名称"], ["1", "甲"]])
    assert (understood.header, understood.columns) == ((3, 3), {"code": 0, "name": 1})


def test_the_more_official_of_two_words_for_a_field_wins() -> None:
    assert found("units", [["编码", "单位", "单位名称"]]).columns["name"] == 2


def test_a_missing_column_is_named_with_the_headers_seen(tmp_path: Path) -> None:
    path = tmp_path / "plans.csv"
    path.write_text("名录\n预案编号,题目,备案时间\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        read_rows("plans", KINDS["plans"].entry, path)
    assert "预案名称" in refused.value.message
    assert "题目, 备案时间" in refused.value.message
    assert "表头改为上述名称" in refused.value.hint


def test_the_same_header_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="单位名称"):
        found("units", [["编码", "单位名称", "单位名称"]])
    assert found("units", [["编码", "名称", "备注", "备注"]]).columns == {"code": 0, "name": 1}


def test_a_column_map_decides_over_the_headers() -> None:
    rows = [["编码", "名称", "简称"]]
    assert found("units", rows, {"简称": "name"}).columns == {"code": 0, "name": 2}
    with pytest.raises(InvalidInput, match="nickname"):
        found("units", rows, {"简称": "nickname"})
    with pytest.raises(InvalidInput, match="俗称") as refused:
        found("units", rows, {"俗称": "name"})
    assert "简称" in refused.value.hint
