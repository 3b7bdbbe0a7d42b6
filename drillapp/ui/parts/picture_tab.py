"""A tab of the detail panel with the picture of a record, to be chosen, opened and taken away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from drillapp.core.attachments.store import content_from
from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.parts.detail import DetailTab, MakeTab
from drillapp.ui.parts.file_dialogs import ask_open
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

Ask = Callable[[Office, int], bytes | None]
Set = Callable[[Office, int, bytes | None], Changes]


class PictureTab(DetailTab):
    """Shows the picture as wide as the panel."""

    def __init__(
        self, session: Session, ask: Ask, set_picture: Set, empty: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._ask = ask
        self._set = set_picture
        self._empty = empty
        self._row: Any = None
        self._picture = QPixmap()
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.picture.setAccessibleName(_("Picture"))
        self.words = label("", "muted", wraps=True, parent=self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.choose = button(_("Choose a picture …"), icon="open", parent=self)
        self.remove = button(_("Take it away"), parent=self)
        self.choose.clicked.connect(self._on_choose)
        self.remove.clicked.connect(lambda: self._write(None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(row(self.choose, self.remove, 1))
        layout.addWidget(self.words)
        layout.addWidget(self.picture, 1)

    def show_row(self, row: Any) -> None:
        self._row = row
        key = row.id
        self._session.tasks.run_read(
            lambda office, _progress: self._ask(office, key), self._on_picture, owner=self, replaces="picture"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def take(self, path: Path) -> None:
        """Let the record have the picture in this file."""
        self._write(path)

    def _on_choose(self) -> None:
        forms = _("Pictures (*.png *.jpg *.jpeg)")
        path = ask_open(self._session, self, _("Choose a picture"), forms, "pictures")
        if path is not None:
            self.take(path)

    def _write(self, path: Path | None) -> None:
        key, set_picture = self._row.id, self._set
        self._session.tasks.run_write(
            lambda office, _progress: set_picture(office, key, None if path is None else content_from(path)),
            lambda _changes: self.show_row(self._row),
            owner=self,
            title=_("Saving"),
        )

    def _on_picture(self, content: bytes | None) -> None:
        self._picture = QPixmap()
        if content is not None:
            self._picture.loadFromData(content)
        there = not self._picture.isNull()
        self.words.setText("" if there else self._empty)
        self.words.setVisible(not there)
        self.picture.setVisible(there)
        for made, shown in ((self.choose, True), (self.remove, there)):
            made.setVisible(shown)
            made.setEnabled(not self._session.is_read_only)
        self._fit()

    def _fit(self) -> None:
        if self._picture.isNull():
            self.picture.clear()
            return
        ratio = self.devicePixelRatioF()
        room = max(self.width() - GRID, 1)
        width = min(round(room * ratio), self._picture.width())
        fitted = self._picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        fitted.setDevicePixelRatio(ratio)
        self.picture.setPixmap(fitted)


def picture_tab(ask: Ask, set_picture: Set, empty_label: str) -> MakeTab:
    """How to make a tab that shows and changes a record's picture; the label says what is missing without one."""
    return lambda session: PictureTab(session, ask, set_picture, _(empty_label))
