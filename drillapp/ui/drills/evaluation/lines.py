"""A short table whose texts wrap: heads, lines, and words where there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from drillapp.ui.parts.words import label, line
from drillapp.ui.theme import GRID


class Lines(QWidget):
    """Columns share the width by their stretches."""

    def __init__(self, heads: Sequence[str], stretches: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads = tuple(heads)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, GRID)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(5)
        for place, stretch in enumerate(stretches):
            self._grid.setColumnStretch(place, stretch)
        self.cells: list[list[QLabel]] = []

    def show_rows(self, rows: Sequence[Sequence[str]], empty: str) -> None:
        """Show these rows, or what is said where there are none."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.cells = []
        if not rows:
            self._grid.addWidget(label(empty, "muted", wraps=True, parent=self), 0, 0, 1, len(self._heads))
            return
        for place, head in enumerate(self._heads):
            self._grid.addWidget(label(head, "label", parent=self), 0, place)
        for number, row in enumerate(rows):
            self._grid.addWidget(line(self), 2 * number + 1, 0, 1, len(self._heads))
            self.cells.append([self._cell(text, 2 * number + 2, place) for place, text in enumerate(row)])

    def _cell(self, text: str, row: int, column: int) -> QLabel:
        made = label(text, wraps=True, parent=self)
        made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(made, row, column)
        return made
