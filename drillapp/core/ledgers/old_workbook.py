"""What the records of an .xls file say besides its cells: hidden rows and columns, errors, where days begin."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from drillapp.core.ledgers.compound import workbook_stream
from drillapp.core.ledgers.look import MAX_FLAWS, MAX_HIDDEN_ROWS, Look

_BEGIN, _END, _SHEET, _DAYS_1904, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x0022, 0x002F
_ROW, _COLUMNS, _ERROR, _FORMULA = 0x0208, 0x007D, 0x0205, 0x0006
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_LAST_COLUMN = 255
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_HEAD = struct.Struct("<HH")


class OldWorkbook:
    """The records of an .xls file, gone through a sheet at a time."""

    def __init__(self, content: bytes) -> None:
        """Raises ValueError when the file cannot be taken apart: then nothing besides its cells is known of it."""
        self._stream = workbook_stream(content)
        self._sheets: list[int] = []
        self._is_1904 = False
        self.has_password = False
        for kind, at, length in self._records(0):
            if kind == _SHEET and length >= 4:
                self._sheets.append(struct.unpack_from("<I", self._stream, at)[0])
            elif kind == _DAYS_1904 and length >= 2:
                self._is_1904 = self._stream[at] == 1
            self.has_password |= kind == _PASSWORD

    def look(self, number: int) -> Look:
        """What is said of the sheet of that number, from 0."""
        look = Look([], [], [], [], self._is_1904, [])
        start = self._sheets[number] if number < len(self._sheets) else len(self._stream)
        for kind, at, length in self._records(start):
            if kind == _ROW and length >= 16:
                self._note_row(look, at)
            elif kind == _COLUMNS and length >= 10:
                self._note_columns(look, at)
            elif kind in (_ERROR, _FORMULA) and length >= 8:
                self._note_error(look, kind, at, length)
        return look

    def _records(self, at: int) -> Iterator[tuple[int, int, int]]:
        """Kind, place and length of the records from the beginning of a part of the stream to its end."""
        stream, depth, end = self._stream, 0, len(self._stream) - 3
        while at < end:
            kind, length = _HEAD.unpack_from(stream, at)
            at += 4
            if at + length > len(stream):
                return
            yield kind, at, length
            at += length
            if kind == _BEGIN:
                depth += 1
            elif kind == _END:
                depth -= 1
                if depth <= 0:
                    return

    def _note_row(self, look: Look, at: int) -> None:
        if self._stream[at + 12] & _HIDDEN_ROW and len(look.hidden_rows) < MAX_HIDDEN_ROWS:
            look.hidden_rows.append(struct.unpack_from("<H", self._stream, at)[0] + 1)

    def _note_columns(self, look: Look, at: int) -> None:
        first, last = _HEAD.unpack_from(self._stream, at)
        if self._stream[at + 8] & _HIDDEN_COLUMN and len(look.hidden_columns) <= _LAST_COLUMN:
            look.hidden_columns.extend(range(first, min(last, _LAST_COLUMN) + 1))

    def _note_error(self, look: Look, kind: int, at: int, length: int) -> None:
        row, column = _HEAD.unpack_from(self._stream, at)
        if kind == _ERROR:
            is_error, code = self._stream[at + 7] == 1, self._stream[at + 6]
        else:
            result = self._stream[at + 6 : at + min(length, 14)]
            is_error, code = result[6:] == b"\xff\xff" and result[0] == 2, result[2]
        if is_error and len(look.flaws) < MAX_FLAWS:
            look.flaws.append((row + 1, column, _ERRORS.get(code, "#?")))
