"""Two versions of a plan side by side: whatever is said to have changed is exactly what did."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.plans.compare import Difference, compare
from drillapp.core.plans.content import (
    Block,
    Content,
    Grid,
    Level,
    LevelAction,
    Named,
    Paragraph,
    Picture,
    Resource,
    Section,
)
from drillapp.core.plans.spans import spans
from tests.core.plans.applying import applied, new_of, old_of

TEXT = st.text("区应急局街道启动响应10分钟ab 。；，𠮷䶮\n", max_size=30)
WORD = st.sampled_from(["", "总则", "组织", "响应", "值班室", "王䶮", "李𠮷", "010-1"])
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, TEXT),
    st.builds(Grid, st.lists(st.tuples(WORD, TEXT), max_size=4).map(tuple), st.integers(0, 1)),
    st.builds(Picture, st.sampled_from("ab"), st.sampled_from([0.0, 50.0]), WORD),
)
SECTION = st.builds(
    Section, st.integers(1, 3), WORD, st.sampled_from(["", "1", "2", "1.1"]), st.lists(BLOCK, max_size=4).map(tuple),
    st.sampled_from(["", "", "x", "y", "z"]),
)  # fmt: skip
ACTION = st.builds(LevelAction, WORD, WORD, st.one_of(st.none(), st.integers(0, 60)))
LEVEL = st.builds(Level, WORD, TEXT, WORD, st.lists(ACTION, max_size=3).map(tuple))
NAMED = st.builds(Named, WORD, WORD, WORD, WORD, WORD)
RESOURCE = st.builds(Resource, WORD, WORD, WORD, WORD, WORD)


def lists(items: st.SearchStrategy[object], size: int = 4) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=size).map(tuple)


CONTENT = st.builds(Content, lists(SECTION, 7), lists(LEVEL), lists(NAMED), lists(NAMED), lists(RESOURCE))


def plain(content: Content) -> Content:
    """Without lineages, which are no part of what is read."""
    return msgspec.structs.replace(
        content, sections=tuple(msgspec.structs.replace(each, lineage="") for each in content.sections)
    )


@given(CONTENT, CONTENT)
def test_doing_what_the_differences_say_makes_the_new_text_of_the_old(old: Content, new: Content) -> None:
    assert plain(applied(plain(old), compare(old, new))) == plain(new)


@given(CONTENT)
def test_equal_texts_do_not_differ(content: Content) -> None:
    assert compare(content, content) == []
    assert compare(content, plain(content)) == []


@given(st.text(max_size=200), st.text(max_size=200))
def test_spans_without_the_insertions_are_the_old_text_and_without_the_deletions_the_new(
    a: str, b: str
) -> None:
    found = spans(a, b)
    assert (old_of(found), new_of(found)) == (a, b)
    assert all(span.text for span in found)
    assert all(one.kind != other.kind for one, other in pairwise(found))


def marked(old: str, new: str) -> str:
    marks = {"same": "{}", "deleted": "[-{}]", "inserted": "[+{}]"}
    return "".join(marks[span.kind].format(span.text) for span in spans(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("报告后30分钟内上报。", "报告后10分钟内上报。", "报告后[-30][+10]分钟内上报。"),
        ("区应急局负责。", "区应急管理局负责。", "区应急[+管理]局负责。"),
        ("值班电话010-83976000。", "值班电话010-83976001。", "值班电话[-010-83976000][+010-83976001]。"),
        ("一。二。三。", "一。三。", "一。[-二。]三。"),
        ("GB 50016适用", "GB 55037适用", "GB [-50016][+55037]适用"),
        (
            "由街道办事处主任决定启动",
            "经区指挥部同意后宣布",
            "[-由街道办事处主任决定启动][+经区指挥部同意后宣布]",
        ),
    ],
)
def test_words_and_numbers_change_as_a_whole(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def section(title: str, *texts: str, number: str = "", level: int = 1, lineage: str = "") -> Section:
    return Section(level, title, number, tuple(map(Paragraph, texts)), lineage)


def told(old: Sequence[Section], new: Sequence[Section]) -> list[tuple[str, str, bool]]:
    return [
        (each.how, each.name, each.is_moved) for each in compare(Content(tuple(old)), Content(tuple(new)))
    ]


A = section("总则", "本预案适用于本区。", number="1")
B = section("组织体系", "区指挥部由区长任总指挥。", number="2")
C = section("应急响应", "启动条件如下。", number="3")


def test_sections_come_and_go() -> None:
    assert told([A, B], [A, B, C]) == [("added", "3 应急响应", False)]
    assert told([A, B, C], [A, C]) == [("removed", "2 组织体系", False)]


def test_a_section_that_is_put_elsewhere_is_moved_not_removed_and_added() -> None:
    assert told([A, B, C], [C, A, B]) == [("moved", "3 应急响应", True)]


def test_later_sections_that_only_count_on_are_renumbered() -> None:
    new = section("事件分级", "分为四级。", number="2")
    after = [msgspec.structs.replace(each, number=str(int(each.number) + 1)) for each in (B, C)]
    assert told([A, B, C], [A, new, *after]) == [
        ("added", "2 事件分级", False),
        ("renumbered", "3 组织体系", False),
        ("renumbered", "4 应急响应", False),
    ]


def test_a_section_is_known_by_its_lineage_whatever_it_is_called() -> None:
    old, new = section("职责", "甲。", lineage="x"), section("组织与分工", "乙丙。", lineage="x")
    assert told([old], [new]) == [("changed", "组织与分工", False)]


def test_a_section_with_another_title_is_known_by_what_it_says() -> None:
    words = "街道接到报告后立即组织先期处置，疏散群众，引导救援，并向区应急管理局报告。"
    assert told([A, section("先期处置", words)], [A, section("初期行动", words + "同时通报社区。")]) == [
        ("changed", "初期行动", False)
    ]


def test_sections_of_the_same_name_are_told_apart_by_where_they_stand() -> None:
    def chapters(*names: str) -> list[Section]:
        return [
            each
            for name in names
            for each in (section(name, level=1), section("职责", f"{name}的职责。", level=2))
        ]

    assert told(chapters("指挥部", "办公室"), chapters("专家组", "指挥部", "办公室")) == [
        ("added", "专家组", False),
        ("added", "职责", False),
    ]


def test_a_section_put_under_another_chapter_is_moved() -> None:
    sub = section("报告", "立即报告。", level=2, number="1.1")
    assert told([A, sub, B, C], [A, B, sub, C])[0][:2] == ("moved", "1.1 报告")
    assert told([A, B, sub, C], [A, B, C, sub])[0][1:] == ("1.1 报告", True)


def test_a_paragraph_put_in_shifts_nothing() -> None:
    old = section("措施", "第一段。", "第二段。", "第三段。")
    new = section("措施", "第一段。", "新的一段。", "第二段。", "第三段。")
    (difference,) = compare(Content((old,)), Content((new,)))
    (block,) = difference.blocks
    assert (block.how, block.old, block.new) == ("added", None, 1)


def test_a_cell_of_a_table_changes_alone() -> None:
    old = Section(1, "物资", blocks=(Grid((("名称", "数量"), ("沙袋", "500"), ("水泵", "2")), 1),))
    new = Section(
        1, "物资", blocks=(Grid((("名称", "数量"), ("沙袋", "800"), ("水泵", "2"), ("雨衣", "50")), 1),)
    )
    (difference,) = compare(Content((old,)), Content((new,)))
    changed, added = difference.blocks[0].rows
    assert changed.cells[1] == spans("500", "800")
    assert (added.how, added.new) == ("added", 3)


def test_another_picture_is_another_picture() -> None:
    old, new = (Section(1, "图", blocks=(Picture(digest, 80, "疏散图"),)) for digest in "ab")
    assert [each.how for each in compare(Content((old,)), Content((new,)))[0].blocks] == ["removed", "added"]


def listed(old: Content, new: Content) -> list[Difference]:
    return compare(old, new)


def test_a_new_phone_and_a_successor_are_changes_of_the_roster() -> None:
    old = (Named("王强", "总指挥", "街道", "83976000"), Named("李静", "副总指挥", "街道", "83976001"))
    new = (Named("王强", "总指挥", "街道", "83976009"), Named("赵𠮷", "副总指挥", "街道", "83976001"))
    found = listed(Content(roster=old), Content(roster=new))
    assert [(each.how, each.name, [field.name for field in each.fields]) for each in found] == [
        ("changed", "王强", ["phone"]),
        ("changed", "赵𠮷", ["name"]),
    ]


def test_a_response_level_changes_in_trigger_and_actions() -> None:
    old = Level("三级", "24小时降雨50毫米", "指挥长", (LevelAction("通知社区", "值班室", 30),))
    new = Level(
        "三级", "24小时降雨70毫米", "指挥长", (LevelAction("通知社区", "值班室", 10), LevelAction("布防"))
    )
    (difference,) = listed(Content(levels=(old,)), Content(levels=(new,)))
    assert [field.name for field in difference.fields] == ["trigger"]
    assert [row.how for row in difference.rows] == ["changed", "added"]


def test_resources_are_known_by_name_and_place() -> None:
    old = (Resource("沙袋", "500", "一库"), Resource("沙袋", "300", "二库"))
    new = (Resource("沙袋", "300", "二库"), Resource("沙袋", "900", "一库"))
    found = listed(Content(resources=old), Content(resources=new))
    assert [(each.how, each.is_moved) for each in found if each.fields] == [("changed", found[-1].is_moved)]
    assert sum(each.is_moved for each in found) == 1
