"""A line with further lines folded away below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.ui import icons
from drillapp.ui.parts.record_link import RecordLink
from drillapp.ui.parts.words import icon_button, row
from drillapp.ui.theme import GRID


class Folded(QWidget):
    """The arrow at the left unfolds the lines; the line itself leads where it leads."""

    def __init__(
        self, head: RecordLink, below: Sequence[RecordLink], name: str, parent: QWidget | None = None
    ) -> None:
        """`name` says what is folded away."""
        super().__init__(parent)
        self.head = head
        self.opener = icon_button("chevron-right", name, checkable=True, parent=self)
        self.opener.setEnabled(bool(below))
        self.rows = QWidget(self)
        inside = QVBoxLayout(self.rows)
        inside.setContentsMargins(5 * GRID, 0, 0, GRID)
        inside.setSpacing(0)
        for link in below:
            inside.addWidget(link)
        self.rows.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(self.opener, head, spacing=2))
        layout.addWidget(self.rows)
        self.opener.toggled.connect(self._on_toggled)

    def _on_toggled(self, is_open: bool) -> None:
        icons.dress(self.opener, "chevron-down" if is_open else "chevron-right")
        self.rows.setVisible(is_open)
