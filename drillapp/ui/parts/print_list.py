"""The list in front as a paper: its rows under the filters of now, in the columns that are shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.ui.parts.exporting import list_shown
from drillapp.ui.parts.printing import preview
from drillapp.ui.session import Session

if TYPE_CHECKING:
    from drillapp.ui.parts.table import Table

_MOST_ROWS = 5000


def print_list(session: Session, table: Table, title: str, told: str = "") -> None:
    """Show what a table shows as it will be printed; `told` are words for the conditions of its view."""
    wanted = list_shown(session, table, title, told)

    def write(office: Office, path: Path, progress: Progress) -> Sequence[str]:
        from drillapp.core.reports.list_shown_paper import write_list_paper  # brings the report kit

        _count, rendered = write_list_paper(office, path, wanted, progress, most=_MOST_ROWS)
        return rendered.missing

    preview(session, write, title, table)
