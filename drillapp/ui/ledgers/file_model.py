"""The beginning of a file as a grid: its real cells, and what each column is taken for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from drillapp.core.i18n import _
from drillapp.core.ledgers.as_shown import cell_text, column_letters
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.shapes import Cell, Glance, Guess

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)")
"""How a cell with a day and a time of day arrives."""
_SHOWN_LETTERS = 200


class Part(Enum):
    """What a row of a file is."""

    TITLE = auto()
    HEADER = auto()
    DATA = auto()
    LEFT_OUT = auto()


class Meaning(NamedTuple):
    """What a column is taken for."""

    fields: tuple[str, ...]
    label: str
    hue: int


_NO_MEANING = Meaning((), "", 0)


class FileModel(QAbstractTableModel):
    """A glance at a sheet with the guess laid over it; row 0 is the sheet's row 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.glance = Glance("", [])
        self.guess = Guess(None, "", (0, 0), {}, {})
        self.left_out: Mapping[int, str] = {}
        """Row (from 1) to why it is left out."""
        self.faults: Mapping[tuple[int, int], str] = {}
        """Row (from 1) and column (from 0) of refused cells to what is wrong."""
        self._meanings: dict[int, Meaning] = {}
        self._width = 0

    def show_guess(self, glance: Glance, guess: Guess) -> None:
        """Show a sheet and how it is understood."""
        same = glance is self.glance
        self.glance, self.guess = glance, guess
        self._meanings = _meanings(guess)
        if same:
            self.tell_changed()
            return
        self.beginResetModel()
        self._width = _width(glance)
        self.endResetModel()

    def show_outcome(self, left_out: Mapping[int, str], faults: Mapping[tuple[int, int], str]) -> None:
        """Show which rows are left out and which cells are refused."""
        self.left_out, self.faults = left_out, faults
        self.tell_changed()

    def tell_changed(self) -> None:
        """Have everything drawn anew."""
        if self._width and self.glance.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self._width - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def meaning(self, column: int) -> Meaning:
        """What a column is taken for; no fields when it is left out."""
        return self._meanings.get(column, _NO_MEANING)

    def part(self, row: int) -> Part:
        """What a row (from 0) is."""
        first, last = self.guess.header
        if first <= row + 1 <= last:
            return Part.HEADER
        if row + 1 < first:
            return Part.TITLE
        return Part.LEFT_OUT if row + 1 in self.left_out else Part.DATA

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether the spreadsheet hides this row or column."""
        return row + 1 in self.glance.hidden_rows or column in self.glance.hidden_columns

    def fault(self, row: int, column: int) -> str:
        """What is wrong with a cell; '' for nothing."""
        return self.faults.get((row + 1, column), "")

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.glance.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._width

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            why = self.fault(row, column) or self.left_out.get(row + 1, "")
            return "\n".join(filter(None, (self.text(row, column), why))) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._row_head(section, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return column_letters(section)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._column_words(section)
        return None

    def text(self, row: int, column: int) -> str:
        """The content of a cell, as a spreadsheet shows it."""
        cells = self.glance.rows[row]
        return shown(cells[column]) if column < len(cells) else ""

    def _row_head(self, row: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(row + 1)
        if role == Qt.ItemDataRole.ToolTipRole:
            why = self.left_out.get(row + 1, "")
            hidden = _("Hidden in the spreadsheet") if row + 1 in self.glance.hidden_rows else ""
            return "\n".join(filter(None, (why, hidden, _("Click to say what this row is"))))
        return None

    def _column_words(self, column: int) -> str:
        meaning = self.meaning(column)
        words = _("Column {letter}: {field}").format(
            letter=column_letters(column), field=meaning.label or _("not taken in")
        )
        reasons = [
            reason.words
            for reason in self.guess.because
            if reason.subject == "column" and reason.column == column
        ]
        hidden = _("Hidden in the spreadsheet") if column in self.glance.hidden_columns else ""
        return "\n".join(filter(None, (words, hidden, *reasons)))


def shown(cell: Cell) -> str:
    """A cell as a spreadsheet shows it, in one line."""
    return " ".join(as_moment(cell_text(cell))[:_SHOWN_LETTERS].split())


def as_moment(text: str) -> str:
    """A day with a time of day as a spreadsheet shows it: 2026-03-05 09:30; any other text as it is."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return text
    day, minute, second = found.groups()
    return f"{day} {minute}{second}".removesuffix(":00").removesuffix(" 00:00")


def hue_of(kind: str, field: str) -> int:
    """The hue of a field, the same in every grid."""
    names = layout(kind).names
    return names.index(field) if field in names else 0


def _meanings(guess: Guess) -> dict[int, Meaning]:
    if guess.kind is None:
        return {}
    labels = {field.name: field.label for field in layout(guess.kind).field}
    fed: dict[int, list[str]] = {}
    for field, column in guess.columns.items():
        fed.setdefault(column, []).append(field)
    return {
        column: Meaning(
            tuple(fields),
            " + ".join(labels.get(field, field) for field in fields),
            hue_of(guess.kind, fields[0]),
        )
        for column, fields in fed.items()
    }


def _width(glance: Glance) -> int:
    """Columns up to the last one that holds anything."""
    filled = [column for row in glance.rows for column, cell in enumerate(row) if cell != ""]
    return max(filled, default=-1) + 1
