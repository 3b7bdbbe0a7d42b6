"""A line that says what was done or refused, with one thing that can be done about it; it never stands in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.words import button, icon_button, label, restyle
from drillapp.ui.theme import GRID

_SHOWN_MS = 8000


class Notice(QFrame):
    """What was done goes by itself; what was refused stays until it is read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", wraps=True, parent=self)
        self.action = button("", role="link", parent=self)
        self.action.clicked.connect(self._on_action)
        self._done: Callable[[], object] | None = None
        close = icon_button("close", _("Close"), parent=self)
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 4, GRID, 4)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.action)
        layout.addWidget(close)
        self._gone = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._gone.timeout.connect(self.hide)
        self.hide()

    def tell(
        self, words: str, action: str = "", done: Callable[[], object] | None = None, *, problem: bool = False
    ) -> None:
        """Say something."""
        restyle(self, "ground", "banner-problem" if problem else "banner")
        self.words.setText(words)
        self.setAccessibleName(words)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._done = done
        self.show()
        if problem:
            self._gone.stop()
        else:
            self._gone.start()

    def _on_action(self) -> None:
        done, self._done = self._done, None
        self.hide()
        if done is not None:
            done()
