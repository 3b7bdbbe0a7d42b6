"""In which size a card is looked at: one button a size."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.words import button


class SizeChoice(QButtonGroup):
    """The buttons of some sizes; `paper` is the one chosen."""

    chosen = Signal()

    def __init__(self, sizes: Iterable[str], paper: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.paper = paper
        self._by_size = {name: self._made(name, parent) for name in sizes}

    def __getitem__(self, size: str) -> QPushButton:
        return self._by_size[size]

    def _made(self, name: str, parent: QWidget) -> QPushButton:
        made = button(_words()[name], role="chip", checkable=True, parent=parent)
        made.setAutoDefault(False)
        made.setChecked(name == self.paper)
        made.clicked.connect(lambda: self._on_clicked(name))
        self.addButton(made)
        return made

    def _on_clicked(self, name: str) -> None:
        self.paper = name
        self.chosen.emit()


def _words() -> dict[str, str]:
    return {"pocket": _("Pocket"), "a6": "A6", "a4": "A4", "a3": "A3"}
