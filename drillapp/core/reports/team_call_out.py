"""The call-out list of rescue teams: on one sheet to hang on the wall wherever it can be read there."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.list_report import ListPaper
from drillapp.core.reports.page import MM, Document, Paper, Rendered
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.table import Table, table_look
from drillapp.core.reports.text import Paragraph, Style

_SHEET = Paper(297 * MM, 210 * MM, left=13 * MM, right=13 * MM, top=14 * MM, bottom=16 * MM)
_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""From what is read across a room to what can still be read; a list that does not fit goes on on further sheets."""
_SEVERAL = 9.0


def render_call_out(
    paper: ListPaper,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the list as large as one sheet allows; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(
        paper.title, author=paper.office, fonts=fonts, paper=_SHEET, numbering="of", progress=progress
    )
    day = _("As of {day}").format(day=long_date(paper.as_of))
    below = Style(fonts.body, 10.5, 16, align="centre", after=1.5 * MM)
    document.add(Title(paper.title, Styles(fonts).title), Paragraph("　".join((*paper.notes, day)), below))
    tables = [_table(paper, fonts, size) for size in _SIZES]
    fitting = (table for table in tables if table.height(_SHEET.text_width) <= document.room)
    document.add(next(fitting, _table(paper, fonts, _SEVERAL)))
    return document.close(target)


def _table(paper: ListPaper, fonts: Fonts, size: float) -> Table:
    look = table_look(fonts, size)
    return Table(paper.columns, paper.rows, msgspec.structs.replace(look, padding=3.0))
