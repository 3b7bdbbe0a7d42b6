"""Dialogs in the window's own look."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.parts.words import button, label
from drillapp.ui.theme import GRID


class Dialog(QDialog):
    """A title, a body to fill, and a row of buttons; Esc leaves it, Ctrl+Enter accepts it."""

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self.setProperty("ground", "surface")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        outer.setSpacing(2 * GRID)
        self.body = QVBoxLayout()
        self.body.setSpacing(GRID)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GRID)
        self.buttons.addStretch(1)
        outer.addLayout(self.body, 1)
        outer.addLayout(self.buttons)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)

    def add_action(self, text: str, done: Callable[[], object], role: str = "") -> QPushButton:
        """Add a button at the left end of the row, before those that close the dialog."""
        made = button(text, role=role, parent=self)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: done())
        self.buttons.insertWidget(0, made)
        return made

    def add_closing(self, text: str, accepts: bool = False, role: str = "") -> QPushButton:
        """Add a button that closes the dialog; the accepting one is the default."""
        made = button(text, role=role or ("primary" if accepts else ""), parent=self)
        made.setDefault(accepts)
        made.setAutoDefault(accepts)
        made.clicked.connect(self.accept if accepts else self.reject)
        self.buttons.addWidget(made)
        return made


class Message(Dialog):
    """One sentence with an icon, a hint, and perhaps details."""

    def __init__(
        self, title: str, sentence: str, hint: str = "", *, tone: str = "blue", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        picture = QLabel(self)
        picture.setPixmap(icons.pixmap(_MESSAGE_ICONS[tone], tone, 32, self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(GRID)
        words.addWidget(label(title, "heading", wraps=True, parent=self))
        words.addWidget(label(sentence, wraps=True, parent=self))
        if hint:
            words.addWidget(label(hint, "muted", wraps=True, parent=self))
        row.addWidget(picture)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.setAccessibleDescription(f"{sentence} {hint}")
        self.closing = self.add_closing(_("Close"), accepts=True)

    def add_details(self, details: QWidget) -> None:
        """Show more below the sentence."""
        self.setMinimumWidth(600)
        self.body.addWidget(details, 1)


def confirm(
    title: str, sentence: str, action: str, *, danger: bool = False, parent: QWidget | None = None
) -> bool:
    """Ask before something that cannot simply be taken back; True when the person wants it."""
    asked = Message(title, sentence, tone="problem" if danger else "blue", parent=parent)
    asked.closing.setText(action)
    if danger:
        asked.closing.setProperty("role", "danger")
    asked.add_closing(_("Cancel"))
    return asked.exec() == QDialog.DialogCode.Accepted


_MESSAGE_ICONS = {"problem": "warning", "blue": "info"}
