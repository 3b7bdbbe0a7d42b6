"""Old .xls workbooks, record by record, with what the tests need: hidden things, merged cells, errors, days from 1904."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Cell = str | float | None | bytes
"""A text, a number (a whole one, an int, in the short form), nothing, or the one byte of an error."""


class OldSheet(NamedTuple):
    """One sheet; rows and columns from 0, as the records have them."""

    name: str
    rows: Sequence[Sequence[Cell]]
    is_hidden: bool = False
    hidden_rows: Iterable[int] = ()
    hidden_columns: Iterable[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()
    """First and last row, first and last column."""


def old_workbook(
    path: Path, *sheets: OldSheet, is_1904: bool = False, password: bool = False, number_format: str = ""
) -> Path:
    """Write an .xls file; its numbers show in the format."""
    path.write_bytes(_compound(_workbook(sheets, is_1904, password, number_format)))
    return path


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _workbook(sheets: Sequence[OldSheet], is_1904: bool, password: bool, number_format: str) -> bytes:
    bodies = [_sheet(sheet) for sheet in sheets]
    start = _begin(5) + (_record(0x2F, bytes(54)) if password else b"")
    start += _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", is_1904))
    code = number_format.encode("latin-1")
    start += _record(0x41E, struct.pack("<HHB", 164, len(code), 0) + code) if code else b""
    start += b"".join(_record(0xE0, bytes(20)) for _ in range(15))
    start += _record(0xE0, struct.pack("<HH", 0, 164 if code else 0) + bytes(16))
    names = [sheet.name.encode("utf-16-le") for sheet in sheets]
    at = len(start) + sum(12 + len(name) for name in names) + 4
    for sheet, name, body in zip(sheets, names, bodies, strict=True):
        start += _record(0x85, struct.pack("<IBBBB", at, sheet.is_hidden, 0, len(name) // 2, 1) + name)
        at += len(body)
    return start + _record(0x0A) + b"".join(bodies)


def _begin(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 1996, 0, 6))


def _sheet(sheet: OldSheet) -> bytes:
    width = max((len(row) for row in sheet.rows), default=0)
    parts = [_begin(0x10)]
    parts += [
        _record(0x7D, struct.pack("<HHHHHH", column, column, 2048, 15, 1, 0))
        for column in sheet.hidden_columns
    ]
    parts.append(_record(0x200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0)))
    for number, row in enumerate(sheet.rows):
        hidden = 0x20 if number in sheet.hidden_rows else 0
        parts.append(_record(0x208, struct.pack("<HHHHHHI", number, 0, width, 255, 0, 0, 0x100 | hidden)))
        parts += [_cell(number, column, cell) for column, cell in enumerate(row) if cell is not None]
    if sheet.merged:
        edges = b"".join(struct.pack("<HHHH", *merged) for merged in sheet.merged)
        parts.append(_record(0xE5, struct.pack("<H", len(sheet.merged)) + edges))
    return b"".join(parts) + _record(0x0A)


def _cell(row: int, column: int, cell: str | float | bytes) -> bytes:
    place = struct.pack("<HHH", row, column, 15)
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return _record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    if isinstance(cell, bytes):
        return _record(0x205, place + cell + b"\x01")
    if isinstance(cell, int):
        return _record(0x27E, place + struct.pack("<I", (cell << 2 | 2) & 0xFFFFFFFF))
    return _record(0x203, place + struct.pack("<d", cell))


def _compound(stream: bytes) -> bytes:
    """The stream in a compound file: header, table of sectors, directory, stream."""
    stream += bytes(max(4096 - len(stream), -len(stream) % _SECTOR))
    count = len(stream) // _SECTOR
    tables = -(-(count + 2) // (_SECTOR // 4 - 1))
    chain = [_TABLE] * tables + [_END] + [*range(tables + 2, tables + 1 + count), _END]
    chain += [_FREE] * (tables * _SECTOR // 4 - len(chain))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    places = [*range(tables)] + [_FREE] * (109 - tables)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, tables + 1, len(stream))
    return (
        header
        + struct.pack("<109I", *places)
        + struct.pack(f"<{len(chain)}I", *chain)
        + directory
        + bytes(256)
        + stream
    )


def _entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
    text = name.encode("utf-16-le").ljust(64, b"\0")
    return (
        text
        + struct.pack("<HBBIII", len(name) * 2 + 2, kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<III", start, length, 0)
    )
