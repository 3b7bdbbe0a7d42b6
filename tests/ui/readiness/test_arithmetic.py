"""The arithmetic that is shown leads to the score that is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.readiness.formula import Value, formula, score
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui.readiness.arithmetic import arithmetic
from drillapp.ui.readiness.why import change_words, sum_words

COUNTS = st.integers(0, 50).flatmap(lambda asked: st.tuples(st.integers(0, asked), st.just(asked)))


def unit(counts: list[tuple[int, int]]) -> UnitReadiness:
    values = {
        one.name: Value(one.weight, met, asked, asked, met, asked, asked)
        for one, (met, asked) in zip(formula().indicator, counts, strict=True)
    }
    points = score(values)
    return UnitReadiness(1, None, "U", "Unit", "street", points, formula().grade_of(points), values)


@given(st.lists(COUNTS, min_size=5, max_size=5))
def test_terms_add_up_to_the_score(counts: list[tuple[int, int]]) -> None:
    worked = arithmetic(unit(counts))
    counted = [term for term in worked.terms if term.value is not None]
    assert worked.total == pytest.approx(sum(100 * term.met / term.asked * term.weight for term in counted))
    if worked.exact is None:
        assert worked.score is None
        assert not counted
    else:
        assert worked.score == pytest.approx(worked.exact, abs=0.0501)


def test_the_sum_is_written_out() -> None:
    words = sum_words(arithmetic(unit([(1, 2), (1, 1), (0, 0), (0, 0), (0, 4)])))
    assert words == (
        "1,250.0 + 2,500.0 + 0.0 = 3,750.0; divided by the weights, 65: 57.692; rounded to one decimal: 57.7"
    )


def test_where_nothing_is_asked_there_is_nothing_to_add_up() -> None:
    assert "nothing to add up" in sum_words(arithmetic(unit([(0, 0)] * 5)))


@pytest.mark.parametrize(
    ("score", "earlier", "words"),
    [(70.0, 68.5, "▲ 1.5 within a quarter"), (60.0, 61.0, "▼ 1.0 within a quarter"), (5.0, 5.0, "as a quarter earlier"), (5.0, None, "")],
)  # fmt: skip
def test_the_change_within_a_quarter_is_said(score: float, earlier: float | None, words: str) -> None:
    assert change_words(score, earlier) == words
