"""The outline of a text as a tree."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from drillapp.core.i18n import _
from drillapp.core.plans.content import Section, text_of
from drillapp.ui import theme

_PLACE = Qt.ItemDataRole.UserRole
_OPEN_BELOW = 60
"""So many sections are shown unfolded; of more only the first two levels."""


class OutlineTree(QTreeWidget):
    """Sections nested by their levels; what says nothing itself stands in grey."""

    place_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setAccessibleName(_("Outline"))
        self._items: list[QTreeWidgetItem] = []
        self.currentItemChanged.connect(self._on_current)

    def fill(self, sections: Sequence[Section], current: int | None = 0) -> None:
        """Show these sections, one of them chosen, without telling it."""
        self.blockSignals(True)
        self.clear()
        self._items = []
        above: list[tuple[int, QTreeWidgetItem]] = []
        for place, section in enumerate(sections):
            while above and above[-1][0] >= section.level:
                above.pop()
            item = QTreeWidgetItem([f"{section.number} {section.title}".strip()])
            item.setData(0, _PLACE, place)
            item.setToolTip(0, item.text(0))
            if not text_of(section.blocks).strip() and not section.blocks:
                item.setForeground(0, theme.colour("muted"))
            (above[-1][1].addChild if above else self.addTopLevelItem)(item)
            above.append((section.level, item))
            self._items.append(item)
        self.expandToDepth(9 if len(sections) <= _OPEN_BELOW else 0)
        if current is not None and self._items:
            self.setCurrentItem(self._items[min(current, len(self._items) - 1)])
        self.blockSignals(False)

    def current_place(self) -> int | None:
        """The place of the section chosen."""
        item = self.currentItem()
        return None if item is None else int(item.data(0, _PLACE))

    def choose(self, place: int) -> None:
        """Put the cursor on a section."""
        if 0 <= place < len(self._items):
            self.setCurrentItem(self._items[place])
            self.scrollToItem(self._items[place])

    def rename(self, place: int, words: str) -> None:
        """Show other words for a section."""
        self._items[place].setText(0, words)

    def show_only(self, places: set[int] | None) -> None:
        """Hide the sections that are not among these and have none of them below; None shows all."""
        shown: set[int] = set()
        for place in places or ():
            item: QTreeWidgetItem | None = self._items[place]
            while item is not None:
                shown.add(int(item.data(0, _PLACE)))
                item.setExpanded(True)
                item = item.parent()
        walk = QTreeWidgetItemIterator(self)
        while (item := walk.value()) is not None:
            item.setHidden(places is not None and int(item.data(0, _PLACE)) not in shown)
            walk += 1

    def _on_current(self, item: QTreeWidgetItem | None, _before: object) -> None:
        if item is not None:
            self.place_chosen.emit(int(item.data(0, _PLACE)))
