"""Pictures in the flow of a paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from drillapp.core.i18n import _
from drillapp.core.plans.word.imaging import TALLEST_MM, printed_size
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.page import MM
from drillapp.core.reports.text import Style, wrap

_DOTS_PER_MM = 200 / 25.4
"""As fine as a picture is printed; finer ones only make the file larger."""
_CAPTION_SIZE, _CAPTION_LEADING = 12.0, 18.0
_BOX_MM = 30.0


class PictureBlock:
    """A picture in the middle of the line with its caption below, or a box that says that it cannot be drawn."""

    keep_with_next = 0.0

    def __init__(
        self,
        content: bytes | None,
        width_mm: float,
        caption: str,
        fonts: Fonts,
        *,
        tallest_mm: float = TALLEST_MM,
    ) -> None:
        size = printed_size(content, width_mm, tallest_mm) if content else None
        self._image = _image(content, size.width) if content and size else None
        self._width, self._height = (
            (size.width * MM, size.height * MM) if size and self._image else (0.0, _BOX_MM * MM)
        )
        self._caption = caption
        self._style = Style(fonts.sans, _CAPTION_SIZE, _CAPTION_LEADING)

    def height(self, width: float) -> float:
        """Points that it takes with its caption."""
        return self._height + len(self._caption_lines(width)) * _CAPTION_LEADING + 12

    def split(self, width: float, room: float) -> None:
        """A picture stays whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with the upper left corner of its room there."""
        bottom = top - self._height - 4
        if self._image is not None:
            x = left + (width - self._width) / 2
            canvas.drawImage(self._image, x, bottom, self._width, self._height, mask="auto")
        else:
            canvas.setLineWidth(0.5)
            canvas.rect(left, bottom, width, self._height)
            canvas.setFont(self._style.font, self._style.size)
            canvas.drawCentredString(
                left + width / 2, bottom + self._height / 2, _("This picture cannot be printed.")
            )
        canvas.setFont(self._style.font, self._style.size)
        for place, line in enumerate(self._caption_lines(width), 1):
            canvas.drawCentredString(left + width / 2, bottom - place * _CAPTION_LEADING + 4, line)

    def _caption_lines(self, width: float) -> list[str]:
        if not self._caption:
            return []
        return [line.text for line in wrap(self._caption, self._style.font, self._style.size, width)]


def _image(content: bytes, width_mm: float) -> Any:
    """The picture for reportlab, no finer than it is printed; None when it cannot be decoded."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    try:
        with Image.open(BytesIO(content)) as image:
            image.load()
            most = round(width_mm * _DOTS_PER_MM)
            if image.width <= most * 1.5:
                return ImageReader(BytesIO(content))
            smaller = image.convert("RGBA" if "A" in image.getbands() else "RGB")
            return ImageReader(smaller.resize((most, round(image.height * most / image.width))))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
