"""Photographs of a drill, several on a page with their names below, and scans, each on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import msgspec

from drillapp.core.attachments.store import content_of
from drillapp.core.drills.record.rows import FileRow
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document
from drillapp.core.reports.picture import PictureBlock
from drillapp.core.reports.together import Space

_WIDTH_MM, _TALLEST_MM, _SCAN_MM = 82.0, 100.0, 135.0
_DOTS_PER_MM = 200 / 25.4
_EXIF, _TAKEN = 0x8769, 0x9003
"""Where a camera writes when it took a picture."""
_QUALITY = 85


class Photo(msgspec.Struct, frozen=True):
    """A picture no larger than it is printed, with what stands below it."""

    content: bytes | None
    caption: str


class Photos(msgspec.Struct, frozen=True):
    """Pictures of one kind."""

    title: str
    photos: tuple[Photo, ...]
    is_scan: bool = False


def photos_of(
    office: Office, title: str, files: Sequence[FileRow], progress: Progress, *, is_scan: bool = False
) -> Photos:
    """The pictures among the files, read one by one so that a hundred of them need no more room than one."""
    width = _SCAN_MM if is_scan else _WIDTH_MM
    found = []
    for done, file in enumerate(files):
        progress.step(done, len(files), file.name)
        found.append(upright(content_of(office, file.digest), round(width * _DOTS_PER_MM), file.name))
    return Photos(title, tuple(found), is_scan)


def upright(content: bytes, width: int, name: str) -> Photo:
    """The picture as it was held, at most so many dots wide; its name, with the moment at which the camera took it."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(content)) as image:
            taken = str(image.getexif().get_ifd(_EXIF).get(_TAKEN, ""))
            image.draft("RGB", (width * 2, width * 2))
            turned: Any = ImageOps.exif_transpose(image).convert("RGB")
            if turned.width > width:
                turned = turned.resize((width, max(1, round(turned.height * width / turned.width))))
            target = BytesIO()
            turned.save(target, "JPEG", quality=_QUALITY)
            return Photo(target.getvalue(), f"{name}　{taken}".strip())
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return Photo(None, name)


def add_photos(document: Document, data: Photos, styles: Styles) -> None:
    """Set them from where the page is."""
    document.add(Title(data.title, styles.title), Space(LEADING / 3))
    if data.is_scan:
        for photo in data.photos:
            document.add(PictureBlock(photo.content, _SCAN_MM, photo.caption, document.fonts))
        return
    blocks = [
        PictureBlock(photo.content, _WIDTH_MM, photo.caption, document.fonts, tallest_mm=_TALLEST_MM)
        for photo in data.photos
    ]
    document.add(*_pairs(blocks))


def _pairs(blocks: Sequence[PictureBlock]) -> Iterator[_Pair]:
    for start in range(0, len(blocks), 2):
        yield _Pair(blocks[start : start + 2])


class _Pair:
    """Two pictures side by side."""

    keep_with_next = 0.0

    def __init__(self, blocks: Sequence[PictureBlock]) -> None:
        self._blocks = blocks

    def height(self, width: float) -> float:
        """Points that the higher of both takes."""
        return max(block.height(width / 2) for block in self._blocks) + 6

    def split(self, width: float, room: float) -> None:
        """Pictures stay whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw both with the upper left corner of the first there."""
        for place, block in enumerate(self._blocks):
            block.draw(canvas, left + place * width / 2, top, width / 2)
