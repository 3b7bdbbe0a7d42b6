"""Rows of a painted list; what is the same as before is not painted again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ROW = int(Qt.ItemDataRole.UserRole)


class RowsModel(QAbstractListModel):
    """Holds any rows that can be compared; `spoken` says a row to a screen reader."""

    def __init__(self, spoken: Callable[[Any], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self._rows: list[Any] = []

    @property
    def rows(self) -> Sequence[Any]:
        """What is shown."""
        return self._rows

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(row)
        return None

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; rows added at the end or taken from there leave the others where they are."""
        same = min(len(rows), len(self._rows))
        for place in range(same):
            if self._rows[place] != rows[place]:
                self._rows[place] = rows[place]
                self.dataChanged.emit(self.index(place), self.index(place))
        if len(rows) > same:
            self.beginInsertRows(QModelIndex(), same, len(rows) - 1)
            self._rows.extend(rows[same:])
            self.endInsertRows()
        elif len(self._rows) > same:
            self.beginRemoveRows(QModelIndex(), same, len(self._rows) - 1)
            del self._rows[same:]
            self.endRemoveRows()


class RowsView(QListView):
    """A list whose letters go on to the window, where they begin a line of the log."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def current(self) -> Any | None:
        """The row under the cursor."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_typing(event) and event.text() != " ":
            event.ignore()
        else:
            super().keyPressEvent(event)


def is_typing(event: QKeyEvent) -> bool:
    """Whether a key writes something."""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return bool(event.text()) and event.text().isprintable() and modifiers == Qt.KeyboardModifier.NoModifier
