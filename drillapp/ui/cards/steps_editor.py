"""The steps of a card in their time blocks: typed, moved by hand or keyboard, at most eight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QDropEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from drillapp.core import enumerations
from drillapp.core.cards.steps import MOST_STEPS, Step, read_steps, steps_problem, write_steps
from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID, SMALL

_BLOCK = Qt.ItemDataRole.UserRole
_NUMBER = Qt.ItemDataRole.UserRole + 1
_LEFT = 36
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
Index = QModelIndex | QPersistentModelIndex


class StepsEditor(QWidget):
    """An editor of a form (parts.editors): its value is the text that core reads as steps."""

    edited = Signal()

    def __init__(self, _session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given: str | None = None
        self._given_steps: tuple[Step, ...] = ()
        self.list = _StepList(self)
        self.list.setAccessibleName(_("Steps"))
        self.count = label("", "small", parent=self)
        self.add_button = self._tool(_("Add a step"), "Ins", self.add)
        self.up_button = self._tool(_("Up"), "Alt+↑", lambda: self.move_step(-1))
        self.down_button = self._tool(_("Down"), "Alt+↓", lambda: self.move_step(1))
        self.remove_button = self._tool(_("Remove"), "Del", self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.list)
        tools = (self.add_button, self.up_button, self.down_button, self.remove_button)
        layout.addLayout(row(*tools, 1, self.count, spacing=GRID // 2))
        self.setFocusProxy(self.list)
        self.list.changed.connect(self._on_changed)
        self.list.currentRowChanged.connect(lambda _row: self._refresh())
        self.list.wanted.connect(self._on_wanted)
        self.set_value(None)

    def value(self) -> str | None:
        """The steps as text; raises ValueError with a sentence when there are too many."""
        steps = self.steps()
        if steps == self._given_steps:
            return self._given  # as it was written, so that looking at a card does not change it
        text = write_steps(steps) or None
        if text and (problem := steps_problem(text)):
            raise ValueError(problem)
        return text

    def set_value(self, value: Any) -> None:
        """Show the steps of a text."""
        self._given = value or None
        self._given_steps = read_steps(value)
        self.list.fill(self._given_steps)
        self._refresh()

    def steps(self) -> tuple[Step, ...]:
        """The steps in their order, each with its block."""
        return self.list.steps()

    def add(self) -> None:
        """Begin a further step below the one under the cursor."""
        if len(self.steps()) < MOST_STEPS:
            self.list.begin_step()

    def remove(self) -> None:
        """Take the step under the cursor away."""
        if self.list.remove_current():
            self._on_changed()

    def move_step(self, direction: int) -> None:
        """Move the step under the cursor one place up (-1) or down (1), into the next block where its own ends."""
        if self.list.move_current(direction):
            self._on_changed()

    def _tool(self, words: str, keys: str, done: Any) -> Any:
        made = button(words, role="link", tip=f"{words} ({keys})", parent=self)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: done())
        return made

    def _on_wanted(self, what: str) -> None:
        match what:
            case "add":
                self.add()
            case "remove":
                self.remove()
            case _:
                self.move_step(-1 if what == "up" else 1)

    def _on_changed(self) -> None:
        self.list.number()
        self._refresh()
        self.edited.emit()

    def _refresh(self) -> None:
        count = len(self.steps())
        self.count.setText(_("{count} of at most {most} steps").format(count=count, most=MOST_STEPS))
        self.add_button.setEnabled(count < MOST_STEPS)
        for tool in (self.up_button, self.down_button, self.remove_button):
            tool.setEnabled(self.list.is_on_step)


class _StepList(QListWidget):
    """The headings of the blocks with their steps below; as high as what it holds."""

    changed = Signal()
    wanted = Signal(str)
    """A key was pressed that asks for: add, remove, up, down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "steps")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        painter = _StepPainter(self)
        painter.closeEditor.connect(lambda *_args: QTimer.singleShot(0, self, self._drop_empty))
        self.setItemDelegate(painter)
        self.itemChanged.connect(lambda _item: self.changed.emit())

    @property
    def is_on_step(self) -> bool:
        """Whether the cursor is on a step, not on a heading."""
        item = self.currentItem()
        return item is not None and item.data(_BLOCK) is None

    def fill(self, steps: tuple[Step, ...]) -> None:
        """Show these steps below the headings of all blocks."""
        self.blockSignals(True)
        self.clear()
        for block in enumerations.codes("card_block"):
            self.addItem(_heading(block))
            for step in steps:
                if step.block == block:
                    self.addItem(_step(step.text))
        self.blockSignals(False)
        self.number()

    def steps(self) -> tuple[Step, ...]:
        """What is shown, without empty steps."""
        found: list[Step] = []
        block = ""
        for item in self._items():
            block = item.data(_BLOCK) or block
            if item.data(_BLOCK) is None and item.text().strip():
                found.append(Step(block, item.text().strip()))
        return tuple(found)

    def number(self) -> None:
        """Give the steps their numbers, and the list its height."""
        self.blockSignals(True)
        number = 0
        for item in self._items():
            if item.data(_BLOCK) is None:
                number += 1
                item.setData(_NUMBER, number)
        self.blockSignals(False)
        self._fit()

    def begin_step(self) -> None:
        """Put an empty step below the cursor, or at the end, and let it be typed."""
        place = self.currentRow() + 1 if self.currentItem() is not None else self.count()
        item = _step("")
        self.blockSignals(True)
        self.insertItem(place, item)
        self.blockSignals(False)
        self.number()
        self.setCurrentItem(item)
        self.setFocus()
        self.editItem(item)

    def remove_current(self) -> bool:
        """Take away the step under the cursor; False on a heading."""
        if not self.is_on_step:
            return False
        place = self.currentRow()
        self.takeItem(place)
        self.setCurrentRow(min(place, self.count() - 1))
        return True

    def move_current(self, direction: int) -> bool:
        """Swap the step under the cursor with its neighbour; False where there is none."""
        place = self.currentRow()
        if not self.is_on_step or not 1 <= place + direction < self.count():
            return False
        item = self.takeItem(place)
        self.insertItem(place + direction, item)
        self.setCurrentItem(item)
        return True

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        first = enumerations.codes("card_block")[0]
        if self.item(0).data(_BLOCK) != first:  # nothing stands before the first heading
            headings = [place for place, item in enumerate(self._items()) if item.data(_BLOCK) == first]
            self.insertItem(0, self.takeItem(headings[0]))
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # Enter ends the typing; it is not to save the card as well
            return
        moves = event.modifiers() & Qt.KeyboardModifier.AltModifier
        wanted = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"} if moves else _KEYS
        if event.key() in wanted:
            self.wanted.emit(wanted[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.is_on_step:
                self.editItem(self.currentItem())
            else:
                self.wanted.emit("add")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._fit()

    def _fit(self) -> None:
        painter = self.itemDelegate()
        heights = (
            painter.sizeHint(QStyleOptionViewItem(), self.indexFromItem(item)).height()
            for item in self._items()
        )
        self.setFixedHeight(sum(heights) + 2 * self.frameWidth() + GRID)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(place) for place in range(self.count())]

    def _drop_empty(self) -> None:
        empty = [
            place
            for place, item in enumerate(self._items())
            if item.data(_BLOCK) is None and not item.text().strip()
        ]
        for place in reversed(empty):
            self.takeItem(place)
        if empty:
            self.changed.emit()


_KEYS = {Qt.Key.Key_Insert: "add", Qt.Key.Key_Delete: "remove"}


class _StepPainter(QStyledItemDelegate):
    """A heading small and quiet; a step with its number in a circle, wrapped."""

    def __init__(self, parent: QListWidget) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._list.viewport().width()
        if index.data(_BLOCK) is not None:
            return QSize(width, 28)
        room = QRect(0, 0, max(width - _LEFT - GRID, 60), 1000)
        words = QFontMetrics(theme.ui_font()).boundingRect(room, _WRAPPED, index.data() or " ")
        return QSize(width, max(30, words.height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if index.data(_BLOCK) is not None:
            painter.setFont(theme.ui_font(SMALL, QFont.Weight.DemiBold))
            painter.setPen(theme.colour("muted"))
            painter.drawText(rect.adjusted(GRID, 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
        else:
            self._paint_step(painter, option, rect, index)
        painter.restore()

    def _paint_step(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, index: Index) -> None:
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 5, 5)
        circle = QRect(rect.left() + GRID, rect.top() + 5, 20, 20)
        painter.setPen(theme.colour("border_strong"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        painter.setFont(theme.ui_font(SMALL))
        painter.setPen(theme.colour("muted"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(index.data(_NUMBER)))
        painter.setFont(theme.ui_font())
        painter.setPen(theme.colour("text"))
        painter.drawText(rect.adjusted(_LEFT, 6, -GRID, 0), _WRAPPED, index.data() or "")

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setAccessibleName(_("Step"))
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(_LEFT - 10, 0, -2, 0))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text().strip())


def _heading(block: str) -> QListWidgetItem:
    item = QListWidgetItem(enumerations.label("card_block", block))
    item.setData(_BLOCK, block)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


def _step(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(
        Qt.ItemFlag.ItemIsEnabled
        | Qt.ItemFlag.ItemIsSelectable
        | Qt.ItemFlag.ItemIsEditable
        | Qt.ItemFlag.ItemIsDragEnabled
    )
    return item
