"""A quick look at the beginning of every sheet, before it is said what of it is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from drillapp.core.confined import child
from drillapp.core.confined.refusals import protected
from drillapp.core.errors import InvalidInput
from drillapp.core.ledgers import archive, delimited, sheet_process
from drillapp.core.ledgers.archive import Archive
from drillapp.core.ledgers.beginning import beginning
from drillapp.core.ledgers.encodings import encoding_of
from drillapp.core.ledgers.files import LedgerFile, identify
from drillapp.core.ledgers.look import Look
from drillapp.core.ledgers.shapes import GLANCE_ROWS, Glance, Merged
from drillapp.core.progress import Progress


def glances(path: Path, progress: Progress) -> list[Glance]:
    """The beginning of every sheet, those that are shown before the hidden ones.

    Raises InvalidInput, Damaged, NotFound or Unavailable, each with a sentence and a hint.
    """
    file = identify(path)
    if file.form == "text":
        return [_text_glance(path)]
    return workbook_glances(file, progress, {})


def glance_of(
    name: str, is_hidden: bool, rows: list[list[Any]], merged: Sequence[Sequence[int]], look: Look
) -> Glance:
    """What is known of a sheet, from what the reading process tells and what was seen besides."""
    for row, column, text in look.padded:
        if row <= len(rows) and column < len(rows[row - 1]):
            rows[row - 1][column] = text
    return Glance(
        name,
        rows,
        is_hidden,
        tuple(Merged(*edges) for edges in merged),
        frozenset(look.hidden_rows),
        frozenset(look.hidden_columns),
        look.is_1904,
    )


def _text_glance(path: Path) -> Glance:
    rows: list[list[Any]] = [*delimited.beginning(path, delimited.records(path, encoding_of(path)))]
    return Glance(path.name, rows, is_text=True)


def workbook_glances(file: LedgerFile, progress: Progress, looks: dict[str, Look]) -> list[Glance]:
    """The same of a workbook; takes down in `looks` what was seen of whole sheets beside their cells."""
    is_cut = bool(file.archive and file.archive.sheets)
    path = "" if is_cut else str(file.path)
    refusals = {"PasswordError": protected}
    found: list[Glance] = []
    with child.reading(
        sheet_process.serve_glances, (path, file.form), file.path, file.size, progress, refusals, file.limits
    ) as reader:
        if file.archive and is_cut:
            # Cut out while the process starts, and looked through while it reads.
            reader.send(beginning(file.archive))
            looks.update(_looks(file.archive, progress))
        while (message := reader.receive())[0] == "head":
            _word, name, is_hidden, rows, merged, told = message
            look = looks.get(name) or Look(*told)
            above = [edges for edges in look.merged or merged if edges[0] <= GLANCE_ROWS]
            found.append(glance_of(name, is_hidden, rows, above, look))
    if not found:
        raise archive.not_a_spreadsheet(file.path)
    return found


def _looks(safe: Archive, progress: Progress) -> Iterator[tuple[str, Look]]:
    """What was seen of each sheet; nothing of one with which something is wrong that only matters when it is chosen."""
    for name in safe.sheets:
        try:
            yield name, archive.look(safe, name, progress)
        except InvalidInput:
            continue
