"""The plan of a year's drills as a table to be signed and handed round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.list_report import ACROSS
from drillapp.core.reports.page import MM, Document, Rendered
from drillapp.core.reports.signature import Signature
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph

_SIZE = 9.0


class ProgrammeLine(msgspec.Struct, frozen=True):
    """A drill of the plan, in words."""

    subject: str
    plan: str
    kind: str
    """Content, form and purpose."""
    when: str
    unit: str
    place: str
    people: str
    budget: str
    leader: str
    basis: tuple[int, ...]
    """Places of the articles in the list below the table, from 1."""
    note: str


class AnnualProgramme(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    unit: str
    """Who leads."""
    title: str
    standing: str
    """Draft, approved or published, with the day and the document."""
    summary: str
    day: date
    lines: Sequence[ProgrammeLine]
    articles: Sequence[str]
    changes: str = ""
    """How often it was changed since its approval."""


def render_annual_programme(
    data: AnnualProgramme,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the plan; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(
        data.title, author=data.office, fonts=fonts, paper=ACROSS, numbering="of", progress=progress
    )
    styles = Styles(fonts)
    document.add(Title(data.title, styles.title), Paragraph(data.standing, styles.subtitle))
    below = msgspec.structs.replace(styles.note, size=_SIZE + 1.0, leading=15.0)
    document.add(Paragraph(data.summary, below))
    rows = [_row(place, line, data.unit) for place, line in enumerate(data.lines, 1)]
    document.add(Table(_columns(data.lines), rows, table_look(fonts, _SIZE)))
    roles = (_("Drawn up by"), _("Checked by"), _("Approved by"))
    signature = Signature(data.unit, data.day, roles, fonts)
    # Nobody signs a page on which nothing stands: the last lines below the table come along.
    closing = [one for one in (_basis(data), data.changes) if one]
    keep = signature.height(document.paper.text_width)
    if closing:
        document.space(2 * MM)
    for place, text in enumerate(closing, 1):
        document.add(Paragraph(text, below, keep_with_next=keep if place == len(closing) else 0.0))
    document.add(signature)
    return document.close(target)


def _basis(data: AnnualProgramme) -> str:
    """The articles with the numbers that the table names them by."""
    listed = "　".join(f"{place}. {article}" for place, article in enumerate(data.articles, 1))
    return _("Basis: {articles}").format(articles=listed) if listed else ""


def _columns(lines: Sequence[ProgrammeLine]) -> tuple[Column, ...]:
    """Columns that are empty throughout stay narrow: they are filled in by hand."""
    has_place, has_note = any(line.place for line in lines), any(line.note for line in lines)
    return (
        Column(_("#"), 26, "centre"), Column(_("Drill subject")), Column(_("Scenario or plan")),
        Column(_("Type (content, form, purpose)"), 92, "centre"), Column(_("Planned for"), 54, "centre"),
        Column(_("Leading unit"), 62), Column(_("Responsible unit"), 84),
        Column(_("Place"), 0 if has_place else 46), Column(_("People to take part"), 36, "right"),
        Column(_("Budget (yuan)"), 44, "right"), Column(_("In charge"), 44, "centre"),
        Column(_("Basis"), 40, "centre"), Column(_("Remark"), 0 if has_note else 40),
    )  # fmt: skip


def _row(place: int, line: ProgrammeLine, unit: str) -> tuple[str, ...]:
    basis = _(", ").join(map(str, line.basis))
    return (
        str(place), line.subject, line.plan, line.kind, line.when, unit, line.unit, line.place, line.people,
        line.budget, line.leader, basis, line.note,
    )  # fmt: skip
