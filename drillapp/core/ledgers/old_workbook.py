"""What the records of an .xls file say besides its cells: hidden rows and columns, errors, where days begin."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from drillapp.core.ledgers.compound import workbook_stream
from drillapp.core.ledgers.look import MAX_FLAWS, MAX_HIDDEN_ROWS, Look
from drillapp.core.ledgers.padded import zeros

_BEGIN, _END, _SHEET, _DAYS_1904, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x0022, 0x002F
_ROW, _COLUMNS, _ERROR, _FORMULA = 0x0208, 0x007D, 0x0205, 0x0006
_FORMAT, _STYLE, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS = 0x041E, 0x00E0, 0x0203, 0x027E, 0x00BD
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
        formats: dict[int, int] = {}
        styles: list[int] = []
        for kind, at, length in self._records(0):
            if kind == _FORMAT and length >= 5:
                self._note_format(formats, at, length)
            elif kind == _STYLE and length >= 4:
                styles.append(struct.unpack_from("<H", self._stream, at + 2)[0])
            elif kind == _SHEET and length >= 4:
                self._sheets.append(struct.unpack_from("<I", self._stream, at)[0])
            elif kind == _DAYS_1904 and length >= 2:
                self._is_1904 = self._stream[at] == 1
            self.has_password |= kind == _PASSWORD
        self._widths = {number: formats[style] for number, style in enumerate(styles) if style in formats}
        """Styles that show leading zeros, and to how many digits."""

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
            elif self._widths and kind in (_NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS):
                self._note_numbers(look, kind, at, length)
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
        if is_error and len(look.flaws) <= MAX_FLAWS:
            look.flaws.append((row + 1, column, _ERRORS.get(code, "#?")))

    def _note_format(self, formats: dict[int, int], at: int, length: int) -> None:
        number, _letters, wide = struct.unpack_from("<HHB", self._stream, at)
        text = self._stream[at + 5 : at + length]
        if width := zeros(text.decode("utf-16-le" if wide & 1 else "latin-1", "replace")):
            formats[number] = width

    def _note_numbers(self, look: Look, kind: int, at: int, length: int) -> None:
        row, column = _HEAD.unpack_from(self._stream, at)
        if kind == _NUMBER and length >= 14:
            style, value = struct.unpack_from("<Hd", self._stream, at + 4)
            self._note_number(look, (row, column), style, value)
            return
        for place in range(at + 4, at + length - 5, 6):
            style, packed = struct.unpack_from("<HI", self._stream, place)
            self._note_number(look, (row, column), style, _unpacked(packed))
            column += 1

    def _note_number(self, look: Look, place: tuple[int, int], style: int, value: float) -> None:
        width = self._widths.get(style, 0)
        if width and value.is_integer() and 0 <= value < 10 ** (width - 1):
            look.padded.append((place[0] + 1, place[1], str(int(value)).zfill(width)))


def _unpacked(packed: int) -> float:
    """A number in the short form of old workbooks: 30 bits of a whole one or of a fraction, perhaps times 100."""
    if packed & 2:
        [whole] = struct.unpack("<i", struct.pack("<I", packed))
        value = float(whole >> 2)
    else:
        [value] = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return value / 100 if packed & 1 else value
