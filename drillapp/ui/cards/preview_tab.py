"""A card exactly as it will be printed, beside the list."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.parts.detail import DetailTab
from drillapp.ui.parts.pdf_preview import render_page
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_SCALE = 2.5
"""Pixels a point: sharp on a screen of 200 %."""


class PreviewTab(DetailTab):
    """Makes the PDF of the card shown and draws its first page."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._image = QImage()
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.picture.setAccessibleName(_("The card as printed"))
        self.problem = label("", "muted", wraps=True, parent=self)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.addWidget(self.problem)
        layout.addWidget(scrolled(self.picture, self, sideways=False), 1)

    def show_row(self, row: Any) -> None:
        number = row.number
        self._session.tasks.run_read(
            lambda office, _progress: _card_image(office, number),
            self._on_image,
            owner=self,
            failed=self._on_failed,
            replaces="card",
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_image(self, image: QImage) -> None:
        self._image = image
        self.problem.hide()
        self._fit()

    def _on_failed(self, error: BaseException) -> None:
        """A card that cannot be printed says why in place of its picture."""
        if not isinstance(error, DrillappError):
            self._session.tasks.tell_error(error)
            return
        self._image = QImage()
        self.picture.clear()
        self.problem.setText(" ".join((error.message, error.hint)))
        self.problem.show()

    def _fit(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        width = round((self.width() - 2 * GRID) * ratio)
        mode = Qt.TransformationMode.SmoothTransformation
        picture = QPixmap.fromImage(self._image.scaledToWidth(max(width, 1), mode))
        picture.setDevicePixelRatio(ratio)
        self.picture.setPixmap(picture)


def _card_image(office: Office, number: str) -> QImage:
    from drillapp.core.reports.registry import write_cards  # brings the report kit

    with tempfile.TemporaryDirectory(prefix="drillapp-") as folder:
        path = Path(folder) / "card.pdf"
        write_cards(office, path, numbers=[number], size="a6")
        return render_page(path.read_bytes(), 0, _SCALE)
