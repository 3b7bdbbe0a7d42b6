"""A table's rows, asked for by pages of keys beside the window, so that no list is too long."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.listing import View
from drillapp.core.progress import Cancelled
from drillapp.ui.parts import cells
from drillapp.ui.parts.source import RowSource
from drillapp.ui.tasks import Tasks

PAGE = 128
"""Rows in one page."""
_KEPT_PAGES = 64
_PAGES_AT_ONCE = 3
WAITING = "…"
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""The whole row, or None while it is on its way."""
VALUE_ROLE = ROW_ROLE + 1
"""The value itself, not its words."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TableModel(QAbstractTableModel):
    """Shows a view of a source; first page at once, all keys next, other pages when seen."""

    state_changed = Signal(str)
    """loading, ready, empty, failed."""
    counted = Signal(int)
    """How many rows the view has."""
    page_arrived = Signal()

    def __init__(self, source: RowSource, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.columns = source.columns
        self.view = View()
        self.state = "loading"
        self.failure = ""
        self._tasks = tasks
        self._keys = array("q")
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._wanted: dict[int, None] = {}
        self._places: dict[str, int] = {column.name: i for i, column in enumerate(self.columns)}
        self._flush = QTimer(self, singleShot=True, interval=0)
        self._flush.timeout.connect(self._ask_for_wanted)

    def set_view(self, view: View) -> None:
        """Show another view from its top."""
        self.view = view
        self._set_state("loading")
        self._wanted.clear()
        source = self.source
        self._tasks.run_read(
            lambda office, _progress: source.first(office, view, PAGE),
            self._on_first,
            failed=self._on_failed,
            replaces="first",
        )

    def refresh(self, first: int = 0, last: int = 0) -> None:
        """Show the same view with the facts of now; rows `first` to `last` are seen and so change at once."""
        if self.state != "ready":
            self.set_view(self.view)
            return
        source, view = self.source, self.view
        numbers = range(first // PAGE, last // PAGE + 1)
        self._tasks.run_read(
            lambda office, _progress: _keys_and_pages(source, office, view, numbers),
            lambda answer: self._if_seen(view, self._on_refreshed, *answer),
            owner=self,
            failed=self._on_failed,
            replaces="keys",
        )

    def row(self, position: int) -> Any | None:
        """The row at a position, or None while it is on its way."""
        number, place = divmod(position, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        return page[place] if place < len(page) else None

    def key(self, position: int) -> int | None:
        """The key of the row at a position."""
        return self._keys[position] if 0 <= position < len(self._keys) else None

    def position(self, key: int) -> int:
        """Where the row with this key stands, or -1."""
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def place(self, name: str) -> int:
        """Which column has this name, or -1."""
        return self._places.get(name, -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if cells.is_right(column) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, ROW_ROLE, VALUE_ROLE):
            return None
        row = self.row(index.row())
        if role == ROW_ROLE:
            return row
        if row is None:
            return WAITING if role == Qt.ItemDataRole.DisplayRole else None
        value = getattr(row, column.name)
        return value if role == VALUE_ROLE else cells.words(column, value)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = cells.is_right(self.columns[section])
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort in the database by a column, or with -1 in the usual order."""
        descending = order == Qt.SortOrder.DescendingOrder
        wanted = ((self.columns[column].name, descending),) if column >= 0 else ()
        if wanted != self.view.sort:
            self.set_view(self.view._replace(sort=wanted))

    def _on_first(self, rows: list[Any]) -> None:
        self.beginResetModel()
        self._pages.clear()
        self._pages[0] = rows
        self._keys = array("q", [row.id for row in rows])
        self.endResetModel()
        self._set_state("ready" if rows else "empty")
        if len(rows) < PAGE:
            self._tell_count()
            return
        source, view = self.source, self.view
        self._tasks.run_read(
            lambda office, _progress: source.keys(office, view),
            lambda keys: self._if_seen(view, self._on_keys, keys),
            owner=self,
            failed=self._on_failed,
            replaces="keys",
        )

    def _if_seen(self, view: View, then: Callable[..., None], *answer: Any) -> None:
        """Take an answer about a view unless another one was chosen while it was on its way."""
        if view == self.view:
            then(*answer)

    def _on_keys(self, keys: array[int]) -> None:
        """Let the rest follow the first page, unless the facts changed between the two questions."""
        shown = len(self._keys)
        if keys[:shown] != self._keys:
            self._on_refreshed(keys, {})
            return
        if len(keys) > shown:
            self.beginInsertRows(QModelIndex(), shown, len(keys) - 1)
            self._keys = keys
            self.endInsertRows()
        self._tell_count()

    def _on_refreshed(self, keys: array[int], pages: dict[int, list[Any]]) -> None:
        self._wanted.clear()
        self._pages = OrderedDict(pages)
        if keys == self._keys:
            if self._keys:
                self.dataChanged.emit(self.index(0, 0), self.index(len(keys) - 1, len(self.columns) - 1))
                self.page_arrived.emit()
        else:
            self.beginResetModel()
            self._keys = keys
            self.endResetModel()
        self._set_state("ready" if keys else "empty")
        self._tell_count()

    def _tell_count(self) -> None:
        self.counted.emit(len(self._keys))

    def _want(self, number: int) -> None:
        self._wanted.pop(number, None)
        self._wanted[number] = None
        if not self._flush.isActive():
            self._flush.start()

    def _ask_for_wanted(self) -> None:
        """Ask for the pages seen last; those scrolled past meanwhile are asked for when seen again."""
        numbers = list(self._wanted)[-_PAGES_AT_ONCE:]
        self._wanted.clear()
        if not numbers:
            return
        keys, source = self._keys, self.source
        chosen = [key for number in numbers for key in keys[number * PAGE : (number + 1) * PAGE]]
        self._tasks.run_read(
            lambda office, _progress: {row.id: row for row in source.rows(office, chosen)},
            lambda found: self._on_pages(numbers, keys, found),
            owner=self,
            failed=self._on_failed,
            replaces="pages",
        )

    def _on_pages(self, numbers: list[int], keys: array[int], found: dict[int, Any]) -> None:
        if keys is not self._keys:
            return
        for number in numbers:
            start = number * PAGE
            self._pages[number] = [found.get(key) for key in keys[start : start + PAGE]]
            self._pages.move_to_end(number)
            last = min(start + PAGE, len(keys)) - 1
            self.dataChanged.emit(self.index(start, 0), self.index(last, len(self.columns) - 1))
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        self.page_arrived.emit()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        self.failure = error.message if isinstance(error, DrillappError) else str(error)
        self._set_state("failed")
        if not isinstance(error, DrillappError):
            self._tasks.tell_error(error)

    def _set_state(self, state: str) -> None:
        self.state = state
        self.state_changed.emit(state)


def _keys_and_pages(
    source: RowSource, office: Any, view: View, numbers: range
) -> tuple[array[int], dict[int, list[Any]]]:
    """All keys of a view, and the rows of some of its pages."""
    keys = source.keys(office, view)
    wanted = {number: keys[number * PAGE : (number + 1) * PAGE] for number in numbers}
    found = {row.id: row for row in source.rows(office, [key for part in wanted.values() for key in part])}
    return keys, {number: [found.get(key) for key in part] for number, part in wanted.items()}
