"""The whole file of a drill as one paper: cover, contents, then every paper there is, numbered throughout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.contents import Contents
from drillapp.core.reports.drill_cover import Cover, add_drill_cover
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Paper, Rendered
from drillapp.core.reports.text import Paragraph
from drillapp.core.reports.together import Space


class FilePart(msgspec.Struct, frozen=True):
    """A paper of the file."""

    title: str
    paper: Paper
    """What it is printed on."""
    add: Callable[[Document, Styles], None]
    """Sets it from where the page is."""


class DrillFile(msgspec.Struct, frozen=True):
    """All that is in it."""

    office: str
    title: str
    cover: Cover
    parts: tuple[FilePart, ...]
    missing: tuple[str, ...]
    """Papers that the file should have and has not."""
    elsewhere: tuple[str, ...] = ()
    """Files that cannot be printed and are kept as they are."""


def render_drill_file(
    data: DrillFile, target: str | Path | BinaryIO, progress: Progress = SILENT, *, fonts: Fonts | None = None
) -> Rendered:
    """Write the file; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(data.title, author=data.office, fonts=fonts, numbering="none", progress=progress)
    contents = Contents(document)
    styles = Styles(fonts)
    add_drill_cover(document, data.cover, styles)
    document.new_page()
    _add_contents(document, contents, data, styles)
    outlined = OutlinedStyles(fonts, contents)
    for place, part in enumerate(data.parts):
        if place:
            document.new_page(part.paper)
        else:
            document.begin_numbering(part.paper)
        document.add(contents.anchor(_key(place), 1, part.title))
        part.add(document, outlined)
    contents.fill_in()
    return document.close(target)


def _add_contents(document: Document, contents: Contents, data: DrillFile, styles: Styles) -> None:
    document.add(Title(_("Contents"), styles.title), Space(LEADING / 2))
    document.add(*(contents.entry(_key(place), 1, part.title) for place, part in enumerate(data.parts)))
    for words, names in (
        (_("Missing in this file: {papers}."), data.missing),
        (_("Kept as files of their own: {papers}."), data.elsewhere),
    ):
        if names:
            document.space(LEADING / 2)
            document.add(Paragraph(words.format(papers=_(", ").join(names)), styles.flush))


def _key(place: int) -> str:
    return f"part{place}"


class OutlinedStyles(Styles):
    """Styles whose headings enter themselves in the reader's outline, below the paper that they are of."""

    def __init__(self, fonts: Fonts, contents: Contents) -> None:
        super().__init__(fonts)
        self._contents = contents
        self._count = 0

    def headline(self, level: int, text: str, *, keep_with_next: float = 2 * LEADING) -> Paragraph:
        self._count += 1
        key = f"heading{self._count}"
        return _Outlined(
            self._contents, key, level, super().headline(level, text, keep_with_next=keep_with_next)
        )


class _Outlined(Paragraph):
    def __init__(self, contents: Contents, key: str, level: int, heading: Paragraph) -> None:
        super().__init__(heading.text, heading.style, keep_with_next=heading.keep_with_next)
        self._entry = (key, level + 1, heading.text)
        self._contents = contents

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it, and enter it in the outline."""
        self._contents.reach(*self._entry)
        super().draw(canvas, left, top, width)
