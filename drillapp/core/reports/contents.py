"""A table of contents whose page numbers are filled in when the text has been set."""

from __future__ import annotations

from typing import Any

from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.page import Block, Document, Paper
from drillapp.core.reports.text import shorten, text_width
from drillapp.core.reports.together import Space

SIZE, LEADING = 14.0, 25.0
_STEP = 1.6 * SIZE
_ROOM_FOR_NUMBER = 3 * SIZE


class Contents:
    """Entries and headings that belong to each other; the reader's own outline is made along with them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._pages: dict[str, int] = {}
        self._places: dict[str, tuple[float, float, float, Paper]] = {}
        self._outline_level = -1

    def entry(self, key: str, level: int, text: str) -> Block:
        """A line of the table for the heading with that key."""
        return _Entry(self, key, level, text, self._document.fonts)

    def heading(self, key: str, level: int, text: str, block: Block) -> Block:
        """A heading of the text, to which the entry with that key leads."""
        return _Heading(self, key, level, text, block)

    def anchor(self, key: str, level: int, text: str) -> Block:
        """Where something begins that has a title of its own, to which the entry with that key leads."""
        return _Heading(self, key, level, text, Space(0))

    def place(self, key: str, left: float, right: float, baseline: float) -> None:
        """The entry's dots begin and its number ends there."""
        self._places[key] = (left, right, baseline, self._document.paper)
        self._document.canvas.doForm(_form(key))

    def reach(self, key: str, level: int, text: str) -> None:
        """The heading stands on this page."""
        canvas = self._document.canvas
        self._pages.setdefault(key, self._document.number)
        canvas.bookmarkPage(key)
        self._outline_level = min(level - 1, self._outline_level + 1)
        canvas.addOutlineEntry(text, key, self._outline_level, closed=level > 1)

    def fill_in(self) -> None:
        """Write the page numbers, now that they are known."""
        canvas, font = self._document.canvas, self._document.fonts.body
        for key, (left, right, baseline, paper) in self._places.items():
            canvas.beginForm(_form(key), 0, 0, paper.width, paper.height)
            canvas.setFont(font, SIZE)
            number = str(self._pages.get(key, ""))
            canvas.drawRightString(right, baseline, number)
            end = right - text_width(number, font, SIZE) - 4
            canvas.setLineCap(1)
            canvas.setLineWidth(1)
            canvas.setDash([0.01, 5])
            canvas.line(left, baseline + 1, max(end, left), baseline + 1)
            canvas.endForm()


def _form(key: str) -> str:
    return f"page-of-{key}"


class _Entry:
    keep_with_next = 0.0

    def __init__(self, contents: Contents, key: str, level: int, text: str, fonts: Fonts) -> None:
        self._contents = contents
        self._key = key
        self._level = level
        self._text = text
        self._font = fonts.sans if level == 1 else fonts.body

    def height(self, width: float) -> float:
        """Points that it takes: one line."""
        return LEADING

    def split(self, width: float, room: float) -> None:
        """A line stays whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the title; dots and number are put beside it later."""
        indent = (self._level - 1) * _STEP
        baseline = top - LEADING / 2 - SIZE * 0.36
        text = shorten(self._text, self._font, SIZE, width - indent - _ROOM_FOR_NUMBER)
        canvas.setFont(self._font, SIZE)
        canvas.drawString(left + indent, baseline, text)
        canvas.linkRect("", self._key, (left, top - LEADING, left + width, top), Border="[0 0 0]")
        start = left + indent + text_width(text, self._font, SIZE) + 6
        self._contents.place(self._key, start, left + width, baseline)


class _Heading:
    def __init__(self, contents: Contents, key: str, level: int, text: str, block: Block) -> None:
        self._contents = contents
        self._key = key
        self._level = level
        self._text = text
        self._block = block

    @property
    def keep_with_next(self) -> float:
        """Points that the heading wants free below it."""
        return self._block.keep_with_next

    def height(self, width: float) -> float:
        """Points that the heading takes."""
        return self._block.height(width)

    def split(self, width: float, room: float) -> None:
        """A heading stays whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the heading and remember its page."""
        self._contents.reach(self._key, self._level, self._text)
        self._block.draw(canvas, left, top, width)
