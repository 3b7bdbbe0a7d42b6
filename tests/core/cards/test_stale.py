"""Which cards are stale and why, against a plain look at each card of a random office."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.copies import end_copies, issue_copies
from drillapp.core.cards.copy_lists import copies_of
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.lookup import card_mark, look_up
from drillapp.core.cards.model import Card
from drillapp.core.cards.queries import CARDS
from drillapp.core.cards.source import Source, renew_sources
from drillapp.core.cards.stale import COPIES_TO_RECALL, STALE_CARDS, reasons_of
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.content import Content, Paragraph, Section
from drillapp.core.plans.versions import begin_version, read_content, write_content
from drillapp.core.retiring import retire
from drillapp.core.units.commands import save_people, save_posts
from drillapp.core.units.entries import PersonEntry, PostEntry
from tests.core.cards.random_office import DAY, UNIT, newest, publish, random_office, revised


def stale(office: Office) -> dict[str, set[str]]:
    return {row.number: set(row.reasons.split(",")) for row in first_rows(office, STALE_CARDS, View(), 1000)}


def recalled(office: Office) -> dict[str, set[str]]:
    return {
        row.number: set(row.reasons.split(",")) for row in first_rows(office, COPIES_TO_RECALL, View(), 1000)
    }


# One reason after the other --------------------------------------------------------------------------------------------


@pytest.fixture
def filled(office: Office) -> Office:
    """A card K of the post 电工 held by 王芳, with 李强's phone on it, valid to the end of the year; a copy is out."""
    save_posts(office, [PostEntry(unit_code=UNIT, name="电工", key_post=True)])
    save_people(office, [
        PersonEntry(unit_code=UNIT, name="王芳", phone="13800000001"),
        PersonEntry(unit_code=UNIT, name="李强", phone="010-0066 1234"),
        PersonEntry(unit_code=UNIT, name="值班室", phone="010-00660000"),
    ])  # fmt: skip
    save_cards(office, [
        CardEntry(number="K", unit_code=UNIT, post="电工", person="王芳", steps="断电",
                  contacts="班长李强：010-00661234\n火警 119\n值班 010 00660000", valid_until=date(2026, 12, 31)),
    ])  # fmt: skip
    issue_copies(office, [1], day=DAY)
    return office


def test_a_card_is_right_until_something_happens(filled: Office) -> None:
    assert (stale(filled), recalled(filled), reasons_of(filled, 1)) == ({}, {}, ())


def test_its_date_passes(filled: Office) -> None:
    filled.as_of = date(2026, 12, 31)
    assert stale(filled) == {}
    filled.as_of = date(2027, 1, 1)
    assert stale(filled) == recalled(filled) == {"K": {"expired"}}


def test_somebody_on_it_leaves(filled: Office) -> None:
    retire(filled, "people", [1], DAY)
    assert stale(filled) == {"K": {"person_gone"}}
    retire(filled, "people", [1], None)
    retire(filled, "people", [2], DAY)
    assert stale(filled) == {"K": {"person_gone"}}
    filled.as_of = DAY - timedelta(days=1)
    assert stale(filled) == {}


def test_a_phone_on_it_changes_by_name_or_by_number(filled: Office) -> None:
    save_people(filled, [PersonEntry(unit_code=UNIT, name="李强", phone="010-00661234 / 13900000000")])
    assert stale(filled) == {}, "a further phone, and another way to write the first, change nothing"
    save_people(filled, [PersonEntry(unit_code=UNIT, name="李强", phone="13900000000")])
    assert stale(filled) == {"K": {"phone_changed"}}
    save_cards(
        filled,
        [CardEntry(number="K", unit_code=UNIT, post="电工", contacts="李强 13900000000\n值班 01000660000")],
    )
    assert (stale(filled), recalled(filled)) == ({}, {"K": {"newer_version"}})
    save_people(filled, [PersonEntry(unit_code=UNIT, name="值班室", phone="")])
    assert stale(filled) == {"K": {"phone_changed"}}


def test_its_post_or_unit_goes(filled: Office) -> None:
    retire(filled, "posts", [1], DAY)
    assert stale(filled) == {"K": {"post_retired"}}


def test_it_is_retired_itself(filled: Office) -> None:
    retire(filled, "cards", [1], DAY)
    assert (stale(filled), recalled(filled)) == ({}, {"K": {"card_retired"}})
    end_copies(filled, [copies_of(filled, 1)[0].id], "recalled", day=DAY)
    assert recalled(filled) == {}


def electrician_s(number: str) -> CardEntry:
    return CardEntry(number=number, unit_code=UNIT, post="电工", plan_number="P")


def test_its_plan_is_revised(filled: Office) -> None:
    revised(filled, "O", {"断电": "另一预案。"})
    plan = revised(filled, "P", {"断电": "断开总闸。", "报警": "打119。"})
    section = {one.title: one.id for one in read_content(filled, newest(filled, plan)).sections}
    for number, title in (("K1", "断电"), ("K2", "报警"), ("K3", None)):
        source = Source(newest(filled, plan), section.get(title or ""))
        save_cards(filled, [electrician_s(number)], source=source)
    assert stale(filled) == {}
    shown = {row.number: (row.plan_version, row.section) for row in first_rows(filled, CARDS, View(), 10)}
    assert shown == {"K": (None, None), "K1": ("1", "1 断电"), "K2": ("1", "1 报警"), "K3": ("1", None)}
    again = begin_version(filled, plan, label="2")
    content = read_content(filled, again)
    sections = tuple(
        Section(one.level, one.title, "9" + one.number, (Paragraph("打119和110。"),), one.lineage, one.id)
        if one.title == "报警" else one
        for one in content.sections
    )  # fmt: skip
    write_content(filled, again, 1, Content(sections))
    assert stale(filled) == {}, "a draft changes nothing"
    publish(filled, plan, again, DAY)
    assert stale(filled) == {"K2": {"section_superseded"}, "K3": {"section_superseded"}}, (
        "K1's section is the same"
    )
    filled.as_of = DAY - timedelta(days=1)
    assert stale(filled) == {}
    filled.as_of = None
    renew_sources(filled, [2, 3, 4])
    assert stale(filled) == {}
    with filled.read() as connection:
        carried_on = connection.execute(select(Card.section_id).where(Card.id == 3)).scalar_one()
    assert carried_on in {one.id for one in read_content(filled, again).sections}
    retire(filled, "plans", [plan], DAY)
    assert stale(filled) == {number: {"plan_retired"} for number in ("K1", "K2", "K3")}


def test_a_card_written_from_a_draft_is_not_sent_back_to_the_version_in_force(filled: Office) -> None:
    plan = revised(filled, "P", {"断电": "断开总闸。"})
    draft = begin_version(filled, plan, label="2")
    save_cards(filled, [electrician_s("K1")], source=Source(draft))
    renew_sources(filled, [2])
    with filled.read() as connection:
        assert connection.execute(select(Card.plan_version_id).where(Card.id == 2)).scalar_one() == draft


# At the desk -----------------------------------------------------------------------------------------------------------


def test_the_card_in_hand_is_looked_up_by_scan_or_by_what_is_typed(filled: Office) -> None:
    code = look_up(filled, "K").code
    for text in (
        card_mark("K", 1, code) + "\n119\n断电",
        "k",
        f"K {code.lower()}",
        f" Ｋ　1 {code}",
        f"K 第1版 {code}",
    ):
        standing = look_up(filled, text)
        assert (standing.verdict, standing.reasons, len(standing.copies)) == ("right", (), 1), text
    assert look_up(filled, "K V1 AAAAAA").reasons == ("wrong_code",)
    assert look_up(filled, "K V1 AAA").reasons == ("wrong_code",)
    assert look_up(filled, f"K V2 {code}").reasons == ("unknown_version",)
    for text in ("", "  \n", "没有的卡", "X V1 AAAAAA", "\x00\ud800"):
        assert look_up(filled, text).verdict == "unknown"


def test_an_old_card_in_hand_is_known_as_such(filled: Office) -> None:
    old = look_up(filled, "K")
    save_cards(filled, [CardEntry(number="K", unit_code=UNIT, post="电工", steps="断电\n报警")])
    assert look_up(filled, card_mark("K", 1, old.code)).reasons == ("newer_version",)
    new = look_up(filled, "K")
    assert new.code != old.code
    assert look_up(filled, card_mark("K", 2, new.code)).verdict == "right"
    retire(filled, "people", [1], DAY)
    assert look_up(filled, f"K 1 {old.code}").reasons == ("newer_version", "person_gone")
    end_copies(filled, [copies_of(filled, 1)[0].id], "lost", day=DAY)
    assert "taken_back" in look_up(filled, "K").reasons
    retire(filled, "cards", [1], DAY)
    assert "card_retired" in look_up(filled, "K").reasons


# Random offices --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_reasons_are_those_of_a_look_at_each_card(office: Office, seed: int) -> None:
    dice = Random(seed)
    facts = random_office(office, dice)
    for _ in range(4):
        office.as_of = DAY + timedelta(days=dice.randint(-5, 25))
        expected = {
            card.number: {why for why, day in card.known.items() if day is not None and day <= office.as_of}
            for card in facts
        }
        assert stale(office) == {number: why for number, why in expected.items() if why}
        for row in first_rows(office, STALE_CARDS, View(), 1000):
            assert set(reasons_of(office, row.id)) == set(row.reasons.split(","))
