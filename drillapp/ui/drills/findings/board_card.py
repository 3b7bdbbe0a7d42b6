"""A finding as a card that can be dragged or pushed from column to column, and the area that takes it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.parts import record_lines
from drillapp.ui.parts.record_link import RecordLink
from drillapp.ui.parts.words import scrolled

COLUMNS: dict[str, tuple[str, ...]] = {
    "open": ("overdue", "open"),
    "done": ("done",),
    "verified": ("verified",),
    "accepted": ("accepted",),
}
"""The columns with the states of what stands in each."""
_STEPS = {
    ("open", "done"): "done",
    ("open", "accepted"): "accepted",
    ("done", "verified"): "verified",
    ("done", "open"): "rejected",
    ("verified", "open"): "reopened",
    ("accepted", "open"): "reopened",
}
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def step_between(state: str, column: str) -> str | None:
    """The step that takes what stands so to a column; None when no single one does."""
    return _STEPS.get(("open" if state == "overdue" else state, column))


class BoardCard(RecordLink):
    """Ctrl with an arrow key pushes it by a column."""

    pushed = Signal(object, int)
    """The finding, and by how many columns to the right."""

    def __init__(self, finding: Any, *, several: bool, parent: QWidget | None = None) -> None:
        """`several`: whether its column holds several states, so that it says its own."""
        line = record_lines.finding_line(finding)
        if not several:
            line = line._replace(mark="")
        if finding.again:
            line = line._replace(subtitle=" · ".join((_("again"), line.subtitle)))
        super().__init__(line, parent)
        self.finding = finding
        self._pressed_at: QPoint | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _MOVES:
            self.pushed.emit(self.finding, _MOVES[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        way = event.position().toPoint() - (self._pressed_at or event.position().toPoint())
        if event.buttons() & Qt.MouseButton.LeftButton and (
            way.manhattanLength() >= QApplication.startDragDistance()
        ):
            self.setDown(False)
            self._drag()
            return
        super().mouseMoveEvent(event)

    def _ground(self, painter: QPainter, state: QStyle.StateFlag) -> None:
        painter.setPen(theme.colour("border"))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        super()._ground(painter, state)

    def _drag(self) -> None:
        self._pressed_at = None
        drag = QDrag(self)
        data = QMimeData()
        data.setText(self.line.title)
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.MoveAction)


class CardArea(QWidget):
    """The cards of a column; takes those of other columns."""

    dropped = Signal(object)
    """The finding of the card."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAcceptDrops(True)
        self._area = scrolled(None, self, sideways=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)

    def show_cards(self, content: QWidget) -> None:
        """Show these in the place of those before."""
        self._area.setWidget(content)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        source = event.source()
        if isinstance(source, BoardCard) and source.finding.state not in COLUMNS[self._name]:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        source = event.source()
        if isinstance(source, BoardCard):
            event.acceptProposedAction()
            self.dropped.emit(source.finding)
