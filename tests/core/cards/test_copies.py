"""A copy is issued, acknowledged and ended in this order only, whatever is tried; checked against a plain reference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.copies import acknowledge, end_copies, issue_copies
from drillapp.core.cards.copy_lists import COPIES, CopyRow, copies_of
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.queries import CARDS
from drillapp.core.clock import FixedClock
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from drillapp.core.units.commands import save_posts
from drillapp.core.units.entries import PostEntry

UNIT = "110102"
DAY = date(2026, 3, 2)


def at(number: int) -> date:
    return DAY + timedelta(days=number)


def with_cards(office: Office, **said: Any) -> list[int]:
    """Two cards of one post; returns their keys."""
    save_posts(office, [PostEntry(unit_code=UNIT, name="Watch")])
    people = {"K1": "Wang", "K2": "Li"}
    entries = [
        CardEntry(number=number, unit_code=UNIT, post="Watch", person=person, steps="Call", **said)
        for number, person in people.items()
    ]
    return [key for key in save_cards(office, entries).ids if key is not None]


def told(office: Office, card: int) -> list[tuple[str | None, str, int]]:
    return [(copy.person, copy.state, copy.version) for copy in copies_of(office, card)]


def test_a_copy_s_whole_life(office: Office) -> None:
    first, second = with_cards(office)
    issue_copies(office, [first, second], day=at(0))
    assert told(office, first) == [("Wang", "issued", 1)]
    (copy,) = copies_of(office, first)
    acknowledge(office, [copy.id], day=at(1))
    assert told(office, first) == [("Wang", "acknowledged", 1)]
    save_cards(office, [CardEntry(number="K1", unit_code=UNIT, post="Watch", steps="Run")])
    issue_copies(office, [first], day=at(5))
    assert told(office, first) == [("Wang", "issued", 2), ("Wang", "replaced", 1)]
    issue_copies(office, [first], day=at(6), person="Zhao")
    assert [row[1] for row in told(office, first)] == ["issued", "issued", "replaced"], (
        "another person has another copy"
    )
    end_copies(office, [copies_of(office, first)[0].id], "lost", day=at(7))
    office.as_of = at(6)
    assert [row[1] for row in told(office, first)] == ["issued", "issued", "replaced"], (
        "lost only on the next day"
    )
    assert {row.state for row in first_rows(office, COPIES, View(), 10)} == {"issued", "replaced"}


def test_several_copies_for_one_person_where_none_is_to_be_replaced(office: Office) -> None:
    first, _second = with_cards(office)
    issue_copies(office, [first], day=at(0))
    issue_copies(office, [first], day=at(0), replacing=False)
    assert [row[1] for row in told(office, first)] == ["issued", "issued"]
    assert first_rows(office, CARDS, View(), 1)[0].copies == 2


def test_a_card_is_acknowledged_when_every_copy_in_hand_is(office: Office) -> None:
    first, _second = with_cards(office)
    issue_copies(office, [first], day=at(0))
    issue_copies(office, [first], day=at(0), person="Zhao")
    states = []
    for copy in copies_of(office, first):
        acknowledge(office, [copy.id], day=at(1))
        states.append(first_rows(office, CARDS, View(), 1)[0].state)
    end_copies(office, [copy.id for copy in copies_of(office, first)], "recalled", day=at(2))
    states.append(first_rows(office, CARDS, View(), 1)[0].state)
    assert states == ["issued", "acknowledged", "taken_back"]


def test_one_wrong_copy_stops_all_and_is_named(office: Office) -> None:
    first, second = with_cards(office)
    issue_copies(office, [first, second], day=at(3))
    copies = [copies_of(office, card)[0].id for card in (first, second)]
    acknowledge(office, copies[:1], day=at(3))
    with pytest.raises(InvalidInput, match="K1"):
        acknowledge(office, copies, day=at(4))
    assert told(office, second) == [("Li", "issued", 1)]
    with pytest.raises(InvalidInput, match="K1"):
        issue_copies(office, [first], day=at(1))


def test_what_is_retired_or_past_its_date_is_not_issued(office: Office) -> None:
    first, second = with_cards(office, valid_until=at(5))
    retire(office, "cards", [second], at(2))
    for cards, day in (
        ([first], at(6)),
        ([second], at(2)),
        ([first], office.clock.today() + timedelta(days=1)),
    ):
        with pytest.raises(InvalidInput):
            issue_copies(office, cards, day=day)
    issue_copies(office, [first], day=at(5))
    (copy,) = copies_of(office, first)
    with pytest.raises(InvalidInput):
        end_copies(office, [copy.id], "expired", day=at(5))
    end_copies(office, [copy.id], "expired", day=at(6))
    assert told(office, first) == [("Wang", "expired", 1)]


def test_what_is_not_there_cannot_be_issued(office: Office) -> None:
    with pytest.raises(NotFound):
        issue_copies(office, [99], day=at(0))
    with pytest.raises(NotFound):
        acknowledge(office, [99], day=at(0))
    with pytest.raises(InvalidInput):
        end_copies(office, [], "eaten", day=at(0))


# A plain reference ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Copy:
    """A copy as a person would note it down on paper."""

    person: str
    issued: date
    signed: date | None = None
    ended: date | None = None
    how: str = ""

    def allows(self, day: date) -> bool:
        return self.ended is None and day >= max(self.issued, self.signed or self.issued)


class Notebook:
    """The copies of one card that is valid until a day."""

    def __init__(self, valid_until: date) -> None:
        self.valid_until = valid_until
        self.copies: list[Copy] = []

    def issue(self, person: str, day: date) -> bool:
        own = [copy for copy in self.copies if copy.person == person and copy.ended is None]
        if day > self.valid_until or not all(copy.allows(day) for copy in own):
            return False
        self.copies = [
            replace(copy, ended=day, how="replaced") if copy in own else copy for copy in self.copies
        ]
        self.copies.append(Copy(person, day))
        return True

    def sign(self, place: int, day: date) -> bool:
        copy = self.copies[place]
        if copy.signed is not None or not copy.allows(day):
            return False
        self.copies[place] = replace(copy, signed=day)
        return True

    def end(self, place: int, how: str, day: date) -> bool:
        copy = self.copies[place]
        newer = any(
            (other.issued, number) > (copy.issued, place) and other.ended is None and other.issued <= day
            for number, other in enumerate(self.copies)
        )
        refused = (how == "replaced" and not newer) or (how == "expired" and day <= self.valid_until)
        if refused or not copy.allows(day):
            return False
        self.copies[place] = replace(copy, ended=day, how=how)
        return True

    def state(self, copy: Copy, day: date) -> str:
        if copy.ended is not None and copy.ended <= day:
            return copy.how
        return "acknowledged" if copy.signed is not None and copy.signed <= day else "issued"


DAYS = st.integers(0, 9)
ACTS = st.one_of(
    st.tuples(st.just("issue"), st.sampled_from(["Wang", "Zhao"]), DAYS),
    st.tuples(st.just("sign"), st.integers(0, 4), DAYS),
    st.tuples(
        st.just("end"), st.integers(0, 4), DAYS, st.sampled_from(["replaced", "recalled", "expired", "lost"])
    ),
)


@pytest.fixture
def fresh(template_file: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    """One office for all examples: each takes a card of its own."""
    import shutil

    for path in template_file.parent.iterdir():
        shutil.copy2(path, tmp_path / path.name)
    with Office.open(tmp_path / template_file.name, clock=clock) as office:
        save_posts(office, [PostEntry(unit_code=UNIT, name="Watch")])
        yield office


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=12), looked_at=DAYS)
def test_the_life_of_copies_is_that_of_a_notebook(fresh: Office, acts: list[Any], looked_at: int) -> None:
    fresh.as_of = None
    number = f"K{len(first_rows(fresh, CARDS, View(retired=True), 1000))}"
    entry = CardEntry(number=number, unit_code=UNIT, post="Watch", valid_until=at(7))
    (card,) = (key for key in save_cards(fresh, [entry]).ids if key is not None)
    notebook = Notebook(at(7))
    for act in acts:
        _try(fresh, notebook, card, act)
    for day in (at(looked_at), at(20)):
        fresh.as_of = day
        rows: list[CopyRow] = copies_of(fresh, card)
        noted = [copy for copy in notebook.copies if copy.issued <= day]
        assert sorted((row.person or "", row.issued_on, row.state) for row in rows) == sorted(
            (copy.person, copy.issued, notebook.state(copy, day)) for copy in noted
        )
        in_hand = [copy for copy in noted if copy.ended is None or copy.ended > day]
        (listed,) = (row for row in first_rows(fresh, CARDS, View(), 1000) if row.id == card)
        assert listed.copies == len(in_hand)
        assert listed.state == _card_state(notebook, noted, in_hand, day)


def _try(office: Office, notebook: Notebook, card: int, act: tuple[Any, ...]) -> None:
    """Do the same in both; both allow it or both refuse it."""
    office.as_of = None
    if act[0] != "issue" and act[1] >= len(notebook.copies):
        return
    try:
        if act[0] == "issue":
            issue_copies(office, [card], person=act[1], day=at(act[2]))
        else:
            keys = sorted(copy.id for copy in copies_of(office, card))
            if act[0] == "sign":
                acknowledge(office, [keys[act[1]]], day=at(act[2]))
            else:
                end_copies(office, [keys[act[1]]], act[3], day=at(act[2]))
    except InvalidInput:
        done = False
    else:
        done = True
    match act:
        case ("issue", person, day):
            assert notebook.issue(person, at(day)) is done
        case ("sign", place, day):
            assert notebook.sign(place, at(day)) is done
        case ("end", place, day, how):
            assert notebook.end(place, how, at(day)) is done


def _card_state(notebook: Notebook, noted: list[Copy], in_hand: list[Copy], day: date) -> str:
    if not noted:
        return "draft"
    if not in_hand:
        return "taken_back"
    signed = all(notebook.state(copy, day) == "acknowledged" for copy in in_hand)
    return "acknowledged" if signed else "issued"
