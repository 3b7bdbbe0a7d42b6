"""A button that is held down for a moment, so that a slip does nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons, theme
from drillapp.ui.parts.words import restyle

HOLD_MS = 600
_STEP_MS = 30


class HoldButton(QPushButton):
    """Held with the mouse, Space or Enter; how far it is shows in the button itself."""

    held = Signal()
    slipped = Signal()
    """It was let go too early."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passed = 0
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._on_step)
        self.pressed.connect(self._on_pressed)
        self.released.connect(self._on_released)

    def tell(self, text: str, icon: str, role: str = "") -> None:
        """Be for something."""
        if self.text() == text:
            return
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(_("Hold down: {action}").format(action=text))
        icons.dress(self, icon, "on_accent" if role == "primary" else "muted")
        restyle(self, "role", role)

    def hideEvent(self, event: QEvent) -> None:
        self._end()
        super().hideEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._passed:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        is_primary = self.property("role") == "primary"
        painter.setBrush(theme.colour("on_accent" if is_primary else "accent"))
        width = (self.width() - 12) * min(1.0, self._passed / HOLD_MS)
        painter.drawRoundedRect(QRectF(6, self.height() - 6, width, 3), 1.5, 1.5)
        painter.end()

    def _on_pressed(self) -> None:
        self._passed = 1
        self._timer.start()
        self.update()

    def _on_step(self) -> None:
        self._passed += _STEP_MS
        self.update()
        if self._passed >= HOLD_MS:
            self._end()
            self.held.emit()

    def _on_released(self) -> None:
        if self._timer.isActive():
            self._end()
            self.slipped.emit()

    def _end(self) -> None:
        self._timer.stop()
        self._passed = 0
        self.update()
