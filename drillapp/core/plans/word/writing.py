"""A version of a plan as a Word document in the standard's layout (GB/T 29639-2020, annex C)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from drillapp.core.files import write_whole
from drillapp.core.i18n import _
from drillapp.core.plans.content import Block, Content, Grid, Paragraph, Picture, Section
from drillapp.core.plans.document import (
    PlanDocument,
    approval_text,
    cover_day,
    departments,
    gap_behind,
    is_annex,
)
from drillapp.core.plans.word import markup
from drillapp.core.plans.word.imaging import media_type_of, printed_size
from drillapp.core.plans.word.ladder import DEEPEST
from drillapp.core.plans.word.lists import ListTable, tables_of
from drillapp.core.plans.word.marks import mark_of
from drillapp.core.plans.word.markup import control, paragraph, run
from drillapp.core.plans.word.names import A_SPACE, PIC_SPACE, R_SPACE, W_SPACE, WP_SPACE
from drillapp.core.plans.word.styling import styles_xml

SIGNING_ROWS = 8
_CONTENTS_LEVELS = 3
_MM = 36_000
"""English metric units in a millimetre."""


def write_word(document: PlanDocument, path: Path) -> tuple[str, ...]:
    """Write the document; returns what could not be written, a sentence each. The file is there whole or not at all.

    Read back, it gives the same content: sections by the styles of headings, the plan's lists by their content controls.
    """
    writer = _Writer(document)
    write_whole(path, writer.saved())
    return tuple(writer.told())


class _Writer:
    def __init__(self, document: PlanDocument) -> None:
        from docx import Document

        self._plan = document
        self._word: Any = Document()
        self._relations: dict[str, str] = {}
        self._drawn = 0
        self._unreadable = 0

    def saved(self) -> bytes:
        """The file's bytes."""
        from lxml import etree

        word = self._word
        styles = word.styles.element
        styles[:] = list(etree.fromstring(styles_xml().encode()))
        body = word.element.body
        for element in list(body)[:-1]:
            body.remove(element)
        spaces = {"w": W_SPACE, "r": R_SPACE, "wp": WP_SPACE, "a": A_SPACE, "pic": PIC_SPACE}
        opening = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
        from docx.oxml import parse_xml

        for element in list(parse_xml(f"<w:body {opening}>{''.join(self._body())}</w:body>")):
            body.insert(len(body) - 1, element)
        self._set_pages()
        self._set_properties()
        target = BytesIO()
        word.save(target)
        return target.getvalue()

    def told(self) -> Iterator[str]:
        """What could not be written."""
        missing = self._plan.missing_pictures
        if missing:
            yield _("Pictures that are not kept in the office are left out: {count}.").format(count=missing)
        if self._unreadable:
            yield _("Pictures that cannot be read are left out: {count}.").format(count=self._unreadable)

    def _body(self) -> Iterator[str]:
        plan = self._plan
        yield control(
            "front", _("Cover and approval"), *_cover(plan), *_approval(plan), *_signing(plan.content)
        )
        yield markup.contents_control(*_contents(plan.content))
        yield _section_end()
        for section in plan.content.sections:
            yield _heading(section)
            for block in section.blocks:
                yield from self._block(block)
        for place, each in enumerate(tables_of(plan.content), 1):
            yield control(each.name, each.title, *_list(each, place))
            yield paragraph("PlanText")  # two tables without a paragraph between them would be one

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(text):
                yield from (paragraph("PlanText", run(line)) for line in text.splitlines())
            case Grid(rows, heads):
                if rows and rows[0]:
                    yield markup.table(rows, heads, column_shares(rows))
                    yield paragraph("PlanText")
            case Picture():
                yield from self._picture(block)

    def _picture(self, block: Picture) -> Iterator[str]:
        content = self._plan.pictures.get(block.digest)
        if content is None:
            return
        size = printed_size(content, block.width_mm)
        if size is None:
            self._unreadable += 1
            return
        self._drawn += 1
        relation = self._relation(content)
        yield paragraph("PlanPicture", markup.picture(relation, self._drawn, size.width, size.height))
        if block.caption:
            yield paragraph("Caption", run(block.caption))

    def _relation(self, content: bytes) -> str:
        """The key of the picture in the file, where each is kept once."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._relations:
            kind = media_type_of(content)
            suffix = kind.rpartition("/")[2].removeprefix("x-").partition("+")[0]
            name = PackURI(f"/word/media/image{len(self._relations) + 1}.{suffix}")
            part = Part(name, kind, content, self._word.part.package)
            self._relations[digest] = self._word.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return self._relations[digest]

    def _set_pages(self) -> None:
        """Margins as the standard has them; page numbers outside, from the text on."""
        from docx.oxml.ns import qn

        self._word.settings.odd_and_even_pages_header_footer = True
        front, text = self._word.sections[0], self._word.sections[-1]
        for section in (front, text):
            section.page_width, section.page_height = 210 * _MM, 297 * _MM
            section.left_margin, section.right_margin = 28 * _MM, 26 * _MM
            section.top_margin, section.bottom_margin = 37 * _MM, 35 * _MM
            section.footer_distance = 24 * _MM
        for footer, side in ((text.footer, "right"), (text.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            _number_pages(footer, side)
        for footer in (front.footer, front.even_page_footer):
            footer.is_linked_to_previous = False
        text._sectPr.find(qn("w:pgMar")).addnext(_element("w:pgNumType", "w:start", "1"))
        # Word fills in the contents' page numbers when it opens the file.
        compatibility = self._word.settings.element.find(qn("w:compat"))
        compatibility.addprevious(_element("w:updateFields", "w:val", "true"))

    def _set_properties(self) -> None:
        properties = self._word.core_properties
        properties.title, properties.author = self._plan.title[:255], self._plan.unit[:255]
        properties.comments, properties.keywords, properties.language = "", self._plan.number[:255], "zh-CN"


def column_shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide the columns should be: as their longest line needs, none starved and none greedy."""
    columns = zip(*rows, strict=True)
    return [
        min(max(4.0, *(len(line) for cell in column for line in cell.split("\n"))), 24.0)
        for column in columns
    ]


def _cover(plan: PlanDocument) -> Iterator[str]:
    yield paragraph("PlanFact", run(_("Plan number: {number}").format(number=plan.number)))
    yield paragraph("PlanFact", run(_("Version: {version}").format(version=plan.version)))
    yield from [paragraph("PlanFact")] * 5
    yield paragraph("PlanUnit", run(plan.unit))
    yield paragraph("Title", run(plan.title))
    yield from [paragraph("PlanFact")] * 7
    yield paragraph("PlanCentred", run(_("Date of issue: {day}").format(day=cover_day(plan))))


def _approval(plan: PlanDocument) -> Iterator[str]:
    yield paragraph("PlanPage", run(_("Approval page")))
    yield paragraph("PlanText", run(approval_text(plan)))
    yield from [paragraph("PlanFact")] * 3
    yield paragraph("PlanText", run(_("Approved by (head of the unit):")))
    yield paragraph("PlanFact")
    yield paragraph("PlanText", run(_("Date of approval: {day}").format(day=_("____-__-__"))))


def _signing(content: Content) -> Iterator[str]:
    yield paragraph("PlanPage", run(_("Signature page of the departments")))
    rows = [(name, "", "") for name in departments(content)]
    rows += [("", "", "")] * (SIGNING_ROWS - len(rows))
    heads = (_("Department"), _("Signature of its head"), _("Date"))
    yield markup.table([heads, *rows], 1, (4, 3, 2))


def _contents(content: Content) -> Iterator[str]:
    yield paragraph("PlanPage", run(_("Contents")))
    entries = [
        (section.level, f"{section.number}{gap_behind(section.number)}{section.title}")
        for section in content.sections if section.level <= _CONTENTS_LEVELS
    ]  # fmt: skip
    entries += [(1, list_title(each, place)) for place, each in enumerate(tables_of(content), 1)]
    levels = f'TOC \\o "1-{_CONTENTS_LEVELS}" \\h \\z \\u'
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'{levels} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    for place, (level, text) in enumerate(entries or [(1, "")]):
        yield paragraph(f"TOC{level}", opening if not place else "", run(text))
    yield paragraph("PlanFact", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def _section_end() -> str:
    return '<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr></w:p>'


def _heading(section: Section) -> str:
    number = run(section.number, "PlanNumber") if section.number else ""
    new_page = '<w:pageBreakBefore w:val="1"/>' if is_annex(section.number) else ""
    title_style = "PlanTitle" if not section.number and mark_of(section.title) else ""
    gap = run(gap_behind(section.number))
    style = f"Heading{min(max(section.level, 1), DEEPEST)}"
    return paragraph(style, number, gap, run(section.title, title_style), more=new_page)


def list_title(each: ListTable, place: int) -> str:
    """The title over one of the plan's lists."""
    return _("List {place} {title}").format(place=place, title=each.title)


def _list(each: ListTable, place: int) -> Iterator[str]:
    new_page = '<w:pageBreakBefore w:val="1"/>' if place == 1 else ""
    yield paragraph("Heading1", run(list_title(each, place)), more=new_page)
    yield markup.table([each.heads, *each.rows], 1, each.shares)


def _element(name: str, attribute: str, value: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element: Any = OxmlElement(name)
    element.set(qn(attribute), value)
    return element


def _number_pages(footer: Any, side: str) -> None:
    from docx.oxml import parse_xml

    indent = (
        '<w:ind w:rightChars="100" w:right="320"/>'
        if side == "right"
        else '<w:ind w:leftChars="100" w:left="320"/>'
    )
    text = paragraph(
        "Footer", run("— "), markup.field("PAGE", "1"), run(" —"), more=f'{indent}<w:jc w:val="{side}"/>'
    )
    element = footer._element
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(text.replace("<w:p>", f'<w:p xmlns:w="{W_SPACE}">', 1)))
