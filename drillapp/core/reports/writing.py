"""Many lines of text on a page, written several times faster than reportlab's text objects do."""

from __future__ import annotations

from typing import Any

from drillapp.core.reports.fonts import stack


class Writing:
    """Lines put anywhere on the page that is open; `finish` sets them on it."""

    def __init__(self, canvas: Any, *, grey: float = 0.0) -> None:
        """Begin; `grey` is the lightness of the ink, 0 black to 1 white."""
        self._canvas = canvas
        self._document = canvas._doc
        self._code = [f"q BT {grey:.3g} g"]
        self._font: tuple[str, float, int] | None = None
        self._spacing = 0.0

    def put(self, font: str, size: float, x: float, y: float, text: str, spacing: float = 0.0) -> None:
        """One line with its baseline beginning there; `spacing` goes between its characters (points)."""
        pieces = stack(font).splitString(text, self._document)
        if not pieces:
            return
        code = self._code
        if abs(spacing - self._spacing) > 0.0005:
            code.append(f"{spacing:.3f} Tc")
            self._spacing = spacing
        code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        for subset, content in pieces:
            if (font, size, subset) != self._font:
                name = stack(font).getSubsetInternalName(subset, self._document)
                code.append(f"{name} {size:.3f} Tf")
                self._font = (font, size, subset)
            code.append(f"<{content.hex()}> Tj")

    def finish(self) -> None:
        """Set the lines on the page."""
        self._code.append("ET Q")
        self._canvas.addLiteral("\n".join(self._code))
