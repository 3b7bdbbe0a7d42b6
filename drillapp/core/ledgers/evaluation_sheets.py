"""An evaluator's sheet as a spreadsheet, and rows of one that was filled in anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from drillapp.core.drills.evaluation.conversion import kind_of
from drillapp.core.drills.evaluation.rows import Answer, Sheet
from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.ledgers.exporting import write_rows
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.sheet_rows import read_rows
from drillapp.core.progress import SILENT, Progress

_LAYOUT = "evaluation_sheet"


class _SheetRow(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    answer: str | UnsetType = UNSET
    reason: str | UnsetType = UNSET


def sheet_text(path: Path, progress: Progress = SILENT) -> str:
    """A sheet as a text with a row a line, for `evaluation.paper.read_rows`: an .xlsx, .xls, .csv, or such a text itself.

    Rows without an answer are left out. Raises what reading a ledger raises, NotFound, InvalidInput.
    """
    if path.suffix.lower() == ".txt":
        return _text(path)
    rows = read_rows(_LAYOUT, _SheetRow, path, progress)
    if rows.errors:
        error = rows.errors[0]
        text = _("Row {row}: {problem}").format(row=error.row, problem=error.message)
        raise InvalidInput(text, _("Correct the sheet and read it again."))
    return "\n".join(map(_line, filter(_said, rows.entries)))


def export_sheet(sheet: Sheet, path: Path) -> int:
    """Write a sheet with its answers to .xlsx or .csv, to be filled in and read back; returns how many rows it has."""
    items = sheet.asked
    write_rows(path, layout(_LAYOUT), _cells(sheet))
    return len(items)


def _cells(sheet: Sheet) -> Iterator[list[Any]]:
    for item in sheet.asked:
        answer = sheet.answers.get(item.code)
        words = None if answer is None else _answer(answer)
        yield [item.code, item.title, words, answer.reason if answer and answer.reason else None]


def _answer(answer: Answer) -> str:
    """As it is read back in any language: a score as its digit."""
    return answer.value if kind_of(answer.value) == "score" else label("evaluation_answer", answer.value)


def _said(row: _SheetRow) -> bool:
    return isinstance(row.answer, str) and bool(row.answer.strip())


def _line(row: _SheetRow) -> str:
    reason = row.reason if isinstance(row.reason, str) else ""
    return " ".join(f"{row.code}\t{row.answer}\t{reason}".split("\n"))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        text = _("'{file}' is no text in UTF-8.").format(file=path.name)
        raise InvalidInput(text, _("Save it as text in UTF-8.")) from error
    except OSError as error:
        raise NotFound(_("There is no file '{file}'.").format(file=path), _("Check the path.")) from error
