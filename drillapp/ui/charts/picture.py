"""A chart as a picture: onto the clipboard, into a PNG or SVG file; always in the colours of paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSizeF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QFileDialog

from drillapp.core.charts.tones import PAPER, chart_tones
from drillapp.core.files import write_whole
from drillapp.core.i18n import _
from drillapp.ui.charts.brush import Brush

if TYPE_CHECKING:
    from drillapp.ui.charts.chart import ChartView

_DOTS_PER_INCH = 96
"""So that a pixel of the window is one of a web page."""
_SHARP = 2.0
"""Pixels of a saved picture for each pixel of the window."""


def image(chart: ChartView, ratio: float = _SHARP) -> QImage:
    """The chart on white."""
    size = chart.picture_size()
    made = QImage((size * ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(ratio)
    made.fill(QColor(PAPER["surface"]))
    _draw(chart, QPainter(made), size)
    return made


def save(chart: ChartView, path: Path) -> None:
    """Write a picture; the ending says whether as lines (.svg) or as pixels. Raises Unavailable."""
    write_whole(path, _svg(chart) if path.suffix.lower() == ".svg" else _png(chart))


def copy(chart: ChartView) -> None:
    """Put the picture on the clipboard."""
    QGuiApplication.clipboard().setImage(image(chart))


def ask_and_save(chart: ChartView, kind: str) -> None:
    """Ask where to, then write the picture; `kind` is png or svg."""
    path, _chosen = QFileDialog.getSaveFileName(
        chart, _("Save the picture"), f"{chart.name}.{kind}", f"{kind.upper()} (*.{kind})"
    )
    if path:
        save(chart, Path(path if path.lower().endswith(f".{kind}") else f"{path}.{kind}"))


def _png(chart: ChartView) -> bytes:
    buffer = QBuffer()
    QImageWriter(buffer, QByteArray(b"png")).write(image(chart))
    return bytes(buffer.data().data())


def _svg(chart: ChartView) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    buffer, size = QBuffer(), chart.picture_size()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_DOTS_PER_INCH)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(chart.name)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(PAPER["surface"]))
    _draw(chart, painter, size, is_vector=True)
    return bytes(buffer.data().data())


def _draw(chart: ChartView, painter: QPainter, size: QSizeF, *, is_vector: bool = False) -> None:
    Brush(painter, chart_tones(PAPER), is_vector=is_vector).paint(chart.drawn(size).shapes)
    painter.end()
