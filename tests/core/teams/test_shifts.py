"""Overlapping shifts and rotations against the plainest way to tell the same: hour by hour."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.teams.shifts import Hand, Rotation, Slot, days_between, monday_of, overlaps, rotated

BEGIN = date(2026, 11, 23)
HOURS = {"day": range(8, 20), "night": range(20, 32), "whole": range(8, 32)}
SLOTS = st.builds(
    Slot,
    st.integers(0, 3).map(lambda days: BEGIN + timedelta(days)),
    st.sampled_from(sorted(HOURS)),
    st.integers(1, 3),
)


def hours(slot: Slot) -> set[int]:
    return {24 * (slot.day - BEGIN).days + hour for hour in HOURS[slot.shift]}


@given(st.lists(SLOTS, max_size=14))
def test_exactly_who_would_be_in_two_places_in_some_hour_is_found(slots: list[Slot]) -> None:
    clashing = {
        frozenset(pair)
        for pair in combinations(set(slots), 2)
        if pair[0].member_id == pair[1].member_id and hours(pair[0]) & hours(pair[1])
    }
    found = {frozenset(pair) for pair in overlaps(slots)}
    assert found <= clashing
    # Every slot that clashes with an earlier one is named, so that each can be shown at its place.
    assert {slot for pair in clashing for slot in pair} >= {slot for pair in found for slot in pair}
    assert bool(found) == bool(clashing)
    left = [slot for slot in dict.fromkeys(slots) if all(slot != later for _first, later in overlaps(slots))]
    assert not overlaps(left)


@given(
    st.integers(1, 9), st.integers(1, 4), st.sampled_from([("day",), ("night",), ("whole",), ("day", "night")]),
    st.integers(0, 20),
)  # fmt: skip
def test_a_rotation_is_fair_and_never_puts_anybody_in_two_places(
    members: int, size: int, shifts: tuple[str, ...], days: int
) -> None:
    size = min(size, members)
    hands = [Hand(key, f"队员{key}", "leader" if key == 1 else "member") for key in range(1, members + 1)]
    lines = rotated(Rotation(BEGIN, BEGIN + timedelta(days), shifts, size), hands)
    assert not overlaps(line.slot for line in lines)
    assert len({line.slot for line in lines}) == len(lines) == size * len(shifts) * (days + 1)
    turns = Counter(line.member_id for line in lines)
    assert max(turns.values()) - min(turns.get(hand.id, 0) for hand in hands) <= 1
    leaders = Counter((line.day, line.shift) for line in lines if line.leads)
    assert set(leaders.values()) == {1}
    assert all(line.leads for line in lines if line.member_id == 1)


def test_a_rotation_passes_over_who_is_not_there_yet_or_any_more() -> None:
    hands = [
        Hand(1, "甲"),
        Hand(2, "乙", gone_on=BEGIN + timedelta(1)),
        Hand(3, "丙", joined_on=BEGIN + timedelta(1)),
    ]
    lines = rotated(Rotation(BEGIN, BEGIN + timedelta(2), ("whole",), 1), hands)
    assert [line.member_id for line in lines] == [1, 3, 1]


def test_weeks_begin_on_monday() -> None:
    assert {monday_of(day) for day in days_between(BEGIN, BEGIN + timedelta(6))} == {BEGIN}
