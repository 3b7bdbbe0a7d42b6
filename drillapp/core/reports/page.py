"""The page of official papers (GB/T 9704-2012) and the flow of blocks over its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, Protocol

import msgspec

from drillapp.core.files import write_whole
from drillapp.core.i18n import _, language
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports import fonts as font_stacks
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.text import text_width

MM = 72 / 25.4
LEADING = 225 * MM / 22  # 22 lines fill the 225 mm between the margins


class Paper(msgspec.Struct, frozen=True):
    """Size and margins, in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def text_width(self) -> float:
        """Between the side margins."""
        return self.width - self.left - self.right


OFFICIAL = Paper(210 * MM, 297 * MM, left=28 * MM, right=26 * MM, top=37 * MM, bottom=35 * MM)

FORM_SHEET = Paper(210 * MM, 297 * MM, left=20 * MM, right=18 * MM, top=20 * MM, bottom=22 * MM)
"""Narrower margins than official papers: for forms to fill in, which are no letters."""


class Rendered(msgspec.Struct, frozen=True):
    """What came out."""

    pages: int
    missing: tuple[str, ...]
    """Characters that no font has, by code and name; they are printed as boxes."""


class Block(Protocol):
    """Something that stands in the flow and knows its own size."""

    @property
    def keep_with_next(self) -> float:
        """Points that must be free below it on the same page."""

    def height(self, width: float) -> float:
        """Points that it takes in that width."""

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """What fits in the room and what remains; None when it must move as a whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""


class Document:
    """A paper that is being written; nothing reaches its file before it is closed."""

    def __init__(
        self,
        title: str,
        *,
        author: str = "",
        fonts: Fonts | None = None,
        paper: Paper = OFFICIAL,
        numbering: str = "dashes",
        progress: Progress = SILENT,
    ) -> None:
        """Begin with an empty page; `numbering` is `dashes` (as official papers), `of` (page x of y) or `none`."""
        self.fonts = fonts or font_stacks.bundled()
        self.paper = paper
        self.canvas = new_canvas(title, author, (paper.width, paper.height), self.fonts)
        self._numbering = numbering
        self._progress = progress
        self._page = 1
        self._first_numbered = 1
        self._top = paper.height - paper.top

    @property
    def number(self) -> int:
        """What this page is called."""
        return self._page - self._first_numbered + 1

    @property
    def room(self) -> float:
        """Points that are free on this page."""
        return self._top - self.paper.bottom

    def add(self, *blocks: Block) -> None:
        """Set the blocks one below the other, over as many pages as they need."""
        for block in blocks:
            rest: Block | None = block
            while rest is not None:
                rest = self._place(rest)

    def space(self, points: float) -> None:
        """Leave some of the page free, unless the page has just begun."""
        if self._top < self.paper.height - self.paper.top:
            self._top -= points

    def new_page(self, paper: Paper | None = None) -> None:
        """Finish this page and begin the next, from there on on another paper where one is named."""
        self._finish_page()
        self._page += 1
        if paper is not None and paper != self.paper:
            self.paper = paper
            self.canvas.setPageSize((paper.width, paper.height))
        self._top = self.paper.height - self.paper.top

    def begin_numbering(self, paper: Paper | None = None) -> None:
        """On a new page, the first that is numbered, as official papers are."""
        self.new_page(paper)
        self._numbering, self._first_numbered = "dashes", self._page

    def close(self, target: str | Path | BinaryIO) -> Rendered:
        """Finish the paper and write it."""
        self._finish_page()
        if self._numbering == "of":
            self._define_numbers()
        return save(self.canvas, target, self._page)

    def _place(self, block: Block) -> Block | None:
        width, height = self.paper.text_width, block.height(self.paper.text_width)
        if height + block.keep_with_next <= self.room + 0.01:
            self._draw(block, height)
            return None
        parts = block.split(width, self.room)
        if parts is not None:
            self._draw(parts[0], parts[0].height(width))
            self.new_page()
            return parts[1]
        if self._top >= self.paper.height - self.paper.top:
            self._draw(block, height)  # it fits no page: better over the edge than not at all
            return None
        self.new_page()
        return block

    def _draw(self, block: Block, height: float) -> None:
        self.canvas.saveState()
        block.draw(self.canvas, self.paper.left, self._top, self.paper.text_width)
        self.canvas.restoreState()
        self._top -= height

    def _finish_page(self) -> None:
        self._progress.step(self._page, None, _("Page {page}").format(page=self._page))
        if self._numbering == "of":
            self.canvas.doForm(f"number{self._page}")
        elif self._numbering == "dashes":
            self._draw_dashed_number()
        self.canvas.showPage()

    def _draw_dashed_number(self) -> None:
        """14 points, 7 mm below the text, one character from the outer edge of a leaf printed on both sides."""
        text, paper = f"— {self.number} —", self.paper
        inset = (
            14.0 if self.number % 2 == 0 else paper.text_width - 14 - text_width(text, self.fonts.body, 14)
        )
        self.canvas.setFont(self.fonts.body, 14)
        self.canvas.drawString(paper.left + inset, paper.bottom - 7 * MM - 10, text)

    def _define_numbers(self) -> None:
        """Fill in the page numbers now that the number of pages is known."""
        middle = self.paper.left + self.paper.text_width / 2
        for page in range(1, self._page + 1):
            self.canvas.beginForm(f"number{page}", 0, 0, self.paper.width, self.paper.height)
            self.canvas.setFont(self.fonts.body, 12)
            text = _("Page {page} of {pages}").format(page=page, pages=self._page)
            self.canvas.drawCentredString(middle, self.paper.bottom - 7 * MM - 10, text)
            self.canvas.endForm()


def new_canvas(title: str, author: str, size: tuple[float, float], fonts: Fonts) -> Any:
    """A reportlab canvas whose output depends on what is drawn alone."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(
        None, pagesize=size, invariant=1, pageCompression=1, initialFontName=fonts.body,
        lang="zh-CN" if language() == "zh_CN" else "en",
    )  # fmt: skip
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("drillapp")
    return canvas


def save(canvas: Any, target: str | Path | BinaryIO, pages: int) -> Rendered:
    """Write the canvas to a file, which is there whole or not at all, or into an open one.

    Raises Unavailable when the file cannot be written.
    """
    content = canvas.getpdfdata()
    missing = font_stacks.missing_characters(canvas)
    if isinstance(target, str | Path):
        write_whole(Path(target), content)
    else:
        target.write(content)
    return Rendered(pages, missing)
