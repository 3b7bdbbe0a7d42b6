"""How a row of something that is waited for is laid out: an action, a report upward."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from drillapp.ui.theme import GRID

_RIGHT = Qt.AlignmentFlag.AlignRight


def lay_out_row(
    row: QWidget, words: QWidget, left: QWidget, about: QWidget, mark: QWidget, done: QWidget
) -> None:
    """What is waited for with the time left beside it; below who or when, how it stands, and the button."""
    layout = QGridLayout(row)
    layout.setContentsMargins(12, GRID, 12, GRID)
    layout.setHorizontalSpacing(GRID)
    layout.setVerticalSpacing(4)
    layout.addWidget(words, 0, 0, 1, 2)
    layout.addWidget(left, 0, 2, _RIGHT | Qt.AlignmentFlag.AlignTop)
    layout.addWidget(about, 1, 0)
    layout.addWidget(mark, 1, 1, _RIGHT)
    layout.addWidget(done, 1, 2)
    layout.setColumnStretch(0, 1)
