"""The steps of a card, one a line, under the words of their time blocks."""

from __future__ import annotations

import pytest

from drillapp.core.cards.steps import Step, read_steps, steps_problem, write_steps


def test_steps_are_read_with_their_blocks_and_without_their_marks() -> None:
    text = "1. 关阀\n□ 2、喊人\n\n【10分钟内】\n（3）疏散\n④清点\n直至交接：\n守住路口"
    assert read_steps(text) == (
        Step("at_once", "关阀"),
        Step("at_once", "喊人"),
        Step("within_10", "疏散"),
        Step("within_10", "清点"),
        Step("until_relieved", "守住路口"),
    )
    assert read_steps(None) == ()


@pytest.mark.parametrize(
    "line", ["119报警", "1.5米外警戒", "10分钟内报告街道", "立即关阀", "3人一组进入", "2026年起执行"]
)
def test_a_number_or_a_block_s_word_that_belongs_to_a_step_stays(line: str) -> None:
    assert read_steps(line) == (Step("at_once", line),)


def test_written_steps_are_read_as_the_same() -> None:
    steps = (
        Step("within_10", "疏散"),
        Step("within_10", "清点"),
        Step("until_relieved", "守住"),
        Step("at_once", "喊"),
    )
    assert read_steps(write_steps(steps)) == steps


def test_more_than_eight_steps_are_refused_and_blocks_do_not_count() -> None:
    eight = "立即\n" + "\n".join(f"{n}、步骤" for n in range(1, 5)) + "\n10分钟内\n" + "步骤\n" * 4
    assert steps_problem(eight) == ""
    assert "9" in steps_problem(eight + "又一步")
