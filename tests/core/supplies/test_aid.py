"""Mutual aid from the draft to the goods in the other storehouse."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from drillapp.core.check import check
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.kinds import KINDS
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.aid.commands import answer_aid, cancel_aid, change_aid, draft_aid, request_aid
from drillapp.core.supplies.aid.entries import AidLineEntry, AidRequestEntry, Answer, Asking, Wanted
from drillapp.core.supplies.aid.queries import AID_REQUESTS, aid_view
from drillapp.core.supplies.aid.sending import receive_aid, send_aid
from drillapp.core.supplies.aid.stored import request_numbered
from drillapp.core.supplies.aid.who_has import who_has
from drillapp.core.supplies.queries import stock_as_of
from tests.core.supplies.aid_district import DESHENG, GUANGWAI, XICHANGAN, XINJIEKOU, build, key, stock
from tests.core.supplies.ledger import book, line

TODAY = date(2026, 11, 24)


@pytest.fixture
def district(office: Office) -> Office:
    build(office)
    stock(office)
    book(
        office,
        line("in", 4, "2026-04-01", "RK-2", storehouse=f"{XINJIEKOU}-CK", item_code="TORCH", lot="SOON",
             expires_on=date(2027, 1, 1)),
        line("in", 3, "2026-04-01", "RK-2", storehouse=f"{XINJIEKOU}-CK", item_code="LAMP"),
    )  # fmt: skip
    return office


def asking(**said: Any) -> Asking:
    usual = {
        "from_storehouse": f"{XINJIEKOU}-CK", "to_storehouse": f"{DESHENG}-CK", "reason": "汛期值守",
        "wanted": (Wanted("TORCH", 10), Wanted("LAMP", 2)), "needed_by": date(2026, 11, 30),
    }  # fmt: skip
    return Asking(**(usual | said))


def drafted(office: Office, **said: Any) -> int:
    return draft_aid(office, [asking(**said)]).ids[0]


def agreed(office: Office, quantities: dict[str, float] | None = None) -> int:
    request = drafted(office)
    request_aid(office, [request], TODAY)
    answer_aid(office, request, Answer(agreed=quantities, day=TODAY, by="钱工"))
    return request


def balance(office: Office) -> dict[tuple[str, str, str | None], float]:
    return {(row.storehouse, row.item, row.lot): row.quantity for row in stock_as_of(office)}


def test_from_the_draft_to_the_other_storehouse(district: Office) -> None:
    request = agreed(district, {"TORCH": 10, "LAMP": 1})
    before = balance(district)
    sent = send_aid(district, request, TODAY, "孙工")
    view = aid_view(district, request)
    assert (view.state, view.document) == ("sent", sent.document)
    assert [(item.item, item.quantity, item.agreed, item.sent, item.received) for item in view.items] == [
        ("TORCH", 10, 10, 10, 0), ("LAMP", 2, 1, 1, 0),
    ]  # fmt: skip
    there, here = f"{XINJIEKOU}-CK", f"{DESHENG}-CK"
    now = balance(district)
    assert (there, "TORCH", "SOON") not in now, "what expires first goes first"
    assert now[there, "TORCH", "A"] == before[there, "TORCH", "A"] - 6
    assert now[there, "TORCH", "OLD"] == 5, "what has expired is nobody's aid"
    assert now[here, "TORCH", "A"] == before[here, "TORCH", "A"], "on its way, not there yet"
    waiting = next(row for row in who_has(district, "TORCH").rows if row.storehouse == here)
    assert waiting.coming == 10

    assert first_rows(district, AID_REQUESTS, View(), 1)[0].arrived is False
    received = receive_aid(district, request, TODAY, "李工")
    assert first_rows(district, AID_REQUESTS, View(), 1)[0].arrived is True
    assert received.lines == 3
    now = balance(district)
    assert (now[here, "TORCH", "SOON"], now[here, "TORCH", "A"], now[here, "LAMP", None]) == (4, 16, 1)
    view = aid_view(district, request)
    assert [item.received for item in view.items] == [10, 1]
    assert not view.is_under_way
    assert sum(balance(district).values()) == sum(before.values())
    assert check(district).ok
    with pytest.raises(InvalidInput, match=f"{DESHENG}-HZ-2026-01"):
        receive_aid(district, request, TODAY)
    with pytest.raises(InvalidInput, match=sent.document):
        send_aid(district, request, TODAY)


def test_requests_are_drafted_from_who_has_it_all_or_none(district: Office) -> None:
    found = who_has(district, "TORCH", unit_id=key(district, DESHENG), quantity=40)
    askings = [
        asking(from_storehouse=row.storehouse, wanted=(Wanted(row.item, row.take),))
        for row in found.rows
        if row.take
    ]
    made = draft_aid(district, askings)
    assert made.numbers == (f"{DESHENG}-HZ-2026-01", f"{DESHENG}-HZ-2026-02", f"{DESHENG}-HZ-2026-03")
    assert made.changes.kinds >= {"aid_requests"}
    with pytest.raises(InvalidInput) as refused:
        draft_aid(district, [*askings, asking(from_storehouse="NOWHERE")])
    assert [(problem.index, problem.field) for problem in refused.value.problems] == [(3, "from_storehouse")]
    assert len(first_rows(district, AID_REQUESTS, View(), 10)) == 3


def test_a_list_shows_what_a_unit_asks_and_what_it_is_asked(district: Office) -> None:
    drafted(district)
    drafted(
        district,
        from_storehouse=f"{GUANGWAI}-CK",
        to_storehouse=f"{XINJIEKOU}-CK",
        wanted=(Wanted("PUMP", 1),),
    )
    seen = {
        unit: [
            row.giver_name
            for row in first_rows(district, AID_REQUESTS, View(unit_id=key(district, unit)), 10)
        ]
        for unit in (DESHENG, XINJIEKOU, XICHANGAN, "110102")
    }
    assert (len(seen[DESHENG]), len(seen[XINJIEKOU]), seen[XICHANGAN], len(seen["110102"])) == (1, 2, [], 2)


BAD_REQUESTS: list[tuple[dict[str, Any], str]] = [
    ({"to_storehouse": f"{XINJIEKOU}-CK"}, "from_storehouse"),
    ({"to_storehouse": "NOWHERE"}, "to_storehouse"),
    ({"wanted": ()}, "wanted"),
    ({"wanted": (Wanted("NOTHING", 1),)}, "wanted"),
    ({"wanted": (Wanted("TORCH", 1), Wanted("TORCH", 2))}, "wanted"),
    ({"wanted": (Wanted("TORCH", 0),)}, "wanted"),
    ({"wanted": (Wanted("TORCH", float("nan")),)}, "wanted"),
    ({"wanted": (Wanted("TORCH", 1e300),)}, "wanted"),
    ({"needed_by": date(2026, 11, 23)}, "needed_by"),
    ({"reason": "字" * 5000}, "reason"),
    ({"reason": "\x00"}, "reason"),
]


def test_a_bad_request_is_refused_at_its_field(district: Office) -> None:
    for said, field in BAD_REQUESTS:
        with pytest.raises(InvalidInput) as refused:
            drafted(district, **said)
        assert {problem.field for problem in refused.value.problems} == {field}, said
    assert first_rows(district, AID_REQUESTS, View(), 10) == []


def test_a_draft_can_be_changed_and_nothing_else(district: Office) -> None:
    request = drafted(district)
    change_aid(district, request, asking(wanted=(Wanted("LAMP", 3),), reason=""))
    view = aid_view(district, request)
    assert ([item.item for item in view.items], view.reason) == (["LAMP"], None)
    request_aid(district, [request], TODAY)
    with pytest.raises(InvalidInput, match=f"{DESHENG}-HZ"):
        change_aid(district, request, asking())
    for step in (
        lambda: request_aid(district, [request], TODAY),
        lambda: send_aid(district, request, TODAY),
        lambda: receive_aid(district, request, TODAY),
    ):
        with pytest.raises(InvalidInput):
            step()


BAD_ANSWERS = [
    (Answer(agreed={"TORCH": 11}, day=TODAY, by="钱工"), "agreed"),
    (Answer(agreed={"TORCH": -1}, day=TODAY, by="钱工"), "agreed"),
    (Answer(agreed={"PUMP": 1}, day=TODAY, by="钱工"), "agreed"),
    (Answer(day=date(2026, 11, 1), by="钱工"), "day"),
    (Answer(day=TODAY, by=" "), "by"),
    (Answer(agreed={}, day=TODAY, by="钱工"), "note"),
]


def test_a_bad_answer_is_refused_at_its_field(district: Office) -> None:
    request = drafted(district)
    request_aid(district, [request], TODAY)
    for answer, field in BAD_ANSWERS:
        with pytest.raises(InvalidInput) as refused:
            answer_aid(district, request, answer)
        assert {problem.field for problem in refused.value.problems} == {field}, answer
    assert aid_view(district, request).state == "requested"


def test_a_refusal_says_why_and_ends_it(district: Office) -> None:
    request = drafted(district)
    request_aid(district, [request], TODAY)
    answer_aid(district, request, Answer(agreed={}, day=TODAY, by="钱工", note="本街道亦需"))
    view = aid_view(district, request)
    assert (view.state, view.note, [item.agreed for item in view.items]) == ("declined", "本街道亦需", [0, 0])
    with pytest.raises(InvalidInput):
        send_aid(district, request, TODAY)


def test_more_was_agreed_than_can_be_sent(district: Office) -> None:
    request = agreed(district)
    book(
        district,
        line("out", 12, "2026-11-24", "CK-9", storehouse=f"{XINJIEKOU}-CK", item_code="TORCH", lot="A"),
        line("out", 2, "2026-11-24", "CK-9", storehouse=f"{XINJIEKOU}-CK", item_code="LAMP"),
    )
    before = balance(district)
    with pytest.raises(InvalidInput) as refused:
        send_aid(district, request, TODAY)
    assert [problem.value for problem in refused.value.problems] == ["TORCH", "LAMP"]
    assert "7" in refused.value.problems[0].message
    assert balance(district) == before
    assert aid_view(district, request).state == "agreed"
    answer_aid(district, request, Answer(agreed={"TORCH": 7}, day=TODAY, by="钱工"))
    assert send_aid(district, request, TODAY).lines == 2


def test_a_request_can_be_taken_back_until_it_is_sent(district: Office) -> None:
    request = agreed(district)
    with pytest.raises(InvalidInput):
        cancel_aid(district, request, "  ")
    cancel_aid(district, request, "险情解除")
    assert aid_view(district, request).state == "cancelled"
    other = agreed(district)
    send_aid(district, other, TODAY)
    with pytest.raises(InvalidInput):
        cancel_aid(district, other, "险情解除")


def test_a_number_is_looked_up_or_said_to_be_unknown(district: Office) -> None:
    request = drafted(district)
    assert request_numbered(district, f"{DESHENG}-HZ-2026-01") == request
    with pytest.raises(NotFound, match="HZ-9"):
        request_numbered(district, "HZ-9")
    with pytest.raises(NotFound):
        aid_view(district, 999)


def test_requests_of_earlier_years_come_in_by_ledger(district: Office) -> None:
    entry = AidRequestEntry(
        number="OLD-1", from_storehouse=f"{XINJIEKOU}-CK", to_storehouse=f"{DESHENG}库", state="declined",
        requested_on=date(2025, 7, 1), answered_on=date(2025, 7, 2), answered_by="钱工",
    )  # fmt: skip
    save_requests, save_lines = KINDS["aid_requests"].save, KINDS["aid_lines"].save
    assert save_requests(district, [entry]).created == 1
    lines = [AidLineEntry(request="OLD-1", item_code="TORCH", quantity=5, agreed=0)]
    assert (save_lines(district, lines).created, save_lines(district, lines).unchanged) == (1, 1)
    assert aid_view(district, request_numbered(district, "OLD-1")).items[0].agreed == 0
    for bad in (
        AidRequestEntry(number="X", from_storehouse=f"{XINJIEKOU}-CK", to_storehouse=f"{DESHENG}-CK",
                        requested_on=TODAY, state="sent", answered_on=TODAY),
        AidRequestEntry(number="X", from_storehouse=f"{DESHENG}-CK", to_storehouse=f"{DESHENG}-CK",
                        requested_on=TODAY, state="drafted"),
        AidRequestEntry(number="X", from_storehouse=f"{XINJIEKOU}-CK", to_storehouse=f"{DESHENG}-CK",
                        requested_on=TODAY, state="agreed"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            save_requests(district, [bad])
    with pytest.raises(InvalidInput):
        save_lines(district, [AidLineEntry(request="OLD-1", item_code="LAMP", quantity=1, agreed=2)])
