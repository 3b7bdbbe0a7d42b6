"""What the XML of an .ods file says besides its cells: hidden rows and columns, merged cells, errors."""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

from drillapp.core.ledgers.look import MAX_FLAWS, MAX_HIDDEN_ROWS, Look

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_ERROR_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_LAST_COLUMN = 16_383
_LAST_ROW = 1_048_576
_CHUNK = 256 * 1024


def looks(content: IO[bytes]) -> list[Look]:
    """What is said of each sheet, in their order; raises ValueError for XML that cannot be read or defines entities."""
    walk = _Walk()
    try:
        while piece := content.read(_CHUNK):
            walk.parser.Parse(piece, False)
        walk.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError("not well-formed") from error
    return walk.looks


class _Walk:
    """Follows the elements and counts rows and columns."""

    def __init__(self) -> None:
        self.looks: list[Look] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = None
        self.parser.StartDoctypeDeclHandler = _refuse
        self._row = 0
        self._repeated = 1
        self._column = 0
        self._depth = 0
        """How many tables are open: one inside a cell is none of the sheets."""
        self._error: tuple[int, int] | None = None
        self._shown = ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE + "table":
            self._depth += 1
            if self._depth == 1:
                self.looks.append(Look([], [], [], [], False))
                self._row = self._column = 0
        elif self._depth != 1:
            return
        elif name in _CELLS:
            self._start_cell(attributes)
        elif name == _TABLE + "table-row":
            self._start_row(attributes)
        elif name == _TABLE + "table-column":
            self._start_column(attributes)
        elif name == _TEXT and self._error:
            self.parser.CharacterDataHandler = self._read

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._repeated = _count(attributes, "number-rows-repeated")
        first, self._row = self._row + 1, min(self._row + self._repeated, _LAST_ROW)
        self._column = 0
        hidden = self.looks[-1].hidden_rows
        if _is_hidden(attributes) and len(hidden) + self._repeated <= MAX_HIDDEN_ROWS:
            hidden.extend(range(first, self._row + 1))

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = self._column
        self._column = min(first + _count(attributes, "number-columns-repeated"), _LAST_COLUMN + 1)
        if _is_hidden(attributes):
            self.looks[-1].hidden_columns.extend(range(first, self._column))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        left = self._column
        self._column += _count(attributes, "number-columns-repeated")
        down, right = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if down > 1 or right > 1:
            self.looks[-1].merged.append((self._row, left, self._row + down - 1, left + right - 1))
        is_error = attributes.get(_ERROR_TYPE) == "error"
        self._error, self._shown = (self._row, left) if is_error else None, ""

    def _read(self, text: str) -> None:
        self._shown += text[:40]

    def _end(self, name: str) -> None:
        if name == _TABLE + "table":
            self._depth -= 1
        elif name == _TEXT:
            self.parser.CharacterDataHandler = None
        elif self._depth == 1 and name in _CELLS and self._error and len(self.looks[-1].flaws) < MAX_FLAWS:
            self.looks[-1].flaws.append((*self._error, self._shown[:40] or "#?"))
            self._error = None


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(_TABLE + name, "1")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 8 else 1


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get(_TABLE + "visibility", "visible") != "visible"


def _refuse(*_declaration: object) -> None:
    raise ValueError("a document type of its own")
