"""A sheet of labels in small: a click says which place is the first that is free."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from drillapp.core.i18n import _
from drillapp.ui import theme

_CELL = QSize(44, 20)
_GAP = 3
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class Places(QWidget):
    """Places before the first free one are shown as used; arrow keys move it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = 1
        """The first free place, row by row from 1."""
        self._columns, self._rows = 1, 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def set_sheet(self, columns: int, rows: int) -> None:
        """Show a sheet with so many places."""
        self._columns, self._rows = columns, rows
        self.updateGeometry()
        self.setFixedSize(self.sizeHint())
        self.choose(1)

    def choose(self, place: int) -> None:
        """Make a place the first free one."""
        self.start = min(max(place, 1), self._columns * self._rows)
        self._tell()
        self.update()
        self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(self._columns * (_CELL.width() + _GAP), self._rows * (_CELL.height() + _GAP))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = int(event.position().x()) // (_CELL.width() + _GAP)
        row = int(event.position().y()) // (_CELL.height() + _GAP)
        if column < self._columns and row < self._rows:
            self.choose(row * self._columns + column + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self.start + step[0] + step[1] * self._columns)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self._columns * self._rows):
            row, column = divmod(place, self._columns)
            left, top = column * (_CELL.width() + _GAP) + 0.5, row * (_CELL.height() + _GAP) + 0.5
            is_first, is_used = place + 1 == self.start, place + 1 < self.start
            painter.setPen(theme.colour("accent" if is_first else "border"))
            painter.setBrush(theme.colour("accent" if is_first else "sunken" if is_used else "raised"))
            cell = QRectF(left, top, _CELL.width(), _CELL.height())
            painter.drawRoundedRect(cell, 3, 3)
            painter.setPen(theme.colour("on_accent" if is_first else "muted"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "" if is_used else str(place + 1))

    def _tell(self) -> None:
        self.setAccessibleName(_("First free place: {place}").format(place=self.start))
        self.setToolTip(_("Click the first place that is free."))
