"""The arithmetic of a line, exact to the thousandth."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.supplies.stocktake.judging import difference, is_beyond, line_state, same_person, total

quantities = st.integers(0, 10**10).map(lambda one: one / 1000)


@given(quantities, quantities, st.integers(0, 100_000).map(lambda one: one / 1000))
def test_beyond_is_what_exact_arithmetic_says(counted: float, book: float, tolerance: float) -> None:
    apart = abs(Decimal(str(counted)) - Decimal(str(book)))
    assert is_beyond(counted, book, tolerance) == (apart > Decimal(str(tolerance)) / 100 * Decimal(str(book)))


@given(st.lists(st.integers(-(10**9), 10**9).map(lambda one: one / 1000)))
def test_sums_and_differences_are_exact(parts: list[float]) -> None:
    exact = sum((Decimal(str(part)) for part in parts), Decimal(0))
    assert Decimal(str(total(parts))) == exact
    if parts:
        assert Decimal(str(difference(parts[0], parts[-1]))) == Decimal(str(parts[0])) - Decimal(
            str(parts[-1])
        )


def test_anything_found_where_nothing_is_booked_is_beyond_every_tolerance() -> None:
    assert is_beyond(0.001, 0, 100)
    assert not is_beyond(0, 0, 0)
    assert not is_beyond(98, 100, 2)
    assert is_beyond(97.999, 100, 2)


@pytest.mark.parametrize(
    ("counted", "before", "again", "state"),
    [
        (None, False, False, "open"),
        (None, True, True, "open"),
        (0, False, False, "again"),
        (0, True, False, "counted"),
        (10, False, False, "counted"),
        (10, True, True, "again"),
    ],
)
def test_a_line_is_open_to_be_counted_again_or_counted(
    counted: float | None, before: bool, again: bool, state: str
) -> None:
    assert line_state(counted, 10, 0, counted_before=before, again=again) == state


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("王磊", "王 磊", True),
        ("Li Min", "LIMIN", True),
        ("李敏", "王磊、李敏", True),
        ("李敏/赵强", "赵强", True),
        ("李敏", "李敏芳", False),
        ("李敏", "", False),
        (" ", "", False),
    ],
)
def test_people_are_the_same_however_their_names_are_written(name: str, other: str, same: bool) -> None:
    assert same_person(name, [other, None]) is same
