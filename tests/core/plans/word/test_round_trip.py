"""What is written for Word reads back the same, looks as the standard says and opens in other programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from drillapp.core.errors import Unavailable
from drillapp.core.i18n import use_language
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
from drillapp.core.plans.document import PlanDocument
from drillapp.core.plans.word.document import content_of
from drillapp.core.plans.word.reading import read_word
from drillapp.core.plans.word.writing import write_word

from .documents import SENTENCE, picture

PICTURE = picture()
DIGEST = sha256(PICTURE).hexdigest()

words = st.text(
    st.sampled_from("应急预案响应启动一二三（）、。：1234.AB 　<&>\"'䶮𠮷\x01"), min_size=1, max_size=30
).map(lambda text: text.replace("\x01", "").strip(" 　"))
lines = words.filter(bool)
numbers = st.sampled_from(
    ["", "1", "1.1", "2.3.4", "第一章", "第十二节", "一、", "（一）", "（3）", "附件1", "A.1", "12)"]
)
paragraphs = lines.map(Paragraph)
rows = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[words] * width), min_size=1, max_size=4).filter(
        lambda each: any(map(any, each))
    )
)
grids = st.builds(lambda rows, heads: Grid(tuple(rows), min(heads, len(rows))), rows, st.integers(0, 2))
captions = st.sampled_from(["", "图1 应急组织体系", "示意图"])
pictures = st.builds(Picture, st.just(DIGEST), st.sampled_from([40.0, 96.5, 156.0]), captions)
blocks = st.lists(st.one_of(paragraphs, grids, pictures), max_size=4).map(tuple)
sections = st.builds(Section, st.integers(1, 9), lines, numbers, blocks)
people = st.builds(Named, words, words, words, words, words).filter(
    lambda each: any((each.name, each.role, each.organisation, each.phone, each.duty))
)
actions = st.builds(LevelAction, lines, words, st.none() | st.integers(0, 600))
levels = st.builds(Level, lines, words, words, st.lists(actions, max_size=3).map(tuple))
contents = st.builds(
    Content,
    st.lists(sections, min_size=1, max_size=6).map(lambda found: (Section(1, "总则", "1"), *found)),
    st.lists(levels, max_size=3).map(tuple),
    st.lists(people, max_size=3).map(tuple),
    st.lists(people, max_size=3).map(tuple),
    st.lists(st.builds(Resource, lines, words, words, words, words), max_size=3).map(tuple),
)


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    use_language("zh_CN")
    yield
    use_language("zh_CN")


def plan(content: Content) -> PlanDocument:
    return PlanDocument(
        "XC-2026-001",
        "2026版",
        "西城区某街道办事处",
        "某街道防汛应急预案",
        content,
        date(2026, 3, 1),
        {DIGEST: PICTURE},
    )


CONTENT = Content(
    (
        Section(1, "前言", "", (Paragraph(SENTENCE),)),
        Section(1, "总则", "1", (Paragraph(SENTENCE), Paragraph("1.1 像标题的正文"))),
        Section(2, "目的", "1.1", (Grid((("级别", "条件"), ("一级", "红色预警\n或重大险情")), 1),)),
        Section(1, "通讯录", "附件1", (Picture(DIGEST, 80.0, "图1 组织体系"), Paragraph(SENTENCE))),
    ),
    (
        Level("一级", "红色预警", "总指挥", (LevelAction("转移人员", "街道办事处", 30), LevelAction("值守"))),
        Level("二级"),
    ),
    (Named("张三", "总指挥", "街道办事处", "010-66001234", "全面指挥"),),
    (Named(role="值班室", phone="12345"),),
    (Resource("沙袋", "200条", "月坛库", "李四", "13800000000"),),
)


def test_the_same_content_comes_back(tmp_path: Path) -> None:
    told = write_word(plan(CONTENT), tmp_path / "plan.docx")
    document = read_word(tmp_path / "plan.docx")
    assert told == ()
    assert document.title == "某街道防汛应急预案"
    assert content_of(document) == CONTENT
    assert {line.why for line in document.lines if line.level} == {"style"}


@settings(
    max_examples=20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(contents)
def test_any_content_comes_back(tmp_path: Path, content: Content) -> None:
    write_word(plan(content), tmp_path / "plan.docx")
    assert content_of(read_word(tmp_path / "plan.docx")) == content


def test_other_programs_find_real_headings_tables_and_the_cover(tmp_path: Path) -> None:
    write_word(plan(CONTENT), tmp_path / "plan.docx")
    word = docx.Document(str(tmp_path / "plan.docx"))
    headings = [
        (each.style.name, each.text) for each in word.paragraphs if each.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "前言"), ("Heading 1", "1　总则"), ("Heading 2", "1.1　目的"), ("Heading 1", "附件1　通讯录")]  # fmt: skip
    whole = "".join(node.text or "" for node in word.element.body.iter("{*}t"))
    for words_on_cover in (
        "预案编号：XC-2026-001",
        "版本号：2026版",
        "颁布日期：2026年3月1日",
        "批准页",
        "执行部门签署页",
        "目　录",
    ):
        assert words_on_cover in whole
    assert len(word.inline_shapes) == 1
    page = word.sections[-1]
    assert [round(each.mm) for each in (page.page_width, page.left_margin, page.top_margin)] == [210, 28, 37]
    assert word.core_properties.title == "某街道防汛应急预案"


def test_pictures_that_are_not_there_or_cannot_be_read_are_told(tmp_path: Path) -> None:
    blocks: tuple[Block, ...] = (Picture("0" * 64), Picture(DIGEST))
    document = PlanDocument(
        "1", "", "某街道", "预案", Content((Section(1, "图", "", blocks),)), None, {DIGEST: b"no picture"}
    )
    told = write_word(document, tmp_path / "plan.docx")
    assert len(told) == 2
    assert all("1 幅" in each for each in told)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "plan.docx").mkdir()
    with pytest.raises(Unavailable):
        write_word(plan(CONTENT), tmp_path / "plan.docx")
    assert [each.name for each in tmp_path.iterdir()] == ["plan.docx"]


def test_edited_in_word_without_its_controls_nothing_is_lost(tmp_path: Path) -> None:
    write_word(plan(CONTENT), tmp_path / "plan.docx")
    word = docx.Document(str(tmp_path / "plan.docx"))
    for control in list(word.element.body.iter("{*}sdt")):
        if (
            control.find(".//{*}tag") is not None
            and control.find(".//{*}tag").values()[0] == "drillapp.levels"
        ):
            for child in list(control.find("{*}sdtContent")):
                control.addprevious(child)
            control.getparent().remove(control)
    word.save(str(tmp_path / "plan.docx"))
    content = content_of(read_word(tmp_path / "plan.docx"))
    assert content.levels == ()
    assert content.sections[-1].title == "应急响应分级表"
    assert isinstance(content.sections[-1].blocks[0], Grid)
