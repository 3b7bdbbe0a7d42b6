"""The file as it is, all its rows, and those of each state that there is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QWidget

from drillapp.core.i18n import _
from drillapp.ui.ledgers.states import STATES, state_label

FILE = "file"


class StateTabs(QTabBar):
    """Tabs that come and go with what a check finds; the one that was chosen stays where it can."""

    chosen = Signal(object)
    """FILE, a state, or None for all rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setExpanding(False)
        self.setAccessibleName(_("What is shown of the file"))
        self._keys: list[str | None] = []
        self.current: str | None = FILE
        self.show_counts(None, 0)
        self.currentChanged.connect(self._on_changed)

    def show_counts(self, counts: Mapping[str, int] | None, total: int) -> None:
        """Show a tab for each state with rows; without counts the rows' tabs wait without numbers."""
        if counts is None and len(self._keys) > 1:
            self.setEnabled(True)
            return
        found: list[tuple[str | None, str]] = [(FILE, _("The file itself"))]
        if counts is not None:
            found.append((None, _("All rows {count}").format(count=f"{total:,}")))
            found += [(key, f"{state_label(key)} {counts[key]:,}") for key in STATES if counts.get(key)]
        wanted = self.current
        self.blockSignals(True)
        while self.count() > len(found):
            self.removeTab(self.count() - 1)
        for place, (_key, text) in enumerate(found):
            if place < self.count():
                self.setTabText(place, text)
            else:
                self.addTab(text)
        self._keys = [key for key, _text in found]
        self.current = wanted if wanted in self._keys else None if None in self._keys else FILE
        self.setCurrentIndex(self._keys.index(self.current))
        self.blockSignals(False)

    def choose(self, key: str | None) -> None:
        """Show these rows, if there are any."""
        if key in self._keys:
            self.setCurrentIndex(self._keys.index(key))

    def _on_changed(self, place: int) -> None:
        if 0 <= place < len(self._keys):
            self.current = self._keys[place]
            self.chosen.emit(self.current)
