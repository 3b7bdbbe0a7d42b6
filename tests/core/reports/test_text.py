from __future__ import annotations

from typing import NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.reports import fonts
from drillapp.core.reports.headings import balanced, numbered
from drillapp.core.reports.text import put_line, shorten, text_width, wrap
from drillapp.core.reports.writing import Writing

FONT = fonts.bundled().body
WIDTH = 160.0
MIXED = st.text(
    st.sampled_from("应急演练预案abcXYZ0123456789 ，。、；：？！（）《》“”〔〕-—…·%℃"), max_size=80
)


@pytest.mark.parametrize("mark", "，。、；：？！）》」”…%℃")
def test_no_line_begins_with_a_closing_mark(mark: str) -> None:
    for before in range(1, 25):
        lines = wrap("演" * before + mark * 2 + "练" * 12, FONT, 16, WIDTH)
        assert all(line.text[0] != mark for line in lines)


@pytest.mark.parametrize("mark", "（《「『【〔“")
def test_no_line_ends_with_an_opening_mark(mark: str) -> None:
    for before in range(1, 25):
        lines = wrap("演" * before + mark + "练" * 12, FONT, 16, WIDTH)
        assert all(line.text[-1] != mark for line in lines)


def test_a_full_stop_may_hang_over_the_edge_by_its_white_half() -> None:
    narrow = WIDTH + 8.5  # ten characters and a half
    assert [len(line.text) for line in wrap("演" * 10 + "。" + "练" * 5, FONT, 16, narrow)] == [11, 5]


@given(MIXED)
def test_nothing_is_lost_and_no_line_is_too_wide(text: str) -> None:
    lines = wrap(text, FONT, 16, WIDTH)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
    # Punctuation may hang over the edge by the half of its square that is white, a run of it by a little more.
    assert all(
        text_width(line.text.rstrip("，。、；：？！）》”〕…—"), FONT, 16) <= WIDTH + 0.1 for line in lines
    )


def test_latin_words_and_numbers_with_their_measure_stay_whole() -> None:
    lines = [
        line.text
        for line in wrap("请于通知印发之日起2026年12月31日前登录Emergency-Platform系统报送", FONT, 16, WIDTH)
    ]
    joined = "|".join(lines)
    for whole in ("2026年", "12月", "31日", "Emergency-Platform"):
        assert whole in joined


def test_a_word_longer_than_a_line_is_divided() -> None:
    lines = wrap("x" * 200, FONT, 16, WIDTH)
    assert len(lines) > 5
    assert "".join(line.text for line in lines) == "x" * 200


def test_only_the_first_line_of_a_paragraph_is_indented() -> None:
    lines = wrap("演" * 30, FONT, 16, 160, 32)
    assert [len(line.text) for line in lines] == [8, 10, 10, 2]


def test_each_paragraph_ends_with_a_line_that_is_not_spread() -> None:
    lines = wrap("演练" * 8 + "\n" + "评估", FONT, 16, WIDTH)
    assert [line.is_last for line in lines] == [False, True, True]


@pytest.mark.parametrize(("text", "is_spread"), [("演练。" * 5, True), ("街道值班 " + "0" * 20, False)])
def test_a_line_is_spread_as_far_as_it_can_be_read(text: str, is_spread: bool) -> None:
    class Paper(NamedTuple):
        spacings: list[float]

        def put(self, _font: str, _size: float, _x: float, _y: float, _text: str, spacing: float) -> None:
            self.spacings.append(spacing)

    paper = Paper([])
    first = wrap(text, FONT, 16, WIDTH + 9)[0]
    put_line(cast(Writing, paper), first, (FONT, 16), (0, 0), WIDTH + 9, "justify")
    assert (paper.spacings[0] != 0) == is_spread


def test_title_lines_are_about_equally_long() -> None:
    lines = balanced(
        "北京市西城区德胜街道办事处关于防汛综合应急演练情况的报告", fonts.bundled().title, 22, 440
    )
    assert len(lines) == 2
    assert abs(len(lines[0].text) - len(lines[1].text)) <= 2


def test_headings_are_numbered_as_official_papers_are() -> None:
    assert [numbered(level, 3, "演练") for level in (1, 2, 3)] == ["三、演练", "（三）演练", "3. 演练"]


@pytest.mark.parametrize(("text", "short"), [("应急", "应急"), ("应急演练评估报告", "应急演练…")])
def test_shortened_text_says_that_it_is(text: str, short: str) -> None:
    assert shorten(text, FONT, 10, 50) == short
