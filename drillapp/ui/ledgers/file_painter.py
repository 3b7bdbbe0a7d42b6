"""Draws the cells and heads of a file's grid: the hue of the field that a column is taken for."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from drillapp.core.i18n import _
from drillapp.ui import icons, theme
from drillapp.ui.ledgers.file_model import FileModel, Part
from drillapp.ui.parts.drawing import AT_LEFT, CENTRED, SELECTED, draw_lines, draw_words

PAD = 8
HEAD_HEIGHT = 54
ROW_HEAD_WIDTH = 52
_CHIP_HEIGHT = 24
_MARK = 3
"""Width of the bar beside the rows of the header, in pixels."""


class FilePainter(QStyledItemDelegate):
    """Cells as they stand in the file; those below a column's head wear its hue."""

    def __init__(self, model: FileModel, grid: QTableView) -> None:
        super().__init__(grid)
        self._model = model

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, column = index.row(), index.column()
        rect: QRect = option.rect
        part = self._model.part(row)
        painter.fillRect(rect, self._ground(part, row, column))
        draw_lines(painter, rect, is_grid=True)
        if option.state.value & SELECTED:
            painter.setPen(theme.colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -2, -2))
        text = self._model.text(row, column)
        if text:
            self._write(painter, option, part, text, row, column)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, theme.ROW_HEIGHT)

    def _ground(self, part: Part, row: int, column: int) -> QColor:
        if self._model.fault(row, column) and part is Part.DATA:
            return theme.colour("problem_soft")
        meaning = self._model.meaning(column)
        if meaning.fields and part in (Part.DATA, Part.HEADER):
            return theme.hue_colours(meaning.hue)[1]
        return theme.colour("sunken" if part is not Part.DATA else "surface")

    def _write(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        part: Part,
        text: str,
        row: int,
        column: int,
    ) -> None:
        font = QFont(option.font)
        font.setStrikeOut(part is Part.LEFT_OUT)
        font.setItalic(self._model.is_hidden(row, column))
        if part is Part.HEADER:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        draw_words(painter, option.rect.adjusted(PAD, 0, -PAD, 0), text, self._ink(part, row, column))

    def _ink(self, part: Part, row: int, column: int) -> QColor:
        meaning = self._model.meaning(column)
        if part is Part.HEADER and meaning.fields:
            return theme.hue_colours(meaning.hue)[0]
        if self._model.fault(row, column) and part is Part.DATA:
            return theme.colour("problem")
        if part is Part.DATA and meaning.fields:
            return theme.colour("text")
        return theme.colour("muted" if part in (Part.TITLE, Part.HEADER) else "faint")


class ColumnHead(QHeaderView):
    """Two lines for a column: its letter, and the field that it is taken for, which a click changes."""

    def __init__(self, model: FileModel, grid: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._model = model
        self._under_mouse = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(72)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEAD_HEIGHT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._hover(-1)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        meaning = self._model.meaning(section)
        painter.save()
        painter.fillRect(rect, theme.colour("sunken"))
        draw_lines(painter, rect)
        painter.setFont(theme.ui_font(theme.SMALL))
        painter.setPen(theme.colour("faint"))
        top = QRect(rect.left() + PAD, rect.top() + 4, rect.width() - 2 * PAD, 16)
        painter.drawText(top, AT_LEFT, self._letters(section))
        self._chip(painter, rect, meaning.label, meaning.hue, section == self._under_mouse)
        painter.restore()

    def _chip(self, painter: QPainter, rect: QRect, label: str, hue: int, hovered: bool) -> None:
        ink, ground = theme.hue_colours(hue) if label else (theme.colour("faint"), theme.colour("sunken"))
        box = QRectF(rect.left() + 4, rect.bottom() - _CHIP_HEIGHT - 4, rect.width() - 9, _CHIP_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("hover") if hovered else ground)
        painter.setPen(ink if hovered else (ground if label else theme.colour("border")))
        painter.drawRoundedRect(box, 6, 6)
        arrow = icons.pixmap("chevron-down", "muted", 14, painter.device().devicePixelRatioF())
        painter.drawPixmap(round(box.right()) - 18, round(box.top()) + 5, arrow)
        font = theme.ui_font(theme.SMALL, QFont.Weight.DemiBold if label else QFont.Weight.Normal)
        painter.setFont(font)
        draw_words(painter, box.adjusted(7, 0, -20, 0).toRect(), label or _("not taken in"), ink)

    def _letters(self, section: int) -> str:
        name = str(self._model.headerData(section, Qt.Orientation.Horizontal))
        return f"{name} · {_('hidden')}" if section in self._model.glance.hidden_columns else name

    def _hover(self, section: int) -> None:
        if section != self._under_mouse:
            self._under_mouse = section
            self.viewport().update()


class RowHead(QHeaderView):
    """The sheet's own row numbers, with a bar beside the rows of the header."""

    def __init__(self, model: FileModel, grid: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, grid)
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(32)

    def sizeHint(self) -> QSize:
        return QSize(ROW_HEAD_WIDTH, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        part = self._model.part(section)
        painter.save()
        painter.fillRect(rect, theme.colour("sunken"))
        draw_lines(painter, rect, is_grid=True)
        is_header = part is Part.HEADER
        if is_header:
            painter.fillRect(rect.left(), rect.top(), _MARK, rect.height(), theme.colour("accent"))
        font = theme.ui_font(theme.SMALL, QFont.Weight.DemiBold if is_header else QFont.Weight.Normal)
        font.setStrikeOut(part is Part.LEFT_OUT)
        painter.setFont(font)
        painter.setPen(theme.colour("accent_text" if is_header else "faint"))
        painter.drawText(rect, CENTRED, str(section + 1))
        painter.restore()
