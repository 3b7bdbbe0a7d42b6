"""Opening somebody else's spreadsheet: its cells column by column, or one sentence that says why not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from drillapp.core.confined import child
from drillapp.core.confined.child import Child
from drillapp.core.confined.opening import ENCRYPTED, OLE, ZIP, first_bytes
from drillapp.core.confined.refusals import protected, too_large
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers import archive, delimited, sheet_process
from drillapp.core.ledgers.archive import Archive, Flaws
from drillapp.core.progress import Progress

Cell = str | int | float | bool
"""A cell's content; '' when it is empty. Dates and moments of spreadsheets come as ISO texts."""

MAX_PACKED = 256 * 1024 * 1024


class Choice(NamedTuple):
    """Which row is the header and which columns are wanted, both counted from 0 among what was shown."""

    header: int
    columns: tuple[int, ...]
    once: frozenset[int] = frozenset()
    """Columns in which a merged cell counts for its first row alone: a quantity is not there once for each row."""


class Block(NamedTuple):
    """Some rows below the header, by columns in the order of the choice."""

    first_row: int
    """The spreadsheet's own number of the first of them, from 1."""
    columns: list[list[Cell]]


class Sheet(NamedTuple):
    """An opened sheet; `blocks` can be gone through once."""

    name: str
    choice: Choice
    left: int
    """Columns of the spreadsheet left of the first that was shown."""
    flaws: Flaws
    """Cells without a readable value; complete only when all blocks are read."""
    blocks: Iterator[Block]


Choose = Callable[[Sequence[Sequence[Cell]]], Choice]
"""Looks at a sheet's first rows and says what is wanted; raises InvalidInput when the sheet does not have it."""


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(path: Path, choose: Choose, progress: Progress, *, sheet: str | None = None) -> Iterator[Sheet]:
    """Open an .xlsx, .xls or .csv file, known by its content, at the sheet that `choose` accepts.

    Raises InvalidInput, Damaged, NotFound or Unavailable, each with a sentence and a hint.
    """
    content = _first_bytes(path)
    if content.startswith(ZIP):
        with _workbook(path, choose, progress, sheet, archive.inspect(path)) as found:
            yield found
    elif content.startswith(OLE):
        _check_old_workbook(path)
        with _workbook(path, choose, progress, sheet, None) as found:
            yield found
    else:
        yield _delimited(path, choose, progress)


def _first_bytes(path: Path) -> bytes:
    content = first_bytes(path)
    if not content:
        raise archive.not_a_spreadsheet(path)
    if content.lstrip()[:1] == b"<":
        raise _web_page(path)
    return content


def _web_page(path: Path) -> DrillappError:
    return InvalidInput(
        _("'{file}' is a web page or XML text, not a spreadsheet, whatever its name says.").format(
            file=path.name
        ),
        _("Open it in a spreadsheet program and save it as .xlsx."),
    )


def _check_old_workbook(path: Path) -> None:
    if path.stat().st_size > MAX_PACKED:
        raise too_large(path)
    if ENCRYPTED in path.read_bytes():
        raise protected(path)


# --- delimited text


def _delimited(path: Path, choose: Choose, progress: Progress) -> Sheet:
    if path.stat().st_size > delimited.MAX_BYTES:
        raise too_large(path)
    text = delimited.decode(path, path.read_bytes())
    rows = delimited.records(path, text)
    head = list(islice(rows, sheet_process.HEAD_ROWS))
    if not any(cell.strip() for row in head for cell in row):
        raise _empty_sheet(path.name)
    choice = choose(head)
    flaws: Flaws = {}
    return Sheet(path.name, choice, 0, flaws, _delimited_blocks(rows, head, choice, flaws, progress))


def _delimited_blocks(
    rows: Iterator[list[str]], head: list[list[str]], choice: Choice, flaws: Flaws, progress: Progress
) -> Iterator[Block]:
    block = head[choice.header + 1 :]
    first = choice.header + 2
    width = max(choice.columns) + 1
    while block:
        progress.step(first, None, _("Reading the rows"))
        for row in block:
            if len(row) < width:
                row.extend([""] * (width - len(row)))
        columns: list[Any] = [[row[column] for row in block] for column in choice.columns]
        for column, cells in zip(choice.columns, columns, strict=True):
            delimited.unprotect(cells, column, first, flaws)
        yield Block(first, columns)
        first += len(block)
        block = list(islice(rows, sheet_process.BLOCK_ROWS))


def _empty_sheet(name: str) -> DrillappError:
    return InvalidInput(
        _("The sheet '{sheet}' is empty.").format(sheet=name),
        _("Choose the sheet that holds the ledger, or fill it in first."),
    )


# --- workbooks


@contextmanager
def _workbook(
    path: Path, choose: Choose, progress: Progress, wanted: str | None, safe: Archive | None
) -> Iterator[Sheet]:
    size = safe.unzipped if safe else path.stat().st_size
    refusals = {"PasswordError": protected}
    arguments = (str(path), wanted or "")
    with child.reading(sheet_process.serve, arguments, path, size, progress, refusals) as reader:
        yield _choose_sheet(reader, safe, choose, wanted)


def _choose_sheet(workbook: Child, safe: Archive | None, choose: Choose, wanted: str | None) -> Sheet:
    names: list[str] = workbook.receive()[1]
    if wanted and wanted not in names:
        raise InvalidInput(
            _("There is no sheet '{sheet}' in the file.").format(sheet=wanted),
            _("The sheets are: {sheets}.").format(sheets=", ".join(names)),
        )
    guess = wanted or (names[0] if names else "")
    # Looked for while the other process parses the same sheet.
    flaws = _flaws(safe, guess, workbook.progress)
    refusal: DrillappError | None = None
    while (message := workbook.receive())[0] == "head":
        _word, name, left, head = message
        try:
            choice = _choice(name, head, choose)
        except DrillappError as error:
            # An explanation or an empty sheet may come first: the next sheet is tried, the best word kept.
            refusal = refusal if refusal and not any(head) else error
            workbook.send(None)
            continue
        workbook.send([choice.header, choice.columns, choice.once])
        found = flaws if name == guess else _flaws(safe, name, workbook.progress)
        return Sheet(name, choice, left, found, _blocks(workbook))
    raise refusal or archive.not_a_spreadsheet(workbook.path)


def _flaws(safe: Archive | None, sheet: str, progress: Progress) -> Flaws:
    return archive.find_flaws(safe, sheet, progress) if safe else {}


def _choice(name: str, head: list[list[Cell]], choose: Choose) -> Choice:
    if not any(cell != "" for row in head for cell in row):
        raise _empty_sheet(name)
    return choose(head)


def _blocks(workbook: Child) -> Iterator[Block]:
    while (message := workbook.receive())[0] == "rows":
        _word, first, columns = message
        workbook.progress.step(first, None, _("Reading the rows"))
        yield Block(first, columns)
