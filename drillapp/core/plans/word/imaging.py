"""How large pictures are, and which of them can be drawn."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

TEXT_WIDTH_MM = 156.0
TALLEST_MM = 200.0
"""Leaves room for the words below a picture on the same page."""
_MM_PER_PIXEL = 25.4 / 96


class Size(NamedTuple):
    """Width and height in millimetres."""

    width: float
    height: float


def printed_size(content: bytes, width_mm: float) -> Size | None:
    """How large a picture stands on the page: as wide as it is meant to be, if that fits; None for no picture at all."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as image:
            across, down = image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if not across or not down:
        return None
    width = min(width_mm or across * _MM_PER_PIXEL, TEXT_WIDTH_MM, TALLEST_MM * across / down)
    return Size(width, width * down / across)
