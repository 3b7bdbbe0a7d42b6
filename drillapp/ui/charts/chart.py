"""What all charts have: theme, the spot under the mouse and the one under the keyboard, copying and saving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolTip, QWidget

from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.charts import picture
from drillapp.ui.frame.shortcut import shortcut

if TYPE_CHECKING:
    from drillapp.ui.charts.canvas import Canvas

NONE = -1
"""The number of no spot."""


class Chart(QWidget):
    """A drawing of spots (bars, cells, points), each with words and a row behind it.

    A subclass draws, says how many spots there are, which one is at a point, its words and its row.
    """

    chosen = Signal(object)
    """The row behind the spot that was clicked or entered."""
    opened = Signal(object)
    """The row behind the spot that was double-clicked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        from drillapp.ui.charts.canvas import Canvas  # brings pyqtgraph and numpy

        super().__init__(parent)
        self.name = name
        self.current = NONE
        """The spot chosen last."""
        self.pointed = NONE
        """The spot under the mouse."""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas: Canvas = Canvas(self)
        self.box = QHBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        self.box.addWidget(self.canvas, 1)
        theme.notifier().changed.connect(self.refresh)
        shortcut("Ctrl+C", self, lambda: picture.copy(self), Qt.ShortcutContext.WidgetShortcut)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw everything into the area, in device-independent pixels."""
        raise NotImplementedError

    def count(self) -> int:
        """How many spots there are."""
        raise NotImplementedError

    def spot_at(self, point: QPointF) -> int:
        """The spot at a point of the canvas, or NONE."""
        raise NotImplementedError

    def words(self, spot: int) -> str:
        """A spot's figures, in words."""
        raise NotImplementedError

    def row(self, spot: int) -> Any:
        """The row behind a spot."""
        raise NotImplementedError

    def steps(self) -> dict[int, int]:
        """For each arrow key how many spots it moves on."""
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}

    def refresh(self) -> None:
        """Draw anew."""
        self.canvas.repaint_drawing()

    def point_at(self, point: QPointF | None) -> None:
        """Take note where the mouse is and say what is there."""
        spot = NONE if point is None else self.spot_at(point)
        if spot != self.pointed:
            self.pointed = spot
            self.canvas.setCursor(
                Qt.CursorShape.ArrowCursor if spot == NONE else Qt.CursorShape.PointingHandCursor
            )
            self.refresh()
        if spot == NONE or point is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(
                self.canvas.mapToGlobal(point.toPoint()) + QPoint(12, 8), self.words(spot), self
            )

    def click_at(self, point: QPointF) -> None:
        """Choose the spot at a point."""
        spot = self.spot_at(point)
        if spot != NONE:
            self.move_to(spot)
            self.chosen.emit(self.row(spot))

    def open_at(self, point: QPointF) -> None:
        """Open the spot at a point."""
        spot = self.spot_at(point)
        if spot != NONE:
            self.opened.emit(self.row(spot))

    def move_to(self, spot: int) -> None:
        """Put the keyboard on a spot."""
        self.current = spot
        self.setAccessibleDescription(self.words(spot) if spot != NONE else "")
        self.bring_into_sight(spot)
        self.refresh()

    def bring_into_sight(self, spot: int) -> None:
        """Scroll so that a spot can be seen, where there is scrolling."""

    def turn(self, event: QWheelEvent) -> None:
        """What the wheel does; by default it scrolls whatever the chart stands in."""
        event.ignore()

    def open_menu(self, place: QPoint) -> None:
        """Offer to copy and save the picture."""
        menu = QMenu(self)
        menu.addAction(_("Copy the picture"), lambda: picture.copy(self))
        menu.addAction(_("Save the picture …"), lambda: picture.ask_and_save(self))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current != NONE:
            self.chosen.emit(self.row(self.current))
        elif key in self.steps() and self.count():
            step = self.steps()[key]
            start = self.current if self.current != NONE else (-step if step > 0 else 0)
            self.move_to(max(0, min(self.count() - 1, start + step)))
        elif key == Qt.Key.Key_Menu:
            self.open_menu(self.mapToGlobal(self.rect().center()))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.refresh()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.refresh()
