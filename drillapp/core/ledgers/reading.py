"""Opening somebody else's spreadsheet: its cells column by column, or one sentence that says why not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from drillapp.core.confined import child
from drillapp.core.confined.child import Child
from drillapp.core.confined.refusals import protected, uncertain
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers import archive, delimited, sheet_process
from drillapp.core.ledgers import look as look_at
from drillapp.core.ledgers.archive import Archive, Flaws
from drillapp.core.ledgers.encodings import encoding_of
from drillapp.core.ledgers.files import LedgerFile, identify
from drillapp.core.ledgers.heads import glance_of, workbook_glances
from drillapp.core.ledgers.look import Look, nothing_seen
from drillapp.core.ledgers.padded import LeadingZeros
from drillapp.core.ledgers.shapes import Cell as Cell
from drillapp.core.ledgers.shapes import Glance as Glance
from drillapp.core.ledgers.shapes import Merged as Merged
from drillapp.core.ledgers.told import Told
from drillapp.core.progress import SILENT, Progress
from drillapp.core.search.tokens import Tokens

_LARGE = 8_000_000
"""Bytes of an unpacked workbook that take as long to read as a process takes to start."""


class Choice(NamedTuple):
    """Which rows are the header (from 1; 0 and 0 for none) and which columns (from 0) are wanted."""

    header_first: int
    header_last: int
    columns: tuple[int, ...]
    once: frozenset[int] = frozenset()
    """Columns in which a merged cell counts for its first row alone: a quantity is not there once for each row."""
    title: int = -1
    """The column whose texts are taken apart for the search as well, once all rows are told; -1 for none."""


class Block(NamedTuple):
    """Some rows below the header, by columns in the order of the choice."""

    first_row: int
    """The spreadsheet's own number of the first of them, from 1."""
    columns: list[list[Cell]]
    others: list[str]
    """For each row what stands in the other columns, shortened; '' for nothing."""
    filled: set[tuple[int, int]]
    """Cells (row, column) that have the value of the merged cell to which they belong."""


class Sheet(NamedTuple):
    """An opened sheet; `blocks` can be gone through once."""

    name: str
    glance: Glance
    choice: Choice
    flaws: Flaws
    """Cells without a readable value; complete only when all blocks are read."""
    blocks: Iterator[Block]
    told: list[Told]
    """What is worth a word about the file itself; complete only when all blocks are read."""
    titles: Callable[[], Mapping[str, Tokens]] | None = None
    """Waits, behind the last block, for what titles are found by; None where nobody works that out."""


Choose = Callable[[Glance], Choice]
"""Looks at a sheet's beginning and says what is wanted; raises InvalidInput when the sheet does not have it."""


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Head(NamedTuple):
    """A sheet whose beginning is known, while the reading process waits to be told what of it is wanted."""

    glance: Glance
    look: Look


class Begun:
    """A workbook that another process has begun to read, to be opened once."""

    def __init__(self, file: LedgerFile, reader: Child, sheet: str | None) -> None:
        self.file = file
        self.reader = reader
        self._looks: dict[str, Look] = {}
        self.heads = _heads(reader, file, sheet, self._looks)

    @property
    def is_large(self) -> bool:
        """Whether to read it takes longer than to start a process that does so."""
        return self.file.size > _LARGE

    def glances(self, progress: Progress) -> list[Glance]:
        """The beginning of every sheet (`heads.glances`); of a small workbook of one sheet it is being read anyway."""
        if self.is_large or self.file.archive is None or len(self.file.archive.sheets) != 1:
            return workbook_glances(self.file, progress, self._looks)
        first = next(self.heads, None)
        if first is None:
            raise archive.not_a_spreadsheet(self.file.path)
        self.heads = chain([first], self.heads)
        return [first.glance]


@contextmanager
def begun(path: Path, progress: Progress, sheet: str | None = None) -> Iterator[Begun | None]:
    """Begin to read a workbook before it is said what of it is wanted; None for a text, which is read in no time.

    Raises what `opened` raises for a file that cannot be read at all.
    """
    file = identify(path)
    if file.form == "text":
        yield None
        return
    with _reader(file, progress, sheet) as reader:
        yield Begun(file, reader, sheet)


@contextmanager
def opened(
    path: Path, choose: Choose, progress: Progress, *, sheet: str | None = None, early: Begun | None = None
) -> Iterator[Sheet]:
    """Open an .xlsx, .xls, .ods or .csv file, known by its content, at the sheet that `choose` accepts.

    What was `begun` of it before may be handed in. Raises InvalidInput, Damaged, NotFound or Unavailable, each with a
    sentence and a hint.
    """
    if early is not None:
        early.reader.progress = progress
        yield _choose_sheet(early.reader, early.file, choose, early.heads)
        return
    file = identify(path)
    if file.form == "text":
        yield _delimited(path, choose, progress)
        return
    with _reader(file, progress, sheet) as reader:
        yield _choose_sheet(reader, file, choose, _heads(reader, file, sheet, {}))


# --- delimited text


def _delimited(path: Path, choose: Choose, progress: Progress) -> Sheet:
    rows = delimited.records(path, encoding_of(path))
    head: list[list[Any]] = [*delimited.beginning(path, rows)]
    glance = Glance(path.name, head, is_text=True)
    choice = _choice(glance, choose)
    flaws: Flaws = {}
    told: list[Told] = []
    header = head[choice.header_last - 1] if 0 < choice.header_last <= len(head) else []
    # A line without an end may be one that is cut off.
    whole = 0 if delimited.ends_with_a_line(path) else len(header)
    blocks = _delimited_blocks(path, _until_cut(rows, head, whole, told), choice, flaws, progress)
    return Sheet(path.name, glance, choice, flaws, blocks, told)


def _until_cut(
    rows: Iterator[list[str]], head: list[list[str]], whole: int, told: list[Told]
) -> Iterator[list[str]]:
    """All rows; the last one is spoken of when it has fewer cells than a `whole` one."""
    number = 0
    row: list[str] = []
    for row in chain(head, rows):
        number += 1
        yield row
    if 0 < len(row) < whole:
        told.append(
            Told(
                number,
                None,
                _("The last line has fewer cells than the header and no end: is the file whole?"),
            )
        )


def _delimited_blocks(
    path: Path, rows: Iterator[list[str]], choice: Choice, flaws: Flaws, progress: Progress
) -> Iterator[Block]:
    first = choice.header_last + 1
    width = max(choice.columns, default=-1) + 1
    for block in _blocks_of(islice(rows, choice.header_last, None)):
        progress.step(first, None, _("Reading the rows"))
        turned: list[Any] = _turned(block, width)
        columns = [list(turned[column]) for column in choice.columns]
        for column, cells in zip(choice.columns, columns, strict=True):
            delimited.unprotect(cells, column, first, flaws)
        _refuse_many(flaws, path)
        yield Block(first, columns, sheet_process.others(turned, choice.columns, len(block)), set())
        first += len(block)


def _refuse_many(flaws: Flaws, path: Path) -> None:
    if len(flaws) > look_at.MAX_FLAWS:
        raise uncertain(path)


def _blocks_of(rows: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Rows by the thousand, fewer when they are wide."""
    block: list[list[str]] = []
    width = 1
    for row in rows:
        block.append(row)
        width = max(width, len(row))
        if len(block) >= sheet_process.block_rows(width):
            yield block
            block, width = [], 1
    if block:
        yield block


def _turned(block: list[list[str]], width: int) -> list[tuple[str, ...]]:
    """Rows of different length as columns, at least `width` of them."""
    columns = list(zip_longest(*block, fillvalue=""))
    return columns + [("",) * len(block)] * (width - len(columns))


def _empty_sheet(name: str) -> DrillappError:
    return InvalidInput(
        _("The sheet '{sheet}' is empty.").format(sheet=name),
        _("Choose the sheet that holds the ledger, or fill it in first."),
    )


# --- workbooks


def _reader(file: LedgerFile, progress: Progress, wanted: str | None) -> AbstractContextManager[Child]:
    arguments = (str(file.path), file.form, wanted or "")
    refusals = {"PasswordError": protected}
    return child.reading(
        sheet_process.serve, arguments, file.path, file.size, progress, refusals, file.limits
    )


def _heads(
    workbook: Child, file: LedgerFile, wanted: str | None, looks: Mapping[str, Look]
) -> Iterator[_Head]:
    """The sheets one after the other; the reading process is to be answered before the next is asked for.

    `looks` is what was seen of them already.
    """
    names: list[str] = workbook.receive()[1]
    if wanted and wanted not in names:
        raise InvalidInput(
            _("There is no sheet '{sheet}' in the file.").format(sheet=wanted),
            _("The sheets are: {sheets}.").format(sheets=", ".join(names)),
        )
    guess = wanted or (names[0] if names else "")
    # Looked at while the other process parses the same sheet.
    look = looks.get(guess) or _look(file.archive, guess, workbook.progress)
    while (message := workbook.receive())[0] == "head":
        _word, name, is_hidden, rows, merged, told = message
        if file.form != "xlsx":
            look = Look(*told)
        elif name != guess:
            look = looks.get(name) or _look(file.archive, name, workbook.progress)
        yield _Head(glance_of(name, is_hidden, rows, merged, look), look)


def _choose_sheet(workbook: Child, file: LedgerFile, choose: Choose, heads: Iterator[_Head]) -> Sheet:
    refusal: DrillappError | None = None
    for glance, look in heads:
        try:
            choice = _choice(glance, choose)
        except DrillappError as error:
            # An explanation or an empty sheet may come first: the next sheet is tried, the best word kept.
            refusal = refusal if refusal and not _is_filled(glance) else error
            workbook.send(None)
            continue
        workbook.send([choice.header_last, choice.columns, choice.once, choice.title])
        flaws = {(row, column): text for row, column, text in look.flaws}
        _refuse_many(flaws, file.path)
        titles = partial(_titles, workbook) if choice.title >= 0 else None
        return Sheet(glance.sheet, glance, choice, flaws, _blocks(workbook, choice, look), [], titles)
    raise refusal or archive.not_a_spreadsheet(workbook.path)


def _look(safe: Archive | None, sheet: str, progress: Progress) -> Look:
    return archive.look(safe, sheet, progress) if safe else nothing_seen()


def _choice(glance: Glance, choose: Choose) -> Choice:
    if not _is_filled(glance):
        raise _empty_sheet(glance.sheet)
    return choose(glance)


def _is_filled(glance: Glance) -> bool:
    return any(not isinstance(cell, str) or cell.strip() for row in glance.rows for cell in row)


def _blocks(workbook: Child, choice: Choice, look: Look) -> Iterator[Block]:
    zeros = LeadingZeros(look.padded, choice.columns)
    while (message := workbook.receive())[0] == "rows":
        _word, first, columns, others, filled = message
        workbook.progress.step(first, None, _("Reading the rows"))
        block = Block(first, columns, others, {(row, column) for row, column in filled})
        for column, cells in zip(choice.columns, columns, strict=True):
            zeros.restore(column, cells, first, block.filled)
        yield block


def _titles(workbook: Child) -> Mapping[str, Tokens]:
    """What titles are found by; nothing where the other process could not do it, since this one can as well."""
    # Who read the rows may have been stopped since, and it is somebody else who asks now.
    workbook.progress = SILENT
    found: dict[str, Tokens] = {}
    try:
        while (message := workbook.receive())[0] == "titles":
            _word, titles, words, syllables, initials = message
            found.update(zip(titles, map(Tokens, words, syllables, initials), strict=True))
    except DrillappError:
        return {}
    return found
