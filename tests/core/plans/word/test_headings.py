"""Headings that nobody marked as such are found by their numbers; numbered items in running text are not headings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.plans.word.counting import chinese
from drillapp.core.plans.word.front import take_front
from drillapp.core.plans.word.headings import find_headings
from drillapp.core.plans.word.raw import RawLine

BODY = "各有关单位应当做好应急准备工作。"


def headings(*lines: str | RawLine) -> list[tuple[int, str]]:
    """Level and whole text of each heading."""
    items = [RawLine(line) if isinstance(line, str) else line for line in lines]
    front = take_front(items)
    found = find_headings(front.items).headings
    return [(each.level, f"{each.number} {each.title}".strip()) for each in found if each.level]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("第一章 总则", "第一章 总则"),
        ("第一章　总则", "第一章 总则"),
        ("第1章总则", "第1章 总则"),
        ("第一节 目的", "第一节 目的"),
        ("一、总则", "一、 总则"),
        ("（一）目的", "（一） 目的"),
        ("(一) 目的", "(一) 目的"),
        ("1　总则", "1 总则"),
        ("1总则", "1 总则"),
        ("1、总则", "1、 总则"),
        ("1. 总则", "1. 总则"),
        ("１．总则", "１． 总则"),
        ("1.1 目的", "1.1 目的"),
        ("1.1目的", "1.1 目的"),
        ("1．1　目的", "1．1 目的"),
        ("1.1.1. 目的", "1.1.1 目的"),
        ("（1）值班", "（1） 值班"),
        ("附件1 通讯录", "附件1 通讯录"),
        ("附件1：通讯录", "附件1 通讯录"),
        ("附录A　术语", "附录A 术语"),
    ],
)
def test_numbers_as_people_type_them(line: str, heading: str) -> None:
    assert headings(line, BODY) == [(1, heading)]


@pytest.mark.parametrize(
    "line",
    [
        "1.突发事件发生后，立即报告。",
        "一、坚持人民至上，生命至上；",
        "（1）自然灾害。主要包括水旱灾害",
        "（一）总指挥：区长",
        "2.5米以上水深的路段",
        "1.5万元以上的损失",
        "3月1日起进入汛期值守",
        "2026年防汛工作安排",
        "119报警电话由值班室负责",
        "24小时值守",
        "5名值班员",
        "第一条 为了规范应急工作",
        "2.3 前面没有二点一的标题而且是很长很长很长很长很长很长很长很长很长很长很长的一句话",
        "五、没有二、三和四的标题",
        "附件：1.通讯录",
    ],
)
def test_numbered_text_is_no_heading(line: str) -> None:
    assert headings("一、总则", BODY, line, BODY) == [(1, "一、 总则")]


def test_the_official_order_of_levels() -> None:
    lines = [
        "第一章 总则",
        "第一节 目的",
        "一、甲",
        "（一）乙",
        BODY,
        "1.丙",
        BODY,
        "（1）丁",
        BODY,
        "第二章 职责",
        "第一节 组织",
    ]
    assert [level for level, _text in headings(*lines)] == [1, 2, 3, 4, 5, 6, 1, 2]


def test_decimals_below_chapters() -> None:
    found = headings(
        "第一章 总则", "1.1 目的", BODY, "1.2 依据", BODY, "第二章 组织", "2.1 机构", "2.1.1 职责", BODY
    )
    assert [level for level, _text in found] == [1, 2, 2, 1, 2, 3]


def test_a_list_announced_by_a_colon_is_text_and_does_not_stop_what_follows() -> None:
    lines = [
        "1. 总则",
        "1.1 依据",
        "依据如下：",
        "1. 突发事件应对法",
        "2. 安全生产法",
        "1.2 范围",
        BODY,
        "2. 组织",
        "2.1 机构",
        BODY,
    ]
    assert headings(*lines) == [
        (1, "1. 总则"),
        (2, "1.1 依据"),
        (2, "1.2 范围"),
        (1, "2. 组织"),
        (2, "2.1 机构"),
    ]


def test_a_list_of_sentences_of_which_one_is_short() -> None:
    lines = ["一、处置", "1.立即报告；", "2.组织疏散", "3.切断电源；", "二、恢复", BODY]
    assert headings(*lines) == [(1, "一、 处置"), (1, "二、 恢复")]


def test_short_items_with_nothing_between_them_are_a_list() -> None:
    lines = [
        "一、人员",
        "由以下人员组成",
        "（1）总指挥",
        "（2）副总指挥",
        "（3）成员",
        BODY,
        "二、职责",
        BODY,
    ]
    assert headings(*lines) == [(1, "一、 人员"), (1, "二、 职责")]


def test_numbers_count_up_by_one_but_one_may_be_missing() -> None:
    lines = ["1 总则", "1.1 目的", BODY, "1.3 范围", BODY, "1.9 其他", BODY]
    items = [RawLine(line) for line in lines]
    found = find_headings(items)
    assert [each.title for each in found.headings if each.level] == ["总则", "目的", "范围"]
    assert found.missing == (("1.1", "1.3"),)


def test_annexes_stand_below_the_chapter_of_that_name_else_beside_the_chapters() -> None:
    assert headings("1 总则", BODY, "2 附件", "附件1 名单", BODY, "附件2 清单", BODY)[2:] == [
        (2, "附件1 名单"), (2, "附件2 清单")]  # fmt: skip
    assert headings("1 总则", "1.1 目的", BODY, "附件1 名单", "1.1 街道", BODY, "附件2 清单", BODY)[2:] == [
        (1, "附件1 名单"), (2, "1.1 街道"), (1, "附件2 清单")]  # fmt: skip


def test_the_title_below_its_number() -> None:
    assert headings("附件1", "指挥部成员名单", BODY, "附件2", BODY) == [
        (1, "附件1 指挥部成员名单"),
        (1, "附件2"),
    ]


def test_a_list_of_annexes_in_the_text_is_not_the_annexes() -> None:
    lines = [
        "1 总则",
        BODY,
        "附件1 名单",
        "附件2 清单",
        "2 附则",
        BODY,
        "附件1 名单",
        BODY,
        "附件2 清单",
        BODY,
    ]
    assert [text for _level, text in headings(*lines)] == ["1 总则", "2 附则", "附件1 名单", "附件2 清单"]


def test_styles_and_typed_numbers_together() -> None:
    lines = [RawLine("1 总则", level=1), RawLine("1.1 目的"), RawLine(BODY), RawLine("2 组织", level=1),
             RawLine("2.1 机构", outline=2), RawLine(BODY), RawLine("职责", level=2), RawLine(BODY)]  # fmt: skip
    assert headings(*lines) == [(1, "1 总则"), (2, "1.1 目的"), (1, "2 组织"), (2, "2.1 机构"), (2, "职责")]


def test_a_document_that_begins_with_the_second_level() -> None:
    lines = [RawLine("总则", level=2), RawLine(BODY), RawLine("目的", level=3), RawLine(BODY)]
    assert headings(*lines) == [(1, "总则"), (2, "目的")]


def test_a_paragraph_in_a_headings_style_that_is_too_long_is_text() -> None:
    found = find_headings([RawLine("总则", level=1), RawLine(BODY * 10, level=1)])
    assert [each.level for each in found.headings] == [1, 0]
    assert found.too_long == 1


def test_short_bold_lines_are_weak_headings_below_the_others() -> None:
    lines = [RawLine("1 总则"), RawLine("目的", bold=True), RawLine(BODY), RawLine(BODY), RawLine("注意：", bold=True),
             RawLine(BODY), RawLine("图1 组织体系", bold=True), RawLine(BODY), RawLine(BODY)]  # fmt: skip
    assert headings(*lines) == [(1, "1 总则"), (2, "目的")]


def test_where_everything_is_bold_it_means_nothing() -> None:
    lines = [RawLine(text, bold=True) for text in ("1 总则", "目的", BODY, "范围", BODY)]
    assert headings(*lines) == [(1, "1 总则")]


def test_an_outline_alone_is_all_headings() -> None:
    lines = ["一、总则", "（一）目的", "（二）依据", "二、组织", "（一）机构", "1.街道", "2.社区"]
    assert [level for level, _text in headings(*lines)] == [1, 2, 2, 1, 2, 3, 3]


def test_the_title_and_the_issuing_words() -> None:
    def title(*lines: RawLine) -> str:
        return take_front(lines).title

    assert title(RawLine("某街道防汛应急预案"), RawLine("一、总则"), RawLine(BODY)) == "某街道防汛应急预案"
    assert (
        title(RawLine("关于印发《某区防汛应急预案（2026年修订）》的通知"), RawLine(BODY))
        == "某区防汛应急预案（2026年修订）"
    )
    assert (
        title(RawLine("国家某事件应急预案", level=1), RawLine("1 总则"), RawLine(BODY))
        == "国家某事件应急预案"
    )
    assert (
        title(RawLine("某街道", size=22), RawLine("应急手册", size=22), RawLine(BODY, size=16))
        == "某街道应急手册"
    )
    assert title(RawLine("1 总则"), RawLine(BODY)) == ""


def test_a_typed_table_of_contents_is_left_out_and_what_has_none_beside_it_is_kept() -> None:
    entries = ["1 总则", "1.1 目的", "2 附则"]
    body = ["1 总则", "1.1 目的", BODY, "2 附则", BODY]
    wanted = [(1, "1 总则"), (2, "1.1 目的"), (1, "2 附则")]
    assert headings("目　录", *entries, *body) == wanted
    assert (
        headings("目录", *(f"{entry}........{page}" for page, entry in enumerate(entries, 1)), *body)
        == wanted
    )
    assert headings("目录", *(f"{entry}\t{page}" for page, entry in enumerate(entries, 1)), *body) == wanted
    assert headings("目次", *entries) == wanted


def test_a_title_page_is_left_out_and_said() -> None:
    lines = [RawLine("预案编号：XC-01"), RawLine("某公司"), RawLine("综合应急预案", size=26), RawLine("2026年3月1日"),
             RawLine("1 总则", new_page=True), RawLine(BODY)]  # fmt: skip
    front = take_front(lines)
    assert front.title == "综合应急预案"
    assert front.left_out == ("预案编号：XC-01", "某公司", "2026年3月1日")


# --- any outline, numbered in any of the usual ways, with lists between

SYSTEMS = (
    ("第{c}章　{t}", "第{c}节　{t}", "{c}、{t}", "（{c}）{t}"),
    ("{c}、{t}", "（{c}）{t}", "{n}.{t}", "（{n}）{t}"),
    ("{c}、{t}", "（{c}）{t}", "{n}、{t}", "（{n}）{t}"),
    ("{n}　{t}", "{p}　{t}", "{p}　{t}", "{p}　{t}"),
    ("{n}{t}", "{p}{t}", "{p}{t}", "{p}{t}"),
    ("{n}. {t}", "{p} {t}", "{p} {t}", "（{n}）{t}"),
    ("第{c}章 {t}", "{p} {t}", "{p} {t}", "（{n}）{t}"),
)
TITLES = ("总则", "组织体系", "监测预警", "应急响应", "后期处置", "应急保障", "值班值守", "人员职责", "附则")
NOISE = (
    (BODY,),
    (BODY, BODY),
    ("主要措施如下：", "（1）发布信息；", "（2）转移人员；", "（3）其他措施。"),
    ("（1）发布信息。向社会公布。", "（2）转移人员。按路线转移。"),
    ("1.发布信息；", "2.转移人员。"),
    ("损失达到", "3.5万元以上的，按规定报告。"),
)
trees = st.recursive(st.just([]), lambda below: st.lists(below, min_size=1, max_size=4), max_leaves=14)


@given(
    trees.filter(bool), st.sampled_from(SYSTEMS), st.lists(st.sampled_from(NOISE), min_size=30, max_size=30)
)
def test_any_outline_comes_out_as_it_was_written(
    tree: list[object], system: tuple[str, ...], noise: list[tuple[str, ...]]
) -> None:
    written = list(_numbered(tree, system, ()))
    bodies = iter(noise * 4)
    lines = [line for _level, heading in written for line in (heading, *next(bodies))]
    found = find_headings([RawLine(line) for line in lines]).headings
    shown = [(each.level, each.number + each.gap + each.title) for each in found if each.level]
    assert shown == written


def _numbered(
    tree: list[object], system: tuple[str, ...], above: tuple[int, ...]
) -> Iterator[tuple[int, str]]:
    level = len(above)
    for number, below in enumerate(tree, 1) if level < len(system) else ():
        path = (*above, number)
        text = system[level].format(
            c=chinese(number), n=number, p=".".join(map(str, path)), t=TITLES[(number + level) % len(TITLES)]
        )
        yield level + 1, text
        assert isinstance(below, list)
        yield from _numbered(below, system, path)
