"""Paragraphs, tables and pictures of a written text as they are set on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drillapp.core.plans import content as plans
from drillapp.core.plans.word.file import column_shares
from drillapp.core.reports.headings import Styles
from drillapp.core.reports.page import LEADING, Document
from drillapp.core.reports.picture import PictureBlock
from drillapp.core.reports.table import Column, Table, table_look

_WIDE_TABLE, _VERY_WIDE_TABLE = 6, 9
"""Columns from which a table is set smaller."""


def add_block(document: Document, styles: Styles, block: plans.Block, pictures: Mapping[str, bytes]) -> None:
    """Set a paragraph, table or picture."""
    match block:
        case plans.Paragraph(text):
            document.add(styles.text(text))
        case plans.Grid(rows, heads):
            if rows and rows[0]:
                document.space(LEADING / 4)
                document.add(written_table(document, rows, heads, column_shares(rows)))
                document.space(LEADING / 3)
        case plans.Picture(digest, width_mm, caption):
            document.add(PictureBlock(pictures.get(digest), width_mm, caption, document.fonts))


def written_table(
    document: Document, rows: Sequence[Sequence[str]], heads: int, shares: Sequence[float]
) -> Table:
    """A table over the whole width, its columns wide by their shares but none too narrow for two characters."""
    count, width = len(shares), document.paper.text_width
    size = 9.0 if count > _VERY_WIDE_TABLE else 10.5 if count > _WIDE_TABLE else 12.0
    look = table_look(document.fonts, size)
    least = min(2 * size + 2 * look.padding + 1, width / count)
    spare, whole = width - count * least, sum(shares)
    columns = [
        Column(text if heads else "", least + spare * share / whole)
        for text, share in zip(rows[0], shares, strict=True)
    ]
    return Table(columns, rows[1:] if heads else rows, look)
