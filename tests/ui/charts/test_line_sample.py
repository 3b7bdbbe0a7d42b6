"""The switch of a line shows its mark."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from drillapp.core.charts.tones import LINES
from drillapp.ui.charts.line_sample import line_icon


def test_lines_are_told_apart_by_the_shape_on_their_switch(themed: QApplication) -> None:
    shapes = set()
    for ink in range(LINES):
        image = line_icon(ink).pixmap(48, 28).toImage().convertToFormat(QImage.Format.Format_Alpha8)
        shapes.add(bytes(image.constBits()))
    assert len(shapes) == LINES
