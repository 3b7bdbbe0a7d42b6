"""The grid of a file's rows as they would be brought in; a cell is corrected where it stands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from drillapp.core.i18n import _
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.ledgers.facts import Facts, Trouble
from drillapp.ui.ledgers.rows_model import FIELDS, STATE, RowsModel
from drillapp.ui.ledgers.rows_painter import ROWS_HEIGHT, FieldHead, RowsPainter

_NARROWEST, _WIDEST = 104, 260
_MEASURED = 60


class RowsGrid(QTableView):
    """Rows in one state, or all of them."""

    cell_said = Signal(int, str, str)
    """Row (from 1), field, and what its cell should have said."""
    row_said = Signal(int, bool)
    """Row (from 1) and whether it is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowsPainter(self.rows, self))
        self.setHorizontalHeader(FieldHead(self.rows, self))
        self.setAccessibleName(_("Rows of the file"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROWS_HEIGHT)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_context)
        self.rows.written.connect(self.cell_said)
        for keys in ("Return", "Enter"):  # which the dialog would take as agreeing to the import
            shortcut(keys, self, self._on_return, Qt.ShortcutContext.WidgetShortcut)
        self._sized: tuple[str, ...] = ()

    def show_facts(self, facts: Facts | None, state: str | None) -> None:
        """Show the rows of a check in a state, and stay at the row that was looked at."""
        index = self.currentIndex()
        looked_at = self.rows.row(index.row()) if index.isValid() else None
        scrolled = self.verticalScrollBar().value()
        same = state == self.rows.state
        self.rows.show_facts(facts, state)
        self._size_columns()
        if looked_at is not None and same and self.rows.rowCount():
            position = self.rows.position(looked_at.row)
            at = position if position >= 0 else min(index.row(), self.rows.rowCount() - 1)
            self.setCurrentIndex(self.rows.index(at, min(index.column(), self.rows.columnCount() - 1)))
            self.verticalScrollBar().setValue(scrolled)

    def show_trouble(self, trouble: Trouble, row: int) -> None:
        """Put the cursor on the cell of a problem."""
        position = self.rows.position(row)
        if position >= 0:
            index = self.rows.index(position, self.rows.column_of(trouble.field))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def row_menu(self, position: int) -> QMenu:
        """What can be done with a row."""
        menu = QMenu(self)
        row = self.rows.row(position)
        if row is not None:
            out = row.state == "left_out"
            words = _("Take row {row} in after all") if out else _("Leave row {row} out")
            menu.addAction(words.format(row=row.row), lambda: self.row_said.emit(row.row, not out))
        return menu

    def _on_return(self) -> None:
        index = self.currentIndex()
        if index.isValid() and self.rows.field(index.column()) is not None:
            self.edit(index)

    def _on_context(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            menu = self.row_menu(index.row())
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(place))

    def _size_columns(self) -> None:
        """Room for what the first rows say; once for the same fields, since a person may have dragged them."""
        names = tuple(field.name for field in self.rows.fields)
        if names == self._sized:
            return
        self._sized = names
        self.setColumnWidth(0, 56)
        self.setColumnWidth(STATE, 136)
        metrics = self.fontMetrics()
        for column in range(FIELDS, self.rows.columnCount()):
            texts = [
                str(self.rows.index(row, column).data() or "")
                for row in range(min(_MEASURED, self.rows.rowCount()))
            ]
            wide = max(map(metrics.horizontalAdvance, texts), default=0)
            self.setColumnWidth(column, min(max(wide + 24, _NARROWEST), _WIDEST))
