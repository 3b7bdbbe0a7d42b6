"""A figure that can be clicked: what it counts, how much, and in which state."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from drillapp.ui import icons, theme
from drillapp.ui.icons import STATE_ICONS
from drillapp.ui.parts.words import label, restyle
from drillapp.ui.theme import GRID

_ICON = 20


class FigureTile(QFrame):
    """A card with icon, number and words; click or Enter opens the rows behind."""

    clicked = Signal()

    def __init__(self, words: str, tone: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self.setProperty("role", "figure")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tone = tone
        self._icon = icon or STATE_ICONS.get(tone, "info")
        self._picture = QLabel(self)
        self._number = label("–", "title", parent=self)
        self._words = label(words, "small", parent=self)
        self._note = label("", "small", parent=self)
        self._below = label("", "small", wraps=True, parent=self)
        self.head = QHBoxLayout()
        self.head.setSpacing(GRID)
        self.head.addWidget(self._picture)
        self.head.addWidget(self._words, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(GRID)
        self.foot.addWidget(self._number)
        self.foot.addWidget(self._note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        layout.setSpacing(4)
        layout.addLayout(self.head)
        layout.addLayout(self.foot)
        layout.addWidget(self._below)
        layout.addStretch(1)
        self.show_figure("–")
        theme.notifier().changed.connect(self._dress)

    def show_figure(self, number: str, note: str = "", *, below: str = "", is_nothing: bool = False) -> None:
        """Show a number, what is to be said of it beside it and below it; one that is nothing loses its alert colour."""
        self._is_nothing = is_nothing
        self._number.setText(number)
        self._note.setText(note)
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self.setAccessibleName(f"{self._words.text()}: {' '.join(filter(None, (number, note, below)))}")
        self._dress()

    @property
    def number(self) -> str:
        """The number as it is shown."""
        return self._number.text()

    def _dress(self) -> None:
        tone = "muted" if self._is_nothing else self._tone
        self._picture.setPixmap(icons.pixmap(self._icon, tone, _ICON, self.devicePixelRatioF()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._mark(True)

    def leaveEvent(self, event: object) -> None:
        self._mark(self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark(False)

    def _mark(self, is_marked: bool) -> None:
        restyle(self, "ground", "card-marked" if is_marked else "card")
