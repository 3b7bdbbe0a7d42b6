"""A plan on paper: cover, approval, signatures, contents with the right page numbers, text, annexes, lists."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from drillapp.core.errors import NotFound
from drillapp.core.office import Office
from drillapp.core.plans.content import (
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
from drillapp.core.plans.document import PlanDocument, plan_document
from drillapp.core.plans.versions import begin_version, versions_of, write_content
from drillapp.core.plans.word.document import WordPicture
from drillapp.core.reports.plan_document import document_in_force, render_plan_document
from tests.core.plans.word.documents import picture
from tests.core.reports.paper import picture as page_picture
from tests.core.reports.paper import texts

SENTENCE = "各有关单位应当按照职责分工做好应急准备工作。"
CONTENT = picture("navy", (400, 200))
DIGEST = sha256(CONTENT).hexdigest()


def plan(*sections: Section, **lists: object) -> PlanDocument:
    content = Content(tuple(sections), **lists)  # type: ignore[arg-type]
    return PlanDocument(
        "P-1", "2026版", "德胜街道办事处", "防汛应急预案", content, date(2026, 3, 1), {DIGEST: CONTENT}
    )


def pages(document: PlanDocument) -> list[str]:
    target = BytesIO()
    render_plan_document(document, target)
    return texts(target)


LONG = plan(
    *(
        Section(1 + number % 3, f"第{number}节内容", "", (Paragraph(SENTENCE * 12),) * 3)
        for number in range(1, 90)
    ),
    Section(1, "通讯录", "附件1", (Paragraph(SENTENCE),)),
    levels=(Level("一级", "红色预警", "街道主任", (LevelAction("转移人员", "社区", 30),)),),
    roster=(Named("张三", "总指挥", "德胜街道", "010-1"),),
    resources=(Resource("沙袋", "200条"),),
)


def test_the_front_pages_come_in_the_standards_order() -> None:
    found = pages(LONG)
    assert "预案编号：P-1" in found[0]
    assert "版本号：2026版" in found[0]
    assert "德胜街道办事处防汛应急预案" in found[0]
    assert "颁布日期：2026年3月1日" in found[0]
    assert found[1].startswith("批准页")
    assert found[2].startswith("执行部门签署页")
    assert {"德胜街道", "社区"} <= set(re.findall("德胜街道|社区", found[2]))
    assert found[3].startswith("目录")
    assert not any(re.search(r"—\d+—", page) for page in found[:4])


def test_the_contents_say_the_pages_on_which_the_headings_stand() -> None:
    found = pages(LONG)
    numbers = [re.search(r"—(\d+)—$", page) for page in found]
    first = next(place for place, number in enumerate(numbers) if number)
    contents = "".join(found[3:first])
    assert [number[1] for number in numbers[first:] if number] == [
        str(each + 1) for each in range(len(found) - first)
    ]
    entries = re.findall(r"第(\d+)节内容(\d+)", contents)
    assert len(entries) == 89
    for title, page in entries:
        assert f"第{title}节内容" in found[first + int(page) - 1]
    annex = re.search(r"附件1通讯录(\d+)附表1", contents)
    assert annex
    assert found[first + int(annex[1]) - 1].startswith("附件1通讯录")


def test_the_plans_lists_close_it() -> None:
    last = pages(LONG)[-1]
    for words in (
        "附表1应急响应分级表",
        "红色预警",
        "转移人员",
        "附表2应急指挥机构人员名单",
        "010-1",
        "附表3应急资源清单",
        "200条",
    ):
        assert words in last


def test_the_readers_outline_leads_to_the_headings() -> None:
    target = BytesIO()
    render_plan_document(
        plan(Section(1, "总则", "1"), Section(4, "深", "1.1.1.1"), Section(2, "目的", "1.1")), target
    )
    document = pypdfium2.PdfDocument(target.getvalue())
    assert [(each.level, each.get_title()) for each in document.get_toc()] == [
        (0, "1　总则"), (1, "1.1.1.1　深"), (1, "1.1　目的")]  # fmt: skip
    document.close()


def test_tables_with_and_without_a_head_and_pictures() -> None:
    blocks = (
        Grid((("信号", "行动"), ("红色", "全员在岗")), 1), Grid((("甲", "乙"), ("丙", "丁"))),
        Picture(DIGEST, 100.0, "图1　组织体系"), Picture("0" * 64, 0.0, "图2　缺少"),
    )  # fmt: skip
    target = BytesIO()
    render_plan_document(plan(Section(1, "附录", "", blocks)), target)
    last = texts(target)[-1]
    assert "信号行动红色全员在岗甲乙丙丁" in last
    assert "图1组织体系" in last
    assert "此图片无法打印。图2缺少" in last
    colours = page_picture(target, page=4, scale=0.5).getcolors(1 << 20)
    assert any(colour == (0, 0, 128) and count > 1000 for count, colour in colours)


def test_a_draft_without_text_or_date_still_prints() -> None:
    document = PlanDocument("P-9", "", "街道", "草稿", Content())
    found = pages(document)
    assert "颁布日期：年月日" in found[0]


def test_a_version_of_the_office_with_its_pictures(filled: Office) -> None:
    with filled.read() as connection:
        plan_id = connection.exec_driver_sql("SELECT id FROM plans WHERE number = 'P-1'").scalar_one()
    version_id = begin_version(filled, plan_id, label="2026版", start="outline")
    content = Content((Section(1, "总则", "1", (Paragraph(SENTENCE), Picture(DIGEST, 80.0))),))
    revision = next(each.revision for each in versions_of(filled, plan_id) if each.id == version_id)
    write_content(filled, version_id, revision, content, [WordPicture(DIGEST, "image/png", CONTENT)])
    document = plan_document(filled, version_id)
    assert (document.number, document.version, document.unit, document.issued_on) == (
        "P-1",
        "2026版",
        "德胜街道",
        None,
    )
    assert document.pictures == {DIGEST: CONTENT}
    assert document_in_force(filled, "P-1").issued_on == date(2025, 3, 1)
    with pytest.raises(NotFound):
        document_in_force(filled, "P-404")
    with pytest.raises(NotFound):
        plan_document(filled, 10_000)


def test_a_file_is_there_whole(target: Path) -> None:
    render_plan_document(LONG, target)
    assert target.read_bytes().startswith(b"%PDF")


def test_no_heading_ends_a_page_even_where_another_follows_it() -> None:
    for lines in range(1, 40):
        filling = Section(1, "前文", "1", (Paragraph("填充文字"),) * lines)
        chapter = Section(1, "应急保障", "2")
        below = Section(2, "队伍保障", "2.1", (Paragraph(SENTENCE),))
        for page in pages(plan(filling, chapter, below))[4:]:
            assert not re.search("(2应急保障|2.1队伍保障)(—\\d+—)?$", page), lines
