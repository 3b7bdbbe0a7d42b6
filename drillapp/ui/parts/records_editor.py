"""A small table to write in: a row a record, cells of text or of a choice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.ui.parts.empty_words import EmptyWords
from drillapp.ui.parts.words import button, row
from drillapp.ui.theme import ROW_HEIGHT

Make = Callable[[dict[str, Any]], Any]
_CODE = int(Qt.ItemDataRole.UserRole)
_HIDDEN = _CODE + 1
_Index = QModelIndex | QPersistentModelIndex


class RecordsEditor(QWidget):
    """Rows are added below, taken away and moved; `make` turns a row's texts into a record.

    `choices` are columns that hold a code of an enumeration, `hidden` what a record has beside its columns and keeps,
    and `locked` says which columns of a record cannot be written in; `empty` is said where there are no rows.
    """

    edited = Signal()

    def __init__(
        self,
        columns: Sequence[tuple[str, str, int]],
        make: Make,
        name: str,
        parent: QWidget | None = None,
        *,
        choices: Mapping[str, str] | None = None,
        hidden: Sequence[str] = (),
        locked: Callable[[Any], Collection[str]] = lambda _record: (),
        adds: bool = True,
        empty: str = "",
    ) -> None:
        super().__init__(parent)
        self._columns = [column for column, _label, _width in columns]
        self._make = make
        self._choices = dict(choices or {})
        self._hidden = hidden
        self._locked = locked
        self.table = self._made_table(columns, name)
        EmptyWords(self.table, empty)
        self.buttons = self._made_buttons(adds)
        """A page may put more beside them."""
        if adds:
            QShortcut(QKeySequence("Ctrl+N"), self, self.add_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addLayout(self.buttons)

    def _made_table(self, columns: Sequence[tuple[str, str, int]], name: str) -> QTableWidget:
        table = QTableWidget(0, len(columns), self)
        table.setHorizontalHeaderLabels([label for _name, label, _width in columns])
        table.setAccessibleName(name)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.setShowGrid(True)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, (column, _label, width) in enumerate(columns):
            header.resizeSection(place, width)
            if column in self._choices:
                table.setItemDelegateForColumn(place, _Choice(self._choices[column], table))
        table.itemChanged.connect(lambda _item: self.edited.emit())
        return table

    def _made_buttons(self, adds: bool) -> QHBoxLayout:
        add = button(_("Add a row"), icon="add", parent=self)
        add.setToolTip("Ctrl+N")
        add.clicked.connect(self.add_row)
        add.setVisible(adds)
        remove = button(_("Take the row away"), icon="close", parent=self)
        remove.clicked.connect(self.remove_row)
        up, down = button(_("Move up"), parent=self), button(_("Move down"), parent=self)
        up.clicked.connect(lambda: self.move_row(-1))
        down.clicked.connect(lambda: self.move_row(1))
        for made in (add, remove, up, down):
            made.setAutoDefault(False)
        return row(add, remove, up, down, 1)

    def fill(self, records: Sequence[Any]) -> None:
        """Show these records, without telling that anything was edited."""
        self.table.blockSignals(True)
        self.table.setRowCount(len(records))
        for place, record in enumerate(records):
            self._show(place, record)
        self.table.blockSignals(False)

    def add_records(self, records: Sequence[Any]) -> None:
        """Show further records at the end."""
        self.table.blockSignals(True)
        for record in records:
            self.table.insertRow(self.table.rowCount())
            self._show(self.table.rowCount() - 1, record)
        self.table.blockSignals(False)
        if records:
            self.table.setCurrentCell(self.table.rowCount() - 1, 0)
            self.edited.emit()

    def records(self) -> tuple[Any, ...]:
        """What stands in the rows that say anything; raises ValueError with a sentence for what cannot be."""
        return tuple(
            self._make(texts) for texts in self._rows() if any(texts[name] for name in self._columns)
        )

    def add_row(self) -> None:
        """A new row below the cursor, to write in."""
        place = self.table.currentRow() + 1 or self.table.rowCount()
        self.table.insertRow(place)
        for column in range(len(self._columns)):
            self.table.setItem(place, column, QTableWidgetItem(""))
        self.table.setCurrentCell(place, 0)
        self.table.setFocus()
        self.edited.emit()

    def remove_row(self) -> None:
        """Take the row under the cursor away."""
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self.edited.emit()

    def move_row(self, step: int) -> None:
        """Move the row under the cursor up (-1) or down (+1)."""
        place = self.table.currentRow()
        other = place + step
        if place < 0 or not 0 <= other < self.table.rowCount():
            return
        for column in range(len(self._columns)):
            one, two = self.table.takeItem(place, column), self.table.takeItem(other, column)
            self.table.setItem(place, column, two)
            self.table.setItem(other, column, one)
        self.table.setCurrentCell(other, self.table.currentColumn())
        self.edited.emit()

    def _show(self, place: int, record: Any) -> None:
        locked = self._locked(record)
        for column, name in enumerate(self._columns):
            value = getattr(record, name)
            item = QTableWidgetItem("" if value is None else str(value))
            if name in self._choices:
                item.setText("" if value is None else enumerations.label(self._choices[name], value))
                item.setData(_CODE, value)
            if name in locked:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(place, column, item)
        kept = {name: getattr(record, name) for name in self._hidden}
        first = self.table.item(place, 0)
        assert first is not None
        first.setData(_HIDDEN, kept)

    def _rows(self) -> Iterator[dict[str, Any]]:
        for place in range(self.table.rowCount()):
            items = [self.table.item(place, column) for column in range(len(self._columns))]
            first = items[0]
            kept = None if first is None else first.data(_HIDDEN)
            texts = {
                name: _said(item, is_choice=name in self._choices)
                for name, item in zip(self._columns, items, strict=True)
            }
            yield texts | (kept or dict.fromkeys(self._hidden))


class _Choice(QStyledItemDelegate):
    """Lets a cell be one of an enumeration's words, or none."""

    def __init__(self, enumeration: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._enumeration = enumeration

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        box = QComboBox(parent)
        box.addItem("", None)
        for code in enumerations.codes(self._enumeration):
            box.addItem(enumerations.label(self._enumeration, code), code)
        box.activated.connect(lambda _place: self._on_chosen(box))
        return box

    def _on_chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(editor.findData(index.data(_CODE)), 0))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, QComboBox)
        if editor.currentData() != index.data(_CODE):
            model.setData(index, editor.currentData(), _CODE)
            model.setData(index, editor.currentText(), Qt.ItemDataRole.EditRole)


def _said(item: QTableWidgetItem | None, *, is_choice: bool) -> str:
    if item is None:
        return ""
    return (item.data(_CODE) or "") if is_choice else item.text().strip()
