"""Opening somebody else's spreadsheet: its cells column by column, or one sentence that says why not."""

from __future__ import annotations

import hashlib
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from drillapp.core.errors import DrillappError, InvalidInput, NotFound, Unavailable
from drillapp.core.i18n import _
from drillapp.core.ledgers import archive, delimited, sheet_process
from drillapp.core.ledgers.archive import Archive, Flaws
from drillapp.core.progress import Progress

Cell = str | int | float | bool
"""A cell's content; '' when it is empty. Dates and moments of spreadsheets come as ISO texts."""

MEMORY_LIMIT = 2 * 1024 * 1024 * 1024
SECONDS_LIMIT = 60.0
SECONDS_PER_MEGABYTE = 0.5
MAX_PACKED = 256 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Choice(NamedTuple):
    """Which row is the header and which columns are wanted, both counted from 0 among what was shown."""

    header: int
    columns: tuple[int, ...]


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
    if content.startswith(_ZIP):
        with _workbook(path, choose, progress, sheet, archive.inspect(path)) as found:
            yield found
    elif content.startswith(_OLE):
        _check_old_workbook(path)
        with _workbook(path, choose, progress, sheet, None) as found:
            yield found
    else:
        yield _delimited(path, choose, progress)


def _first_bytes(path: Path) -> bytes:
    _refuse_lock_files(path)
    try:
        with path.open("rb") as file:
            content = file.read(4096)
    except FileNotFoundError as error:
        raise NotFound(
            _("There is no file '{file}'.").format(file=path), _("Check the name and the folder.")
        ) from error
    except IsADirectoryError as error:
        raise archive.not_a_spreadsheet(path) from error
    except OSError as error:
        raise _in_use(path) from error
    if not content:
        raise InvalidInput(
            _("'{file}' is empty.").format(file=path.name),
            _("It has no content at all: save it again and try once more."),
        )
    if content.lstrip()[:1] == b"<":
        raise _web_page(path)
    return content


def _refuse_lock_files(path: Path) -> None:
    if path.name.startswith(("~$", ".~lock.")):
        raise InvalidInput(
            _("'{file}' only marks that another program has a file open.").format(file=path.name),
            _("Choose the spreadsheet itself."),
        )
    marks = [path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")]
    held = [mark for mark in marks if mark.exists()]
    if held:
        raise _in_use(path, held[0].name)


def _in_use(path: Path, mark: str = "") -> DrillappError:
    hint = _("Save and close it there, then try again.")
    if mark:
        hint += " " + _("If no program has it open, delete the left-over file '{mark}'.").format(mark=mark)
    return Unavailable(
        _("'{file}' is open in another program or may not be read.").format(file=path.name), hint
    )


def _web_page(path: Path) -> DrillappError:
    return InvalidInput(
        _("'{file}' is a web page or XML text, not a spreadsheet, whatever its name says.").format(
            file=path.name
        ),
        _("Open it in a spreadsheet program and save it as .xlsx."),
    )


def _check_old_workbook(path: Path) -> None:
    if path.stat().st_size > MAX_PACKED:
        raise archive.too_large(path)
    if _ENCRYPTED in path.read_bytes():
        raise archive.protected(path)


# --- delimited text


def _delimited(path: Path, choose: Choose, progress: Progress) -> Sheet:
    if path.stat().st_size > delimited.MAX_BYTES:
        raise archive.too_large(path)
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
    # A new interpreter, not a fork: the window's threads and the open database must not be copied into it.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=sheet_process.serve, args=(theirs, str(path), wanted or "", MEMORY_LIMIT), daemon=True
    )
    process.start()
    theirs.close()
    try:
        yield _choose_sheet(_Workbook(path, ours, process, safe, progress), choose, wanted)
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


class _Workbook:
    """The parent's end of the pipe to the reading process."""

    def __init__(
        self,
        path: Path,
        connection: Connection,
        process: BaseProcess,
        safe: Archive | None,
        progress: Progress,
    ) -> None:
        self.path = path
        self.safe = safe
        self.progress = progress
        self._connection = connection
        self._process = process
        size = safe.unzipped if safe else path.stat().st_size
        self._patience = SECONDS_LIMIT + SECONDS_PER_MEGABYTE * size / 1_000_000

    def receive(self) -> list[Any]:
        """The next message; raises what the reading process says is wrong, or that it came to an end."""
        deadline = time.monotonic() + self._patience
        try:
            while not self._connection.poll(0.1):
                self.progress.step(0, None, _("Opening the file"))
                if time.monotonic() > deadline:
                    raise archive.too_large(self.path)
            message: list[Any] = msgspec.msgpack.decode(self._connection.recv_bytes())
        except (EOFError, ConnectionError) as error:
            raise self._ending() from error
        if message[0] == "failed":
            raise self._failure(message[1])
        return message

    def send(self, message: Any) -> None:
        """Answer what the reading process asked."""
        self._connection.send_bytes(msgspec.msgpack.encode(message))

    def flaws(self, sheet: str) -> Flaws:
        """The sheet's cells without values; looked for while the other process parses the same sheet."""
        return archive.find_flaws(self.safe, sheet, self.progress) if self.safe else {}

    def _ending(self) -> DrillappError:
        """Why the process came to an end without a word: calamine stumbled (exit code 1) or hit the memory limit."""
        self._process.join(5)
        return archive.truncated(self.path) if self._process.exitcode == 1 else archive.too_large(self.path)

    def _failure(self, word: str) -> DrillappError:
        if word == "memory":
            return archive.too_large(self.path)
        if word == "PasswordError":
            return archive.protected(self.path)
        if word in ("PermissionError", "FileNotFoundError"):
            return _in_use(self.path)
        return archive.truncated(self.path)


def _choose_sheet(workbook: _Workbook, choose: Choose, wanted: str | None) -> Sheet:
    names: list[str] = workbook.receive()[1]
    if wanted and wanted not in names:
        raise InvalidInput(
            _("There is no sheet '{sheet}' in the file.").format(sheet=wanted),
            _("The sheets are: {sheets}.").format(sheets=", ".join(names)),
        )
    guess = wanted or (names[0] if names else "")
    flaws = workbook.flaws(guess)
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
        workbook.send([choice.header, choice.columns])
        found = flaws if name == guess else workbook.flaws(name)
        return Sheet(name, choice, left, found, _blocks(workbook))
    raise refusal or archive.not_a_spreadsheet(workbook.path)


def _choice(name: str, head: list[list[Cell]], choose: Choose) -> Choice:
    if not any(cell != "" for row in head for cell in row):
        raise _empty_sheet(name)
    return choose(head)


def _blocks(workbook: _Workbook) -> Iterator[Block]:
    while (message := workbook.receive())[0] == "rows":
        _word, first, columns = message
        workbook.progress.step(first, None, _("Reading the rows"))
        yield Block(first, columns)
