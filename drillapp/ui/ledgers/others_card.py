"""Other tables that were seen in a file: nothing of them is brought in with this one, so they are named."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.shapes import Region
from drillapp.ui.parts.words import button, label, row

_SHOWN = 5
_WORDS = 4


class OthersCard(QFrame):
    """A line for each, with a button that shows it in place of this one."""

    region_said = Signal(object)
    """A Region that somebody wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(12, 10, 12, 10)
        self._inside.setSpacing(6)
        self._shown: tuple[Region, ...] | None = None
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_regions(self, regions: Sequence[Region]) -> None:
        """Name these tables."""
        self.setVisible(bool(regions))
        if tuple(regions) == self._shown:
            return
        self._shown = tuple(regions)
        self._clear()
        self._inside.addWidget(label(_("Also in this file"), "strong", parent=self))
        for region in regions[:_SHOWN]:
            self._add(region)
        if len(regions) > _SHOWN:
            more = _("… and {count} more").format(count=len(regions) - _SHOWN)
            self._inside.addWidget(label(more, "small", parent=self))

    def _add(self, region: Region) -> None:
        holder = QWidget(self)
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        show = button(_("Take this one"), role="link", parent=holder)
        show.setAutoDefault(False)
        show.clicked.connect(lambda: self.region_said.emit(region))
        self.buttons.append(show)
        lines.addLayout(row(label(_place(region), parent=holder), 1, show))
        lines.addWidget(label(" · ".join(region.words[:_WORDS]), "small", wraps=True, parent=holder))
        self._inside.addWidget(holder)

    def _clear(self) -> None:
        self.buttons.clear()
        while (item := self._inside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _place(region: Region) -> str:
    words = _("{sheet}, from row {row}").format(sheet=region.sheet, row=max(region.header[0], 1))
    return f"{words}: {layout(region.kind).title}" if region.kind else words
