"""Whatever lines there are, the arithmetic never lets a balance fall below zero nor touches what is booked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from drillapp.core.supplies.balance import EFFECTS, Lines, settle

_Line = tuple[int, str, str, int, int, int]
"""Moment, document, kind, quantity, holding, shift to the target."""

lines = st.lists(
    st.tuples(
        st.integers(0, 6), st.sampled_from("AB"), st.sampled_from(sorted(EFFECTS)), st.integers(1, 9),
        st.integers(0, 2), st.integers(1, 2),
    ),
    max_size=12,
)  # fmt: skip


def laid_out(new: list[_Line], booked: list[_Line]) -> Lines:
    found = Lines()
    for part in (new, booked):
        found.first_booked = len(new)
        found.extend(
            [row[0] for row in part],
            [row[1] for row in part],
            [number + (0 if part is booked else 1000) for number in range(len(part))],
            [EFFECTS[row[2]] for row in part],
            [row[3] for row in part],
            [row[4] for row in part],
            [(row[4] + row[5]) % 3 if row[2] == "transfer" else -1 for row in part],
        )
    return found


def is_possible(rows: list[_Line]) -> bool:
    balances = [0, 0, 0]
    for _moment, _document, kind, quantity, holding, shift in sorted(rows, key=lambda row: row[:2]):
        if kind == "count":
            balances[holding] = quantity
            continue
        balances[holding] += EFFECTS[kind] * quantity
        if balances[holding] < 0:
            return False
        if kind == "transfer":
            balances[(holding + shift) % 3] += quantity
    return True


@settings(max_examples=400)
@given(lines, lines)
def test_what_is_accepted_is_possible_and_what_is_possible_is_accepted(
    first: list[_Line], second: list[_Line]
) -> None:
    refused = settle(laid_out(first, []), 3)
    assert bool(refused) == (not is_possible(first))
    booked = [row for number, row in enumerate(first) if number not in refused]
    assert is_possible(booked)

    refused = settle(laid_out(second, booked), 3)
    assert all(number < len(second) for number in refused)
    accepted = [row for number, row in enumerate(second) if number not in refused]
    assert is_possible(booked + accepted)
    assert bool(refused) == (not is_possible(booked + second))


def test_the_largest_taking_is_to_blame_for_what_is_missing_later() -> None:
    booked: list[_Line] = [(0, "A", "in", 10, 0, 1), (9, "A", "out", 5, 0, 1)]
    new: list[_Line] = [(1, "B", "out", 5, 0, 1), (2, "B", "out", 1, 0, 1)]
    found = laid_out(new, booked)
    assert list(settle(found, 3)) == [0]


def test_a_line_that_was_only_short_for_a_refused_one_is_kept() -> None:
    booked: list[_Line] = [(0, "A", "in", 10, 0, 1), (9, "A", "out", 4, 0, 1)]
    new: list[_Line] = [(1, "B", "out", 8, 0, 1), (2, "B", "out", 6, 0, 1)]
    assert list(settle(laid_out(new, booked), 3)) == [0]


def test_what_was_taken_before_a_count_is_not_to_blame_for_what_is_missing_after_it() -> None:
    booked: list[_Line] = [(0, "A", "in", 10, 0, 1), (5, "A", "count", 5, 0, 1), (9, "A", "out", 4, 0, 1)]
    new: list[_Line] = [(1, "B", "out", 9, 0, 1), (6, "B", "out", 2, 0, 1)]
    assert list(settle(laid_out(new, booked), 3)) == [1]
