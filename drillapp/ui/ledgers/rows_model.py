"""All rows of a checked file: what becomes of each, and its cells as understood and as written."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from drillapp.core.i18n import _
from drillapp.core.ledgers.checked import DraftRow
from drillapp.core.ledgers.layout import Field
from drillapp.ui.ledgers.facts import Facts
from drillapp.ui.ledgers.file_model import as_moment
from drillapp.ui.ledgers.states import state_label

PAGE = 64
_KEPT_PAGES = 32
ROW, STATE, FIELDS = 0, 1, 2
"""Columns: the sheet's row number, the state, then the fields."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel):
    """The rows of a check in one state, or all; pages of them are asked for when seen."""

    written = Signal(int, str, str)
    """Row (from 1), field, and what the cell should have said."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts: Facts | None = None
        self.state: str | None = None
        self.fields: tuple[Field, ...] = ()
        self.is_editable = True
        self._pages: OrderedDict[int, list[DraftRow]] = OrderedDict()
        self._count = 0

    def show_facts(self, facts: Facts | None, state: str | None) -> None:
        """Show the rows of a check that are in a state, or with None all of them."""
        self.beginResetModel()
        self.facts, self.state = facts, state
        self._pages.clear()
        self.fields = () if facts is None else facts.checked.fields
        self._count = 0 if facts is None else _count(facts, state)
        self.endResetModel()

    def row(self, position: int) -> DraftRow | None:
        """The row at a position."""
        number, place = divmod(position, PAGE)
        if self.facts is None or not 0 <= position < self._count:
            return None
        page = self._pages.get(number)
        if page is None:
            page = self.facts.checked.rows(number * PAGE, (number + 1) * PAGE, self.state)
            self._pages[number] = page
            if len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
        return page[place] if place < len(page) else None

    def position(self, number: int) -> int:
        """Where the sheet's row with this number stands, or -1: rows are in the sheet's order."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            found = self.row(middle)
            if found is not None and found.row < number:
                low = middle + 1
            else:
                high = middle
        at = self.row(low)
        return low if at is not None and at.row == number else -1

    def field(self, column: int) -> Field | None:
        """The field of a column."""
        return self.fields[column - FIELDS] if column >= FIELDS else None

    def column_of(self, field: str) -> int:
        """The column of a field, or that of the state."""
        names = [one.name for one in self.fields]
        return FIELDS + names.index(field) if field in names else STATE

    def fault(self, position: int, column: int) -> str:
        """What is wrong with a cell; '' for nothing."""
        row, field = self.row(position), self.field(column)
        if row is None or field is None or self.facts is None:
            return ""
        return self.facts.faults.get((row.row, field.name), "")

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else FIELDS + len(self.fields)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        field = self.field(index.column())
        is_said = field is None or self.facts is None or field.name in self.facts.checked.given
        is_cell = self.is_editable and not is_said
        return flags | Qt.ItemFlag.ItemIsEditable if is_cell else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.EditRole and index.column() >= FIELDS:
            return row.written[index.column() - FIELDS]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, index)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, field = self.row(index.row()), self.field(index.column())
        if role != Qt.ItemDataRole.EditRole or row is None or field is None:
            return False
        if str(value) != row.written[index.column() - FIELDS]:
            self.written.emit(row.row, field.name, str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < FIELDS:
            return (_("Row"), _("What becomes of it"))[section]
        return self.fields[section - FIELDS].label

    def _words(self, row: DraftRow, column: int) -> str:
        if column == ROW:
            return str(row.row)
        if column == STATE:
            return state_label(row.state)
        return row.understood[column - FIELDS] or row.written[column - FIELDS]

    def _tip(self, row: DraftRow, index: _Index) -> str | None:
        if index.column() < FIELDS:
            return row.why or None
        written = as_moment(row.written[index.column() - FIELDS])
        understood = row.understood[index.column() - FIELDS]
        parts = [understood]
        if written != understood and written:
            parts.append(_("Written in the file: {text}").format(text=written))
        parts.append(self.fault(index.row(), index.column()))
        return "\n".join(filter(None, parts)) or None


def _count(facts: Facts, state: str | None) -> int:
    return facts.checked.count if state is None else facts.counts.get(state, 0)
