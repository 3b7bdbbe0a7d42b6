"""A version of a plan as a Word document in the standard's layout (GB/T 29639-2020, annex C)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from drillapp.core.files import write_whole
from drillapp.core.i18n import _
from drillapp.core.plans.content import Content
from drillapp.core.plans.document import PlanDocument, approval_text, cover_day, departments, gap_behind
from drillapp.core.plans.word import markup
from drillapp.core.plans.word.file import WordFile
from drillapp.core.plans.word.lists import ListTable, tables_of
from drillapp.core.plans.word.markup import control, paragraph, run

SIGNING_ROWS = 8
_CONTENTS_LEVELS = 3


def write_word(document: PlanDocument, path: Path) -> tuple[str, ...]:
    """Write the document; returns what could not be written, a sentence each. The file is there whole or not at all.

    Read back, it gives the same content: sections by the styles of headings, the plan's lists by their content controls.
    """
    file = WordFile(document.title, document.unit, document.number, document.pictures)
    write_whole(path, file.saved(_body(file, document)))
    return tuple(file.told())


def _body(file: WordFile, plan: PlanDocument) -> Iterator[str]:
    yield control("front", _("Cover and approval"), *_cover(plan), *_approval(plan), *_signing(plan.content))
    yield markup.contents_control(*_contents(plan.content))
    yield _section_end()
    for section in plan.content.sections:
        yield from file.section(section)
    for place, each in enumerate(tables_of(plan.content), 1):
        yield control(each.name, each.title, *_list(each, place))
        yield paragraph("PlanText")  # two tables without a paragraph between them would be one


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


def list_title(each: ListTable, place: int) -> str:
    """The title over one of the plan's lists."""
    return _("List {place} {title}").format(place=place, title=each.title)


def _list(each: ListTable, place: int) -> Iterator[str]:
    new_page = '<w:pageBreakBefore w:val="1"/>' if place == 1 else ""
    yield paragraph("Heading1", run(list_title(each, place)), more=new_page)
    yield markup.table([each.heads, *each.rows], 1, each.shares)
