"""The beginning of every sheet of an .xlsx file, without its other rows: a small workbook that says the same.

A sheet of 100,000 rows takes seconds to parse and its first 40 rows nothing; so they are cut out as bytes, and
calamine, which knows what a cell means, reads the small workbook.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import IO

from drillapp.core.confined.packed import opened
from drillapp.core.ledgers.archive import Archive
from drillapp.core.ledgers.shapes import GLANCE_ROWS

_CHUNK = 256 * 1024
_MOST_OF_ROWS = 32 * 1024 * 1024
_MOST_OF_TEXTS = 64 * 1024 * 1024
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


def beginning(archive: Archive) -> bytes:
    """A small workbook with the first rows of all sheets; raises Damaged, and InvalidInput for unreasonably large ones."""
    with opened(archive.path) as file:
        heads = {part: _head(file, part) for part in archive.sheets.values()}
        return _small_workbook(file, heads)


def _head(file: zipfile.ZipFile, part: str) -> bytes:
    """A sheet's part with its first rows alone."""
    with file.open(part) as stream:
        return _cut(*_first_rows(stream))


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


def _small_workbook(file: zipfile.ZipFile, heads: dict[str, bytes]) -> bytes:
    texts = max(map(_last_text, heads.values()), default=-1) + 1
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as small:
        for part in dict.fromkeys(file.namelist()):
            name = posixpath.basename(part).lower()
            if part in heads:
                small.writestr(part, heads[part])
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
