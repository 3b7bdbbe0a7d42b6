"""A document as an ordinary text: what goes out comes in again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from drillapp.core.drills.papers.content import PaperSection
from drillapp.core.drills.papers.plaintext import as_text, from_text
from drillapp.core.errors import InvalidInput
from drillapp.core.plans.content import Block, Grid, Paragraph, Picture

LINE = some.text(some.sampled_from("目的安全#|\\!-[](n) 1"), min_size=1).map(str.strip).filter(bool)
CELL = LINE | some.just("a\nb").map(str)


@some.composite
def tables(draw: some.DrawFn) -> Grid:
    width = draw(some.integers(2, 4))
    rows = draw(some.lists(some.tuples(*[CELL] * width), min_size=2, max_size=4))
    return Grid(tuple(rows), draw(some.integers(0, 1)))


BLOCKS: some.SearchStrategy[Block] = some.one_of(
    LINE.map(Paragraph), tables(), some.just(Picture("a" * 64, 80.0, "图"))
)
SECTIONS = some.builds(
    PaperSection, LINE.map(lambda text: text.lstrip("# ") or "题"), some.integers(1, 3), some.lists(BLOCKS, max_size=4).map(tuple)
)  # fmt: skip


@given(some.lists(SECTIONS, max_size=4))
def test_what_goes_out_comes_in_again(sections: list[PaperSection]) -> None:
    assert list(from_text(as_text(sections), ())) == sections


def test_sections_are_known_by_their_headings() -> None:
    known = [PaperSection("目的", key="aims"), PaperSection("情景", key="scenario")]
    found = from_text("# 情景\n起火\n\n## 新增\n# 目的\n", known)
    assert [(each.heading, each.level, each.key) for each in found] == [
        ("情景", 1, "scenario"), ("新增", 2, ""), ("目的", 1, "aims"),
    ]  # fmt: skip


def test_what_cannot_be_read_is_named_by_its_line() -> None:
    with pytest.raises(InvalidInput, match="Line 2: a text begins"):
        from_text("\n没有标题\n", ())
    with pytest.raises(InvalidInput, match="Line 3: the row has 3 cells, the table 2"):
        from_text("# 表\n| a | b |\n| a | b | c |\n", ())
