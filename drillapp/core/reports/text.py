"""Text that wraps as Chinese typesetting asks, with Latin words whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from drillapp.core.i18n import language
from drillapp.core.reports.fonts import stack
from drillapp.core.reports.writing import Writing

# What may not end a line, and what may not begin one (GB/T 15834).
_OPENING = "（《〈「『【〔〖｛［“‘([{￥¥$№"
_CLOSING = "，。、；：？！）》〉」』】〕〗｝］”’…—～·,.;:?!)]}%‰℃°㎡"
_TRAILING_WHITE = "，。、；：？！）》〉」』】〕〗｝］”’"  # their ink fills the left half of the square alone
# A number stays with the word of measure behind it, as GB/T 15835 prints them.
_LATIN = (
    r"[0-9A-Za-z\u00C0-\u024F](?:[-+./:'’&_@#%\\=]*[0-9A-Za-z\u00C0-\u024F])*(?:(?<=[0-9])[\u4E00-\u9FFF])?"
)
_PIECES = re.compile(rf"[ \t\u3000]+|[{re.escape(_OPENING)}]*(?:{_LATIN}|[^ \t])[{re.escape(_CLOSING)}]*")

_WIDEST_SPREAD = 0.15
"""More room between two signs, in squares: a line that lacks more than that, since a long word follows, ends short."""


class Line(msgspec.Struct, frozen=True):
    """One line of a paragraph."""

    text: str
    width: float
    """In points, without what hangs over the right edge."""
    is_last: bool
    """Of its paragraph: not spread over the whole width."""


def pieces(text: str) -> list[str]:
    """The text in the pieces that a line break may not divide."""
    return _PIECES.findall(text)


@lru_cache(maxsize=4096)
def wrap(text: str, font: str, size: float, width: float, indent: float = 0.0) -> tuple[Line, ...]:
    """The lines that the text takes in that width, the first of each paragraph indented (all in points)."""
    found: list[Line] = []
    for paragraph in text.splitlines() or [""]:
        found.extend(_paragraph(paragraph.strip(" \t"), font, size, width, indent))
    return tuple(found)


def _paragraph(text: str, font: str, size: float, width: float, indent: float) -> Iterator[Line]:
    widths, scale = stack(font).widths, size * 0.001
    line: list[str] = []
    used, room = 0.0, (width - indent) / scale
    for piece in pieces(text):
        wide = sum(map(widths.__getitem__, piece))
        if used + wide - _overhang(piece, widths) <= room + 0.01:
            line.append(piece)
            used += wide
            continue
        if line:
            yield _line(line, used, widths, scale)
            line, used, room = [], 0.0, width / scale
        if piece.isspace():
            continue
        for part in _divide(piece, widths, room):
            if used:
                yield _line(line, used, widths, scale)
            line, used = [part], sum(map(widths.__getitem__, part))
    yield Line("".join(line).rstrip(), used * scale, is_last=True)


def _overhang(piece: str, widths: dict[str, float]) -> float:
    """How much of the piece is white at its right side and may stand over the edge."""
    return widths[piece[-1]] / 2 if piece[-1] in _TRAILING_WHITE and widths[piece[-1]] > 900 else 0.0


def _line(line: list[str], used: float, widths: dict[str, float], scale: float) -> Line:
    text = "".join(line)
    kept = text.rstrip()
    used -= sum(map(widths.__getitem__, text[len(kept) :]))
    return Line(kept, (used - _overhang(kept, widths) if kept else 0.0) * scale, is_last=False)


def _divide(piece: str, widths: dict[str, float], room: float) -> Iterator[str]:
    """A piece that is wider than a whole line, in parts that fit."""
    start, used = 0, 0.0
    for place, character in enumerate(piece):
        used += widths[character]
        if used > room and place > start and character not in _TRAILING_WHITE:
            yield piece[start:place]
            start, used = place, widths[character]
    yield piece[start:]


def sentences(*parts: str) -> str:
    """The sentences one after the other, with a space between them where the language has spaces."""
    return (" " if language() == "en" else "").join(part for part in parts if part)


def text_width(text: str, font: str, size: float) -> float:
    """Width of the text on one line, in points."""
    return stack(font).stringWidth(text, size)


def shorten(text: str, font: str, size: float, width: float) -> str:
    """The text, or as much of its beginning as fits in that width with an ellipsis."""
    if text_width(text, font, size) <= width:
        return text
    while text and text_width(text + "…", font, size) > width:
        text = text[:-1]
    return text + "…"


class Style(msgspec.Struct, frozen=True):
    """How a paragraph looks; lengths in points."""

    font: str
    size: float = 16.0
    leading: float = 28.9
    indent: float = 0.0
    align: str = "justify"
    """`justify`, `left`, `centre` or `right`."""
    before: float = 0.0
    after: float = 0.0


class Paragraph:
    """Text in one style, that may go on over pages."""

    def __init__(self, text: str, style: Style, *, keep_with_next: float = 0.0) -> None:
        self.text = text
        self.style = style
        self.keep_with_next = keep_with_next
        self._rest: tuple[Line, ...] | None = None
        self._is_start = True

    def _lines(self, width: float) -> tuple[Line, ...]:
        if self._rest is not None:
            return self._rest
        return wrap(self.text, self.style.font, self.style.size, width, self.style.indent)

    def height(self, width: float) -> float:
        """Points that it takes in that width."""
        return self.style.before + len(self._lines(width)) * self.style.leading + self.style.after

    def split(self, width: float, room: float) -> tuple[Paragraph, Paragraph] | None:
        """The lines that fit in the room and the others; none when fewer than two would stand on either side."""
        lines = self._lines(width)
        count = min(int((room - self.style.before) / self.style.leading + 0.001), len(lines) - 2)
        if count < 2:
            return None
        return self._part(lines[:count], self._is_start), self._part(lines[count:], False)

    def _part(self, lines: tuple[Line, ...], is_start: bool) -> Paragraph:
        part = Paragraph(self.text, self.style, keep_with_next=self.keep_with_next)
        part._rest, part._is_start = lines, is_start
        return part

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        style = self.style
        baseline = top - style.before - style.leading / 2 - style.size * 0.36
        writing = Writing(canvas)
        starts = self._is_start
        for line in self._lines(width):
            indent = style.indent if starts else 0.0
            put_line(
                writing,
                line,
                (style.font, style.size),
                (left + indent, baseline),
                width - indent,
                style.align,
            )
            baseline -= style.leading
            starts = line.is_last
        writing.finish()


def put_line(
    writing: Writing,
    line: Line,
    font: tuple[str, float],
    place: tuple[float, float],
    width: float,
    align: str,
) -> None:
    """Write one line from that place on, spread or shifted over the width as its alignment says."""
    spare = width - line.width
    spacing = spare / max(len(line.text) - 1, 1)
    if align != "justify" or line.is_last or spacing > _WIDEST_SPREAD * font[1]:
        spacing = 0.0
    shift = {"centre": spare / 2, "right": spare}.get(align, 0.0)
    writing.put(*font, place[0] + shift, place[1], line.text, spacing)
