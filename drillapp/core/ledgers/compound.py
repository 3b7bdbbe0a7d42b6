"""The compound file in which old Office documents lie: its streams, put together from their sectors."""

from __future__ import annotations

import struct

_END = 0xFFFFFFFA
"""From here on a sector's number is a mark, not a place."""
_SMALL_STREAM = 4096
_HEADER_ENTRIES = 109


def workbook_stream(content: bytes) -> bytes:
    """The stream of an .xls file that holds the workbook; raises ValueError when it cannot be put together."""
    try:
        return _workbook_stream(content)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError("not a compound file") from error


def _workbook_stream(content: bytes) -> bytes:
    size = 1 << min(struct.unpack_from("<H", content, 30)[0], 20)
    directory, first_difat = (
        struct.unpack_from("<I", content, 48)[0],
        struct.unpack_from("<I", content, 68)[0],
    )
    table = _table(content, size, first_difat)
    entries = _chain(content, size, table, directory)
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le")
        if name in ("Workbook", "Book"):
            start, bytes_long = struct.unpack_from("<II", entries, at + 116)
            if bytes_long < _SMALL_STREAM:
                break
            return _chain(content, size, table, start)[:bytes_long]
    raise ValueError("no workbook of the usual size")


def _table(content: bytes, size: int, first: int) -> list[int]:
    """Which sector follows which."""
    places = list(struct.unpack_from(f"<{_HEADER_ENTRIES}I", content, 76))
    seen: set[int] = set()
    per_sector = size // 4
    while first < _END and first not in seen:
        seen.add(first)
        more = struct.unpack_from(f"<{per_sector}I", content, (first + 1) * size)
        places.extend(more[:-1])
        first = more[-1]
    table: list[int] = []
    for place in places:
        if place < _END:
            table.extend(struct.unpack_from(f"<{per_sector}I", content, (place + 1) * size))
    return table


def _chain(content: bytes, size: int, table: list[int], sector: int) -> bytes:
    pieces: list[bytes] = []
    while sector < _END:
        if len(pieces) > len(table):
            raise ValueError("sectors in a ring")
        pieces.append(content[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(pieces)
