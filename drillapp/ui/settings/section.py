"""What every part of the settings is: a heading, a sentence, and cards below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from drillapp.ui.parts.words import card, label, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

WIDTH = 720
"""Lines longer than this are hard to read."""


class SettingsSection(QWidget):
    """Made when first looked at; `refresh` is called each time it comes into sight."""

    def __init__(
        self, session: Session, title: str, sentence: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.setProperty("ground", "surface")
        self._content = QWidget()
        self._content.setProperty("ground", "surface")
        self._content.setMaximumWidth(WIDTH)
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, GRID, 3 * GRID)
        self.body.setSpacing(2 * GRID)
        self.body.addWidget(label(title, "heading", parent=self._content))
        if sentence:
            self.body.addWidget(label(sentence, "muted", wraps=True, parent=self._content))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, GRID, 0)
        layout.addWidget(scrolled(self._content, self, sideways=False))

    def refresh(self) -> None:
        """Show the facts of now."""

    def add_card(self, title: str) -> QVBoxLayout:
        """A card with a title; what is put into the layout stands in it."""
        frame, layout = card(self._content, 2 * GRID)
        layout.setSpacing(GRID + 4)
        layout.addWidget(label(title, "label", parent=frame))
        self.body.addWidget(frame)
        return layout

    def add_stretch(self) -> None:
        """Keep the cards at the top."""
        self.body.addStretch(1)


class FactGrid(QGridLayout):
    """Names at the left, values at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(3 * GRID)
        self.setVerticalSpacing(GRID)
        self.setColumnStretch(1, 1)

    def add(self, name: str, value: str | QWidget, parent: QWidget) -> None:
        """Add a line."""
        line = self.rowCount()
        head = label(name, "small", parent=parent)
        head.setMinimumWidth(120)
        self.addWidget(head, line, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(value, str):
            value = label(value, wraps=True, parent=parent)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(name)
        self.addWidget(value, line, 1)
