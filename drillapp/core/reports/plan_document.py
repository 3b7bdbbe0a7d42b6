"""A version of a plan in the standard's layout (GB/T 29639-2020, annex C): cover, approval, signatures, contents, text."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans import content as plans
from drillapp.core.plans.document import (
    PlanDocument,
    approval_text,
    cover_day,
    departments,
    gap_behind,
    is_annex,
    plan_document,
)
from drillapp.core.plans.word.lists import ListTable, tables_of
from drillapp.core.plans.word.writing import SIGNING_ROWS, list_title
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.contents import Contents
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.plan_source import plan_file
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, Style
from drillapp.core.reports.together import Space, Together
from drillapp.core.reports.written import add_block, written_table

_CONTENTS_LEVELS = 3
_TOGETHER = 5
"""So many headings on end are kept with the first text below them."""


def document_in_force(office: Office, number: str) -> PlanDocument:
    """The plan's version in force, or its newest while there is none; raises NotFound."""
    return plan_document(office, plan_file(office, number).shown.id)


def render_plan_document(
    data: PlanDocument,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the plan; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(data.title, author=data.unit, fonts=fonts, numbering="none", progress=progress)
    return _Setter(document, data).set(target)


class _Setter:
    def __init__(self, document: Document, data: PlanDocument) -> None:
        self._document = document
        self._data = data
        self._styles = Styles(document.fonts)
        self._contents = Contents(document)
        self._tables = tables_of(data.content)

    def set(self, target: str | Path | BinaryIO) -> Rendered:
        """Every page in order."""
        self._add_cover()
        self._add_approval()
        self._add_signing()
        self._add_contents()
        self._document.begin_numbering()
        for place, section in enumerate(self._data.content.sections):
            self._add_section(place, section)
        for place, table in enumerate(self._tables, 1):
            self._add_list(place, table)
        self._contents.fill_in()
        return self._document.close(target)

    def _add_cover(self) -> None:
        document, data, fonts = self._document, self._data, self._document.fonts
        fact = Style(fonts.body, 16, LEADING, align="left")
        big = Style(fonts.title, 26, 42, align="centre")
        document.add(
            Paragraph(_("Plan number: {number}").format(number=data.number), fact),
            Paragraph(_("Version: {version}").format(version=data.version), fact),
            Space(5 * LEADING),
            Title(data.unit, self._styles.title),
            Space(LEADING),
            Title(data.title, big),
        )
        day = Paragraph(
            _("Date of issue: {day}").format(day=cover_day(data)),
            Style(fonts.body, 16, LEADING, align="centre"),
        )
        document.space(document.room - 2 * LEADING)
        document.add(day)

    def _begin_page(self, title: str) -> None:
        self._document.new_page()
        self._document.add(Space(LEADING), Title(title, self._styles.title), Space(LEADING))

    def _add_approval(self) -> None:
        self._begin_page(_("Approval page"))
        self._document.add(
            self._styles.text(approval_text(self._data)),
            Space(3 * LEADING),
            self._styles.text(_("Approved by (head of the unit):")),
            Space(LEADING),
            self._styles.text(_("Date of approval: {day}").format(day=_("____-__-__"))),
        )

    def _add_signing(self) -> None:
        self._begin_page(_("Signature page of the departments"))
        rows = [(name, "", "") for name in departments(self._data.content)]
        rows += [("", "", "")] * (SIGNING_ROWS - len(rows))
        width = self._document.paper.text_width
        columns = (
            Column(_("Department"), width * 0.45),
            Column(_("Signature of its head"), width * 0.32),
            Column(_("Date"), width * 0.23),
        )
        look = replace(table_look(self._document.fonts, 14), padding=10.0)  # room to sign in
        self._document.add(Table(columns, rows, look))

    def _add_contents(self) -> None:
        self._begin_page(_("Contents"))
        for place, section in enumerate(self._data.content.sections):
            if section.level <= _CONTENTS_LEVELS:
                self._document.add(self._contents.entry(f"s{place}", section.level, full_title(section)))
        for place, table in enumerate(self._tables, 1):
            self._document.add(self._contents.entry(f"l{place}", 1, list_title(table, place)))

    def _add_section(self, place: int, section: plans.Section) -> None:
        if is_annex(section.number) and place:
            self._document.new_page()
        text = full_title(section)
        styles = self._styles.levels
        keep = (2 + self._bare_from(place)) * LEADING
        heading = Paragraph(text, styles[min(section.level, len(styles)) - 1], keep_with_next=keep)
        self._document.add(self._contents.heading(f"s{place}", section.level, text, heading))
        for block in section.blocks:
            add_block(self._document, self._styles, block, self._data.pictures)

    def _bare_from(self, place: int) -> int:
        """How many headings from this one on have no text of their own, up to the first that has."""
        following = self._data.content.sections[place : place + _TOGETHER]
        return sum(1 for _section in takewhile(lambda section: not section.blocks, following))

    def _add_list(self, place: int, table: ListTable) -> None:
        if place == 1 and self._data.content.sections:
            self._document.new_page()
        text = list_title(table, place)
        title = self._contents.heading(f"l{place}", 1, text, Paragraph(text, self._styles.levels[0]))
        rows = [table.heads, *table.rows]
        self._document.add(
            Together(title, Space(LEADING / 4), written_table(self._document, rows, 1, table.shares))
        )
        self._document.space(LEADING)


def full_title(section: plans.Section) -> str:
    """Number and title as they are printed."""
    return f"{section.number}{gap_behind(section.number)}{section.title}"
