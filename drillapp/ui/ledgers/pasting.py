"""Cells that were copied in a spreadsheet program become a file, which goes the way of all files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

_STEP = 1000


def clipboard_text(data: QMimeData) -> str:
    """The text that a spreadsheet put on the clipboard beside its cells; '' for files."""
    return data.text() if data.hasText() and not data.hasUrls() else ""


def cells_of(text: str) -> list[list[str]]:
    """The cells of a text as spreadsheets copy it; a single word without tab or line break is no table."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not plain.strip() or ("\t" not in plain and "\n" not in plain):
        return []
    rows = _quoted(plain)
    if rows is None:
        rows = [line.split("\t") for line in plain.split("\n")]
    return [row for row in rows if any(cell.strip() for cell in row)]


def write_cells(cells: Sequence[Sequence[str]], path: Path, progress: Progress = SILENT) -> Path:
    """Write cells as a file that is read as others are; returns its path."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        # In quotation marks: so nothing within a cell passes for what separates them.
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        for number, row in enumerate(cells):
            if number % _STEP == 0:
                progress.step(number, len(cells), _("Taking the cells from the clipboard"))
            writer.writerow(row)
    return path


def _quoted(text: str) -> list[list[str]] | None:
    """Cells of which those with line breaks stand in quotation marks; None when the marks are part of the words."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    try:
        # Row by row: the window gets its turn in between.
        return [row for row in reader]  # noqa: C416
    except csv.Error:
        return None
