"""What pictures are, and how large."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

TEXT_WIDTH_MM = 156.0
TALLEST_MM = 200.0
"""Leaves room for the words below a picture on the same page."""
_MM_PER_PIXEL = 25.4 / 96
_BEGINNINGS = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"\x01\x00\x00\x00": "image/x-emf",
    b"\xd7\xcd\xc6\x9a": "image/x-wmf",
}


class Size(NamedTuple):
    """Width and height in millimetres."""

    width: float
    height: float


def printed_size(content: bytes, width_mm: float, tallest_mm: float = TALLEST_MM) -> Size | None:
    """How large a picture stands on the page: as wide as it is meant to be, if that fits; None for no picture at all."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as image:
            across, down = image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if not across or not down:
        return None
    width = min(width_mm or across * _MM_PER_PIXEL, TEXT_WIDTH_MM, tallest_mm * across / down)
    return Size(width, width * down / across)


def media_type_of(content: bytes, suffix: str = "") -> str:
    """What kind of picture the bytes are, by how they begin, else by the end of the file's name."""
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    return f"image/{'svg+xml' if suffix == 'svg' else suffix or 'unknown'}"
