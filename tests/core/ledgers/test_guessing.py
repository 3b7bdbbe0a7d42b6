"""A ledger file is understood at first sight: its kind, its sheet, its header, its columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillapp.core.errors import InvalidInput
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.guessing.explaining import explain, unsure
from drillapp.core.ledgers.guessing.guess import guess
from drillapp.core.ledgers.guessing.remembering import Remembered, recall_mappings, remember_mapping, shape
from drillapp.core.ledgers.guessing.settled import settle
from drillapp.core.ledgers.layout import layout, plain_word
from drillapp.core.ledgers.shapes import Glance, Guess, Merged
from drillapp.core.office import Office

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def sheet(*rows: Any, name: str = "Sheet1", merged: tuple[Merged, ...] = (), **more: Any) -> Glance:
    """A sheet whose rows are lists, or words with a space between them; `-` is an empty cell."""
    cells = [row.split(" ") if isinstance(row, str) else list(row) for row in rows]
    plain = [["" if cell == "-" else cell for cell in row] for row in cells]
    return Glance(name, plain, merged=merged, **more)


def guessed(*rows: Any, **said: Any) -> Guess:
    merged = said.pop("merged", ())
    return guess([sheet(*rows, merged=merged)], **said)


# --- kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", [0, 1])
def test_what_export_writes_is_known_again(kind: str, language: int) -> None:
    headers = [field.headers[language] for field in layout(kind).field]
    found = guessed(headers)
    assert (found.kind, found.missing) == (kind, ())
    assert found.columns == {name: column for column, name in enumerate(layout(kind).names)}
    assert settle(found) == kind


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("units", "序号 企业名称 统一社会信用代码 法定代表人 注册地址 联系电话"),
        ("units", "序号 学校名称 学校地址 在校人数 校长"),
        ("people", "序号 单位名称 姓名 职务 手机号码"),
        ("plans", "序号 预案名称 编制单位 预案类型 发布日期 备案日期 备案编号"),
        ("drills", "序号 演练名称 演练时间 演练地点 演练形式 参加人数 组织单位"),
        ("stock", "序号 物资名称 规格型号 单位 库存数量 存放地点 保管人 联系电话"),
        ("stock", "品名 规格 计量单位 数量 生产日期 有效期至 存放位置"),
        ("items", "物资编码 物资名称 规格型号 计量单位 物资类别"),
        ("movements", "日期 单据号 出入库类型 仓库 物资名称 数量 领用单位 经办人"),
        ("levels", "单位名称 物资名称 配备数量 依据"),
        ("storehouses", "序号 仓库名称 仓库地址 管理单位 保管人 电话"),
        ("teams", "序号 队伍名称 队伍类型 负责人 联系电话 人数 驻地"),
        ("team_members", "队伍名称 姓名 职务 联系电话 证书"),
        ("duty_shifts", "日期 班次 值班人员 队伍名称"),
        ("findings", "序号 演练编号 存在问题 整改措施 责任人 整改期限 完成情况"),
        ("cards", "岗位 风险提示 处置步骤 严禁事项 报警电话 单位名称"),
        ("upkeep", "检查日期 检查人 检查结果 仓库 物资名称"),
    ],
)
def test_the_kind_is_known_by_the_headers_offices_use(kind: str, header: str) -> None:
    assert guessed(header).kind == kind


def test_the_title_speaks_where_the_headers_do_not() -> None:
    assert guessed("2026年消防安全重点单位名录", "序号 名称 地址").kind == "units"
    assert guess([sheet("名称 负责人 电话 人数", name="救援队伍")]).kind == "teams"
    assert guess([sheet("编号 名称 级别 类别")], file_name="街道应急预案台账.xlsx").kind == "plans"


def test_what_looks_like_no_ledger_is_no_kind() -> None:
    found = guessed("date dateStringCn number", [43831, "2020年1月1日", 1.1], [43832, "2020年1月2日", 1.2])
    assert (found.kind, found.columns) == (None, {})
    assert found.kinds
    with pytest.raises(InvalidInput, match="dateStringCn") as refused:
        settle(found)
    assert found.kinds[0][0] in refused.value.hint


def test_what_may_be_two_kinds_is_asked() -> None:
    found = guessed("单位编码 name")
    assert len({certainty for _kind, certainty in found.kinds[:2]}) == 1
    with pytest.raises(InvalidInput, match="台账"):
        settle(found)
    assert settle(guessed("单位编码 name", kind="people")) == "people"


def test_a_list_with_quantities_is_not_taken_for_one_without() -> None:
    rows = (
        "物资内容 单位 常备存储量 存储量区间(最小-最大) 规格",
        "棉被 床 1500 1500-3000 2m",
        "帐篷 顶 100 100-200 12m2",
    )
    assert guess([sheet(*rows)], file_name="常备救灾物资目录.csv").kind == "levels"


def test_what_was_counted_is_taken_and_not_what_the_books_say() -> None:
    found = guessed("货位 物资名称 账面数量 盘点数量 盘点日期", "A1 沙袋 500 498 2026.5.1")
    assert (found.kind, found.columns["quantity"], found.columns["occurred_on"]) == ("stock", 3, 4)


def test_a_day_of_purchase_is_not_the_day_of_the_list() -> None:
    rows = ["储备点 物资名称 数量 购置日期", *(f"一库 物资{i} {i} 2023.5.{i}" for i in range(1, 5))]
    found = guessed(*rows)
    assert (found.kind, found.missing) == ("stock", ("occurred_on",))
    [doubt] = [reason for reason in found.because if reason.subject == "column" and not reason.field]
    assert (doubt.column, "发生日期" in doubt.words) == (3, True)


# --- header


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_table_is_found_wherever_it_stands_and_in_whatever_order(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    fields = [field for field in layout(kind).field if field.required or data.draw(st.booleans())]
    fields = data.draw(st.permutations(fields if len(fields) > 1 else layout(kind).field[:2]))
    left = data.draw(st.integers(0, 2))
    titles = data.draw(st.lists(st.sampled_from(["台账", "填报单位：某街道", ""]), max_size=4))
    width = left + len(fields)
    above = [[""] * left + [title] + [""] * (width - left - 1) for title in titles]
    header = [""] * left + [data.draw(st.sampled_from(field.headers[:2])) for field in fields]
    below = [
        [""] * left + [f"{field.name}{i}" for field in fields] for i in range(data.draw(st.integers(1, 5)))
    ]
    found = guess([sheet(*above, header, *below)], kind=kind)
    assert found.header == (len(above) + 1, len(above) + 1)
    assert found.columns == {field.name: left + i for i, field in enumerate(fields)}


def test_titles_above_are_passed_over() -> None:
    found = guessed(
        "某街道应急物资台账 - - -",
        "填报单位：某街道办 - 填报日期：2026年5月 -",
        "- - - -",
        "序号 物资名称 数量 存放地点",
        "1 灭火器 12 一楼",
    )
    assert (found.kind, found.header) == ("stock", (4, 4))
    assert found.headers == {0: "序号", 1: "物资名称", 2: "数量", 3: "存放地点"}


def test_names_over_several_columns_are_joined_with_those_below() -> None:
    merged = (Merged(1, 0, 2, 0), Merged(1, 1, 1, 2), Merged(1, 3, 1, 4))
    found = guessed(
        "队伍名称 负责人 - 驻地 -",
        "- 姓名 联系电话 地址 备注",
        "甲队 张三 13800138000 一号院 -",
        merged=merged,
    )
    assert found.header == (1, 2)
    assert found.headers == {
        0: "队伍名称",
        1: "负责人 姓名",
        2: "负责人 联系电话",
        3: "驻地 地址",
        4: "驻地 备注",
    }
    assert found.kind == "teams"
    assert {name: found.columns[name] for name in ("name", "phone", "note")} == {
        "name": 0,
        "phone": 2,
        "note": 4,
    }


def test_a_header_of_three_rows_and_words_that_make_one() -> None:
    merged = (Merged(1, 0, 3, 0), Merged(1, 1, 1, 3), Merged(2, 1, 2, 2), Merged(2, 3, 3, 3))
    found = guessed(
        "单位名称 物资 - -",
        "- 储备库 - 数量",
        "- 编码 名称 -",
        "甲公司 K1 中心库 5",
        merged=merged,
        kind="stock",
    )
    assert found.header == (1, 3)
    assert found.headers == {0: "单位名称", 1: "物资 储备库 编码", 2: "物资 储备库 名称", 3: "物资 数量"}
    assert found.columns["quantity"] == 3


def test_names_without_merged_cells_are_joined_where_gaps_say_so() -> None:
    found = guessed("序号 单位 物资 - 联系人", "- - 名称 数量 -", "1 甲 沙袋 5 张三", "2 乙 铁锹 7 李四")
    assert found.header == (1, 2)
    assert list(found.headers.values()) == ["序号", "单位", "物资 名称", "物资 数量", "联系人"]
    assert guessed("物资名称 数量 备注", "沙袋 5 -", "铁锹 - 坏").header == (1, 1)


def test_a_merged_value_below_is_no_second_row_of_the_header() -> None:
    merged = (Merged(2, 0, 3, 0),)
    found = guessed("单位名称 物资名称 数量", "甲 沙袋 5", "- 铁锹 7", merged=merged)
    assert found.header == (1, 1)


def test_blank_first_columns_stay_in_the_count() -> None:
    found = guessed("- - -", "- 单位编码 单位名称", "- U1 甲")
    assert (found.header, found.columns) == ((2, 2), {"code": 1, "name": 2})


def test_rows_without_a_header_are_known_by_what_is_in_them() -> None:
    rows = [
        ["91110000100009563N", "甲有限公司", "企业"],
        ["91110000100014071Q", "乙有限公司", "企业"],
        ["91110000710925243K", "丙医院", "医院"],
    ]
    found = guess([sheet(*rows)], kind="units")
    assert (found.header, found.headers) == ((0, 0), {})
    assert found.columns == {"code": 0, "name": 1, "kind": 2}
    assert guess([sheet(*rows)], kind="units", header=(1, 1)).header == (1, 1)
    pasted = guessed("甲公司 一号院 5", "乙公司 二号院 7", "丙公司 三号院 9", kind="units")
    assert (pasted.header, pasted.columns["name"]) == ((0, 0), 0)


# --- columns


def test_columns_are_known_by_what_is_in_them_where_the_header_does_not_say() -> None:
    found = guessed(
        "队伍名称 队别 值守",
        "甲队 综合性消防救援队伍 010-66190600",
        "乙队 综合性消防救援队伍 13800138000",
        "丙队 综合性消防救援队伍 66059379",
        kind="teams",
    )
    assert found.columns["phone"] == 2


def test_a_common_word_above_other_things_is_left_out() -> None:
    rows = [["编码", "名称", "类别"], *([f"U{i}", f"单位{i}", "示范项目"] for i in range(4))]
    assert "kind" not in guess([sheet(*rows)], kind="units").columns
    schools = [["编码", "名称", "类别"], *([f"U{i}", f"单位{i}", "小学"] for i in range(4))]
    assert guess([sheet(*schools)], kind="units").columns["kind"] == 2


def test_an_official_header_is_believed_whatever_stands_below() -> None:
    rows = [["单位编码", "单位名称", "单位类型"], *([f"U{i}", f"单位{i}", "城堡"] for i in range(4))]
    assert guess([sheet(*rows)], kind="units").columns["kind"] == 2


def test_a_range_of_dates_feeds_both_its_ends() -> None:
    found = guessed(
        "单位编码 队伍名称 协议编号 协议单位 有效期限",
        "U1 甲队 X1 乙公司 2023.1.1-2025.12.31",
        "U1 甲队 X2 丙公司 2024年1月1日至长期",
        "U1 甲队 X3 丁公司 2023.1.1-2024.1.1",
    )
    assert found.kind == "team_agreements"
    assert found.columns["valid_from"] == found.columns["valid_until"] == 4


def test_numbers_of_rows_are_no_data() -> None:
    found = guessed(
        "序号 演练名称 演练时间 组织单位", "1 甲 2026.5.6 U1", "2 乙 2026.5.7 U1", "3 丙 2026.5.8 U1"
    )
    assert "number" not in found.columns
    assert found.missing == ("number",)


def test_what_is_said_wins_over_what_is_guessed() -> None:
    rows = ("编码 名称 简称", "U1 甲公司 甲")
    assert guessed(*rows, kind="units", column_map={"简称": "name"}).columns == {"code": 0, "name": 2}
    assert guessed(*rows, kind="units", column_map={"c": "name"}).columns == {"code": 0, "name": 2}
    assert guessed(*rows, kind="units", said={1: "", 2: "name"}).columns == {"code": 0, "name": 2}
    assert guessed(*rows, kind="units", said={1: ""}).missing == ("name",)
    assert guessed(*rows, kind="units", column_map={"名称": ""}, given=("name",)).missing == ()


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"column_map": {"俗称": "name"}}, "俗称"),
        ({"column_map": {"名称": "nickname"}}, "nickname"),
        ({"sheet": "别的"}, "别的"),
    ],
)
def test_what_there_is_not_is_refused(said: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        guessed("编码 名称", kind="units", **said)


def test_nobody_decides_between_two_columns_of_one_name_unseen() -> None:
    rows = ("编码 单位名称 单位名称", "U1 甲 乙")
    with pytest.raises(InvalidInput, match="单位名称"):
        settle(guessed(*rows, kind="units"))
    assert settle(guessed(*rows, kind="units", said={2: ""})) == "units"
    assert settle(guessed(*rows, kind="units", said={2: "name"})) == "units"
    assert settle(guessed("编码 名称 备注 备注", kind="units")) == "units"


def test_a_required_column_that_is_not_there_is_named_with_those_seen() -> None:
    with pytest.raises(InvalidInput, match=r"预案名称.*题目"):
        settle(guessed("预案编号 题目 备案时间", kind="plans"))


# --- sheets and tables


def test_the_sheet_with_the_ledger_is_found_and_others_are_told() -> None:
    sheets = [
        sheet("填表说明", "请逐行填写", name="说明"),
        sheet("姓名 单位编码 电话", "张三 U1 13800138000", name="人员"),
        sheet("单位编码 单位名称 地址", "U1 甲 一号", name="单位"),
    ]
    found = guess(sheets)
    assert (found.sheet, found.kind) == ("人员", "people")
    assert [(other.sheet, other.kind) for other in found.others] == [("单位", "units")]
    assert guess(sheets, sheet="单位").kind == "units"
    assert guess(sheets, kind="units").sheet == "单位"


def test_a_sheet_of_data_that_is_no_ledger_is_told_too() -> None:
    found = guess(
        [
            sheet("单位编码 单位名称 地址", "U1 甲 一号", name="单位"),
            sheet("怎样填写 请逐行填写", "一 二 三", "四 五 六", name="说明"),
            sheet("代号 级 值", "甲 一 5", "乙 二 7", "丙 三 9", name="附表"),
        ]
    )
    assert [(other.sheet, other.header, other.kind, other.rows) for other in found.others] == [
        ("附表", (1, 1), None, 3)
    ]
    assert found.others[0].words == ("代号", "级", "值")


def test_a_hidden_sheet_gives_way() -> None:
    rows = ("单位编码 单位名称", "U1 甲")
    assert guess([sheet(*rows, name="旧", is_hidden=True), sheet(*rows, name="新")]).sheet == "新"
    assert guess([sheet(*rows, name="旧", is_hidden=True)]).sheet == "旧"


def test_a_second_table_below_is_told() -> None:
    found = guessed(
        "单位编码 单位名称 地址", "U1 甲 一号", "- - -", "队伍名称 队伍类型 负责人 驻地", "甲队 - 张三 一号"
    )
    assert (found.kind, found.header) == ("units", (1, 1))
    assert [(other.header, other.kind) for other in found.others] == [((4, 4), "teams")]


def test_of_two_tables_side_by_side_one_is_read_and_the_other_told() -> None:
    found = guessed("序号 物资名称 数量 - 序号 物资名称 数量", "1 沙袋 5 - 6 铁锹 7", "2 水泵 5 - 7 雨衣 7")
    assert (found.columns["item_name"], found.columns["quantity"]) == (1, 2)
    assert set(found.headers) == {0, 1, 2}
    assert [other.words for other in found.others] == [("序号", "物资名称", "数量")]


def test_an_empty_file_is_understood_as_nothing() -> None:
    assert guess([sheet()]).header == (0, 0)
    assert guess([Glance("空", [["", ""]])]).columns == {}
    assert guess([Glance("空", [])], kind="units").kind == "units"


# --- remembered


def test_the_next_file_of_a_shape_is_understood_as_the_last(office: Office) -> None:
    rows = sheet("证号 供热单位 区域", "通1 甲热力站 北苑", "通2 乙热力站 南苑")
    first = guess([rows], kind="units", column_map={"证号": "code", "供热单位": "name", "区域": ""})
    with office.write("test") as work:
        remember_mapping(work.connection, first, NOW)
    with office.write("test") as work:
        remember_mapping(work.connection, first, NOW)
    later = sheet("某区供热单位", "证号 供热单位 区域", "通3 丙热力站 东苑", name="另一张")
    with office.read() as connection:
        known = recall_mappings(connection, [later])
        assert recall_mappings(connection, [sheet("证号 供热单位", "a b")]) == {}
    found = guess([later], known=known)
    assert (found.kind, found.columns, found.left_out) == ("units", {"code": 0, "name": 1}, (2,))
    assert found.header == (2, 2)
    # What is said now wins over what was said then.
    assert guess([later], known=known, column_map={"区域": "address"}).columns["address"] == 2
    assert guess([later], known=known, kind="storehouses").kind == "storehouses"


def test_what_a_file_calls_itself_wins_over_what_the_last_one_was() -> None:
    rows = ("编码 名称 地址 主管单位", "A1 一号 东街 1")
    known = {shape(guessed(*rows).headers): Remembered("storehouses", {plain_word("编码"): "code"})}
    assert guess([sheet(*rows)], known=known).kind == "storehouses"
    assert guess([sheet("储备库", *rows)], known=known).kind == "storehouses"
    titled = guess([sheet("单位台账", *rows)], known=known)
    assert (titled.kind, titled.columns["code"]) == ("units", 0)


def test_what_was_said_of_a_file_does_not_change_how_our_own_files_are_read() -> None:
    own = Glance("单位", [[field.headers[0] for field in layout("units").field]])
    said = guess([own], kind="units", said={5: ""})
    known = {
        shape(said.headers): Remembered("units", {plain_word("地址"): "", plain_word("单位名称"): "name"})
    }
    assert guess([own], known=known).columns == {name: i for i, name in enumerate(layout("units").names)}


# --- explained


def test_a_guess_is_explained() -> None:
    text = "\n".join(explain(guessed("某街道单位名录", "序号 单位名称 地址", "1 甲公司 一号")))
    for words in ("units", "第2行", "B '单位名称' → name", "单位编码", "A", "不导入"):
        assert words in text
    assert "不明确" in "\n".join(explain(guessed("x y", "1 2")))


def test_what_is_not_sure_is_told() -> None:
    rows = ["代理机构 证号", *(f"{name}公司 91110000100009{i}63N" for i, name in enumerate("甲乙丙"))]
    found = guessed(*rows, kind="units")
    assert found.columns["name"] == 0
    assert any("代理机构" in line for line in unsure(found))
    assert unsure(guessed("单位编码 单位名称", "U1 甲")) == []
