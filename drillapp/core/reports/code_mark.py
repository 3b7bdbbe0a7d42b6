"""A small QR code with its number at the upper right of a paper, so that a scan opens the record it is about."""

from __future__ import annotations

from typing import Any

from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.matrix_code import draw_code, stencil
from drillapp.core.reports.page import MM

_SIDE = 15 * MM
_GAP = 2 * MM
_SIZE = 9.0


class CodeMark:
    """Stands in the margin above the text and takes no room of it; nothing without a code."""

    keep_with_next = 0.0

    def __init__(self, code: str, number: str, fonts: Fonts) -> None:
        self._code = code
        self._number = number
        self._fonts = fonts

    def height(self, width: float) -> float:
        """None."""
        return 0.0

    def split(self, width: float, room: float) -> None:
        """It stays whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it above that line, at the right."""
        if not self._code:
            return
        right, bottom = left + width, top + _GAP
        draw_code(canvas, stencil(self._code), right - _SIDE, bottom, _SIDE)
        canvas.setFont(self._fonts.body, _SIZE)
        canvas.drawRightString(right - _SIDE - _GAP, bottom + 1, self._number)
