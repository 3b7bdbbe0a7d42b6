"""The view of a figure: it paints it in the theme's colours, and makes its spots known to mouse and keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolTip, QWidget

from drillapp.core.charts.figure import FAR, NONE, Figure
from drillapp.core.charts.shapes import Box
from drillapp.core.charts.sheet import Sheet
from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.charts import picture
from drillapp.ui.charts.brush import Brush, measure, tones
from drillapp.ui.charts.canvas import Canvas
from drillapp.ui.frame.shortcut import shortcut

_FEW = 5000
"""Up to so many spots, the one that was chosen is looked for in a new figure."""
_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Home: (-FAR, 0), Qt.Key.Key_End: (FAR, 0),
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QWidget):
    """Shows a figure of drillapp.core.charts; figures with many rows are shown by RowsView."""

    chosen = Signal(object)
    """The key of the spot that was clicked or entered."""
    opened = Signal(object)
    """The key of the spot that was double-clicked, or entered with Ctrl."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is the chart's title: its accessible name, and that of the file it is saved to."""
        super().__init__(parent)
        self.name = name
        self.figure: Figure | None = None
        self.current = NONE
        """The spot chosen last."""
        self.pointed = NONE
        """The spot under the mouse."""
        self._sheet: Sheet | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas = Canvas(self)
        self.box = QHBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        self.box.addWidget(self.canvas, 1)
        theme.notifier().changed.connect(self.refresh)
        shortcut("Ctrl+C", self, lambda: picture.copy(self), Qt.ShortcutContext.WidgetShortcut)

    def show_figure(self, figure: Figure) -> None:
        """Show this figure; the spot that was chosen stays so where its key is there again."""
        is_kept = self.figure is not None and self.current != NONE and figure.count() <= _FEW
        key = self.figure.key(self.current) if is_kept and self.figure is not None else None
        self.figure = figure
        self.current = figure.spot_of(key) if is_kept else NONE
        self.pointed = NONE
        self._sheet = None
        self.setMinimumSize(*map(int, figure.least))
        self._describe()
        self.refresh()

    def choose(self, key: Any) -> None:
        """Put the keyboard on the spot with that key, without telling."""
        if self.figure is not None:
            self.move_to(self.figure.spot_of(key))

    def sheet(self) -> Sheet:
        """The figure as it is drawn on the canvas."""
        size = self.canvas.size()
        if self._sheet is None or (self._sheet.width, self._sheet.height) != (size.width(), size.height()):
            self._sheet = self.drawn(QSizeF(size))
        return self._sheet

    def drawn(self, size: QSizeF) -> Sheet:
        """The figure drawn in that size."""
        sheet = Sheet(size.width(), size.height(), measure)
        if self.figure is not None:
            self.figure.draw(sheet)
        return sheet

    def draw(self, painter: QPainter, size: QSizeF) -> None:
        """Paint the figure with what is chosen and pointed at."""
        brush = Brush(painter, tones(theme.current()))
        brush.paint(self.grounds())
        brush.paint(self.sheet().shapes)
        brush.paint(self.outlines())

    def places(self, spot: int) -> list[QRectF]:
        """Where on the canvas a spot is."""
        spots = (one for one in self.sheet().spots if one.number == spot)
        return [QRectF(one.x, one.y, one.width, one.height) for one in spots]

    def grounds(self) -> list[Box]:
        """What lies below the spots that are chosen and pointed at."""
        found = [(self.pointed, "hover"), (self.current, "accent_soft")]
        return [_box(rect, fill=tone) for spot, tone in found if spot != NONE for rect in self.places(spot)]

    def outlines(self) -> list[Box]:
        """What lies around them."""
        edge = "accent" if self.hasFocus() else "border_strong"
        found = [(self.pointed, "border_strong", 1.0), (self.current, edge, 1.6)]
        return [
            _box(rect, stroke=tone, thickness=thickness)
            for spot, tone, thickness in found
            if spot != NONE
            for rect in self.places(spot)
        ]

    def spot_at(self, point: QPointF) -> int:
        """The spot at a point of the canvas, or NONE."""
        spots = reversed(self.sheet().spots)
        return next((spot.number for spot in spots if spot.holds(point.x(), point.y())), NONE)

    def words(self, spot: int) -> str:
        """A spot's figures in words."""
        return "" if self.figure is None or spot == NONE else self.figure.words(spot)

    def refresh(self) -> None:
        """Paint anew."""
        self.canvas.update()

    def point_at(self, point: QPointF | None) -> None:
        """Take note where the mouse is and say what is there."""
        spot = NONE if point is None else self.spot_at(point)
        if spot != self.pointed:
            self.pointed = spot
            shape = Qt.CursorShape.ArrowCursor if spot == NONE else Qt.CursorShape.PointingHandCursor
            self.canvas.setCursor(shape)
            self.refresh()
        if spot == NONE or point is None:
            QToolTip.hideText()
        else:
            self._say(spot, point)

    def click_at(self, point: QPointF) -> None:
        """Choose the spot at a point."""
        spot = self.spot_at(point)
        if spot != NONE and self.figure is not None:
            self.move_to(spot)
            self.chosen.emit(self.figure.key(spot))

    def open_at(self, point: QPointF) -> None:
        """Open the spot at a point."""
        spot = self.spot_at(point)
        if spot != NONE and self.figure is not None:
            self.opened.emit(self.figure.key(spot))

    def drag(self, moved: QPointF) -> None:
        """The mouse moved by so much with its button held; by default nothing follows it."""

    def turn(self, event: QWheelEvent) -> None:
        """What the wheel does; by default it scrolls whatever the chart stands in."""
        event.ignore()

    def move_to(self, spot: int) -> None:
        """Put the keyboard on a spot."""
        self.current = spot
        self._describe()
        self.bring_into_sight(spot)
        self.refresh()

    def bring_into_sight(self, spot: int) -> None:
        """Scroll so that a spot can be seen, where there is scrolling."""

    def picture_size(self) -> QSizeF:
        """How large the chart is as a picture, in pixels."""
        return QSizeF(self.canvas.size())

    def open_menu(self, place: QPoint) -> None:
        """Offer to copy and save the picture."""
        menu = QMenu(self)
        menu.addAction(_("Copy picture"), lambda: picture.copy(self))
        menu.addAction(_("Save as PNG …"), lambda: picture.ask_and_save(self, "png"))
        menu.addAction(_("Save as SVG …"), lambda: picture.ask_and_save(self, "svg"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def stride(self, key: int) -> tuple[int, int] | None:
        """How many spots a key goes to the right and down, None for a key that goes nowhere."""
        return _ARROWS.get(key)

    def first_spot(self) -> int:
        """Where the first press of an arrow key leads."""
        return 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        figure, key = self.figure, event.key()
        if figure is None or not figure.count():
            super().keyPressEvent(event)
        elif key in _ENTER and self.current != NONE:
            with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.opened if with_ctrl else self.chosen).emit(figure.key(self.current))
        elif (stride := self.stride(key)) is not None:
            self.move_to(self.first_spot() if self.current == NONE else figure.step(self.current, *stride))
            self._say(self.current, self.places(self.current)[0].center())
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def _say(self, spot: int, at: QPointF) -> None:
        """Show a spot's words beside a point of the canvas."""
        QToolTip.showText(self.canvas.mapToGlobal(at.toPoint()) + QPoint(12, 8), self.words(spot), self)

    def _describe(self) -> None:
        """Say the chosen spot, or the whole chart where none is chosen."""
        summary = self.figure.summary() if self.figure is not None else ""
        self.setAccessibleDescription(self.words(self.current) or summary)


def _box(rect: QRectF, fill: str = "", stroke: str = "", thickness: float = 1.0) -> Box:
    inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    return Box(inner.x(), inner.y(), inner.width(), inner.height(), fill, stroke, 3.0, thickness)
