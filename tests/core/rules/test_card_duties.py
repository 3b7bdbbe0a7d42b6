"""What is asked of disposal cards: that key posts have them, and that those in hand are still right, on any day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.copies import end_copies
from drillapp.core.cards.copy_lists import copies_of
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.stale import STALE_CARDS
from drillapp.core.law import Settlement
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.queries import readiness
from drillapp.core.retiring import retire
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.units.commands import save_people, save_posts, save_units
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry
from drillapp.core.units.references import unit_id

DAY = date(2026, 6, 1)
BEFORE = DAY - timedelta(1)


@pytest.fixture(autouse=True)
def units(office: Office) -> None:
    save_units(office, [
        UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102"),
        UnitEntry(code="E", name="商场", kind="enterprise", parent_code="S"),
        UnitEntry(code="F", name="书店", kind="enterprise", parent_code="S"),
        UnitEntry(code="O", name="协会", kind="other", parent_code="S"),
        UnitEntry(code="N", name="新店", kind="enterprise", parent_code="S", valid_from=DAY),
    ])  # fmt: skip


def plan(office: Office, unit: str, begin: date, **fields: object) -> None:
    entry = PlanEntry(
        number=unit, title=unit, unit_code=unit, approved_on=begin, published_on=begin, **fields
    )
    save_plans(office, [entry])


def card(office: Office, number: str, **fields: object) -> None:
    save_cards(office, [CardEntry(number=number, unit_code="E", post="电工", **fields)])


def asked(office: Office, settled_by: Settlement, day: date) -> list[Obligation]:
    return obligations(office, settled_by=(settled_by,), on=day)


def told(office: Office, settled_by: Settlement, day: date) -> list[tuple[str, str, str, str, list[str]]]:
    rows = asked(office, settled_by, day)
    return [(row.unit, row.subject_kind, row.subject, row.state, row.evidence) for row in rows]


def test_a_key_post_has_a_card_from_the_day_it_is_in_somebodys_hand(office: Office) -> None:
    save_posts(
        office, [PostEntry(unit_code="E", name="电工", key_post=True), PostEntry(unit_code="F", name="店员")]
    )
    card(office, "K", issued_on=DAY)
    assert told(office, "card_issued", BEFORE) == [("E", "posts", "电工", "overdue", [])]
    assert told(office, "card_issued", DAY) == [("E", "posts", "电工", "met", ["K"])]
    end_copies(office, [copies_of(office, 1)[0].id], "recalled", day=DAY + timedelta(9))
    assert told(office, "card_issued", DAY + timedelta(8))[0][3] == "met"
    assert told(office, "card_issued", DAY + timedelta(9))[0][3] == "overdue"
    retire(office, "posts", [1], DAY + timedelta(20))
    assert told(office, "card_issued", DAY + timedelta(20)) == []


def test_of_a_unit_with_a_plan_but_no_key_post_nothing_is_known(office: Office) -> None:
    for unit in "FON":
        plan(office, unit, BEFORE)
    plan(office, "E", BEFORE, retired_on=DAY + timedelta(5))
    assert told(office, "card_issued", BEFORE - timedelta(1)) == []
    assert [row[:4] for row in told(office, "card_issued", BEFORE)] == [
        ("E", "units", "商场", "no_data"), ("F", "units", "书店", "no_data")
    ]  # fmt: skip
    assert [row[0] for row in told(office, "card_issued", DAY)] == ["E", "F", "N"]
    assert [row[0] for row in told(office, "card_issued", DAY + timedelta(5))] == ["F", "N"]
    save_posts(office, [PostEntry(unit_code="F", name="店长", key_post=True)])
    assert told(office, "card_issued", DAY)[1] == ("F", "posts", "店长", "overdue", [])


def test_what_is_not_known_of_cards_lowers_the_confidence_not_the_value(office: Office) -> None:
    plan(office, "F", BEFORE)
    save_posts(office, [PostEntry(unit_code="E", name="电工", key_post=True)])
    card(office, "K", issued_on=DAY)
    with office.read() as connection:
        street = unit_id(connection, "S")
    cards = next(row.indicators["cards"] for row in readiness(office, street) if row.unit_id == street)
    assert (cards.met, cards.known, cards.asked, cards.value) == (2, 2, 3, 1.0)


def test_a_card_in_hand_is_right_until_something_changes(office: Office) -> None:
    save_posts(office, [PostEntry(unit_code="E", name="电工")])
    save_people(office, [PersonEntry(unit_code="E", name="王芳", phone="13800000001")])
    card(office, "K", person="王芳", issued_on=DAY, valid_until=date(2026, 12, 31))
    card(office, "草稿", valid_until=BEFORE)
    assert told(office, "card_current", BEFORE) == [], "nobody holds it yet"
    assert told(office, "card_current", DAY) == [("E", "cards", "K", "met", ["K"])]
    assert told(office, "card_current", date(2026, 12, 31))[0][3] == "met"
    assert told(office, "card_current", date(2027, 1, 1))[0][3] == "overdue"
    retire(office, "people", [1], DAY + timedelta(3))
    assert told(office, "card_current", DAY + timedelta(2))[0][3] == "met"
    assert told(office, "card_current", DAY + timedelta(3)) == [("E", "cards", "K", "overdue", ["K"])]
    retire(office, "cards", [1], DAY + timedelta(5))
    assert told(office, "card_current", DAY + timedelta(5)) == []


@pytest.mark.parametrize("seed", range(2))
def test_what_is_not_right_any_more_is_what_the_list_of_stale_cards_shows(office: Office, seed: int) -> None:
    random = Random(seed)
    for unit in "EF":
        plan(office, unit, BEFORE, retired_on=_maybe(random))
    save_people(office, [PersonEntry(unit_code=unit, name="王芳", phone="13800000001") for unit in "EF"])
    posts = [
        PostEntry(unit_code=unit, name=name, key_post=True) for unit in "EF" for name in ("电工", "班长")
    ]
    save_posts(office, posts)
    save_cards(office, [
        CardEntry(
            number=f"K{place}", unit_code=post.unit_code, post=post.name, person=random.choice(("王芳", None)),
            plan_number=random.choice((post.unit_code, None)), issued_on=_maybe(random) or DAY, valid_until=_maybe(random),
        )
        for place, post in enumerate(posts * 3)
    ])  # fmt: skip
    retire(office, "people", [random.choice((1, 2))], DAY + timedelta(20))
    states = set()
    for day in (DAY + timedelta(random.randrange(70)) for _ in range(8)):
        office.as_of = day
        stale = {row.number for row in first_rows(office, STALE_CARDS, View(), 100) if row.copies}
        rows = asked(office, "card_current", day)
        assert {row.subject for row in rows if row.state == "overdue"} == stale
        with office.read() as connection:
            below = unit_id(connection, "E")
        of_one = obligations(office, below, settled_by=("card_current",))
        assert of_one == [row for row in rows if row.unit == "E"]
        states |= {row.state for row in rows}
    assert states == {"met", "overdue"}


def _maybe(random: Random) -> date | None:
    return DAY + timedelta(random.randrange(60)) if random.random() < 0.6 else None
