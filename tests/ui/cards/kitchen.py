"""A restaurant whose plan was revised, whose phones changed, and whose cards are therefore no longer all right."""

from __future__ import annotations

from datetime import date

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.copies import acknowledge, issue_copies
from drillapp.core.cards.copy_lists import copies_of
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.queries import CARDS
from drillapp.core.cards.source import Source
from drillapp.core.cards.templates import fill, templates
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Paragraph, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.model import PlanEvent
from drillapp.core.plans.queries import PLANS
from drillapp.core.plans.versions import begin_version, read_content, versions_of, write_content
from drillapp.core.units.commands import save_people, save_posts, save_units
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry

STREET = "110102001"
KITCHEN = "110102001901"
TITLE = "燃气泄漏处置"
OLD, NEW = "厨师长关闭总阀，打开门窗。", "厨师长先疏散，再关闭总阀，打开门窗。"
OTHER = "值班经理清点人数。"


def fill_kitchen(office: Office) -> None:
    """Cards K-1 (its section was revised), K-2 (its phone changed), K-3 (past its date), K-4 (right); 2026-11-24."""
    save_units(
        office,
        [
            UnitEntry(code=STREET, name="金融街街道", parent_code="110102", kind="street"),
            UnitEntry(
                code=KITCHEN, name="福顺楼饭店", parent_code=STREET, kind="enterprise", address="金融街12号"
            ),
        ],
    )
    save_people(
        office,
        [
            PersonEntry(unit_code=KITCHEN, name="王强", post="厨师长", phone="13800001111"),
            PersonEntry(unit_code=KITCHEN, name="李梅", post="值班经理", phone="13900002222"),
        ],
    )
    save_posts(
        office,
        [
            PostEntry(unit_code=KITCHEN, name=name, key_post=True)
            for name in ("厨师长", "值班经理", "后厨", "电工")
        ],
    )
    _write_plan(office)
    _write_cards(office)
    save_people(office, [PersonEntry(unit_code=KITCHEN, name="李梅", phone="13911119999")])


def card_id(office: Office, number: str) -> int:
    """The key of a card."""
    view = View(conditions=(Condition("number", "=", number),), retired=True)
    return int(first_rows(office, CARDS, view, 1)[0].id)


def _write_plan(office: Office) -> None:
    save_plans(
        office, [PlanEntry(number="FS-01", title="燃气泄漏现场处置方案", unit_code=KITCHEN, version="1")]
    )
    plan = _plan(office)
    write_content(office, versions_of(office, plan)[0].id, 1, _content(OLD))
    _publish(office, plan, date(2025, 3, 1))


def _write_cards(office: Office) -> None:
    places = {"unit": "福顺楼饭店", "address": "金融街12号", "duty_phone": "66001234"}
    gas = fill(templates()["gas_leak"], places)
    plan = _plan(office)
    version = versions_of(office, plan)[0].id
    section = next(one.id for one in read_content(office, version).sections if one.title == TITLE)
    first = CardEntry(
        number="K-1", unit_code=KITCHEN, post="厨师长", person="王强", plan_number="FS-01", **gas
    )
    save_cards(office, [first], source=Source(version, section))
    save_cards(
        office,
        [
            CardEntry(number="K-2", unit_code=KITCHEN, post="值班经理", person="李梅", title="值班处置卡",
                      steps="清点人数", contacts="李梅 13900002222"),
            CardEntry(number="K-3", unit_code=KITCHEN, post="电工", title="停电处置卡", steps="断开总闸",
                      valid_until=date(2026, 6, 30)),
            CardEntry(number="K-4", unit_code=KITCHEN, post="电工", title="触电处置卡", steps="断开电源"),
        ],
    )  # fmt: skip
    issue_copies(office, [card_id(office, "K-1"), card_id(office, "K-2")], day=date(2026, 3, 1))
    acknowledge(office, [copies_of(office, card_id(office, "K-1"))[0].id], day=date(2026, 3, 2))
    again = begin_version(office, plan, label="2")
    sections = tuple(
        Section(one.level, one.title, one.number, (Paragraph(NEW),), one.lineage, one.id)
        if one.title == TITLE
        else one
        for one in read_content(office, again).sections
    )
    write_content(office, again, 1, Content(sections))
    _publish(office, plan, date(2026, 11, 1))


def _plan(office: Office) -> int:
    return int(first_rows(office, PLANS, View(conditions=(Condition("number", "=", "FS-01"),)), 1)[0].id)


def _content(text: str) -> Content:
    return Content(
        (
            Section(1, TITLE, "1", (Paragraph(text),)),
            Section(1, "人员清点", "2", (Paragraph(OTHER),)),
        )
    )


def _publish(office: Office, plan: int, day: date) -> None:
    """The newest version, as an old record would have it: without what must come before."""
    version = versions_of(office, plan)[0].id
    with office.write("publish") as work:
        values = {"plan_id": plan, "version_id": version, "kind": "published", "happened_on": day}
        work.connection.execute(PlanEvent.__table__.insert().values(values))
