"""Coverage counts key posts with a card that was issued by the date."""

from __future__ import annotations

from datetime import date

import pytest

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.coverage import POST_COVERAGE, UNIT_COVERAGE
from drillapp.core.cards.entries import CardEntry
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from drillapp.core.units.commands import save_posts
from drillapp.core.units.entries import PostEntry

UNIT = "110102"


@pytest.fixture
def filled(office: Office) -> Office:
    posts = [
        PostEntry(unit_code=UNIT, name=name, key_post=name != "Clerk")
        for name in ("Watch", "Store", "Gate", "Clerk")
    ]
    save_posts(office, posts)
    save_cards(
        office,
        [
            CardEntry(number="C-1", unit_code=UNIT, post="Watch", issued_on=date(2026, 2, 1)),
            CardEntry(number="C-2", unit_code=UNIT, post="Store"),
        ],
    )
    return office


def _states(office: Office) -> dict[str, str]:
    return {row.name: row.state for row in first_rows(office, POST_COVERAGE, View(), 10)}


def _unit(office: Office) -> tuple[int, int, int, int, str]:
    (row,) = first_rows(office, UNIT_COVERAGE, View(), 10)
    return row.key_posts, row.covered, row.missing, row.share, row.state


def test_only_issued_cards_cover_and_only_key_posts_are_asked(filled: Office) -> None:
    assert _states(filled) == {"Watch": "issued", "Store": "draft", "Gate": "none", "Clerk": "not_asked"}
    assert _unit(filled) == (3, 1, 2, 33, "short")


def test_coverage_is_as_of_the_date(filled: Office) -> None:
    filled.as_of = date(2026, 1, 31)
    assert _states(filled)["Watch"] == "draft"
    assert _unit(filled) == (3, 0, 3, 0, "short")


def test_a_retired_card_covers_no_longer_and_a_retired_post_needs_none(filled: Office) -> None:
    retire(filled, "cards", [1], date(2026, 11, 1))
    assert _states(filled)["Watch"] == "none"
    posts = [
        row.id
        for row in first_rows(filled, POST_COVERAGE, View(), 10)
        if row.name in ("Store", "Gate", "Watch")
    ]
    retire(filled, "posts", posts, date(2026, 11, 1))
    assert _states(filled) == {"Clerk": "not_asked"}
    assert first_rows(filled, UNIT_COVERAGE, View(), 10) == []
