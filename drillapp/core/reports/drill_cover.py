"""The cover of a drill's file, as it goes into the cabinet."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.drill_report import DrillReport, moment
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, OFFICIAL, Document, Rendered
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.text import Paragraph, Style
from drillapp.core.reports.together import Space

_SHARES = 8.5
"""Parts of the free room above, between and below the titles and the form; at least one below."""


class Cover(msgspec.Struct, frozen=True):
    """What it says."""

    office: str
    title: str
    drill: str
    facts: tuple[Fact, ...]
    day: str


def drill_cover(office: Office, number: str) -> Cover:
    """The cover of a drill's file; raises NotFound."""
    return cover_of(drill_report(office, number))


def cover_of(drill: DrillReport) -> Cover:
    """The cover for a drill."""
    to_write = " "
    facts = (
        Fact(_("Drill number"), drill.number),
        Fact(_("Rating"), drill.rating),
        Fact(_("Organised by"), drill.organiser or drill.unit, is_wide=True),
        Fact(_("Plan drilled"), drill.plan, is_wide=True),
        Fact(_("Content of the drill"), drill.content),
        Fact(_("Form of the drill"), drill.form),
        Fact(_("Held"), moment(drill.started_at) or long_date(drill.planned_on), is_wide=True),
        Fact(_("Place"), drill.place, is_wide=True),
        Fact(_("Drill leader"), drill.leader),
        Fact(_("Filed by"), to_write),
        Fact(_("Kept for"), to_write),
        Fact(_("Number of pages"), to_write),
    )
    return Cover(drill.unit, _("File of an emergency drill"), drill.title, facts, long_date(drill.as_of))


def render_drill_cover(
    data: Cover, target: str | Path | BinaryIO, progress: Progress = SILENT, *, fonts: Fonts | None = None
) -> Rendered:
    """Write the cover on one page."""
    return render_alone(add_drill_cover, data, target, progress, fonts, paper=OFFICIAL, numbering="none")


def add_drill_cover(document: Document, data: Cover, styles: Styles) -> None:
    """Fill the page."""
    big = Style(styles.fonts.title, 30, 46, align="centre")
    foot = Style(styles.fonts.body, 16, LEADING, align="centre")
    title, drill = Title(data.title, big), Title(data.drill, styles.title)
    form = Form(data.facts, styles.fonts)
    below = (Paragraph(data.office, foot), Paragraph(data.day, foot))
    width = document.paper.text_width
    free = document.room - sum(block.height(width) for block in (title, drill, form, *below)) - 1
    share = max(min(free / _SHARES, LEADING), 0.0)
    document.add(Space(3 * share), title, Space(1.5 * share), drill, Space(3 * share), form)
    document.space(max(document.room - sum(block.height(width) for block in below) - 1, 0.0))
    document.add(*below)
