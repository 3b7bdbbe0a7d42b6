"""Two things worked on at a time: in order, not too far ahead, errors in their turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from drillapp.core.ahead import ahead


def test_results_come_in_order_and_nothing_is_begun_long_before() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(6):
            taken.append(number)
            yield number

    results = ahead(lambda number: number * number, items())
    assert next(results) == 0
    assert taken == [0, 1]
    assert list(results) == [1, 4, 9, 16, 25]


def test_two_are_worked_on_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=20)
    assert sorted(ahead(lambda _number: both.wait(), range(2))) == [0, 1]


def test_an_error_comes_in_its_turn_and_ends_it() -> None:
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        return 1 // (1 - number)

    results = ahead(work, range(9))
    assert next(results) == 1
    with pytest.raises(ZeroDivisionError):
        next(results)
    assert len(begun) <= 3
