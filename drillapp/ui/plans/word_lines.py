"""The lines of a Word document for a clerk to look at: which are headings, and of which level."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyle, QStyledItemDelegate, QWidget

from drillapp.core.i18n import _
from drillapp.core.plans.content import Paragraph, text_of
from drillapp.core.plans.word.document import WordDocument, WordLine, with_level
from drillapp.ui import theme
from drillapp.ui.parts.drawing import draw_words
from drillapp.ui.theme import BODY, GRID, SMALL

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
_DEEPEST = 9
_CHIP = 60
_ROW = 32
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class WordLines(QAbstractListModel):
    """Each line with its level."""

    relevelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = WordDocument("", ())
        self._before: list[WordDocument] = []

    def fill(self, document: WordDocument) -> None:
        """Show a document that was just read."""
        self.beginResetModel()
        self.document, self._before = document, []
        self.endResetModel()

    def set_level(self, places: list[int], level: int) -> None:
        """Make these lines headings of a level, or text (0); tables and pictures stay what they are."""
        kept, document = self.document, self.document
        for place in places:
            if isinstance(document.lines[place].block, Paragraph):
                document = with_level(document, place, level)
        if document != kept:
            self._before.append(kept)
            self._show(document)

    def undo(self) -> None:
        """Take the last change of levels back."""
        if self._before:
            self._show(self._before.pop())

    def line(self, place: int) -> WordLine:
        """A line."""
        return self.document.lines[place]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.document.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.line(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return line_words(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{level_words(line)}: {line_words(line)}"
        return line if role == LINE_ROLE else None

    def _show(self, document: WordDocument) -> None:
        self.document = document
        self.dataChanged.emit(self.index(0), self.index(len(document.lines) - 1))
        self.relevelled.emit()


class WordLineList(QListView):
    """Digits set the level of the selected lines (0: text), Left and Right move it by one, Ctrl+Z takes it back."""

    def __init__(self, model: WordLines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setModel(model)
        self.setItemDelegate(_LinePainter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Lines of the document"))

    def places(self) -> list[int]:
        """The lines selected."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.text().isdigit() and event.text().isascii():
            self._lines.set_level(self.places(), int(event.text()))
        elif plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.shift(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._lines.undo()
        else:
            super().keyPressEvent(event)

    def shift(self, step: int) -> None:
        """Move the level of the selected lines by one: a heading of level 1 becomes text at the left end."""
        for place in self.places():
            level = self._lines.line(place).level + step
            self._lines.set_level([place], max(0, min(_DEEPEST, level)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() <= _CHIP + GRID:
            if index.row() not in self.places():
                self.setCurrentIndex(index)
            self._offer(event.globalPosition().toPoint())
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: Any) -> None:
        self._offer(event.globalPos())

    def level_menu(self) -> QMenu:
        """The levels to choose from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for level in range(6):
            words = _("Heading {level}").format(level=level) if level else _("Text")
            action = menu.addAction(f"{words}\t{level}")
            action.triggered.connect(
                lambda _on=False, level=level: self._lines.set_level(self.places(), level)
            )
        return menu

    def _offer(self, place: Any) -> None:
        if any(isinstance(self._lines.line(one).block, Paragraph) for one in self.places()):
            self.level_menu().popup(place)


class _LinePainter(QStyledItemDelegate):
    """A chip with the level, then the words, headings bold and indented by their level."""

    def sizeHint(self, _option: Any, _index: Any) -> QSize:
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        line: WordLine = index.data(LINE_ROLE)
        room = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, theme.colour("accent_soft"))
        self._chip(painter, QRect(room.left() + 4, room.top() + 5, _CHIP, _ROW - 10), line)
        indent = _CHIP + 2 * GRID + 12 * max(0, line.level - 1) + (0 if line.level else 20)
        place = room.adjusted(indent, 0, -GRID, 0)
        weight = QFont.Weight.DemiBold if line.level else QFont.Weight.Normal
        painter.setFont(theme.ui_font(BODY, weight))
        draw_words(painter, place, line_words(line), theme.colour("text" if line.level else "muted"))
        painter.restore()

    @staticmethod
    def _chip(painter: QPainter, room: QRect, line: WordLine) -> None:
        ink, ground = theme.tone_colours("accent" if line.level else "neutral")
        painter.setPen(Qt.PenStyle.NoPen if line.why != "weak" else ink)
        painter.setBrush(ground)
        painter.drawRoundedRect(room, 9, 9)
        painter.setPen(ink)
        painter.setFont(theme.ui_font(SMALL))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, level_words(line))


def line_words(line: WordLine) -> str:
    """What stands in a line, a table or picture in short."""
    text = text_of((line.block,)).replace("\n", "  ").replace("\t", " ｜ ")
    return f"{line.number} {text}".strip() if line.level else text or _("[picture]")


def level_words(line: WordLine) -> str:
    """What a line is."""
    if line.level:
        sign = "?" if line.why == "weak" else ""
        return _("Heading {level}").format(level=line.level) + sign
    return _("Text") if isinstance(line.block, Paragraph) else _KINDS[type(line.block).__name__]()


_KINDS = {"Grid": lambda: _("Table"), "Picture": lambda: _("Picture")}
