"""A Word document in the look of official papers (GB/T 9704-2012), put together from pieces of its body."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from drillapp.core.i18n import _
from drillapp.core.plans.content import Block, Grid, Paragraph, Picture, Section
from drillapp.core.plans.document import gap_behind, is_annex
from drillapp.core.plans.word import markup
from drillapp.core.plans.word.imaging import media_type_of, printed_size
from drillapp.core.plans.word.ladder import DEEPEST
from drillapp.core.plans.word.marks import mark_of
from drillapp.core.plans.word.markup import paragraph, run
from drillapp.core.plans.word.names import A_SPACE, PIC_SPACE, R_SPACE, W_SPACE, WP_SPACE
from drillapp.core.plans.word.styling import styles_xml

_MM = 36_000
"""English metric units in a millimetre."""


class WordFile:
    """A document whose body is written as it is saved."""

    def __init__(self, title: str, author: str, number: str, pictures: Mapping[str, bytes]) -> None:
        from docx import Document

        self._word: Any = Document()
        self._pictures = pictures
        self._relations: dict[str, str] = {}
        self._drawn = 0
        self._missing = 0
        self._unreadable = 0
        properties = self._word.core_properties
        properties.title, properties.author = title[:255], author[:255]
        properties.comments, properties.keywords, properties.language = "", number[:255], "zh-CN"

    def saved(self, content: Iterable[str]) -> bytes:
        """The file's bytes with that content of its body."""
        from docx.oxml import parse_xml
        from lxml import etree

        word = self._word
        styles = word.styles.element
        styles[:] = list(etree.fromstring(styles_xml().encode()))
        body = word.element.body
        for element in list(body)[:-1]:
            body.remove(element)
        spaces = {"w": W_SPACE, "r": R_SPACE, "wp": WP_SPACE, "a": A_SPACE, "pic": PIC_SPACE}
        opening = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
        for element in list(parse_xml(f"<w:body {opening}>{''.join(content)}</w:body>")):
            body.insert(len(body) - 1, element)
        self._set_pages()
        target = BytesIO()
        word.save(target)
        return target.getvalue()

    def told(self) -> Iterator[str]:
        """What could not be written."""
        if self._missing:
            yield _("Pictures that are not kept in the office are left out: {count}.").format(
                count=self._missing
            )
        if self._unreadable:
            yield _("Pictures that cannot be read are left out: {count}.").format(count=self._unreadable)

    def section(self, section: Section) -> Iterator[str]:
        """A heading with what stands below it."""
        yield heading(section)
        for block in section.blocks:
            yield from self._block(block)

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
        content = self._pictures.get(block.digest)
        if content is None:
            self._missing += 1
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
        sections = list(self._word.sections)
        front, text = sections[0], sections[-1]
        for section in sections:
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
        if front is not text:
            self._ask_for_contents()

    def _ask_for_contents(self) -> None:
        """Word fills in the contents' page numbers when it opens the file."""
        from docx.oxml.ns import qn

        compatibility = self._word.settings.element.find(qn("w:compat"))
        compatibility.addprevious(_element("w:updateFields", "w:val", "true"))


def column_shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide the columns should be: as their longest line needs, none starved and none greedy."""
    columns = zip(*rows, strict=True)
    return [
        min(max(4.0, *(len(line) for cell in column for line in cell.split("\n"))), 24.0)
        for column in columns
    ]


def heading(section: Section) -> str:
    """The heading of a section with its number."""
    number = run(section.number, "PlanNumber") if section.number else ""
    new_page = '<w:pageBreakBefore w:val="1"/>' if is_annex(section.number) else ""
    title_style = "PlanTitle" if not section.number and mark_of(section.title) else ""
    gap = run(gap_behind(section.number))
    style = f"Heading{min(max(section.level, 1), DEEPEST)}"
    return paragraph(style, number, gap, run(section.title, title_style), more=new_page)


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
