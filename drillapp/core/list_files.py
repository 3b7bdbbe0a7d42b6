"""Any list as shown into a file: a workbook, a text, a paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.lists import write_list_file
from drillapp.core.list_shown import ListShown
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress


class Written(NamedTuple):
    """What came out."""

    rows: int
    missing: Sequence[str] = ()
    """Characters that no font has."""


def write_list(office: Office, path: Path, wanted: ListShown, progress: Progress = SILENT) -> Written:
    """Write a list as .xlsx, .csv or .pdf, as the name ends. The file appears whole or not at all.

    Raises InvalidInput for another suffix and for more rows than the form takes, NotFound for a folder that is not there,
    Unavailable when the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".csv"):
        return Written(write_list_file(office, path, wanted, progress))
    if suffix != ".pdf":
        raise InvalidInput(
            _("A list cannot be written as '{suffix}'.").format(suffix=path.suffix),
            _("Choose a name that ends in .xlsx, .csv or .pdf."),
        )
    from drillapp.core.reports.list_shown_paper import write_list_paper  # brings the report kit

    count, rendered = write_list_paper(office, path, wanted, progress)
    return Written(count, rendered.missing)
