"""A ledger file goes into the office whole, or leaves no trace and says of every bad row what is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from drillapp.core.check import check
from drillapp.core.clock import FixedClock
from drillapp.core.errors import Damaged, DrillappError, InvalidInput, NotFound, Unavailable
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.exporting import export_ledger
from drillapp.core.ledgers.importing import ImportResult, import_ledger
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.reading import digest
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.progress import Cancelled
from drillapp.core.search.queries import search

from .workbooks import delimited, workbook

UNITS = [
    ["单位编码", "单位名称", "上级单位编码", "类型"],
    ["110102001", "西长安街街道", "110102", "街道"],
    ["110102003", "新街口街道", "110102", "街道办事处"],
]
SHARED = Path(__file__).parents[4] / "shared" / "data"

# For each kind: a good row by field, as a person would type it.
GOOD: dict[str, dict[str, Any]] = {
    "units": {
        "code": "U9",
        "name": "甲单位",
        "parent_code": "110102",
        "valid_from": "2020-1-1",
        "headcount": "12",
    },
    "people": {"unit_code": "110102", "name": "张某"},
    "posts": {"unit_code": "110102", "name": "值班岗"},
    "plans": {"number": "YA-9", "title": "防汛应急预案", "unit_code": "110102", "approved_on": "2025.3.1"},
    "drills": {
        "number": "YL-9",
        "unit_code": "110102",
        "title": "消防演练",
        "planned_on": "2026年5月6日",
        "expected": 20,
    },
    "findings": {"drill_number": "YL-1", "number": "1", "text": "集合慢", "due_on": "2026-6-1"},
    "categories": {"code": "1010000", "name": "帐篷"},
    "items": {"code": "W-9", "name": "棉被", "unit_of_measure": "床", "shelf_life_months": 36},
    "storehouses": {"code": "C-9", "name": "区级库", "unit_code": "110102"},
    "shelves": {"storehouse": "C-1", "code": "A-1"},
    "stock": {"storehouse": "C-1", "item_code": "W-1", "quantity": "3床", "occurred_on": "2026-11-1"},
    "movements": {
        "document": "RK-9",
        "kind": "入库",
        "storehouse": "C-1",
        "item_code": "W-1",
        "quantity": 5,
        "occurred_on": "2026.1.5",
    },
    "levels": {"unit_code": "110102", "item_code": "W-1", "quantity": "1,500"},
    "cards": {"number": "K-9", "unit_code": "110102", "post": "值班岗", "issued_on": "2026-5-1"},
    "teams": {"unit_code": "110102", "name": "抢险队", "members": 15},
    "team_members": {"unit_code": "110102", "team": "先遣队", "name": "李某", "insured_until": "2027-1-1"},
    "team_equipment": {"unit_code": "110102", "team": "先遣队", "item_code": "W-1", "quantity": 6},
    "duty_shifts": {
        "unit_code": "110102",
        "team": "先遣队",
        "day": "2026-11-25",
        "shift": "夜班",
        "member": "王某",
    },
    "team_agreements": {"unit_code": "110102", "team": "先遣队", "number": "XY-9", "partner": "蓝天队"},
    "team_trainings": {
        "unit_code": "110102",
        "team": "先遣队",
        "held_on": "2026-3-1",
        "subject": "水带连接",
        "attended": 8,
    },
    "scenarios": {"code": "S-9", "name": "内涝转移", "unit_code": "110102", "people": "5000", "hours": 72},
    "scenario_rates": {"scenario": "S-1", "item_code": "W-1", "quantity": 1, "basis": "每人"},
    "quarantines": {
        "storehouse": "C-1",
        "item_code": "W-1",
        "quantity": "3床",
        "kind": "损坏",
        "from_on": "2026-9-1",
    },
    "upkeep": {
        "kind": "检查",
        "storehouse": "C-1",
        "item_code": "W-1",
        "done_on": "2026-9-1",
        "result": "合格",
    },
    "aid_requests": {
        "number": "ZY-9",
        "from_storehouse": "C-1",
        "to_storehouse": "C-2",
        "requested_on": "2026-8-1",
        "state": "草拟",
    },
    "aid_lines": {"request": "ZY-1", "item_code": "W-1", "quantity": "20床"},
}
REFERRED_TO: dict[str, tuple[dict[str, Any], ...]] = {
    "drills": (GOOD["drills"] | {"number": "YL-1"},),
    "posts": (GOOD["posts"],),
    "items": (GOOD["items"] | {"code": "W-1"},),
    "storehouses": tuple(GOOD["storehouses"] | {"code": code, "name": code} for code in ("C-1", "C-2")),
    "movements": (GOOD["movements"] | {"document": "RK-1"},),
    "aid_requests": (GOOD["aid_requests"] | {"number": "ZY-1"},),
    "scenarios": (GOOD["scenarios"] | {"code": "S-1"},),
    "teams": (GOOD["teams"] | {"name": "先遣队"},),
    "team_members": (GOOD["team_members"] | {"name": "王某"},),
}
"""What the good rows refer to."""
WITH_UNIT = [kind for kind, row in GOOD.items() if "unit_code" in row]
KEYED = [kind for kind in GOOD if any(field.key for field in layout(kind).field)]
WITH_DATE = {
    "units": "valid_from",
    "plans": "approved_on",
    "drills": "planned_on",
    "findings": "due_on",
    "movements": "occurred_on",
    "cards": "issued_on",
    "team_members": "insured_until",
    "duty_shifts": "day",
    "team_trainings": "held_on",
    "quarantines": "from_on",
    "upkeep": "done_on",
    "aid_requests": "requested_on",
}
WITH_NUMBER = {
    "units": "headcount",
    "drills": "expected",
    "movements": "quantity",
    "levels": "quantity",
    "teams": "members",
    "team_equipment": "quantity",
    "team_trainings": "attended",
    "scenarios": "people",
    "scenario_rates": "quantity",
    "quarantines": "quantity",
    "aid_lines": "quantity",
}


@pytest.fixture(scope="session")
def furnished_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that needs it leaves an office with what the good rows refer to: copying is cheap."""
    return tmp_path_factory.mktemp("furnished") / "furnished.drill"


@pytest.fixture
def district(furnished_file: Path, office_file: Path, clock: FixedClock) -> Iterator[Office]:
    """An office in a file, with what the good rows refer to."""
    if not furnished_file.exists():
        _furnish(office_file, clock)
        shutil.copy2(office_file, furnished_file)
    shutil.copy2(furnished_file, office_file)
    with Office.open(office_file, clock=clock) as office:
        yield office


def _furnish(office_file: Path, clock: FixedClock) -> None:
    with Office.open(office_file, clock=clock) as office:
        for kind, rows in REFERRED_TO.items():
            path = ledger(office_file.with_name("rows.csv"), kind, *rows)
            assert import_ledger(office, kind, path).created == len(rows)


def ledger(path: Path, kind: str, *rows: dict[str, Any]) -> Path:
    """A file with official headers for the fields of the first row."""
    headers = [field.headers[0] for field in layout(kind).field if field.name in rows[0]]
    names = [field.name for field in layout(kind).field if field.name in rows[0]]
    table = [headers, *([str(row[name]) for name in names] for row in rows)]
    return workbook(path, table) if path.suffix == ".xlsx" else delimited(path, table)


def journal(office: Office) -> list[Sequence[Any]]:
    with office.read() as connection:
        return list(connection.execute(text("SELECT * FROM journal ORDER BY id")).all())


def listed(office: Office, kind: str) -> list[Any]:
    return first_rows(office, KINDS[kind].listing, View(retired=True), 1000)


def only_error(result: ImportResult, row: int, column: str) -> str:
    assert [(error.row, error.column) for error in result.errors] == [(row, column)]
    assert (result.created, result.updated, result.rejected) == (0, 0, 1)
    return result.errors[0].message


def test_a_ledger_becomes_records_and_a_second_time_changes_nothing(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "单位.xlsx", UNITS)
    first = import_ledger(office, "units", path)
    assert (first.read, first.created, first.updated, first.unchanged, first.errors) == (2, 2, 0, 0, ())
    assert first.changes.touches("units")
    before = journal(office)
    second = import_ledger(office, "units", path)
    assert (second.read, second.created, second.updated, second.unchanged) == (2, 0, 0, 2)
    assert journal(office) == before
    assert {row.name for row in listed(office, "units")} >= {"西长安街街道", "新街口街道"}


def test_what_came_from_a_ledger_is_found_by_title_and_number(office: Office, tmp_path: Path) -> None:
    rows = [
        GOOD["items"] | {"code": code, "name": name}
        for code, name in (("W-1", "棉被"), ("W-2", "棉被"), ("X-3", ""))
    ]
    import_ledger(office, "items", ledger(tmp_path / "a.csv", "items", *rows), partial=True)
    found = {
        wanted: {hit.subtitle for hit in search(office, wanted)}
        for wanted in ("棉被", "mb", "mianbei", "w-2")
    }
    assert found == {"棉被": {"W-1", "W-2"}, "mb": {"W-1", "W-2"}, "mianbei": {"W-1", "W-2"}, "w-2": {"W-2"}}


def test_the_journal_names_the_file_and_its_digest(district: Office, tmp_path: Path) -> None:
    path = delimited(tmp_path / "单位.csv", UNITS, "gb18030")
    before = len(journal(district))
    import_ledger(district, "units", path)
    added = journal(district)[before:]
    assert len(added) == 1
    assert digest(path) in str(added[0])
    assert "单位.csv" in str(added[0])


def test_a_dry_run_counts_the_same_and_writes_nothing(district: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", UNITS)
    before = journal(district)
    tried = import_ledger(district, "units", path, dry_run=True)
    assert (tried.created, tried.dry_run) == (2, True)
    assert journal(district) == before
    assert not tried.changes.kinds
    assert import_ledger(district, "units", path).created == tried.created


def test_one_bad_row_stops_all_and_every_bad_row_is_reported(district: Office, tmp_path: Path) -> None:
    rows = [
        ["名录"],
        *UNITS,
        ["110102007", "", "110102", "街道"],
        [],
        ["110102009", "丁", "999", "街道"],
        ["110102010", "戊", "110102", "衙门"],
    ]
    path = workbook(tmp_path / "a.xlsx", rows)
    before = journal(district)
    result = import_ledger(district, "units", path)
    assert [(error.row, error.column, error.value) for error in result.errors] == [
        (5, "单位名称", ""), (7, "上级单位编码", "999"), (8, "类型", "衙门"),
    ]  # fmt: skip
    assert (result.read, result.created, result.rejected) == (5, 0, 3)
    assert journal(district) == before


def test_partial_takes_the_good_rows(district: Office, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [*UNITS, ["110102007", "", "110102", "街道"], ["110102009", "丁", "999", "街道"]]
    )
    tried = import_ledger(district, "units", path, partial=True, dry_run=True)
    result = import_ledger(district, "units", path, partial=True)
    for found in (tried, result):
        assert (found.read, found.created, found.rejected) == (4, 2, 2)


def test_empty_cells_leave_what_is_known(district: Office, tmp_path: Path) -> None:
    import_ledger(district, "units", workbook(tmp_path / "a.xlsx", UNITS))
    again = workbook(tmp_path / "b.xlsx", [["编码", "名称", "类型"], ["110102001", "西长安街街道办", ""]])
    assert import_ledger(district, "units", again).updated == 1
    row = next(row for row in listed(district, "units") if row.code == "110102001")
    assert (row.name, row.kind, row.parent_code) == ("西长安街街道办", "street", "110102")


def test_every_kind_is_tried_here() -> None:
    assert set(GOOD) | {"drill_log"} == set(KINDS)


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_row_of_each_kind_is_taken(district: Office, tmp_path: Path, kind: str) -> None:
    result = import_ledger(district, kind, ledger(tmp_path / "a.csv", kind, GOOD[kind]))
    assert result.errors == ()
    assert result.created + result.unchanged == 1


@pytest.mark.parametrize("kind", GOOD)
def test_what_went_in_goes_out_and_comes_back_unchanged(district: Office, tmp_path: Path, kind: str) -> None:
    import_ledger(district, kind, ledger(tmp_path / "in.csv", kind, GOOD[kind]))
    for name in ("out.csv", "out.xlsx"):
        count = export_ledger(district, kind, tmp_path / name)
        result = import_ledger(district, kind, tmp_path / name)
        assert (result.errors, result.read, result.unchanged) == ((), count, count)


@pytest.mark.parametrize("kind", GOOD)
def test_a_wrong_header(district: Office, tmp_path: Path, kind: str) -> None:
    path = workbook(tmp_path / "a.xlsx", [["甲", "乙"], ["1", "2"]])
    with pytest.raises(InvalidInput, match="没有找到包含全部必填列的表头行"):
        import_ledger(district, kind, path)


@pytest.mark.parametrize("kind", WITH_UNIT)
def test_an_unknown_unit_code(district: Office, tmp_path: Path, kind: str) -> None:
    path = ledger(tmp_path / "a.csv", kind, GOOD[kind] | {"unit_code": "no such"})
    field = next(field for field in layout(kind).field if field.name == "unit_code")
    assert "no such" in only_error(import_ledger(district, kind, path), 2, field.headers[0])


@pytest.mark.parametrize(("kind", "name"), WITH_DATE.items())
def test_an_impossible_date(district: Office, tmp_path: Path, kind: str, name: str) -> None:
    path = ledger(tmp_path / "a.csv", kind, GOOD[kind] | {name: "2026-02-30"})
    field = next(field for field in layout(kind).field if field.name == name)
    assert "实际存在的日期" in only_error(import_ledger(district, kind, path), 2, field.headers[0])


@pytest.mark.parametrize(("kind", "name"), WITH_NUMBER.items())
def test_a_negative_quantity(district: Office, tmp_path: Path, kind: str, name: str) -> None:
    path = ledger(tmp_path / "a.csv", kind, GOOD[kind] | {name: -3})
    field = next(field for field in layout(kind).field if field.name == name)
    assert only_error(import_ledger(district, kind, path), 2, field.headers[0])


@pytest.mark.parametrize("kind", KEYED)
def test_a_key_that_stands_there_twice(district: Office, tmp_path: Path, kind: str) -> None:
    path = ledger(tmp_path / "a.csv", kind, GOOD[kind], GOOD[kind])
    field = next(field for field in layout(kind).field if field.key)
    assert "第 2 行" in only_error(import_ledger(district, kind, path), 3, field.headers[0])


@pytest.mark.parametrize("kind", KEYED)
def test_a_formula_cell(district: Office, tmp_path: Path, kind: str) -> None:
    name = next(field.name for field in layout(kind).field if field.key)
    path = ledger(tmp_path / "a.xlsx", kind, GOOD[kind], GOOD[kind] | {name: "=A1"})
    result = import_ledger(district, kind, path)
    assert [(error.row, error.value) for error in result.errors] == [(3, "=A1")]
    assert "公式" in result.errors[0].message


def unreadable_files(folder: Path, bomb: Path, kind: str) -> dict[str, tuple[Path, type[DrillappError]]]:
    headers = [field.headers[0] for field in layout(kind).field]
    truncated = ledger(folder / "truncated.xlsx", kind, GOOD[kind])
    truncated.write_bytes(truncated.read_bytes()[:3000])
    held = ledger(folder / "held.xlsx", kind, GOOD[kind])
    (folder / "~$held.xlsx").touch()
    return {
        "empty sheet": (workbook(folder / "empty.xlsx", []), InvalidInput),
        "only a header": (workbook(folder / "header.xlsx", [headers]), InvalidInput),
        "1 GB when unzipped": (bomb, InvalidInput),
        "truncated": (truncated, Damaged),
        "open elsewhere": (held, Unavailable),
    }


@pytest.mark.parametrize("kind", GOOD)
def test_files_that_cannot_be_read_leave_the_office_as_it_was(
    district: Office, tmp_path: Path, bomb: Path, kind: str
) -> None:
    before = journal(district)
    sentences = set()
    for path, error in unreadable_files(tmp_path, bomb, kind).values():
        with pytest.raises(error) as refused:
            import_ledger(district, kind, path)
        sentences.add(refused.value.message)
    assert len(sentences) == 5
    assert journal(district) == before
    assert check(district).ok


def test_an_unknown_kind(district: Office, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="horses"):
        import_ledger(district, "horses", workbook(tmp_path / "a.xlsx", UNITS))


def test_a_cancelled_import_leaves_nothing(district: Office, tmp_path: Path) -> None:
    class StopAtWriting:
        def step(self, done: int, total: int | None, text: str) -> None:
            if total == 2:
                raise Cancelled

    before = journal(district)
    with pytest.raises(Cancelled):
        import_ledger(district, "units", workbook(tmp_path / "a.xlsx", UNITS), progress=StopAtWriting())
    assert journal(district) == before


def test_a_column_can_be_named_by_hand(district: Office, tmp_path: Path) -> None:
    path = delimited(tmp_path / "a.csv", [["序号", "供热单位名称"], ["1", "甲热力站"]])
    result = import_ledger(district, "units", path, column_map={"序号": "code", "供热单位名称": "name"})
    assert result.created == 1


needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the real files of ../shared/data are not on this machine"
)


@needs_shared
def test_the_real_divisions_of_xicheng(district: Office) -> None:
    result = import_ledger(district, "units", SHARED / "units" / "xicheng_divisions.csv", partial=True)
    assert result.read == 279
    assert [error.value for error in result.errors] in ([], ["1101"])
    assert result.created + result.updated + result.unchanged >= 278


@needs_shared
@pytest.mark.parametrize(
    ("name", "column_map", "rows"),
    [
        ("units/bj_平谷区托育机构备案_gbk.csv", {"序号": "code"}, 22),
        ("units/bj_经开区消防安全重点单位名录2022.csv", {"序号": "code"}, 230),
        ("units/bj_在京央企名录.csv", {"序号": "code"}, 98),
        (
            "messy/bj_通州供热单位备案_gbk_点分日期.csv",
            {"证号": "code", "供热单位名称": "name", "有效期至": "valid_to"},
            54,
        ),
        (
            "messy/bj_怀柔住建双随机_标题行_点分日期.xls",
            {"检查单号": "code", "被检查单位或个人名称": "name", "检查时间": "valid_from"},
            200,
        ),
        ("messy/bj_示范基地名单_合并单元格.xls", {"序号": "code"}, 13),
    ],
)
def test_real_ledgers_of_others_are_read(
    district: Office, name: str, column_map: dict[str, str], rows: int
) -> None:
    result = import_ledger(district, "units", SHARED / name, column_map=column_map, partial=True)
    assert result.read == rows
    assert result.created + result.rejected == result.read
    assert result.created >= rows * 0.9


@needs_shared
def test_a_real_supplies_list_is_not_taken_for_units_unseen(district: Office) -> None:
    result = import_ledger(district, "units", SHARED / "supplies" / "hotelA_应急物资清单.csv")
    assert result.rejected > 0
    assert (result.created, result.updated) == (0, 0)
