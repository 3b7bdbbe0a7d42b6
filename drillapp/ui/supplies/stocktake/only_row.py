"""Which lines of a stocktake are shown: all, those still to be counted, those that differ."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.words import button
from drillapp.ui.theme import GRID


class OnlyRow(QWidget):
    """Chips of which exactly one is chosen."""

    changed = Signal(str)

    def __init__(self, chosen: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.only = chosen
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for code, words in (
            ("", _("All lines")),
            ("open", _("To be counted")),
            ("differing", _("Differences")),
        ):
            made = button(words, role="chip", checkable=True, parent=self)
            made.setAutoDefault(False)
            made.setChecked(code == chosen)
            made.clicked.connect(lambda _on=False, code=code: self._choose(code))
            group.addButton(made)
            layout.addWidget(made)
            self.buttons[code] = made

    def choose(self, code: str) -> None:
        """Choose without telling it."""
        self.only = code
        self.buttons[code].setChecked(True)

    def tell_counts(self, counts: dict[str, int]) -> None:
        """Say how many lines each would show."""
        names = {"": _("All lines"), "open": _("To be counted"), "differing": _("Differences")}
        for code, made in self.buttons.items():
            made.setText(f"{names[code]} {counts[code]}")

    def _choose(self, code: str) -> None:
        self.only = code
        self.changed.emit(code)
