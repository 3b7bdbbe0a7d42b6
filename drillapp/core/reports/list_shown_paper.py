"""A list as somebody sees it, as a paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drillapp.core import shown
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.list_shown import ListShown, narrowing
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.list_report import ListPaper, render_list
from drillapp.core.reports.page import Rendered
from drillapp.core.reports.table import Column as PaperColumn

PAPER_ROWS = 20_000
"""More rows are no paper that anybody reads."""
_BLOCK = 500


def write_list_paper(
    office: Office, path: Path, wanted: ListShown, progress: Progress = SILENT, *, most: int | None = None
) -> tuple[int, Rendered]:
    """Write a list as PDF; returns how many rows it has, and what came out.

    With `most` the first so many rows, and the paper says so; without, all, and InvalidInput is raised for more than
    `PAPER_ROWS`. Raises Unavailable when the file cannot be written.
    """
    ids = wanted.source.keys(office, wanted.view)
    if most is None and len(ids) > PAPER_ROWS:
        raise InvalidInput(
            _("{count} rows are more than a paper takes ({most}).").format(
                count=f"{len(ids):,}", most=f"{PAPER_ROWS:,}"
            ),
            _("Narrow the list, or write it as .xlsx."),
        )
    chosen = ids[:most]
    columns = tuple(
        PaperColumn(_(column.label), align="right" if shown.is_right(column) else "left")
        for column in wanted.columns
    )
    rows: list[list[str]] = []
    for start in range(0, len(chosen), _BLOCK):
        progress.step(start, len(chosen), wanted.title)
        rows += _texts(wanted, wanted.source.rows(office, chosen[start : start + _BLOCK]))
    notes = [wanted.scope, *narrowing(wanted), _("{count} rows").format(count=f"{len(ids):,}")]
    if len(ids) > len(chosen):
        notes.append(_("only the first {count} are printed").format(count=f"{len(chosen):,}"))
    paper = ListPaper(office.name, wanted.title, office.as_of, columns, rows, tuple(filter(None, notes)))
    return len(ids), render_list(paper, path, progress)


def _texts(wanted: ListShown, rows: list[Any]) -> Iterator[list[str]]:
    for row in rows:
        yield [shown.words(column, getattr(row, column.name)) for column in wanted.columns]
