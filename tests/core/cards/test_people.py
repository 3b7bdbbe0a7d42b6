"""Who stands on a card is found among the people of its unit and of those above it, by name or by phone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.model import CardPerson
from drillapp.core.office import Office
from drillapp.core.units.commands import save_people, save_posts, save_units
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry
from drillapp.core.units.model import Person, Unit


@pytest.fixture(autouse=True)
def people(office: Office) -> None:
    """Company B in street A, company C beside it; both have a 王芳, the street has 赵强 and the desk."""
    save_units(office, [
        UnitEntry(code="A", name="街道"), UnitEntry(code="B", name="乙", parent_code="A"),
        UnitEntry(code="C", name="丙", parent_code="A"),
    ])  # fmt: skip
    save_posts(office, [PostEntry(unit_code="B", name="电工")])
    save_people(office, [
        PersonEntry(unit_code="B", name="王芳", phone="13800000001"),
        PersonEntry(unit_code="C", name="王芳", phone="13800000002"),
        PersonEntry(unit_code="C", name="孙丽", phone="13800000003"),
        PersonEntry(unit_code="A", name="赵强", phone="010-00660001、13800000004"),
        PersonEntry(unit_code="B", name="钱一", phone="010-00669999"),
        PersonEntry(unit_code="B", name="钱二", phone="010-00669999"),
        PersonEntry(unit_code="B", name="无号"),
    ])  # fmt: skip


def linked(office: Office, **said: str) -> set[tuple[str, str, str | None]]:
    save_cards(office, [CardEntry(number="K", unit_code="B", post="电工", **said)])
    statement = (
        select(Unit.code, Person.name, CardPerson.phone)
        .join(Person, Person.id == CardPerson.person_id)
        .join(Unit, Unit.id == Person.unit_id)
    )
    with office.read() as connection:
        return {tuple(row) for row in connection.execute(statement)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("班长王芳 138-0000-0001", {("B", "王芳", "13800000001")}),
        ("王芳：13800000001\n街道赵强（010）00660001", {("B", "王芳", "13800000001"), ("A", "赵强", "01000660001")}),
        ("街道值班 13800000004", {("A", "赵强", "13800000004")}),
        ("孙丽 13800000003", set()),
        ("值班室 010-00669999", set()),
        ("无号 13811112222", {("B", "无号", None)}),
        ("火警 119\n急救 120", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_people_are_found_in_the_contacts_and_in_the_alarm(
    office: Office, text: str, found: set[tuple[str, str, str | None]]
) -> None:
    assert linked(office, contacts=text) == found
    assert linked(office, contacts="", alarm=text) == found


def test_the_holder_is_the_unit_s_own_and_links_follow_the_card(office: Office) -> None:
    assert linked(office, person="王芳") == {("B", "王芳", None)}
    assert linked(office, contacts="王芳 13800000001") == {("B", "王芳", "13800000001")}
    assert linked(office, title="触电") == {("B", "王芳", "13800000001")}
    assert linked(office, person="外来人", contacts="119") == set()
