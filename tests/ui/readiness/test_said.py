"""What the page says of figures."""

from __future__ import annotations

import pytest

from drillapp.core.readiness.formula import Value
from drillapp.ui.readiness.said import change_words, confidence_words, value_words


@pytest.mark.parametrize(
    ("score", "earlier", "words"),
    [(70.0, 68.5, "▲ 1.5 within a quarter"), (60.0, 61.0, "▼ 1.0 within a quarter"), (5.0, 5.0, "as a quarter earlier"), (5.0, None, "")],
)  # fmt: skip
def test_the_change_within_a_quarter_is_said(score: float, earlier: float | None, words: str) -> None:
    assert change_words(score, earlier) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "Confidence high: 100% known"),
        (0.9, "Confidence high: 90% known"),
        (0.6, "Confidence medium: 60% known"),
        (0.2, "Confidence low: 20% known"),
        (None, ""),
    ],
)
def test_confidence_is_a_word_with_its_share(share: float | None, words: str) -> None:
    assert confidence_words(share) == words


@pytest.mark.parametrize(
    ("met", "known", "asked", "words"),
    [
        (3, 4, 4, "3 of 4 met"),
        (3, 4, 6, "3 of 4 met, 2 without data"),
        (0, 0, 6, "no data on 6 duties"),
        (0, 0, 0, "nothing asked"),
    ],
)
def test_no_data_is_neither_met_nor_missed(met: int, known: int, asked: int, words: str) -> None:
    assert value_words(Value(1.0, met, known, asked, met, known, asked)) == words
