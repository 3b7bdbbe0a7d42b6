"""A disposal card is of a post that its unit has; its newest copy is acknowledged after it was issued."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.cards.queries import CARDS, CardRow
from drillapp.core.cards.source import Source
from drillapp.core.errors import InvalidInput
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.versions import read_content, versions_of, write_content
from drillapp.core.saving import Editing, Saving
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry
from tests.journaled import commands

JANUARY, FEBRUARY, MARCH = (date(2026, month, 5) for month in (1, 2, 3))


@pytest.fixture(autouse=True)
def posts(office: Office) -> None:
    """Unit A has the post 电工, unit B the post 保安."""
    save_units(office, [UnitEntry(code="A", name="甲"), UnitEntry(code="B", name="乙")])
    save_posts(office, [PostEntry(unit_code="A", name="电工"), PostEntry(unit_code="B", name="保安")])
    save_plans(office, [PlanEntry(number=number, title="预案", unit_code="A") for number in ("P", "Q")])


def card(**said: Any) -> CardEntry:
    return CardEntry(**{"number": "K1", "unit_code": "A", "post": "电工"} | said)


def found(office: Office) -> CardRow:
    [row] = first_rows(office, CARDS, View(), 10)
    assert isinstance(row, CardRow)
    return row


def copies(office: Office) -> list[tuple[Any, ...]]:
    """Version, holder, issued, acknowledged, ended and how of every copy, the oldest first."""
    statement = select(
        CardCopy.version, CardCopy.person, CardCopy.issued_on, CardCopy.acknowledged_on, CardCopy.ended_on,
        CardCopy.ended_how,
    ).order_by(CardCopy.issued_on, CardCopy.id)  # fmt: skip
    with office.read() as connection:
        return [tuple(row) for row in connection.execute(statement)]


def test_a_card_is_kept_with_all_its_fields(office: Office) -> None:
    said = {
        "person": "王芳", "plan_number": "P", "title": "配电室火灾", "hazards": "触电", "first_action": "断开总闸",
        "alarm": "消防\t119\t配电室着火", "steps": "1. 断电\n2. 报警", "protection": "绝缘手套", "prohibitions": "严禁用水",
        "route": "西楼梯，操场", "supplies": "干粉灭火器，门后", "contacts": "119", "valid_until": date(2028, 1, 5),
        "issued_on": JANUARY, "acknowledged_on": JANUARY,
    }  # fmt: skip
    save_cards(office, [card(**said)])
    row = found(office)
    assert {name: getattr(row, name) for name in said} == said
    assert (row.unit_name, row.post, row.version, row.copies) == ("甲", "电工", 1, 1)
    assert save_cards(office, [card(**said)]).unchanged == 1


def test_what_cannot_be_is_refused(office: Office) -> None:
    wrong = [
        ({"post": "保安"}, "post"),
        ({"post": "没有的岗位"}, "post"),
        ({"unit_code": "X"}, "unit_code"),
        ({"plan_number": "X"}, "plan_number"),
        ({"steps": "\n".join(map(str, range(100, 109)))}, "steps"),
        ({"issued_on": JANUARY, "acknowledged_on": date(2026, 1, 4)}, "acknowledged_on"),
        ({"issued_on": None, "acknowledged_on": JANUARY}, "issued_on"),
        ({"acknowledged_on": JANUARY}, "issued_on"),
    ]
    for said, field in wrong:
        with pytest.raises(InvalidInput) as refusal:
            save_cards(office, [card(**said)])
        assert [problem.field for problem in refusal.value.problems] == [field]


def test_a_card_can_pass_to_another_post(office: Office) -> None:
    save_cards(office, [card()])
    assert save_cards(office, [card(unit_code="B", post="保安")]).updated == 1
    assert (found(office).unit_code, found(office).post) == ("B", "保安")


def test_how_far_a_card_is_on_a_day(office: Office) -> None:
    save_cards(office, [card(issued_on=JANUARY, acknowledged_on=date(2026, 1, 8))])
    states = []
    for day in (4, 5, 7, 8):
        office.as_of = date(2026, 1, day)
        row = found(office)
        states.append((row.state, row.copies, row.issued_on is not None, row.acknowledged_on is not None))
    assert states == [
        ("draft", 0, False, False),
        ("issued", 1, True, False),
        ("issued", 1, True, False),
        ("acknowledged", 1, True, True),
    ]


def test_a_later_day_of_issue_is_a_further_copy_and_replaces_the_holder_s_own(office: Office) -> None:
    save_cards(office, [card(person="王芳", issued_on=JANUARY, acknowledged_on=JANUARY)])
    save_cards(office, [card(issued_on=FEBRUARY)])
    assert copies(office) == [
        (1, "王芳", JANUARY, JANUARY, FEBRUARY, "replaced"),
        (1, "王芳", FEBRUARY, None, None, None),
    ]
    save_cards(office, [card(acknowledged_on=MARCH)])
    assert copies(office)[1] == (1, "王芳", FEBRUARY, MARCH, None, None)
    with pytest.raises(InvalidInput):
        save_cards(office, [card(acknowledged_on=JANUARY)])


def test_an_earlier_day_of_issue_corrects_the_newest_copy_and_none_takes_all_back(office: Office) -> None:
    save_cards(office, [card(person="王芳", issued_on=FEBRUARY)])
    save_cards(office, [card(issued_on=JANUARY)])
    assert copies(office) == [(1, "王芳", JANUARY, None, None, None)]
    save_cards(office, [card(issued_on=MARCH)])
    save_cards(office, [card(issued_on=None)])
    assert (copies(office), found(office).state) == ([], "draft")


def test_new_words_make_a_new_version_once_a_copy_is_about(office: Office) -> None:
    save_cards(office, [card(steps="断电", person="王芳")])
    save_cards(office, [card(steps="断电\n报警")])
    assert found(office).version == 1
    save_cards(office, [card(issued_on=JANUARY)])
    assert found(office).version == 1
    save_cards(office, [card(steps="断电\n报警\n疏散")])
    save_cards(office, [card(title="触电")])
    assert found(office).version == 2, "nobody has the second version yet, so that it may still be written"
    save_cards(office, [card(steps="断电", issued_on=FEBRUARY, acknowledged_on=FEBRUARY)])
    save_cards(office, [card(acknowledged_on=MARCH)])
    assert (found(office).version, copies(office)) == (
        2, [(1, "王芳", JANUARY, None, FEBRUARY, "replaced"), (2, "王芳", FEBRUARY, MARCH, None, None)]
    )  # fmt: skip


def test_a_form_corrects_the_copy_of_its_own_card(office: Office) -> None:
    save_cards(office, [card(issued_on=JANUARY), card(number="K2", issued_on=MARCH)])
    rows = first_rows(office, CARDS, View(), 10)
    editing = Saving(editing=Editing(rows[0].id, rows[0].revision))
    save_cards(office, [card(number="K9", acknowledged_on=FEBRUARY)], editing)
    states = {row.number: row.state for row in first_rows(office, CARDS, View(), 10)}
    assert states == {"K9": "acknowledged", "K2": "issued"}


def test_a_card_stays_with_the_version_that_it_was_written_from(office: Office) -> None:
    def source() -> int | None:
        with office.read() as connection:
            return connection.execute(select(Card.plan_version_id)).scalar_one()

    save_plans(office, [PlanEntry(number="P", title="预案", unit_code="A", version="1", approved_on=JANUARY)])
    save_cards(office, [card(plan_number="P")])
    first = source()
    save_plans(
        office, [PlanEntry(number="P", title="预案", unit_code="A", version="2", approved_on=FEBRUARY)]
    )
    save_cards(office, [card(plan_number="P", title="火灾")])
    assert first is not None
    assert source() == first
    save_cards(office, [card(plan_number=None)])
    assert source() is None
    save_cards(office, [card(plan_number="P")])
    assert source() not in (None, first)


def test_a_card_is_saved_with_its_source_in_one_or_not_at_all(office: Office) -> None:
    draft, other = (versions_of(office, key)[0].id for key in (1, 2))
    for version in (draft, other):
        write_content(office, version, 1, Content((Section(1, "断电", "1"),)))
    own, others = (read_content(office, version).sections[0].id for version in (draft, other))
    before = commands(office)
    for source in (Source(draft, others), Source(draft, 99), Source(99)):
        for saving in (Saving(), Saving(dry_run=True)):
            with pytest.raises(InvalidInput) as refusal:
                save_cards(office, [card(plan_number="P")], saving, source)
            assert [problem.field for problem in refusal.value.problems] == ["plan_number"]
    assert (first_rows(office, CARDS, View(), 10), commands(office)) == ([], before)
    save_cards(office, [card(plan_number="P")], source=Source(draft, own))
    assert (found(office).section, found(office).revision) == ("1 断电", 1)
    assert save_cards(office, [card(plan_number="P")], source=Source(draft, own)).unchanged == 1
    with pytest.raises(InvalidInput):
        save_cards(office, [card(plan_number="P", title="火灾")], source=Source(draft, others))
    assert (found(office).title, found(office).section) == (None, "1 断电")
    assert save_cards(office, [card(plan_number="P", title="火灾")], source=Source(draft)).updated == 1
    assert (found(office).title, found(office).section) == ("火灾", None)
    assert commands(office) == [*before, "save cards", "save cards"]


def test_a_ledger_without_dates_or_with_empty_ones_leaves_the_copies(office: Office, tmp_path: Path) -> None:
    save_cards(office, [card(person="王芳", issued_on=JANUARY, acknowledged_on=JANUARY)])
    path = tmp_path / "cards.csv"
    for ledger in (
        "number,unit_code,post,title,issued_on,acknowledged_on\nK1,A,电工,断电,,\n",
        "number,unit_code,post,title\nK1,A,电工,触电\n",
    ):
        path.write_text(ledger, encoding="utf-8")
        assert import_ledger(office, "cards", path).updated == 1
        assert copies(office) == [(1, "王芳", JANUARY, JANUARY, None, None)]
