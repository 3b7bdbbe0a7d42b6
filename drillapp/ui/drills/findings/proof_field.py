"""A file that shows that something was put right: dropped here or chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from drillapp.core.attachments.store import MOST_MEGABYTES
from drillapp.core.i18n import _
from drillapp.ui.parts.dropped import dropped_files, welcome_files
from drillapp.ui.parts.words import button, label
from drillapp.ui.theme import GRID


class ProofField(QWidget):
    """Its value is the file's path."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._path: Path | None = None
        self.choose = button(_("Choose a file …"), icon="add", parent=self)
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._on_choose)
        self._name = label("", "small", wraps=True, parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.choose)
        layout.addWidget(self._name, 1)
        self.setFocusProxy(self.choose)
        self._tell()

    def value(self) -> Path | None:
        """The file; None when there is none."""
        return self._path

    def set_value(self, value: Any) -> None:
        """Take this file."""
        self._path = value
        self._tell()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        welcome_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        for path in dropped_files(event)[:1]:
            self.take(path)

    def take(self, path: Path) -> None:
        """Take a file that the person brought."""
        self.set_value(path)
        self.edited.emit()

    def _on_choose(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(self, _("Proof"))
        if name:
            self.take(Path(name))

    def _tell(self) -> None:
        limit = _("or drop it here; up to {most} MB").format(most=MOST_MEGABYTES)
        self._name.setText(limit if self._path is None else self._path.name)
