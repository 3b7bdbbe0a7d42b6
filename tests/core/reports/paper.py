"""What a rendered PDF says and shows."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2


def texts(pdf: BytesIO) -> list[str]:
    """The text of each page, without the spaces and line ends of its layout."""
    document = pypdfium2.PdfDocument(pdf.getvalue())
    found = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return found


def picture(pdf: BytesIO, page: int = 0, scale: float = 2.5) -> Any:
    """The page as it looks."""
    document = pypdfium2.PdfDocument(pdf.getvalue())
    image = document[page].render(scale=scale).to_pil()
    document.close()
    return image


def read(path: Path) -> str:
    """All that a file says, without spaces."""
    return "".join(texts(BytesIO(path.read_bytes())))
