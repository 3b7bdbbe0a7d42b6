"""Above the grid: what is in the way of a check, or that the file looks like another ledger's."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.layout import layout
from drillapp.ui.parts.words import button, label, restyle
from drillapp.ui.theme import GRID


class HintBanner(QFrame):
    """One sentence, perhaps with the way out; not there when there is nothing to say."""

    kind_said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = ""
        self.words = label("", wraps=True, parent=self)
        self.other = button("", role="link", parent=self)
        self.other.clicked.connect(lambda: self.kind_said.emit(self._kind))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 6, 12, 6)
        inside.setSpacing(GRID)
        inside.addWidget(self.words, 1)
        inside.addWidget(self.other)
        self.hide()

    def tell(self, words: str) -> None:
        """Say what is in the way; '' for nothing."""
        restyle(self, "ground", "banner-problem")
        self.words.setText(words)
        self.other.hide()
        self.setVisible(bool(words))

    def offer(self, kind: str) -> None:
        """Say that the file looks like another ledger's, and offer that one."""
        self._kind = kind
        title = layout(kind).title
        restyle(self, "ground", "banner")
        self.words.setText(_("This file looks more like the ledger {ledger}.").format(ledger=title))
        self.other.setText(_("Bring it in as {ledger}").format(ledger=title))
        self.other.setAccessibleName(self.other.text())
        self.other.show()
        self.show()
