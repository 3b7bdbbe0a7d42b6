"""The safety signs on disposal cards (after GB 2894), told by their shape also where the printer has no colour."""

from __future__ import annotations

from typing import Any

_BLACK = (0.1, 0.1, 0.1)
_WHITE = (1.0, 1.0, 1.0)
_RED = (0.75, 0.05, 0.1)
_BLUE = (0.0, 0.27, 0.55)
YELLOW = (1.0, 0.85, 0.2)


def draw_sign(canvas: Any, sign: str, centre: tuple[float, float], size: float) -> None:
    """Draw `warning`, `prohibition` or `duty` as tall as text of that size."""
    canvas.saveState()
    canvas.translate(*centre)
    canvas.scale(size, size)
    _SIGNS[sign](canvas)
    canvas.restoreState()


def _warning(canvas: Any) -> None:
    """A triangle with a mark of exclamation."""
    _colour(canvas, YELLOW, _BLACK)
    canvas.setLineWidth(0.08)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    path.moveTo(-0.44, -0.36)
    path.lineTo(0.44, -0.36)
    path.lineTo(0.0, 0.42)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)
    _exclamation(canvas, _BLACK, -0.26, 0.17)


def _prohibition(canvas: Any) -> None:
    """A ring with a bar across."""
    _colour(canvas, _WHITE, _RED)
    canvas.setLineWidth(0.13)
    canvas.circle(0, 0, 0.38, stroke=1, fill=1)
    canvas.line(-0.27, 0.27, 0.27, -0.27)


def _duty(canvas: Any) -> None:
    """A full disc with a mark of exclamation."""
    _colour(canvas, _BLUE, _BLUE)
    canvas.circle(0, 0, 0.44, stroke=0, fill=1)
    _exclamation(canvas, _WHITE, -0.29, 0.3)


def _exclamation(canvas: Any, ink: tuple[float, float, float], bottom: float, top: float) -> None:
    canvas.setFillColorRGB(*ink)
    canvas.rect(-0.045, bottom + 0.17, 0.09, top - bottom - 0.17, stroke=0, fill=1)
    canvas.circle(0, bottom + 0.055, 0.055, stroke=0, fill=1)


def _colour(canvas: Any, inside: tuple[float, float, float], outline: tuple[float, float, float]) -> None:
    canvas.setFillColorRGB(*inside)
    canvas.setStrokeColorRGB(*outline)


_SIGNS = {"warning": _warning, "prohibition": _prohibition, "duty": _duty}
