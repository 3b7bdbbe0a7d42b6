"""Any list as a paper: what a table of the window shows, on sheets of A4 laid across."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled, stack
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import MM, Document, Paper, Rendered
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.table import Column, Look, Table, table_look
from drillapp.core.reports.text import Paragraph

ACROSS = Paper(297 * MM, 210 * MM, left=18 * MM, right=18 * MM, top=20 * MM, bottom=18 * MM)
_SIZE = 9.0
_SHORT = 84.0


class ListPaper(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    as_of: date
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    notes: tuple[str, ...] = ()
    """What the list is of: the scope, how many rows, what was left out."""


def render_list(
    paper: ListPaper,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the list; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(
        paper.title, author=paper.office, fonts=fonts, paper=ACROSS, numbering="of", progress=progress
    )
    styles = Styles(fonts)
    day = _("As of {day}").format(day=long_date(paper.as_of))
    document.add(Title(paper.title, styles.title), Paragraph("　".join((*paper.notes, day)), styles.subtitle))
    document.space(3 * MM)
    look = table_look(fonts, _SIZE)
    document.add(Table(_measured(paper.columns, paper.rows, look), paper.rows, look))
    return document.close(target)


def _measured(columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look) -> tuple[Column, ...]:
    """Short columns (days, numbers, states) keep to one line; the others share what is left."""
    found = []
    for place, column in enumerate(columns):
        texts = max((stack(look.font).stringWidth(row[place], look.size) for row in rows), default=0.0)
        need = max(texts, stack(look.head_font).stringWidth(column.head, look.size)) + 2 * look.padding + 1
        found.append(msgspec.structs.replace(column, width=need if need <= _SHORT else 0.0))
    return tuple(found) if any(not column.width for column in found) else tuple(columns)
