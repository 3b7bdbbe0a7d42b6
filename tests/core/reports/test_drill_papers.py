"""The papers of a drill printed: every one of them, and the whole file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.papers.commands import draft_paper, save_paper
from drillapp.core.drills.papers.content import PaperSection
from drillapp.core.drills.papers.stored import paper_of
from drillapp.core.drills.papers.templates import templates
from drillapp.core.drills.record.files import add_file
from drillapp.core.errors import NotFound
from drillapp.core.office import Office
from drillapp.core.plans.content import Grid, Paragraph
from drillapp.core.reports.registry import write_report
from tests.core.drills.papers.whole import sign_up, whole
from tests.core.reports.paper import read, texts


@pytest.fixture
def drill(office: Office) -> int:
    return whole(office)


def test_each_document_is_printed_as_it_was_written(office: Office, drill: int, target: Path) -> None:
    with pytest.raises(NotFound, match="尚无演练工作方案"):
        write_report(office, "drill_working_plan", target, number="D")
    for kind in templates():
        draft_paper(office, drill, kind)
        assert write_report(office, f"drill_{kind}", target, number="D") == []
        text = read(target)
        paper = paper_of(office, drill, kind)
        assert "".join(paper.title.split()) in text
        assert "（草稿，未审批）" in text
        for section in paper.sections:
            assert "".join(section.heading.split()) in text, section.heading
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    assert "".join(block.text.split()) in text, block.text
                elif isinstance(block, Grid):
                    assert all("".join(cell.split()) in text for row in block.rows[1:] for cell in row[:1])


def test_the_script_table_has_the_reserve_behind(office: Office, drill: int, target: Path) -> None:
    write_report(office, "drill_script_table", target, number="D")
    text = read(target)
    for words in (
        "消防演练脚本（情景注入表）",
        "1报警+0:00:00三层烟感报警导调甲值班员电话到场核实2分",
        "+0:10:00",
    ):
        assert words in text, words
    assert text.index("备用注入（视情发出）") < text.index("记者到场")


def test_sign_in_sheets_blank_and_with_names(office: Office, drill: int, target: Path) -> None:
    write_report(office, "drill_sign_in_blank", target, number="D")
    pages = texts(BytesIO(target.read_bytes()))
    assert "序号姓名单位（部门）职务（岗位）演练角色联系电话签名备注" in pages[0]
    assert "40" in pages[-1]
    sign_up(office, drill, 3)
    write_report(office, "drill_sign_in", target, number="D")
    assert "张3参演" in read(target)


def test_ten_thousand_names_are_all_there(office: Office, drill: int, target: Path) -> None:
    sign_up(office, drill, 10_000)
    write_report(office, "drill_sign_in", target, number="D")
    pages = texts(BytesIO(target.read_bytes()))
    assert "张10000" in pages[-1]
    assert len(pages) < 700


def test_the_record_form_is_filled_from_the_record(office: Office, drill: int, target: Path) -> None:
    write_report(office, "drill_record_form", target, number="D")
    text = read(target)
    for words in ("应急演练记录表", "对应预案火灾预案P", "物业公司、安评中心", "三层起火", "预案适宜性□全部能够执行", "应参加40人",
                  "集合点没有标志补装标志刘洋", "评审负责人", "演练评估等级为“中”", "评定理由：按实际情况"):  # fmt: skip
        assert words in text, words
    assert "二层起火" not in text
    assert "误记一行" not in text


def test_controllers_have_their_own_injects(office: Office, drill: int, target: Path) -> None:
    write_report(office, "drill_controllers", target, number="D")
    pages = texts(BytesIO(target.read_bytes()))
    assert len(pages) == 3
    assert "导调人员：导调甲" in pages[0]
    assert "三层烟感报警" in pages[0]
    assert "火势扩大" not in pages[0]
    assert "记者到场" in pages[2]


def test_costs_slip_and_cover(office: Office, drill: int, target: Path) -> None:
    write_report(office, "drill_costs", target, number="D")
    assert "1第三方评估2,0001,800安评中心" in read(target)
    assert "演练经费预算3,000元。" in read(target)
    write_report(office, "drill_slip", target, number="D")
    assert "3过程记录☑" in read(target)
    assert "4照片□" in read(target)
    write_report(office, "drill_cover", target, number="D")
    assert "应急演练档案消防演练" in read(target)


def test_long_texts_and_rare_signs_break_nothing(office: Office, drill: int, target: Path) -> None:
    draft_paper(office, drill, "handbook")
    rows = (("标题", "内容"), ("䶮", "𠮷祥" * 3_000), ("", ""))
    sections = [PaperSection("䶮" * 80, 3, (Paragraph("长" * 20_000), Grid(rows, 1))), PaperSection("二", 9)]
    save_paper(office, drill, "handbook", 1, sections)
    assert write_report(office, "drill_handbook", target, number="D") == []
    text = read(target)
    assert text.count("𠮷祥") == 3_000
    assert text.count("长") >= 20_000


def test_a_cover_with_long_words_overlaps_nothing(office: Office, target: Path) -> None:
    save_drills(
        office,
        [
            DrillEntry(number="L", unit_code="110102", title="长题" * 40, planned_on=office.as_of, place="长地点" * 40,
                       leader="王" * 30),
        ],
    )  # fmt: skip
    write_report(office, "drill_cover", target, number="L")
    (page,) = pypdfium2.PdfDocument(target.read_bytes())
    words = page.get_textpage()
    form = words.get_rect(words.count_rects() - 3)
    assert words.get_rect(words.count_rects() - 2)[3] < form[1]


def photo(colour: str, size: tuple[int, int] = (1600, 1200)) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG")
    return made.getvalue()


def outline(path: Path) -> list[tuple[int, str, int]]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    found = [(each.level, each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]
    document.close()
    return found


def test_the_whole_file_is_one_paper(office: Office, drill: int, target: Path) -> None:
    for kind in ("working_plan", "script", "summary"):
        draft_paper(office, drill, kind)
    sign_up(office, drill, 5)
    for place in range(5):
        add_file(
            office,
            drill,
            f"现场{place}.jpg",
            photo("red", (1600, 1200) if place % 2 else (900, 1600)),
            "image/jpeg",
        )
    add_file(office, drill, "坏.jpg", b"broken", "image/jpeg")
    add_file(office, drill, "合同.pdf", b"%PDF", "application/pdf", "contract")
    assert write_report(office, "drill_file", target, number="D") == []
    pages = texts(BytesIO(target.read_bytes()))
    entries = [
        "演练工作方案", "演练脚本", "演练脚本（情景注入表）", "签到表", "应急演练记录表", "演练照片", "评估表", "演练评估报告",
        "演练总结报告", "整改台账", "经费明细", "演练情况报送单",
    ]  # fmt: skip
    assert "应急演练档案" in pages[0]
    assert "—" not in pages[0]
    contents = pages[1]
    toc = outline(target)
    papers = [(title, index) for level, title, index in toc if level == 0]
    assert [title for title, _index in papers][:6] == entries[:6]
    for title, index in papers:
        assert f"{title}{index - 1}" in contents, (title, index, contents)
        assert f"—{index - 1}—" in pages[index]
    assert any(level == 1 and title == "一、目的及要求" for level, title, _index in toc)
    assert "本卷缺少" not in contents
    assert "另存电子文件：合同.pdf。" in contents
    assert "现场4.jpg" in "".join(pages)
    assert "此图片无法打印" in "".join(pages)


def test_what_the_file_lacks_is_named_on_the_contents_page(office: Office, drill: int, target: Path) -> None:
    write_report(office, "drill_file", target, number="D")
    contents = texts(BytesIO(target.read_bytes()))[1]
    assert "本卷缺少：工作方案、签到表、照片、总结报告。" in contents
    save_drills(office, [DrillEntry(number="E", unit_code="110102", title="空", planned_on=office.as_of)])
    write_report(office, "drill_file", target, number="E")
    assert "本卷缺少：演练工作方案。" in texts(BytesIO(target.read_bytes()))[1]
