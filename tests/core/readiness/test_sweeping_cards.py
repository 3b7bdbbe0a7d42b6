"""What is asked of cards on many days at once is what is asked on each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select, update

from drillapp.core.cards.copies import end_copies, issue_copies
from drillapp.core.cards.copy_lists import copies_of
from drillapp.core.office import Office
from drillapp.core.readiness import sweeping_cards
from drillapp.core.readiness.packed import MET, MISSED, UNKNOWN
from drillapp.core.readiness.sweeping import Span, Sweep
from drillapp.core.rules.book import rule_book_of
from drillapp.core.rules.queries import obligations
from drillapp.core.units.model import Post, Unit
from drillapp.core.units.references import in_effect
from drillapp.core.workdays.calendar import calendar_of
from tests.core.cards.random_office import DAY, random_office

pytestmark = pytest.mark.sqlite_only("arithmetic over rows that other tests ask of both databases")

WORTH = {"met": MET, "overdue": MISSED, "no_data": UNKNOWN}


@pytest.mark.parametrize("seed", range(4))
def test_cards_on_many_days_are_as_on_each_of_them(office: Office, seed: int) -> None:
    dice = Random(seed)
    issue_some(office, dice)
    days = [DAY + timedelta(days=day) for day in range(0, 26, 5)]
    with office.read() as connection:
        sweep = Sweep(connection, days, rule_book_of(connection), calendar_of(connection))
        swept = {
            "card_issued": on_each(sweeping_cards.issued(sweep), len(days)),
            "card_current": on_each(sweeping_cards.current(sweep), len(days)),
        }
    states = set()
    for place, day in enumerate(days):
        for one, counts in swept.items():
            rows = obligations(office, settled_by=(one,), on=day)
            there = in_effect_on(office, day)
            asked = Counter((row.unit_id, WORTH[row.state]) for row in rows)
            # A sweep leaves it to the one who adds up whether a unit is in effect.
            assert Counter({key: n for key, n in counts[place].items() if key[0] in there}) == asked, (
                one,
                day,
            )
            states |= {(one, row.state) for row in rows}
    assert {("card_issued", "met"), ("card_current", "met"), ("card_current", "overdue")} <= states


def on_each(spans: Iterable[Span], days: int) -> list[Counter[tuple[int, int]]]:
    counts: list[Counter[tuple[int, int]]] = [Counter() for _day in range(days)]
    for unit_id, begin, end, worth in spans:
        for place in range(begin, end):
            counts[place][unit_id, worth] += 1
    return counts


def in_effect_on(office: Office, day: date) -> set[int]:
    with office.read() as connection:
        return set(connection.scalars(select(Unit.id).where(in_effect(day))))


def issue_some(office: Office, dice: Random) -> None:
    """Cards of which some have copies out, a few of them lost on random days."""
    cards = [number for number, _facts in enumerate(random_office(office, dice), 1)]
    mark_key_posts(office)
    office.as_of = DAY + timedelta(days=60)
    for card in dice.sample(cards, 11):
        issue_copies(office, [card], day=DAY - timedelta(days=1))
        if dice.random() < 0.3:
            lost = DAY + timedelta(days=dice.randint(0, 20))
            end_copies(office, [copies_of(office, card)[0].id], "lost", day=lost)


def mark_key_posts(office: Office) -> None:
    with office.write("mark key posts") as work:
        work.connection.execute(update(Post).where(Post.id.in_([1, 2])).values(key_post=True))
