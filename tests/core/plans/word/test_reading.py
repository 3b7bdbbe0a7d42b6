"""What stands in a Word document comes in as Word shows it, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm

from drillapp.core.i18n import use_language
from drillapp.core.plans.content import Grid, Paragraph, Picture
from drillapp.core.plans.word.document import content_of, with_level
from drillapp.core.plans.word.reading import read_word

from .documents import SENTENCE, add_xml, changed, outline, picture, texts, written

HEADING_NAMES = ("heading 1", "标题 1", "Heading 1", "一级标题")
CHANGED = """<w:p {w}><w:r><w:t xml:space="preserve">各单位应当</w:t></w:r>
<w:ins w:id="1" w:author="a"><w:r><w:t>立即</w:t></w:r></w:ins>
<w:del w:id="2" w:author="a"><w:r><w:delText>尽快</w:delText></w:r></w:del>
<w:r><w:t>报告</w:t></w:r></w:p>"""
JOINED = """<w:p {w}><w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>"""
BOX = """<w:p {w}><w:r><w:t>组织体系见图。</w:t></w:r><w:r><mc:AlternateContent
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>
<w:txbxContent><w:p><w:r><w:t>总指挥</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>
<w:txbxContent><w:p><w:r><w:t>总指挥</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
HIDDEN = """<w:p {w}><w:r><w:t>可见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>不可见</w:t></w:r></w:p>"""
NESTED = """<w:tbl {w}><w:tr><w:tc><w:p><w:r><w:t>外</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>层</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"""
CONTENTS = """<w:sdt {w}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>
<w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p><w:p><w:r><w:t>1 总则</w:t><w:tab/><w:t>3</w:t></w:r></w:p></w:sdtContent></w:sdt>"""
CONTENTS_FIELD = """<w:p {w}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1 总则 3</w:t></w:r></w:p>"""
CONTENTS_FIELD_END = """<w:p {w}><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"""
NOTE = """<w:p {w}><w:r><w:t>按规定报告</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t>。</w:t></w:r></w:p>"""
NOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="7"><w:p><w:r>
<w:footnoteRef/></w:r><w:r><w:t>见条例第十七条。</w:t></w:r></w:p></w:footnote></w:footnotes>"""
LISTS = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum><w:abstractNum w:abstractNumId="91"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="92"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum><w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>
<w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num><w:num w:numId="92"><w:abstractNumId w:val="92"/></w:num>
<w:num w:numId="93"><w:abstractNumId w:val="91"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    use_language("zh_CN")
    yield
    use_language("zh_CN")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.docx"


def numbered(word: Any, text: str, list_id: int, level: int = 0) -> None:
    add_xml(
        word,
        f'<w:p {{w}}><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>",
    )


@pytest.mark.parametrize("name", HEADING_NAMES)
def test_headings_by_style_whatever_it_is_called(path: Path, name: str) -> None:
    word = Document()
    for text, style in (("总则", "Heading 1"), (SENTENCE, None), ("目的", "Heading 2"), (SENTENCE, None)):
        word.add_paragraph(text, style)
    word.add_paragraph("组织", "Heading 1")
    word.save(str(path))
    changed(
        path, "word/styles.xml", lambda xml: xml.replace(b'w:val="heading 1"', f'w:val="{name}"'.encode())
    )
    document = read_word(path)
    assert outline(document) == [(1, "", "总则"), (2, "", "目的"), (1, "", "组织")]
    assert {line.why for line in document.lines if line.level} == {"style"}


def test_headings_by_outline_level_of_paragraph_or_style(path: Path) -> None:
    def fill(word: Any) -> None:
        own = word.styles.add_style("单位自定样式", 1)
        own.element.get_or_add_pPr().append(own.element.makeelement(own.element.tag.replace("style", "outlineLvl"),
                                            {own.element.tag.replace("style", "val"): "0"}))  # fmt: skip
        word.add_paragraph("总则", "单位自定样式")
        add_xml(word, '<w:p {w}><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>目的</w:t></w:r></w:p>')
        word.add_paragraph(SENTENCE)
        word.add_paragraph("组织", "单位自定样式")

    document = read_word(written(path, [], fill))
    assert outline(document) == [(1, "", "总则"), (2, "", "目的"), (1, "", "组织")]
    assert {line.why for line in document.lines if line.level} == {"outline"}


def test_automatic_numbers_are_what_word_shows(path: Path) -> None:
    def fill(word: Any) -> None:
        numbered(word, "总则", 90)
        numbered(word, "目的", 90, 1)
        word.add_paragraph("主要措施如下：")
        numbered(word, "发布信息；", 91)
        numbered(word, "转移人员。", 91)
        numbered(word, "沙袋", 92)
        numbered(word, "", 91)
        numbered(word, "又一项。", 91)
        numbered(word, "依据", 90, 1)
        word.add_paragraph(SENTENCE)
        numbered(word, "组织", 90)
        numbered(word, "机构", 90, 1)
        numbered(word, "另起编号。", 93)

    document = read_word(changed(written(path, [], fill), "word/numbering.xml", lambda _old: LISTS.encode()))
    assert outline(document) == [
        (1, "第一章", "总则"), (2, "1.1", "目的"), (2, "1.2", "依据"), (1, "第二章", "组织"), (2, "2.1", "机构")]  # fmt: skip
    assert texts(document) == [
        "主要措施如下：",
        "（1）发布信息；",
        "（2）转移人员。",
        "• 沙袋",
        "（4）又一项。",
        SENTENCE,
        "（5）另起编号。",
    ]


def test_headings_whose_style_counts_them(path: Path) -> None:
    def fill(word: Any) -> None:
        for text, style in (("总则", 1), ("目的", 2), ("依据", 2), ("组织", 1), ("机构", 2)):
            word.add_paragraph(text, f"Heading {style}")
            word.add_paragraph(SENTENCE)

    def in_list(xml: bytes) -> bytes:
        for level in (b"1", b"2"):
            begin = xml.index(b'w:styleId="Heading' + level + b'"')
            place = xml.index(b"<w:pPr>", begin) + len(b"<w:pPr>")
            xml = xml[:place] + b'<w:numPr><w:numId w:val="90"/></w:numPr>' + xml[place:]
        return xml

    linked = LISTS.replace(
        '<w:lvl w:ilvl="0"><w:start', '<w:lvl w:ilvl="0"><w:pStyle w:val="Heading1"/><w:start', 1
    ).replace('<w:lvl w:ilvl="1"><w:start', '<w:lvl w:ilvl="1"><w:pStyle w:val="Heading2"/><w:start', 1)
    changed(written(path, [], fill), "word/numbering.xml", lambda _old: linked.encode())
    assert outline(read_word(changed(path, "word/styles.xml", in_list))) == [
        (1, "第一章", "总则"), (2, "1.1", "目的"), (2, "1.2", "依据"), (1, "第二章", "组织"), (2, "2.1", "机构")]  # fmt: skip


def test_tables_stand_where_they_stood_with_merged_cells_once(path: Path) -> None:
    def fill(word: Any) -> None:
        word.add_paragraph("前")
        table = word.add_table(3, 3)
        for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"格{place}"
        table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
        table.cell(1, 2).merge(table.cell(2, 2)).text = "竖"
        word.add_paragraph("后")

    document = read_word(written(path, [SENTENCE], fill))
    assert [line.block for line in document.lines[1:]] == [
        Paragraph("前"),
        Grid((("横", "", "格2"), ("格3", "格4", "竖"), ("格6", "格7", "")), 0),
        Paragraph("后"),
    ]


def test_the_head_of_a_table(path: Path) -> None:
    def fill(word: Any) -> None:
        for rows in ((("姓名", "电话"), ("张三", "12345")), (("1", "2"), ("3", "4"))):
            table = word.add_table(2, 2)
            for row, texts_of_row in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts_of_row, strict=True):
                    cell.text = text
            word.add_paragraph(SENTENCE)

    grids = [line.block for line in read_word(written(path, [], fill)).lines if isinstance(line.block, Grid)]
    assert [grid.heads for grid in grids] == [1, 0]


def test_a_table_in_a_table_becomes_text_and_is_told(path: Path) -> None:
    document = read_word(written(path, [SENTENCE], lambda word: add_xml(word, NESTED)))
    assert document.lines[1].block == Grid((("外\n内\t层",),))
    assert any("嵌套" in each for each in document.told)


def test_pictures_are_kept_whole_with_their_width_and_caption(path: Path) -> None:
    content = picture()

    def fill(word: Any) -> None:
        for _ in range(2):
            word.add_picture(BytesIO(content), width=Mm(80))
            word.add_paragraph("图1　应急组织体系")
        word.add_paragraph(SENTENCE)

    document = read_word(written(path, ["1 总则"], fill))
    digest = sha256(content).hexdigest()
    assert [line.block for line in document.lines[1:3]] == [Picture(digest, 80.0, "图1　应急组织体系")] * 2
    assert [(each.digest, each.media_type, each.content) for each in document.pictures] == [
        (digest, "image/png", content)
    ]


def test_a_floating_picture_and_one_of_older_word(path: Path) -> None:
    def fill(word: Any) -> None:
        word.add_picture(BytesIO(picture()))
        inline = next(word.element.body.iter("{*}inline"))
        inline.tag = inline.tag.replace("inline", "anchor")
        word.add_picture(BytesIO(picture("red")))
        drawing = list(word.element.body.iter("{*}drawing"))[1]
        relation = next(drawing.iter("{*}blip")).values()[0]
        older = add_xml(
            word,
            f'<w:p {{w}}><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:72pt;height:36pt">'
            f'<v:imagedata r:id="{relation}"/></v:shape></w:pict></w:r></w:p>',
        )
        drawing.getparent().remove(drawing)
        assert older is not None

    document = read_word(written(path, [SENTENCE], fill))
    pictures = [line.block for line in document.lines if isinstance(line.block, Picture)]
    assert [each.digest for each in pictures] == [
        sha256(picture(colour)).hexdigest() for colour in ("navy", "red")
    ]
    assert pictures[1].width_mm == pytest.approx(25.4, abs=0.1)


def test_a_picture_in_a_table_stands_below_it(path: Path) -> None:
    def fill(word: Any) -> None:
        table = word.add_table(1, 2)
        table.cell(0, 0).text = "照片"
        table.cell(0, 1).paragraphs[0].add_run().add_picture(BytesIO(picture()))

    document = read_word(written(path, [SENTENCE], fill))
    assert [type(line.block) for line in document.lines] == [Paragraph, Grid, Picture]
    assert any("表格内的图片" in each for each in document.told)


def test_tracked_changes_insertions_are_taken_and_deletions_are_not(path: Path) -> None:
    def fill(word: Any) -> None:
        add_xml(word, CHANGED)
        add_xml(word, JOINED)
        word.add_paragraph("后半句。")

    document = read_word(written(path, ["1 总则"], fill))
    assert texts(document) == ["各单位应当立即报告", "前半句，后半句。"]
    assert any("修订" in each and "3 处" in each for each in document.told)


def test_footnotes_stand_below_their_paragraph(path: Path) -> None:
    written(path, ["1 总则"], lambda word: add_xml(word, NOTE))
    changed(path, "word/footnotes.xml", lambda _old: NOTES.encode())
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
        b' Target="footnotes.xml"/></Relationships>'
    )
    changed(path, "word/_rels/document.xml.rels", lambda xml: xml.replace(b"</Relationships>", relation))
    assert texts(read_word(path)) == ["按规定报告［1］。", "［1］见条例第十七条。"]


def test_text_boxes_once_and_told(path: Path) -> None:
    document = read_word(written(path, ["1 总则"], lambda word: add_xml(word, BOX)))
    assert texts(document) == ["组织体系见图。", "总指挥"]
    assert any("文本框" in each for each in document.told)


def test_hidden_text_is_left_out_and_told(path: Path) -> None:
    document = read_word(written(path, ["1 总则"], lambda word: add_xml(word, HIDDEN)))
    assert texts(document) == ["可见"]
    assert any("隐藏文字" in each for each in document.told)


def test_words_contents_is_left_out_and_told(path: Path) -> None:
    def fill(word: Any) -> None:
        add_xml(word, CONTENTS)
        add_xml(word, CONTENTS_FIELD)
        add_xml(word, CONTENTS_FIELD_END)
        for text in ("1 总则", SENTENCE):
            word.add_paragraph(text)

    document = read_word(written(path, ["某街道防汛应急预案"], fill))
    assert document.title == "某街道防汛应急预案"
    assert outline(document) == [(1, "1", "总则")]
    assert texts(document) == [SENTENCE]
    assert any("目录" in each for each in document.told)


def test_a_contents_field_that_never_ends_does_not_swallow_the_document(path: Path) -> None:
    def fill(word: Any) -> None:
        add_xml(word, CONTENTS_FIELD)
        for text in ("1 总则", SENTENCE, "2 附则", SENTENCE):
            word.add_paragraph(text)

    assert texts(read_word(written(path, [], fill))).count(SENTENCE) == 2


def test_lines_that_people_end_by_hand_are_paragraphs(path: Path) -> None:
    def fill(word: Any) -> None:
        word.add_paragraph(f"1 总则\n　　{SENTENCE}\n1.1 目的\n{SENTENCE}")
        word.add_paragraph("应急\n保障", "Heading 1")

    document = read_word(written(path, [], fill))
    assert [text for _level, _number, text in outline(document)] == ["总则", "目的", "应急保障"]
    assert texts(document) == [SENTENCE, SENTENCE]


def test_a_document_saved_in_the_strict_form(path: Path) -> None:
    written(path, ["1 总则", SENTENCE])

    def strict(xml: bytes) -> bytes:
        return xml.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                           b"http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip

    assert outline(read_word(changed(path, "word/document.xml", strict))) == [(1, "1", "总则")]


def test_rare_characters_and_symbols(path: Path) -> None:
    def fill(word: Any) -> None:
        word.add_paragraph("联系人：䶮𠮷　电话：010-66001234（24小时）")
        add_xml(word, '<w:p {w}><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>已检查</w:t></w:r></w:p>')

    assert texts(read_word(written(path, ["1 总则"], fill))) == [
        "联系人：䶮𠮷　电话：010-66001234（24小时）",
        "☑已检查",
    ]


def test_a_clerk_moves_a_boundary(path: Path) -> None:
    document = read_word(written(path, ["1　总则", SENTENCE, "1.1　目的", SENTENCE, "适用范围", SENTENCE]))
    assert [section.title for section in content_of(document).sections] == ["总则", "目的"]
    raised = with_level(document, 4, 2)
    assert [section.title for section in content_of(raised).sections] == ["总则", "目的", "适用范围"]
    assert raised.lines[4].why == "chosen"
    lowered = with_level(raised, 2, 0)
    assert [section.title for section in content_of(lowered).sections] == ["总则", "适用范围"]
    assert lowered.lines[2].block == Paragraph("1.1　目的")
    assert with_level(lowered, 2, 2).lines[2].number == "1.1"


def test_text_before_the_first_heading_is_kept(path: Path) -> None:
    content = content_of(read_word(written(path, [SENTENCE, "1 总则", SENTENCE])))
    assert [(section.title, len(section.blocks)) for section in content.sections] == [
        ("前言", 1),
        ("总则", 1),
    ]
