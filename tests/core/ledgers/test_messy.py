"""The messy files of others, each with what a person sees in it: header, columns, rows, cells, and what is refused.

Written from looking at the files. They are not committed; tests/core/ledgers/test_lookalikes.py holds the same traps.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from drillapp.core.ledgers.checked import Checked
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.guessing.guess import guess
from drillapp.core.ledgers.heads import glances
from drillapp.core.office import Office
from drillapp.core.progress import SILENT

SHARED = Path(__file__).parents[4] / "shared" / "data"

pytestmark = [
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="the real files of ../shared/data are not on this machine"
    ),
    pytest.mark.sqlite_only("files are read the same way above any database"),
]


class Seen(NamedTuple):
    """What a person sees in a file."""

    file: str
    guessed: str | None
    """The kind it is taken for when nothing is said."""
    kind: str
    column_map: Mapping[str, str]
    header: tuple[int, int]
    columns: Mapping[str, int]
    """Field to column, A being 0."""
    rows: int
    cells: Mapping[tuple[int, str], str]
    """Row and field to the value, as an export would write it."""
    refused: Mapping[int, str]
    """Row to words in the reason."""
    numbered: bool = False


HEATING = Seen(
    "messy/bj_通州供热单位备案_gbk_点分日期.csv",
    "units",
    "units",
    {"证号": "code", "有效期至": "valid_to"},
    (1, 1),
    {"code": 2, "name": 1, "valid_to": 6},
    54,
    {
        (2, "code"): "通锅0256",
        (2, "name"): "北京京能热力发展有限公司",
        (2, "valid_to"): "2025-12-30",
        (28, "code"): "通0391",
        (28, "name"): "北京汇润智数工程安装有限公司通州分公司",
        (33, "valid_to"): "2026-04-15",
        (44, "code"): "通锅0210",
        (50, "code"): "通0204",
        (55, "code"): "通0393",
        (55, "name"): "北京海拓汇达新能源有限公司",
        (55, "valid_to"): "2026-07-07",
    },
    {},
)

INSPECTIONS = Seen(
    "messy/bj_怀柔住建双随机_标题行_点分日期.xls",
    None,
    "units",
    {"检查单号": "code", "检查时间": "valid_from"},
    (2, 2),
    {"code": 0, "name": 3, "kind": 4, "valid_from": 1},
    200,
    {
        (3, "code"): "2022700445",
        (3, "name"): "北京国际建设集团有限公司",
        (3, "valid_from"): "2022-03-30",
        (3, "kind"): "企业",
        (10, "valid_from"): "2022-03-21",
        (57, "name"): "中国建筑一局（集团）有限公司",
        (57, "code"): "2022701579",
        (100, "valid_from"): "2022-08-10",
        (150, "name"): "北京山天置业有限公司",
        (150, "valid_from"): "2022-11-10",
        (202, "code"): "2022701707",
        (202, "valid_from"): "2022-10-01",
    },
    {},
)

BASES = Seen(
    "messy/bj_示范基地名单_合并单元格.xls",
    "units",
    "units",
    {"序号": "code", "区": "address"},
    (2, 2),
    {"code": 0, "name": 3, "address": 2},
    13,
    {
        (3, "code"): "1",
        (3, "address"): "海淀区",
        (4, "address"): "海淀区",
        (5, "name"): "果树栽培",
        (7, "name"): "玫瑰花精细加工项目",
        (7, "address"): "门头沟区",
        (9, "address"): "房山区",
        (11, "address"): "顺义区",
        (12, "address"): "顺义区",
        (13, "address"): "大兴区",
        (15, "code"): "13",
        (15, "address"): "昌平区",
    },
    {},
)

VACCINES = Seen(
    "messy/bj_进口疫苗代理备案_中文日期_gbk.csv",
    "units",
    "units",
    {"代理期至": "valid_to"},
    (1, 1),
    {"code": 6, "name": 5, "address": 7, "valid_to": 9},
    12,
    {
        (2, "code"): "91110113684384358D",
        (2, "name"): "科园信海（北京）医疗用品贸易有限公司",
        (2, "valid_to"): "2025-06-30",
        (3, "valid_to"): "2023-12-31",
        (5, "valid_to"): "2025-12-31",
        (7, "valid_to"): "2024-12-31",
        (9, "valid_to"): "2024-06-30",
        (11, "code"): "91110101096651384W",
        (11, "name"): "北京首惠医药有限公司",
        (11, "address"): "北京市朝阳区双桥东路东19幢2层",
        (11, "valid_to"): "2023-05-19",
    },
    # One agent stands there once for each of its vaccines.
    dict.fromkeys((3, 4, 5, 6, 7, 8, 9, 10, 13), "与第 2 行重复") | {12: "与第 11 行重复"},
)

NO_DATE, NO_YEAR = "应为实际存在的日期", "没有年份"
DATES = Seen(
    "messy/easyexcel_dataformat_中文日期格式.xls",
    None,
    "units",
    {"date": "valid_from", "dateStringCn": "valid_to", "dateStringUs": "name"},
    (1, 1),
    {"name": 3, "valid_from": 0, "valid_to": 1},
    27,
    {
        (2, "valid_from"): "2020-01-01",
        (2, "valid_to"): "2020-01-01",
        (4, "valid_to"): "2020-01-01",
        (5, "valid_to"): "2020-01-01",
        (5, "name"): "2020年1月1日",
        (6, "valid_to"): "2020-01-31",
        (8, "valid_to"): "2020-01-01",
        (11, "valid_to"): "2020-01-01",
        (12, "valid_from"): "2020-01-01",
        (28, "valid_from"): "2020-01-01",
        (28, "valid_to"): "2020-01-01",
        (28, "name"): "2020年1月1日 1:01:01",
    },
    dict.fromkeys((3, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25, 27), NO_DATE)
    | dict.fromkeys((7, 10, 13, 23, 26), NO_YEAR)
    # 20/1/1 and 01/01/20 cannot both be read in one order.
    | dict.fromkeys((12, 14), "不一致"),
    numbered=True,
)

MATERIALS = Seen(
    "messy/easypoi_三级表头_一对多合并.xlsx",
    None,
    "items",
    {
        "包含的数据项（每个数据项需单行填写）": "name",
        "供需名称": "category",
        "供需编码": "spec",
        "需求部门标记数据来源部门": "aliases",
    },
    (2, 4),
    {"name": 9, "category": 2, "aliases": 10, "spec": 1},
    9,
    {
        (5, "name"): "企业营业执照号（五证合一社会信用号码）",
        (5, "category"): "建筑业企业资质变更示例",
        (5, "spec"): "审核转报-00180-000",
        (6, "name"): "企业名称",
        (6, "category"): "建筑业企业资质变更示例",
        (6, "spec"): "审核转报-00180-000",
        (7, "name"): "资质证书编号",
        (8, "spec"): "审核转报-00180-000",
        (9, "spec"): "审核转报-00180-000",
        (11, "name"): "企业名称",
        (11, "spec"): "审核转报-00190-000",
        (12, "category"): "建筑业企业资质变更示例无子项",
        (12, "aliases"): "省工商局",
    },
    # The third item of each has two sources, a row each.
    {8: "重复", 9: "不能为空", 13: "重复"},
)


@pytest.mark.parametrize(
    "seen",
    [HEATING, INSPECTIONS, BASES, VACCINES, DATES, MATERIALS],
    ids=lambda seen: seen.file.split("_")[1],
)
def test_a_messy_file_is_read_as_a_person_reads_it(office: Office, seen: Seen) -> None:
    path = SHARED / seen.file
    assert guess(glances(path, SILENT), file_name=path.name).kind == seen.guessed

    draft = Draft.open(office, path, kind=seen.kind, column_map=seen.column_map)
    draft.number_new(seen.numbered)
    assert draft.guess.header == seen.header
    assert {field: draft.guess.columns.get(field) for field in seen.columns} == seen.columns

    checked = draft.check(office)
    assert checked.result.read == seen.rows
    assert {cell: _understood(checked, *cell) for cell in seen.cells} == seen.cells
    refused = {error.row for error in checked.result.errors}
    assert refused >= seen.refused.keys()
    for error in checked.result.errors:
        assert seen.refused.get(error.row, "?") in error.message


def _understood(checked: Checked, row: int, field: str) -> str:
    [found] = [one for one in checked.rows(0, checked.count) if one.row == row]
    return found.understood[[one.name for one in checked.fields].index(field)]


def test_what_a_merged_cell_filled_down_is_told(office: Office) -> None:
    path = SHARED / BASES.file
    notes = Draft.open(office, path, column_map=BASES.column_map).check(office).result.notes
    assert ["4, 7, 9, 11-12, 15" in note.message for note in notes if note.column == "区"] == [True]


@pytest.mark.parametrize(
    ("file", "kind", "header", "columns"),
    [
        ("supplies/bj_储备检查台账2024.csv", "units", (1, 1), {"code": 1, "name": 0, "address": 3}),
        (
            "supplies/hotelA_应急物资清单.csv",
            "stock",
            (1, 1),
            {"item_name": 1, "quantity": 2, "unit_of_measure": 3, "shelf": 4, "keeper": 5, "phone": 6},
        ),
        (
            "supplies/redcross_wh_接收捐赠物资公示第7期.xlsx",
            "stock",
            (5, 5),
            {"item_name": 0, "counterparty": 1, "spec": 2, "unit_of_measure": 3, "quantity": 4},
        ),
        (
            "supplies/redcross_wh_接收捐赠物资公示第8期.xlsx",
            "stock",
            (6, 6),
            {"counterparty": 0, "item_name": 1, "spec": 2, "unit_of_measure": 3, "quantity": 4},
        ),
        (
            "supplies/sahana_rms_inv_item.csv",
            "stock",
            (1, 1),
            {
                "storehouse": 1, "item_name": 2, "item_code": 3, "unit_of_measure": 4, "quantity": 5,
                "counterparty": 8, "shelf": 10, "note": 11,
            },
        ),
        (
            "supplies/sahana_rms_inv_minimum.csv",
            "levels",
            (1, 1),
            {"storehouse": 0, "item_code": 4, "quantity": 6, "source": 7},
        ),
        (
            "supplies/sahana_rms_supply_catalog_item.csv",
            "items",
            (1, 1),
            {"category": 1, "name": 3, "code": 4, "unit_of_measure": 5},
        ),
        (
            "supplies/shanghai_redcross_常备救灾物资目录2021.csv",
            "levels",
            (1, 1),
            {"item_code": 0, "quantity": 2},
        ),
        ("supplies/wuhan2020_hospital_needs.csv", "levels", (1, 1), {"unit_code": 3, "item_code": 4, "quantity": 5}),
        ("units/xicheng_divisions.csv", "units", (1, 1), {"code": 0, "name": 1, "kind": 2, "parent_code": 3}),
        ("units/xicheng_schools.csv", "units", (1, 1), {"name": 0, "kind": 4, "address": 5}),
        ("units/xicheng_施工现场备案2022.csv", "units", (1, 1), {"name": 0, "address": 1}),
        ("units/xicheng_汽车租赁企业信用评价.csv", "units", (1, 1), {"code": 4, "name": 0}),
        ("units/bj_经开区消防安全重点单位名录2022.csv", "units", (2, 2), {"name": 1, "address": 2}),
        ("units/bj_平谷区托育机构备案_gbk.csv", "units", (2, 2), {"name": 1, "address": 2}),
        ("units/bj_在京央企名录.csv", "units", (2, 2), {"code": 3, "name": 2, "kind": 1}),
    ],
)  # fmt: skip
def test_a_real_file_is_understood_with_nothing_said(
    file: str, kind: str, header: tuple[int, int], columns: dict[str, int]
) -> None:
    found = guess(glances(SHARED / file, SILENT), file_name=Path(file).name)
    assert (found.kind, found.header, found.columns) == (kind, header, columns)
