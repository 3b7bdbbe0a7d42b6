"""A chart as a picture: onto the clipboard, into a PNG or SVG file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QFileDialog

from drillapp.core.i18n import _
from drillapp.ui import theme

if TYPE_CHECKING:
    from drillapp.ui.charts.chart import Chart

_SHARP = 2.0
"""Pixels of a saved picture for each pixel of the window."""


def image(chart: Chart, ratio: float = _SHARP) -> QImage:
    """The chart as it is seen, on the window's ground."""
    size = chart.canvas.size()
    made = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(ratio)
    made.fill(theme.colour("surface"))
    _draw(chart, QPainter(made), size)
    return made


def save(chart: Chart, path: Path) -> None:
    """Write a picture; the ending says whether as lines (.svg) or as pixels."""
    if path.suffix.lower() == ".svg":
        _save_svg(chart, path)
    else:
        image(chart).save(str(path))


def copy(chart: Chart) -> None:
    """Put the picture on the clipboard."""
    QGuiApplication.clipboard().setImage(image(chart))


def ask_and_save(chart: Chart) -> None:
    """Ask where to, then write the picture."""
    path, _chosen = QFileDialog.getSaveFileName(
        chart, _("Save the picture"), f"{chart.name}.png", "PNG (*.png);;SVG (*.svg)"
    )
    if path:
        save(chart, Path(path))


def _save_svg(chart: Chart, path: Path) -> None:
    from PySide6.QtSvg import QSvgGenerator

    size = chart.canvas.size()
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(chart.name)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(theme.colour("surface")))
    _draw(chart, painter, size)


def _draw(chart: Chart, painter: QPainter, size: QSize) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chart.draw(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
