"""Draws the rows of a checked file: as understood, and below it as written where that is different."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from drillapp.core.ledgers.checked import DraftRow
from drillapp.ui import theme
from drillapp.ui.ledgers.cell_editor import CellEditor
from drillapp.ui.ledgers.file_model import hue_of, shown
from drillapp.ui.ledgers.rows_model import FIELDS, ROW, STATE, RowsModel
from drillapp.ui.ledgers.states import TONES, state_label
from drillapp.ui.parts.drawing import CENTRED, SELECTED, draw_ground, draw_lines, draw_mark, draw_words

ROWS_HEIGHT = 46
_PAD = 8


class RowsPainter(QStyledItemDelegate):
    """Two lines for a cell; a refused one says what is wrong with it."""

    def __init__(self, model: RowsModel, grid: QTableView) -> None:
        super().__init__(grid)
        self._model = model
        self._small = theme.ui_font(theme.SMALL)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        row = self._model.row(index.row())
        if row is None:
            return
        fault = self._model.fault(index.row(), index.column())
        self._ground(painter, rect, option.state.value, bool(fault))
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.setFont(option.font)
        if index.column() == ROW:
            painter.setPen(theme.colour("faint"))
            painter.drawText(rect, CENTRED, str(row.row))
        elif index.column() == STATE:
            self._state(painter, option, inner, row)
        else:
            self._cell(painter, option, inner, row, index.column() - FIELDS, fault)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, ROWS_HEIGHT)

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        field = self._model.field(index.column())
        assert field is not None
        return CellEditor(field, parent)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def _ground(self, painter: QPainter, rect: QRect, state: int, wrong: bool) -> None:
        if not wrong:
            draw_ground(painter, rect, state)
            return
        painter.fillRect(rect, theme.colour("problem_soft"))
        draw_lines(painter, rect)
        if state & SELECTED:
            painter.setPen(theme.colour("problem"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def _state(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, row: DraftRow) -> None:
        is_told = bool(row.why) and row.state != "refused"  # a refused row says it in its cell
        upper = inner.adjusted(0, 2, 0, -inner.height() // 2 + 2) if is_told else inner
        draw_mark(painter, upper, state_label(row.state), TONES[row.state], option.fontMetrics)
        if is_told:
            self._line(painter, inner.adjusted(2, inner.height() // 2, 0, -2), row.why, "muted")

    def _cell(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        inner: QRect,
        row: DraftRow,
        place: int,
        fault: str,
    ) -> None:
        understood, written = shown(row.understood[place]), shown(row.written[place])
        below = fault or (written if written != understood and understood else "")
        main = inner.adjusted(0, 3, 0, -inner.height() // 2 + 1) if below else inner
        is_out = row.state == "left_out"
        font = QFont(option.font)
        font.setStrikeOut(is_out)
        painter.setFont(font)
        ink = theme.colour("problem" if fault else "faint" if is_out else "text")
        draw_words(painter, main, understood or written, ink)
        if below:
            lower = inner.adjusted(0, inner.height() // 2, 0, -3)
            self._line(painter, lower, below, "problem" if fault else "faint")

    def _line(self, painter: QPainter, rect: QRect, text: str, ink: str) -> None:
        painter.setFont(self._small)
        draw_words(painter, rect, text, theme.colour(ink))


class FieldHead(QHeaderView):
    """The fields, each with its hue as in the file's own grid."""

    def __init__(self, model: RowsModel, grid: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._model = model
        self.setHighlightSections(False)
        self.setMinimumSectionSize(56)
        self.setStretchLastSection(True)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 34)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        field, facts = self._model.field(section), self._model.facts
        painter.save()
        painter.fillRect(rect, theme.colour("sunken"))
        ink = theme.colour("muted")
        if field is not None and facts is not None:
            ink, ground = theme.hue_colours(hue_of(facts.checked.result.kind, field.name))
            painter.fillRect(rect, ground)
        draw_lines(painter, rect)
        painter.setFont(theme.ui_font(theme.SMALL, QFont.Weight.DemiBold))
        words = str(self._model.headerData(section, Qt.Orientation.Horizontal))
        draw_words(painter, rect.adjusted(_PAD, 0, -4, 0), words, ink)
        painter.restore()
