"""A plan of 300 pages from Word, its headings found, against python-docx reading its paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.district import PLACE, District
from benchmarks.figure import Figure, compared
from drillapp.core.plans.content import Block, Content, Grid, Paragraph, Section
from drillapp.core.plans.document import PlanDocument
from drillapp.core.plans.word.reading import read_word
from drillapp.core.plans.word.writing import write_word

_PAGES = 300
_PARAGRAPHS_A_PAGE = 6
_PAGES_A_TABLE = 4
_SENTENCE = "各有关单位应当按照职责分工做好监测预警、信息报告、先期处置和应急保障等各项工作。"


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
        document = PlanDocument("B-1", "1", "基准区应急管理局", "基准区总体应急预案", Content(sections))
        write_word(document, path)


def _section(page: int) -> Section:
    blocks: list[Block] = [Paragraph(_SENTENCE * 2)] * _PARAGRAPHS_A_PAGE
    if page % _PAGES_A_TABLE == 0:
        row = ("一级", "发布红色预警信号", "街道办事处", "转移人员，封闭道路，全员在岗")
        blocks.append(Grid((("级别", "条件", "单位", "行动"), *[row] * 12), 1))
    chapter, section = page // 10 + 1, page % 10
    if section:
        return Section(2, f"应急工作要求之{section}", f"{chapter}.{section}", tuple(blocks))
    return Section(1, f"应急工作第{chapter}部分", str(chapter), tuple(blocks))
