"""The list in front as a paper: its rows under the filters of now, in the columns that are shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.ui.parts import cells
from drillapp.ui.parts.printing import preview
from drillapp.ui.parts.source import RowSource
from drillapp.ui.session import Session

if TYPE_CHECKING:
    from drillapp.ui.parts.table import Table

_MOST_ROWS = 5000
_MOST_COLUMNS = 9
"""More do not stand beside each other on a sheet."""
_CHUNK = 500


class _Wanted(NamedTuple):
    title: str
    scope: str
    columns: Sequence[Column]
    source: RowSource
    view: View


def print_list(session: Session, table: Table, title: str) -> None:
    """Show what a table shows as it will be printed."""
    model = table.model
    scope = session.scope.name or _("All units")
    wanted = _Wanted(title, scope, table.shown_columns()[:_MOST_COLUMNS], model.source, model.view)
    preview(session, lambda office, path, progress: _write(office, path, progress, wanted), title, table)


def _write(office: Office, path: Path, progress: Progress, wanted: _Wanted) -> Sequence[str]:
    from drillapp.core.reports.list_report import ListPaper, render_list  # brings the report kit
    from drillapp.core.reports.table import Column as PaperColumn

    keys = wanted.source.keys(office, wanted.view)
    chosen = keys[:_MOST_ROWS]
    rows: list[Sequence[str]] = []
    for start in range(0, len(chosen), _CHUNK):
        progress.step(start, len(chosen), wanted.title)
        rows += [
            _texts(wanted.columns, row) for row in wanted.source.rows(office, chosen[start : start + _CHUNK])
        ]
    columns = tuple(
        PaperColumn(_(column.label), align="right" if cells.is_right(column) else "left")
        for column in wanted.columns
    )
    count = _("{count} rows").format(count=f"{len(keys):,}")
    notes = [wanted.scope, count]
    if len(keys) > len(chosen):
        notes.append(_("only the first {count} are printed").format(count=f"{len(chosen):,}"))
    paper = ListPaper(office.name, wanted.title, office.as_of, columns, rows, tuple(notes))
    return render_list(paper, path, progress).missing


def _texts(columns: Sequence[Column], row: Any) -> list[str]:
    return [cells.words(column, getattr(row, column.name)) for column in columns]
