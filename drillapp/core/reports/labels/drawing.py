"""One label: its code, and beside or above it the words, as large as they fit."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.headings import balanced
from drillapp.core.reports.labels.formats import LabelFormat
from drillapp.core.reports.matrix_code import draw_code, stencil
from drillapp.core.reports.page import MM
from drillapp.core.reports.text import Line, shorten, text_width, wrap
from drillapp.core.reports.writing import Writing

Symbology = Literal["qr", "code128"]
SYMBOLOGIES: tuple[Symbology, ...] = ("qr", "code128")

_QUIET_QR = 4
"""White modules around a QR code (ISO/IEC 18004)."""
_QUIET_BARS = 10
"""White modules before and behind the bars (ISO/IEC 15417)."""
_THINNEST, _THICKEST = 0.19 * MM, 0.38 * MM
"""Of a bar: thinner ones are not read by hand scanners, thicker ones are no better."""
_QR_SHARE = 0.42
"""Of the label's width at most for a QR code."""
_BAR_SHARE = 0.36
"""Of the label's height for the bars."""
_NAME_SIZES = (15.0, 13.5, 12.0, 10.5, 9.5, 8.5, 7.5, 6.5)
_TEXT_SIZES = (9.0, 8.0, 7.2, 6.4, 5.6)
_LEAST_LINE = 0.75
"""So much smaller a line that is too long may be before it is cut; the code that people type never is."""
_NAME_LINES = 2
_LEADING = 1.22


class Label(msgspec.Struct, frozen=True):
    """What a label says."""

    code: str
    """The digits of its code."""
    name: str
    lines: tuple[str, ...]
    """Further lines, the more important first: those that find no room are left out."""
    plain: str
    """The code that people read and type."""


def draw_label(
    canvas: Any,
    label: Label,
    layout: LabelFormat,
    symbology: Symbology,
    corner: tuple[float, float],
    fonts: Fonts,
) -> None:
    """Draw it with its upper left corner there (points); raises InvalidInput where the bars would be too thin."""
    padding = layout.padding * MM
    left, top = corner[0] + padding, corner[1] - padding
    width, height = layout.width * MM - 2 * padding, layout.height * MM - 2 * padding
    if symbology == "qr":
        code = stencil(label.code)
        side = min(height, layout.width * MM * _QR_SHARE)
        draw_code(canvas, code, left, top - (height + side) / 2, side)
        gap = max(side / code[0] * _QUIET_QR, 2 * MM)
        _write(canvas, label, (left + side + gap, top, width - side - gap, height), fonts)
    else:
        bars = height * _BAR_SHARE
        _draw_bars(canvas, label, layout, (left, top - height, width), bars)
        _write(canvas, label, (left, top, width, height - bars - 1.2 * MM), fonts)


def _draw_bars(
    canvas: Any, label: Label, layout: LabelFormat, place: tuple[float, float, float], height: float
) -> None:
    from reportlab.graphics.barcode.code128 import Code128

    left, bottom, width = place
    modules = Code128(label.code, barWidth=1, quiet=0).width
    whole = layout.width * MM  # the label's padding is part of the quiet zone
    bar = min(_THICKEST, width / modules, whole / (modules + 2 * _QUIET_BARS))
    if bar < _THINNEST:
        raise InvalidInput(
            _("The format {format} is too narrow for the bar code of '{name}'.").format(
                format=layout.words, name=label.name
            ),
            _("Take a wider format, or QR codes."),
            field="format",
        )
    made = Code128(label.code, barWidth=bar, barHeight=height, quiet=0)
    made.drawOn(canvas, left + (width - made.width) / 2, bottom)


def _write(canvas: Any, label: Label, box: tuple[float, float, float, float], fonts: Fonts) -> None:
    """Name, further lines and plain code in a box of left, top, width and height."""
    left, top, width, height = box
    size, name = _fitted_name(label.name, fonts.bold, width, height * 0.55)
    ink = Writing(canvas)
    y = top
    for line in name:
        y -= size * _LEADING
        ink.put(fonts.bold, size, left, y + size * 0.24, line.text)
    text = _text_size(label, fonts.sans, width, y - (top - height))
    bottom = top - height + text * 0.3
    for words in label.lines:
        if y - text * _LEADING < bottom + text * _LEADING:
            break
        y -= text * _LEADING
        fitted = max(_narrowed(words, fonts.sans, text, width), text * _LEAST_LINE)
        ink.put(fonts.sans, fitted, left, y + text * 0.24, shorten(words, fonts.sans, fitted, width))
    ink.put(fonts.bold, _narrowed(label.plain, fonts.bold, text, width), left, bottom, label.plain)
    ink.finish()


def _narrowed(text: str, font: str, size: float, width: float) -> float:
    """The size, or a smaller one in which the text has room."""
    return min(size, size * width / max(text_width(text, font, size), 1))


def _fitted_name(name: str, font: str, width: float, height: float) -> tuple[float, tuple[Line, ...]]:
    """The largest size in which a name stands in two lines; the smallest, shortened, where it never does."""
    for size in _NAME_SIZES:
        lines = balanced(name, font, size, width)
        if len(lines) <= _NAME_LINES and len(lines) * size * _LEADING <= height:
            return size, lines
    size = _NAME_SIZES[-1]
    return size, wrap(shorten(name, font, size, width * 1.9), font, size, width)[:_NAME_LINES]


def _text_size(label: Label, font: str, width: float, height: float) -> float:
    """The largest size in which all further lines and the plain code have room below the name."""
    texts = (*label.lines, label.plain)
    for size in _TEXT_SIZES:
        fits = all(shorten(text, font, size, width) == text for text in texts)
        if fits and len(texts) * size * _LEADING <= height:
            return size
    return _TEXT_SIZES[-1]
