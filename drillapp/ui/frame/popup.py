"""A panel that opens below a field and closes when the person looks elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.ui.theme import GRID


class Popup(QFrame):
    """Belongs to the field it opens below; gone once closed."""

    def __init__(self, field: QWidget, width: int = 0, height: int = 0) -> None:
        super().__init__(field, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._field = field
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GRID + 4, GRID + 4, GRID + 4, GRID + 4)
        if width:
            self.setFixedSize(width, height)

    def open_below(self) -> None:
        """Show it under its field, inside the screen."""
        self.adjustSize()
        place = self._field.mapToGlobal(QPoint(0, self._field.height() + 4))
        screen = self._field.screen().availableGeometry()
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        place.setY(max(screen.top(), min(place.y(), screen.bottom() - self.height())))
        self.move(place)
        self.show()
