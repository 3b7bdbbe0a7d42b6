"""The dossier of a unit: all that is kept of it in one file, with cover, contents and page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.charts.trend import Series, Trend
from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.charts.drawn import Drawn
from drillapp.core.reports.charts.series import share
from drillapp.core.reports.contents import Contents
from drillapp.core.reports.drill_cover import Cover, add_drill_cover
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title, numbered
from drillapp.core.reports.page import FORM_SHEET, LEADING, Block, Document, Rendered
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph
from drillapp.core.reports.together import Space, Together

_SMALL = 9.5
_TREND = 150.0


class Part(msgspec.Struct, frozen=True):
    """A table of a section."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    heading: str = ""


class Section(msgspec.Struct, frozen=True):
    """A section of the dossier: texts, then tables; of one without either it is said that nothing is kept."""

    title: str
    texts: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    """In small print below."""
    trend: tuple[tuple[date, float | None, float], ...] = ()
    """The score at month ends, with the share that is known of what is asked."""


class Dossier(msgspec.Struct, frozen=True):
    """All that is in it."""

    office: str
    unit: str
    as_of: date
    cover: Cover
    sections: tuple[Section, ...]


def render_dossier(
    data: Dossier, target: str | Path | BinaryIO, progress: Progress = SILENT, *, fonts: Fonts | None = None
) -> Rendered:
    """Write the file; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    title = f"{data.cover.title} · {data.unit}"
    document = Document(title, author=data.office, fonts=fonts, numbering="none", progress=progress)
    contents, styles = Contents(document), Styles(fonts)
    add_drill_cover(document, data.cover, styles)
    document.new_page()
    document.add(Title(_("Contents"), styles.title), Space(LEADING / 2))
    titles = [numbered(1, place, one.title) for place, one in enumerate(data.sections, 1)]
    document.add(*(contents.entry(f"part{place}", 1, text) for place, text in enumerate(titles)))
    document.begin_numbering(FORM_SHEET)
    for place, (text, section) in enumerate(zip(titles, data.sections, strict=True)):
        heading = contents.heading(f"part{place}", 1, text, styles.headline(1, text))
        _add_section(document, section, heading, styles)
        document.space(LEADING / 2)
    contents.fill_in()
    return document.close(target)


def _add_section(document: Document, section: Section, heading: Block, styles: Styles) -> None:
    heads = [heading, *map(styles.text, section.texts)]
    if not (section.texts or section.parts or section.facts):
        heads.append(styles.text(_("Nothing is kept.")))
    blocks: list[Block] = []
    if section.facts:
        blocks.append(Form(section.facts, styles.fonts))
    if section.trend:
        blocks.append(_trend(section, styles))
    for part in section.parts:
        table = Table(part.columns, part.rows, table_look(styles.fonts, _SMALL))
        caption = [Paragraph(part.heading, styles.note)] if part.heading else []
        blocks.append(Together(*caption, table))
    if blocks:
        heads = [Together(*heads, blocks[0])]
    document.add(*heads)
    for block in blocks[1:]:
        document.space(LEADING / 3)
        document.add(block)
    document.space(LEADING / 4)
    close = msgspec.structs.replace(styles.note, before=0.0, after=2.0)
    if section.notes:
        document.add(Paragraph("\n".join(section.notes), close))


def _trend(section: Section, styles: Styles) -> Block:
    days = [day for day, _score, _known in section.trend]
    scores = tuple(share(score) for _day, score, _known in section.trend)
    known = tuple(share for _day, _score, share in section.trend)
    return Drawn(Trend(days, [Series(_("Score"), scores, known)]), styles.fonts, _TREND)
