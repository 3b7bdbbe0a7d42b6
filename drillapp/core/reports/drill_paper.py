"""A document of a drill as it was written: working plan, script, plans of evaluation and support, summary."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.papers.content import numbered
from drillapp.core.drills.papers.stored import Paper, paper_of
from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports import page
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.list_report import ACROSS
from drillapp.core.reports.page import LEADING, OFFICIAL, Document, Rendered
from drillapp.core.reports.plan_document import full_title
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.text import Paragraph
from drillapp.core.reports.written import add_block


def drill_paper(office: Office, number: str, *, kind: str) -> Paper:
    """The document of that kind; raises NotFound for the drill, and where it was not drafted."""
    return paper_of(office, drill_named(office, number), kind)


def paper_name(kind: str) -> str:
    """What a kind of document is called where it stands by itself."""
    name = label("drill_paper", kind)
    return name[:1].upper() + name[1:]


def sheet_of(paper: Paper) -> page.Paper:
    """What it is printed on: a script, which is a wide table above all, lies across."""
    return ACROSS if paper.kind == "script" else OFFICIAL


def render_drill_paper(
    data: Paper, target: str | Path | BinaryIO, progress: Progress = SILENT, *, fonts: Fonts | None = None
) -> Rendered:
    """Write the document; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(data.name, author=data.unit, fonts=fonts, paper=sheet_of(data), progress=progress)
    add_drill_paper(document, data, Styles(fonts))
    return document.close(target)


def add_drill_paper(document: Document, data: Paper, styles: Styles) -> None:
    """Set it from where the page is."""
    document.space(LEADING)
    document.add(Title(data.title, styles.title), Paragraph(standing(data), styles.subtitle))
    for section in numbered(data.sections):
        document.add(styles.headline(section.level, full_title(section)))
        for block in section.blocks:
            add_block(document, styles, block, data.pictures)


def standing(data: Paper) -> str:
    """Whether it is approved, and by whom."""
    if data.approved_on is None:
        return _("(draft, not approved)")
    return _("(approved by {who} on {day})").format(who=data.approved_by, day=long_date(data.approved_on))
