"""From what stands in a cell to the value that is meant, a whole column at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from msgspec import UNSET

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.ledgers import date_cells, number_cells
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.cells import (
    LINE_ENDS,
    Fault,
    Told,
    Unclear,
    empty,
    is_nothing,
    plain,
    refused,
)
from drillapp.core.ledgers.date_cells import DateCells
from drillapp.core.ledgers.dates import spreadsheet_moments
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.shapes import Cell
from drillapp.core.ledgers.text_cells import TextCells
from drillapp.core.ledgers.words import separators, word

__all__ = ["Column", "Fault", "Unclear"]

_REMEMBERED = 100_000


class Column:
    """Turns the cells of one field's column into values; remembers what it has seen, since ledgers repeat themselves."""

    def __init__(
        self, field: Field, *, is_1904: bool = False, is_shared: bool = False, as_written: bool = False
    ) -> None:
        """How the file counts days, whether the column feeds both ends of a range, and whether this program wrote it."""
        self.field = field
        self.notes: dict[Cell, str] = {}
        """What is told of the reading of cells, by what stands in them."""
        self.unclear: dict[Cell, Unclear] = {}
        """The cells that only `settle` can read."""
        self._is_shared = is_shared
        self._dates = DateCells(field, is_1904=is_1904, is_shared=is_shared)
        self._texts = TextCells(field, as_written=as_written)
        self._known = _Known(self._reader(), self.notes, self.unclear)

    @property
    def has_faults(self) -> bool:
        """Whether any cell so far was refused, or is unclear."""
        return self._known.has_faults

    def read(self, cells: Sequence[Any]) -> list[Any]:
        """The values, UNSET for empty cells and None for what is said to be none.

        `Fault` is in the place of each cell that is refused; `Unclear`, which is one too, of each that the whole column
        may still explain.
        """
        try:
            joined = "".join(cells)
        except TypeError:
            return self._read_mixed(cells)
        if self.field.type == "text" and self._texts.are_plain(cells, joined):
            return self._read_texts(cells)
        if self.field.type == "moment" and not self._is_shared:
            self._foresee_moments(cells)
        return self._look_up(cells)

    def settle(self) -> dict[Cell, Any]:
        """What the unclear cells mean, now that all of the column is read: their values, or Faults.

        From now on `read` knows it, too.
        """
        found = self._dates.settle(self.unclear)
        self.notes.update({cell: value.message for cell, value in found.items() if isinstance(value, Told)})
        values = {cell: value.value if isinstance(value, Told) else value for cell, value in found.items()}
        self._known.settled.update(values)
        self._known.update(values)
        return values

    def _reader(self) -> Callable[[Cell], Any]:
        if self.field.type in date_cells.TYPES:
            return self._dates.read
        return (
            self._texts.read if self.field.type == "text" else partial(_READERS[self.field.type], self.field)
        )

    def _read_mixed(self, cells: Sequence[Any]) -> list[Any]:
        # True and 1 are the same to a dictionary, so truth values go in as the words that a spreadsheet shows.
        if bool in set(map(type, cells)):
            cells = [cell_text(cell) if isinstance(cell, bool) else cell for cell in cells]
        return self._look_up(cells)

    def _read_texts(self, cells: Sequence[str]) -> list[Any]:
        """The common case: texts without line breaks and invisible characters."""
        texts = list(map(str.strip, cells))
        if "" not in texts:
            return texts
        nothing = self._known[""]
        return [text or nothing for text in texts]

    def _foresee_moments(self, cells: Sequence[str]) -> None:
        """Read new cells together where all are written as spreadsheets have moments: there are many different ones."""
        self._forget_many()
        new = [cell for cell in set(cells) if cell and cell not in self._known]
        self._known.update(zip(new, spreadsheet_moments(new) or (), strict=False))

    def _forget_many(self) -> None:
        if len(self._known) > _REMEMBERED:
            self._known.clear()

    def _look_up(self, cells: Sequence[Cell]) -> list[Any]:
        self._forget_many()
        return list(map(self._known.__getitem__, cells))


class _Known(dict[Cell, Any]):
    def __init__(
        self, reader: Callable[[Cell], Any], notes: dict[Cell, str], unclear: dict[Cell, Unclear]
    ) -> None:
        super().__init__()
        self.has_faults = False
        self.settled: dict[Cell, Any] = {}
        self._reader = reader
        self._notes = notes
        self._unclear = unclear

    def __missing__(self, cell: Cell) -> Any:
        value = self.settled[cell] if cell in self.settled else self._reader(cell)
        if isinstance(value, Told):
            self._notes[cell], value = value.message, value.value
        elif isinstance(value, Fault):
            self.has_faults = True
            if isinstance(value, Unclear):
                self._unclear[cell] = value
        self[cell] = value
        return value


def _flag(field: Field, cell: Cell) -> Any:
    text = plain(cell)
    code = enumerations.parse("yes_no", text)
    if code is not None:
        return code == "yes"
    if text.casefold() in (*word("yes"), *word("no")):
        return text.casefold() in word("yes")
    if is_nothing(cell):
        return empty(field)
    return refused(
        cell, _("Must be {yes} or {no}.").format(yes=_word("yes_no", "yes"), no=_word("yes_no", "no"))
    )


def _choice(field: Field, cell: Cell) -> Any:
    text = plain(cell)
    code = enumerations.parse(field.enumeration, text)
    if code is None:
        # A narrow column breaks its words into lines.
        code = enumerations.parse(field.enumeration, re.sub(r"\s+", "", text))
    if code is not None:
        return code
    if is_nothing(cell):
        return empty(field)
    if field.open:
        return cell_text(cell).strip()
    allowed = ", ".join(_word(field.enumeration, code) for code in enumerations.codes(field.enumeration))
    return refused(cell, _("Must be one of: {allowed}.").format(allowed=allowed))


def _list(field: Field, cell: Cell) -> Any:
    if is_nothing(cell):
        return empty(field)
    single = Field(
        name=field.name, type="choice", headers=field.headers, enumeration=field.enumeration, open=field.open
    )
    values = [
        _choice(single, part)
        for part in re.split(separators(), LINE_ENDS.sub("\n", cell_text(cell)))
        if part.strip()
    ]
    faults = [value for value in values if isinstance(value, Fault)]
    return faults[0] if faults else tuple(dict.fromkeys(value for value in values if value is not UNSET))


def _word(enumeration: str, code: str) -> str:
    return enumerations.label(enumeration, code)


_READERS: dict[str, Callable[[Field, Cell], Any]] = {
    "number": number_cells.read_number,
    "quantity": number_cells.read_quantity,
    "interval": number_cells.read_quantity_or_interval,
    "integer": number_cells.read_integer,
    "flag": _flag,
    "choice": _choice,
    "list": _list,
}
