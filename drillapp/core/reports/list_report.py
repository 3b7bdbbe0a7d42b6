"""Any list as a paper: what a table of the window shows, on sheets of A4 laid across."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import repeat
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
_LARGE = Paper(420 * MM, 297 * MM, left=18 * MM, right=18 * MM, top=20 * MM, bottom=18 * MM)
_SIZE = 9.0
_SHORT, _CODE = 84.0, 132.0
"""Widest column, in points, that keeps to one line: of any text, and of codes, which would break within a number."""
_SHAPES = ((ACROSS, _SIZE), (ACROSS, 7.5), (_LARGE, 8.5), (_LARGE, 7.0))
"""Sheets and sizes of type, from what is best to read to what takes the most columns."""
_OPEN_CHARACTERS = 9
"""Room that a column of longer texts needs at the least."""


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
    sheet, look, parts = _fitted(paper, fonts)
    document = Document(
        paper.title, author=paper.office, fonts=fonts, paper=sheet, numbering="of", progress=progress
    )
    styles = Styles(fonts)
    day = _("As of {day}").format(day=long_date(paper.as_of))
    document.add(Title(paper.title, styles.title), Paragraph("　".join((*paper.notes, day)), styles.subtitle))
    document.space(3 * MM)
    for number, places in enumerate(parts):
        if number:
            document.new_page()
        columns = tuple(paper.columns[place] for place in places)
        rows = [[row[place] for place in places] for row in paper.rows] if len(parts) > 1 else paper.rows
        document.add(Table(_measured(columns, rows, look), rows, look))
    return document.close(target)


def _fitted(paper: ListPaper, fonts: Fonts) -> tuple[Paper, Look, list[list[int]]]:
    """The sheet and type on which all columns stand beside each other; else the columns of each part.

    Where nothing is wide enough, the parts follow one another, each with the first column.
    """
    for sheet, size in _SHAPES:
        look = table_look(fonts, size)
        needs = _least_widths(paper, look)
        if sum(needs) <= sheet.text_width:
            return sheet, look, [list(range(len(needs)))]
    parts, used = [[0]], needs[0]
    for place, need in enumerate(needs[1:], 1):
        if used + need > sheet.text_width and len(parts[-1]) > 1:
            parts.append([0])
            used = needs[0]
        parts[-1].append(place)
        used += need
    return sheet, look, parts


def _least_widths(paper: ListPaper, look: Look) -> list[float]:
    """What each column needs at the least: its longest text on one line where that is short."""
    return [
        need or max(_SHORT * 0.9, _OPEN_CHARACTERS * look.size)
        for need in map(_fixed, paper.columns, _texts_of(paper.columns, paper.rows), repeat(look))
    ]


def _measured(columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look) -> tuple[Column, ...]:
    """Short columns (days, numbers, states) keep to one line; the others share what is left."""
    found = [
        msgspec.structs.replace(column, width=_fixed(column, texts, look))
        for column, texts in zip(columns, _texts_of(columns, rows), strict=True)
    ]
    return tuple(found) if any(not column.width for column in found) else tuple(columns)


def _texts_of(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[set[str]]:
    return [{row[place] for row in rows} for place in range(len(columns))]


def _fixed(column: Column, texts: set[str], look: Look) -> float:
    """Points for the longest of the texts and the head on one line; 0 where that is too long."""
    longest = max((stack(look.font).stringWidth(text, look.size) for text in texts), default=0.0)
    head = stack(look.head_font).stringWidth(column.head, look.size)
    need = max(longest, head) + 2 * look.padding + 1
    return need if need <= (_CODE if all(map(str.isascii, texts)) else _SHORT) else 0.0
