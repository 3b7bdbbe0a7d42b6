"""A printed card drawn as wide as there is room; where that is little, a pocket card's back stands below its front."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.pdf_preview import render_page
from drillapp.ui.theme import GRID

_PIXELS = 820
"""Across a face: sharp on a screen of 200 %."""
_ROOM_FOR_TWO = 760
"""Least width for two faces beside each other, in pixels of the window: below it a pocket card cannot be read."""


class CardPicture(QLabel):
    """Shows a card, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._beside = QImage()
        self._below = QImage()
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(_("The card as printed"))

    def show_card(self, image: QImage, size: str) -> None:
        """Take the picture of a card of that size; `fit` draws it."""
        from drillapp.core.reports.card_format import card_format  # brings the report kit

        self._beside = image
        self._below = image if image.isNull() or card_format(size).faces == 1 else _one_below_other(image)

    def fit(self, room: int) -> None:
        """Draw the card into so many pixels of the window."""
        image = self._beside if room >= _ROOM_FOR_TWO else self._below
        if image.isNull():
            self.clear()
            return
        ratio = self.devicePixelRatioF()
        width = max(round(room * ratio), 1)
        picture = QPixmap.fromImage(image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        picture.setDevicePixelRatio(ratio)
        self.setPixmap(picture)


def cut_out(path: Path, size: str) -> QImage:
    """The first card of a printed sheet, without the sheet around it."""
    from drillapp.core.reports.card_format import card_format

    layout = card_format(size)
    sheet = render_page(path.read_bytes(), 0, _PIXELS / layout.face[0])
    if layout.places == 1:
        return sheet
    (left, top), scale = next(layout.corners()), sheet.height() / layout.sheet[1]
    place = (left, layout.sheet[1] - top, *layout.card)
    return sheet.copy(QRect(*(round(side * scale) for side in place)))


def _one_below_other(image: QImage) -> QImage:
    width, height = image.width() // 2, image.height()
    made = QImage(width, 2 * height + GRID, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    for place in (0, 1):
        face = QRect(place * width, 0, width, height)
        painter.drawImage(QRect(0, place * (height + GRID), width, height), image, face)
    painter.end()
    return made
