"""A drill's record that was kept on paper and typed into a sheet is entered into its log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from drillapp.core.changes import Changes
from drillapp.core.drills.conduct.afterwards import PaperLine, enter_afterwards
from drillapp.core.errors import InvalidInput
from drillapp.core.ledgers.rows import LedgerError, Rows
from drillapp.core.ledgers.sheet_rows import read_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress


class PaperImport(msgspec.Struct, frozen=True):
    """What came of a sheet."""

    read: int
    errors: tuple[LedgerError, ...] = ()
    """What is wrong; then nothing was written."""
    changes: Changes = Changes()


class _SheetRow(msgspec.Struct, frozen=True, kw_only=True):
    at: str
    text: str | UnsetType = UNSET
    kind: str | UnsetType = UNSET
    who: str | UnsetType = UNSET
    subject: str | UnsetType = UNSET
    inject: str | UnsetType = UNSET


def import_paper_record(
    office: Office, drill_id: int, path: Path, *, sheet: str | None = None, progress: Progress = SILENT
) -> PaperImport:
    """Enter the lines of a sheet into a drill's log, all or none; raises what reading a ledger raises, NotFound, Denied."""
    rows = read_rows("paper_record", _SheetRow, path, progress, sheet=sheet)
    if rows.errors:
        return PaperImport(rows.read, _sorted(rows))
    try:
        entered = enter_afterwards(office, drill_id, [_line(row) for row in rows.entries])
    except InvalidInput as error:
        if not error.problems:
            raise
        for problem in error.problems:
            rows.error(rows.numbers[problem.index], problem.field, problem.value, problem.message)
        return PaperImport(rows.read, _sorted(rows))
    return PaperImport(rows.read, changes=entered.changes)


def _line(row: _SheetRow) -> PaperLine:
    said: dict[str, Any] = {
        name: value for name in row.__struct_fields__ if (value := getattr(row, name)) is not UNSET
    }
    return PaperLine(**said)


def _sorted(rows: Rows) -> tuple[LedgerError, ...]:
    return tuple(sorted(rows.errors, key=lambda error: error.row))
