"""A plan of 300 pages from Word, its headings found, against python-docx reading its paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.district import PLACE, District
from benchmarks.figure import Figure, compared
from benchmarks.making.words import words
from drillapp.core.plans.content import Block, Content, Grid, Paragraph, Section
from drillapp.core.plans.document import PlanDocument
from drillapp.core.plans.word.reading import read_word
from drillapp.core.plans.word.writing import write_word

_PAGES = 300
_PARAGRAPHS_A_PAGE = 6
_PAGES_A_TABLE = 4


def figures(district: District) -> Iterator[Figure]:
    """The process of its own that reads the file is part of ours."""
    pages = max(round(_PAGES * district.size), 3)
    path = PLACE / f"plan-{pages}.docx"
    _write_plan(path, pages)
    if len(read_word(path).lines) < pages * _PARAGRAPHS_A_PAGE:
        raise RuntimeError("the document was not read whole")
    yield compared(f"a {_PAGES}-page docx in", lambda: read_word(path), lambda: _read_plainly(path), 1.5)


def _read_plainly(path: Path) -> int:
    import docx

    word = docx.Document(str(path))
    characters = sum(len(paragraph.text) for paragraph in word.paragraphs)
    for table in word.tables:
        characters += sum(len(cell.text) for row in table.rows for cell in row.cells)
    return characters


def _write_plan(path: Path, pages: int) -> None:
    if not path.exists():
        sections = tuple(_section(page) for page in range(pages))
        title = words()["long_plan"]["title"]
        document = PlanDocument("B-1", "1", words()["district"], title, Content(sections))
        write_word(document, path)


def _section(page: int) -> Section:
    said = words()["long_plan"]
    blocks: list[Block] = [Paragraph(said["sentence"] * 2)] * _PARAGRAPHS_A_PAGE
    if page % _PAGES_A_TABLE == 0:
        blocks.append(Grid((tuple(said["heads"]), *[tuple(said["row"])] * 12), 1))
    chapter, section = page // 10 + 1, page % 10
    if section:
        return Section(2, said["section"].format(number=section), f"{chapter}.{section}", tuple(blocks))
    return Section(1, said["chapter"].format(number=chapter), str(chapter), tuple(blocks))
