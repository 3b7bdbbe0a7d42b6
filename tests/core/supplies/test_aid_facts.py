"""What is known of mutual aid stays known: lines that a draft drops, and lots as they were booked."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from sqlalchemy import select

from drillapp.core.journal.model import JournalEntry
from drillapp.core.office import Office
from drillapp.core.supplies.aid.commands import answer_aid, change_aid, draft_aid, request_aid
from drillapp.core.supplies.aid.entries import Answer, Asking, Wanted
from drillapp.core.supplies.aid.model import AidLine
from drillapp.core.supplies.aid.queries import aid_view
from drillapp.core.supplies.aid.sending import receive_aid, send_aid
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.queries import stock_as_of
from tests.core.supplies.aid_district import DESHENG, GUANGWAI, XINJIEKOU, build, stock
from tests.core.supplies.ledger import book, line

TODAY = date(2026, 11, 24)


@pytest.fixture
def district(office: Office) -> Office:
    build(office)
    stock(office)
    return office


def asking(giver: str, **wanted: float) -> Asking:
    return Asking(
        from_storehouse=f"{giver}-CK", to_storehouse=f"{DESHENG}-CK",
        wanted=tuple(Wanted(item, quantity) for item, quantity in wanted.items()),
    )  # fmt: skip


def test_a_changed_draft_keeps_its_lines_and_says_what_it_drops(district: Office) -> None:
    [request] = draft_aid(district, [asking(GUANGWAI, PUMP=1, LAMP=2)]).ids
    with district.read() as connection:
        before = dict(connection.execute(select(AidLine.position, AidLine.id)).all())
    changes = change_aid(district, request, asking(GUANGWAI, LAMP=3, TORCH=1))
    assert "aid_requests" in changes.kinds
    assert [(item.item, item.quantity) for item in aid_view(district, request).items] == [
        ("LAMP", 3),
        ("TORCH", 1),
    ]
    with district.read() as connection:
        after = dict(connection.execute(select(AidLine.position, AidLine.id)).all())
        said = select(JournalEntry.content).order_by(JournalEntry.id.desc()).limit(1)
        content = msgspec.json.decode(connection.execute(said).scalar_one())
    assert after[1] == before[2], "the lamps are the same line still"
    told = {one["key"]: one["fields"] for one in content["changed"] if one["kind"] == "aid_lines"}
    assert told[before[2]] == {"position": [2, 1], "quantity": [2, 3]}
    assert told[before[1]]["quantity"] == [1, None]


def test_a_lot_goes_as_it_was_booked_whatever_the_catalogue_says_since(district: Office) -> None:
    place = {"storehouse": f"{XINJIEKOU}-CK", "item_code": "PUMP"}
    book(district, line("in", 3, "2026-04-01", "RK-2", produced_on=date(2026, 3, 1), **place))
    save_items(district, [ItemEntry(code="PUMP", name="排水泵", shelf_life_months=24)])
    [request] = draft_aid(district, [asking(XINJIEKOU, PUMP=2)]).ids
    request_aid(district, [request], TODAY)
    answer_aid(district, request, Answer(day=TODAY, by="钱工"))
    send_aid(district, request, TODAY)
    receive_aid(district, request, TODAY)
    there = {row.storehouse: row.quantity for row in stock_as_of(district) if row.item == "PUMP"}
    assert (there[f"{XINJIEKOU}-CK"], there[f"{DESHENG}-CK"]) == (1, 2)
