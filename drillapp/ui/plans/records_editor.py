"""A small table to write in: a row a record, cells of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.words import button, row
from drillapp.ui.theme import ROW_HEIGHT

Make = Callable[[dict[str, str]], Any]


class RecordsEditor(QWidget):
    """Rows are added below, taken away and moved; `make` turns a row's texts into a record."""

    edited = Signal()

    def __init__(
        self, columns: Sequence[tuple[str, str, int]], make: Make, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = [column for column, _label, _width in columns]
        self._make = make
        self.table = QTableWidget(0, len(columns), self)
        self.table.setHorizontalHeaderLabels([label for _name, label, _width in columns])
        self.table.setAccessibleName(name)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.table.setShowGrid(True)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, (_column, _label, width) in enumerate(columns):
            header.resizeSection(place, width)
        self.table.itemChanged.connect(lambda _item: self.edited.emit())
        add = button(_("Add a row"), icon="add", parent=self)
        add.setToolTip("Ctrl+N")
        add.clicked.connect(self.add_row)
        remove = button(_("Take the row away"), icon="close", parent=self)
        remove.clicked.connect(self.remove_row)
        up, down = button(_("Move up"), parent=self), button(_("Move down"), parent=self)
        up.clicked.connect(lambda: self.move_row(-1))
        down.clicked.connect(lambda: self.move_row(1))
        for made in (add, remove, up, down):
            made.setAutoDefault(False)
        QShortcut(QKeySequence("Ctrl+N"), self, self.add_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addLayout(row(add, remove, up, down, 1))

    def fill(self, records: Sequence[Any]) -> None:
        """Show these records, without telling that anything was edited."""
        self.table.blockSignals(True)
        self.table.setRowCount(len(records))
        for place, record in enumerate(records):
            for column, name in enumerate(self._columns):
                value = getattr(record, name)
                self.table.setItem(place, column, QTableWidgetItem("" if value is None else str(value)))
        self.table.blockSignals(False)

    def records(self) -> tuple[Any, ...]:
        """What stands in the rows that say anything; raises ValueError with a sentence for what cannot be."""
        return tuple(self._make(texts) for texts in self._rows() if any(texts.values()))

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

    def _rows(self) -> Iterator[dict[str, str]]:
        for place in range(self.table.rowCount()):
            items = (self.table.item(place, column) for column in range(len(self._columns)))
            texts = ("" if item is None else item.text().strip() for item in items)
            yield dict(zip(self._columns, texts, strict=True))
