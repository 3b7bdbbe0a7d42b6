"""Titles, numbered headings and the styles of running text."""

from __future__ import annotations

from drillapp.core.i18n import _
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.page import LEADING
from drillapp.core.reports.text import Line, Paragraph, Style, sentences, wrap

SIZE = 16.0


class Styles:
    """The styles of official papers in the given fonts."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self.title = Style(fonts.title, 22, 34, align="centre")
        self.subtitle = Style(fonts.kai, SIZE, LEADING, align="centre", after=LEADING / 2)
        self.body = Style(fonts.body, SIZE, LEADING, indent=2 * SIZE)
        self.flush = Style(fonts.body, SIZE, LEADING)
        self.note = Style(fonts.body, 10.5, 17, align="left", before=4, after=6)
        self.basis = Style(fonts.body, 10.5, 17, indent=2 * SIZE, align="left", after=5)
        self.levels = (
            Style(fonts.sans, SIZE, LEADING, indent=2 * SIZE, align="left"),
            Style(fonts.kai, SIZE, LEADING, indent=2 * SIZE, align="left"),
            Style(fonts.body, SIZE, LEADING, indent=2 * SIZE, align="left"),
        )

    def text(self, text: str, *, keep_with_next: float = 0.0) -> Paragraph:
        """Running text, each paragraph's first line indented by two characters."""
        return Paragraph(text, self.body, keep_with_next=keep_with_next)

    def heading(self, level: int, number: int, text: str) -> Paragraph:
        """A heading of level 1 to 3 with its number, never alone at the foot of a page."""
        return self.headline(level, numbered(level, number, text))

    def headline(self, level: int, text: str, *, keep_with_next: float = 2 * LEADING) -> Paragraph:
        """A heading of level 1 to 3 as it is to stand there."""
        return Paragraph(text, self.levels[level - 1], keep_with_next=keep_with_next)


class Title(Paragraph):
    """A centred title: on one line, or broken where its line ends say, or else in lines about equally long."""

    def _lines(self, width: float) -> tuple[Line, ...]:
        font, size = self.style.font, self.style.size
        parts = self.text.splitlines()
        whole = balanced(sentences(*parts), font, size, width)
        if len(whole) == 1:
            return whole
        return tuple(line for part in parts for line in balanced(part, font, size, width))


def balanced(text: str, font: str, size: float, width: float) -> tuple[Line, ...]:
    """As few lines as the width allows, made as equal as they can be."""
    best = wrap(text, font, size, width)
    narrow, wide = width / max(len(best), 1), width
    while len(best) > 1 and wide - narrow > size / 4:
        middle = (narrow + wide) / 2
        lines = wrap(text, font, size, middle)
        if len(lines) == len(best):
            best, wide = lines, middle
        else:
            narrow = middle
    return best


def numbered(level: int, number: int, text: str) -> str:
    """The heading with its number as the language and the level want it."""
    words = _("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20").split()
    if level == 1:
        return _("{number}. {heading}").format(number=words[number - 1], heading=text)
    if level == 2:
        return _("({number}) {heading}").format(number=words[number - 1], heading=text)
    return f"{number}. {text}"
