"""The grid of a file's real cells; a click on a column's head says its field, one on a row's number what the row is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.as_shown import column_letters
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.shapes import Glance, Guess
from drillapp.ui import theme
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.ledgers.file_model import FileModel, hue_of
from drillapp.ui.ledgers.file_painter import ColumnHead, FilePainter, RowHead

_NARROWEST, _WIDEST = 96, 240
_AROUND_CHIP = 44
"""Room beside the name of a field in a column's head, in pixels."""
_SPOT = 10
"""Side of the spot of colour before a field in a menu, in pixels."""


class FileGrid(QTableView):
    """Shows what a file is taken for, and hears what it really is."""

    column_said = Signal(int, str)
    """A column (from 0) and its field, '' to leave it out."""
    header_said = Signal(int, int)
    """First and last row (from 1) of the header; 0, 0 for none."""
    row_said = Signal(int, bool)
    """A row (from 1) and whether it is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = FileModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(FilePainter(self.cells, self))
        self.setHorizontalHeader(ColumnHead(self.cells, self))
        self.setVerticalHeader(RowHead(self.cells, self))
        self.setAccessibleName(_("Cells of the file"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().sectionClicked.connect(self.open_column_menu)
        self.verticalHeader().sectionClicked.connect(self.open_row_menu)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_context)
        within = Qt.ShortcutContext.WidgetShortcut
        shortcut("Return", self, lambda: self._on_key(self.open_column_menu), within)
        shortcut("Shift+Return", self, lambda: self._on_key(self.open_row_menu), within)

    def show_guess(self, glance: Glance, guess: Guess) -> None:
        """Show a sheet and how it is understood."""
        is_other = glance is not self.cells.glance
        self.cells.show_guess(glance, guess)
        if is_other:
            self._join_merged()
            self._size_columns()
            QTimer.singleShot(0, self, self.scrollToTop)

    def open_column_menu(self, column: int) -> None:
        """Ask which field a column is."""
        menu = self.column_menu(column)
        left = self.columnViewportPosition(column)
        self._pop_up(menu, self.viewport().mapToGlobal(QPoint(max(left, 0), 0)))

    def open_row_menu(self, row: int) -> None:
        """Ask what a row is."""
        head = self.verticalHeader()
        place = QPoint(head.width(), head.sectionViewportPosition(row))
        self._pop_up(self.row_menu(row), head.viewport().mapToGlobal(place))

    def column_menu(self, column: int) -> QMenu:
        """The fields that a column may be; with the column that each of them is now."""
        menu = QMenu(self)
        guess = self.cells.guess
        if guess.kind is None:
            menu.addAction(_("Choose above which ledger this is")).setEnabled(False)
            return menu
        mine = self.cells.meaning(column).fields
        one = QActionGroup(menu)
        self._offer(menu, one, _("Leave this column out"), column, "", not mine)
        menu.addSeparator()
        for field in layout(guess.kind).field:
            words = _("{field} (required)") if field.required else "{field}"
            text = words.format(field=field.label)
            taken = guess.columns.get(field.name)
            if taken is not None and taken != column:
                text += f"\t{column_letters(taken)}"
            action = self._offer(menu, one, text, column, field.name, field.name in mine)
            if field.name not in mine:
                action.setIcon(_spot(hue_of(guess.kind, field.name)))
        return menu

    def row_menu(self, row: int) -> QMenu:
        """What a row (from 0) may be."""
        menu = QMenu(self)
        number = row + 1
        first, last = self.cells.guess.header
        menu.addAction(
            _("Row {row} is the header").format(row=number), lambda: self.header_said.emit(number, number)
        )
        if first and number != first and abs(number - first) <= 3:
            top, bottom = min(first, number), max(first, number)
            words = _("Rows {first} to {last} are the header").format(first=top, last=bottom)
            menu.addAction(words, lambda: self.header_said.emit(top, bottom))
        menu.addAction(_("There is no header"), lambda: self.header_said.emit(0, 0)).setEnabled(bool(last))
        if number > last:
            menu.addSeparator()
            out = number in self.cells.left_out
            words = _("Take row {row} in after all") if out else _("Leave row {row} out")
            menu.addAction(words.format(row=number), lambda: self.row_said.emit(number, not out))
        return menu

    def _offer(
        self, menu: QMenu, one: QActionGroup, text: str, column: int, field: str, chosen: bool
    ) -> QAction:
        action = QAction(text, menu, checkable=chosen, checked=chosen)
        action.triggered.connect(lambda: self.column_said.emit(column, field))
        one.addAction(action)
        menu.addAction(action)
        return action

    def _pop_up(self, menu: QMenu, place: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _on_context(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self._pop_up(self.row_menu(index.row()), self.viewport().mapToGlobal(place))

    def _on_key(self, opened: object) -> None:
        index = self.currentIndex()
        if index.isValid() and callable(opened):
            opened(index.column() if opened == self.open_column_menu else index.row())

    def _join_merged(self) -> None:
        self.clearSpans()
        rows, columns = self.cells.rowCount(), self.cells.columnCount()
        for merged in self.cells.glance.merged:
            high = min(merged.bottom, rows) - merged.top + 1
            wide = min(merged.right, columns - 1) - merged.left + 1
            if high > 0 and wide > 0 and high * wide > 1:
                self.setSpan(merged.top - 1, merged.left, high, wide)

    def _size_columns(self) -> None:
        """Room for what stands in the cells, but for the titles above."""
        metrics = self.fontMetrics()
        rows = self.cells.rowCount()
        for column in range(self.cells.columnCount()):
            texts = [
                self.cells.text(row, column) for row in range(rows) if not self.columnSpan(row, column) > 1
            ]
            longest = sorted(map(metrics.horizontalAdvance, texts))
            wide = longest[-1 - len(longest) // 10] if longest else 0
            if not wide and not self.cells.meaning(column).fields:
                self.setColumnWidth(column, self.horizontalHeader().minimumSectionSize())
                continue
            chip = metrics.horizontalAdvance(self.cells.meaning(column).label) + _AROUND_CHIP
            self.setColumnWidth(column, min(max(wide + 24, chip, _NARROWEST), _WIDEST))


def _spot(hue: int) -> QPixmap:
    picture = QPixmap(_SPOT, _SPOT)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.hue_colours(hue)[0])
    painter.drawEllipse(picture.rect())
    painter.end()
    return picture
