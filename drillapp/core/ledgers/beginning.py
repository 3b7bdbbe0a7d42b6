"""The beginning of every sheet of an .xlsx file, without its other rows: a small workbook that says the same.

A sheet of 100,000 rows takes seconds to parse and its first 40 rows nothing; so they are cut out as bytes, and
calamine, which knows what a cell means, reads the small workbook.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import IO, NamedTuple

from drillapp.core.confined.packed import opened
from drillapp.core.i18n import _
from drillapp.core.ledgers import hidden
from drillapp.core.ledgers.archive import Archive
from drillapp.core.ledgers.look import Look
from drillapp.core.ledgers.padded import padded, pattern
from drillapp.core.ledgers.shapes import GLANCE_ROWS
from drillapp.core.progress import Progress

_CHUNK = 256 * 1024
_MOST_OF_ROWS = 32 * 1024 * 1024
_MOST_OF_TEXTS = 64 * 1024 * 1024
_MOST_OF_TAIL = 8 * 1024 * 1024
_MOST_OF_PART = 16 * 1024 * 1024
_WORKSHEET = re.compile(rb"<(\w+:)?worksheet[\s>]")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension[^<>]*/>")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^<>]*)>")
_ROW_NUMBER = re.compile(rb'\br="(\d{1,9})"')
_END_OF_ROWS = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_SHARED_TEXT = re.compile(rb'<(?:\w+:)?c\s(?=[^<>]*\bt="s")[^<>]*>\s*<(?:\w+:)?v>(\d{1,9})<')
_TEXTS = re.compile(rb"<(\w+:)?sst[\s>]")
_TEXT = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
_COPIED = frozenset(("[content_types].xml", ".rels", "styles.xml", "workbook.xml", "workbook.xml.rels"))
_TEXTS_PART = "sharedstrings.xml"


class Head(NamedTuple):
    """What the bytes of a sheet's part say about its beginning."""

    xml: bytes
    """A part of its own, with the first rows alone."""
    look: Look


class Beginning(NamedTuple):
    """A small workbook with the first rows of all sheets, and what it does not tell of them."""

    content: bytes
    heads: dict[str, Head]


def beginning(archive: Archive, progress: Progress) -> Beginning:
    """Cut the first rows out of all sheets; raises Damaged, and InvalidInput where they are unreasonably large."""
    with opened(archive.path) as file:
        heads = {name: _head(file, part, archive, progress) for name, part in archive.sheets.items()}
        return Beginning(_small_workbook(file, archive, heads), heads)


def _head(file: zipfile.ZipFile, part: str, archive: Archive, progress: Progress) -> Head:
    with file.open(part) as stream:
        text, end = _first_rows(stream)
        tail = _tail(stream, text[max(end, 0) :], progress)
    rows = text[: end if end >= 0 else len(text)]
    return Head(
        _cut(text, end),
        Look(
            list(hidden.rows(rows)),
            sorted(hidden.columns(rows)),
            [merged for merged in hidden.merged(tail) if merged.top <= GLANCE_ROWS],
            [],
            archive.is_1904,
            list(padded(archive.path, rows, pattern(archive.padding), archive.padding))
            if archive.padding
            else [],
        ),
    )


def _first_rows(stream: IO[bytes]) -> tuple[bytes, int]:
    """The beginning of a sheet and where in it the first rows end; -1 where there are no rows, or no end of them."""
    text = b""
    while chunk := stream.read(max(_CHUNK, len(text))):
        text += chunk
        end = _end_of_first_rows(text)
        if end >= 0:
            return text, end
        if len(text) > _MOST_OF_ROWS:
            raise zipfile.BadZipFile("the first rows have no end")
    return text, -1


def _end_of_first_rows(text: bytes) -> int:
    number = 0
    for found in _ROW.finditer(text):
        own = _ROW_NUMBER.search(found[1])
        number = int(own[1]) if own else number + 1
        if number > GLANCE_ROWS:
            return found.start()
    closed = _END_OF_ROWS.search(text)
    return closed.start() if closed else -1


def _cut(text: bytes, end: int) -> bytes:
    """A sheet that ends behind its first rows; its claim how large it is goes as well."""
    if end < 0:
        return text
    prefix = _prefix(_WORKSHEET, text)
    return _DIMENSION.sub(b"", text[:end], count=1) + b"</%bsheetData></%bworksheet>" % (prefix, prefix)


def _prefix(opening: re.Pattern[bytes], text: bytes) -> bytes:
    found = opening.search(text)
    return found[1] or b"" if found else b""


def _tail(stream: IO[bytes], rest: bytes, progress: Progress) -> bytes:
    """What follows the rows of a sheet, of which the first part has been read already."""
    # Found by its name first, since the pattern alone takes seconds for a large sheet.
    while b"sheetData" not in rest or not (closed := _END_OF_ROWS.search(rest)):
        progress.step(0, None, _("Looking at the file"))
        chunk = stream.read(4 * _CHUNK)
        if not chunk:
            return b""
        rest = rest[-64:] + chunk
    return rest[closed.end() :] + stream.read(_MOST_OF_TAIL)


def _small_workbook(file: zipfile.ZipFile, archive: Archive, heads: dict[str, Head]) -> bytes:
    sheets = {archive.sheets[name]: head.xml for name, head in heads.items()}
    texts = max((_last_text(head.xml) for head in heads.values()), default=-1) + 1
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as small:
        for part in dict.fromkeys(file.namelist()):
            name = posixpath.basename(part).lower()
            if part in sheets:
                small.writestr(part, sheets[part])
            elif name == _TEXTS_PART:
                small.writestr(part, _first_texts(file, part, texts))
            elif name in _COPIED and file.getinfo(part).file_size <= _MOST_OF_PART:
                small.writestr(part, file.read(part))
    return content.getvalue()


def _last_text(xml: bytes) -> int:
    return max((int(found[1]) for found in _SHARED_TEXT.finditer(xml)), default=-1)


def _first_texts(file: zipfile.ZipFile, part: str, count: int) -> bytes:
    """So many of the texts that the cells of all sheets share."""
    text, seen, start = b"", 0, 0
    with file.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text += chunk
            for found in _TEXT.finditer(text, start):
                if seen == count:
                    return text[: found.start()] + b"</%bsst>" % _prefix(_TEXTS, text)
                seen += 1
                start = found.end()
            if len(text) > _MOST_OF_TEXTS:
                raise zipfile.BadZipFile("the texts have no end")
    return text
