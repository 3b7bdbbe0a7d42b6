"""Which kind of unit is ranked: like with like, where units of several kinds are right below the scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.ui.parts.words import button


class KindSwitch(QWidget):
    """One chip a kind, with its count, and one for all of them."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = ""
        """The code of the kind chosen; empty for all."""
        self._counts: Counter[str] = Counter()
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    def offer(self, kinds: Sequence[str]) -> None:
        """Offer these kinds; the one with most units is chosen at first."""
        counts = Counter(kinds)
        if counts == self._counts:
            return
        is_other = counts.keys() != self._counts.keys()
        self._counts = counts
        if is_other:
            self.kind = max(counts, key=lambda kind: counts[kind], default="")
        self._fill()

    def _fill(self) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.deleteLater()
        self.setVisible(len(self._counts) > 1)
        for kind, count in [*self._counts.most_common(), ("", self._counts.total())]:
            words = enumerations.label("unit_kind", kind) if kind else _("All")
            made = button(f"{words} {count}", role="chip", checkable=True, parent=self)
            made.setChecked(kind == self.kind)
            made.clicked.connect(lambda _on=False, kind=kind: self._choose(kind))
            self._group.addButton(made)
            self._row.addWidget(made)

    def _choose(self, kind: str) -> None:
        self.kind = kind
        self.chosen.emit()
