"""A disposal card is of a post that its unit has; it is acknowledged after it was issued."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.queries import CARDS
from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry


@pytest.fixture(autouse=True)
def posts(office: Office) -> None:
    """Unit A has the post 电工, unit B the post 保安."""
    save_units(office, [UnitEntry(code="A", name="甲"), UnitEntry(code="B", name="乙")])
    save_posts(office, [PostEntry(unit_code="A", name="电工"), PostEntry(unit_code="B", name="保安")])
    save_plans(office, [PlanEntry(number="P", title="预案", unit_code="A")])


def card(**said: Any) -> CardEntry:
    return CardEntry(**{"number": "K1", "unit_code": "A", "post": "电工"} | said)


def test_a_card_is_kept_with_all_its_fields(office: Office) -> None:
    said = {
        "person": "王芳", "plan_number": "P", "title": "配电室火灾", "hazards": "触电", "steps": "1. 断电\n2. 报警",
        "contacts": "119", "issued_on": date(2026, 1, 5), "acknowledged_on": date(2026, 1, 5),
    }  # fmt: skip
    save_cards(office, [card(**said)])
    [found] = first_rows(office, CARDS, View(), 10)
    assert {name: getattr(found, name) for name in said} == said
    assert (found.unit_name, found.post) == ("甲", "电工")
    assert save_cards(office, [card(**said)]).unchanged == 1


def test_what_cannot_be_is_refused(office: Office) -> None:
    day = date(2026, 1, 5)
    wrong = [
        ({"post": "保安"}, "post"),
        ({"post": "没有的岗位"}, "post"),
        ({"unit_code": "X"}, "unit_code"),
        ({"plan_number": "X"}, "plan_number"),
        ({"issued_on": day, "acknowledged_on": date(2026, 1, 4)}, "acknowledged_on"),
        ({"issued_on": None, "acknowledged_on": day}, "issued_on"),
    ]
    for said, field in wrong:
        with pytest.raises(InvalidInput) as refusal:
            save_cards(office, [card(**said)])
        assert [problem.field for problem in refusal.value.problems] == [field]


def test_a_card_can_pass_to_another_post(office: Office) -> None:
    save_cards(office, [card()])
    assert save_cards(office, [card(unit_code="B", post="保安")]).updated == 1
    [found] = first_rows(office, CARDS, View(), 10)
    assert (found.unit_code, found.post) == ("B", "保安")


def test_how_far_a_card_is_on_a_day(office: Office) -> None:
    save_cards(office, [card(issued_on=date(2026, 1, 5), acknowledged_on=date(2026, 1, 8))])
    states = []
    for day in (4, 5, 7, 8):
        office.as_of = date(2026, 1, day)
        states.append(first_rows(office, CARDS, View(), 1)[0].state)
    assert states == ["draft", "issued", "issued", "acknowledged"]
