"""What stands where there is nothing to show: loading, empty, failed."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.parts.words import button, label
from drillapp.ui.theme import GRID

_PATIENCE_MS = 250
"""Loading that is over sooner is not worth a word."""


class Placeholder(QWidget):
    """An icon, a sentence, and what can be done about it."""

    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty_text = _("Nothing to show here")
        self.empty_hint = ""
        self._picture = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = label("", "heading", parent=self)
        self._hint = label("", "muted", wraps=True, parent=self)
        for words in (self._title, self._hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._retry = button(_("Try again"), icon="refresh", parent=self)
        self._retry.clicked.connect(self.retry_wanted)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._show("due-later", "faint", _("Loading …"), ""))
        self.extra = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setSpacing(GRID)
        layout.addStretch(2)
        layout.addWidget(self._picture)
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(self.extra)
        layout.addStretch(3)

    def tell(self, state: str, sentence: str = "") -> None:
        """Show a state: loading, empty or failed (with what went wrong)."""
        self._patience.stop()
        self._retry.setVisible(state == "failed")
        if state == "loading":
            self._show("", "faint", "", "")
            self._patience.start()
        elif state == "empty":
            self._show("search", "faint", self.empty_text, self.empty_hint)
        else:
            self._show("warning", "problem", _("This could not be loaded"), sentence)

    def _show(self, icon: str, tone: str, title: str, hint: str) -> None:
        self._picture.setVisible(bool(icon))
        if icon:
            self._picture.setPixmap(icons.pixmap(icon, tone, 36, self.devicePixelRatioF()))
        self._title.setText(title)
        self._hint.setText(hint)
