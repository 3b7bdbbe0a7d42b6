"""Codes on labels: digits that survive input methods, and what each of them means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.supplies import codes
from drillapp.core.supplies.codes import plain_code, read_payload
from drillapp.core.supplies.model import Item, Storehouse
from drillapp.core.supplies.scanning import resolve
from tests.core.supplies.ledger import book, furnish, line

WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
UID = "01934b5e-7a2c-7abc-8def-00ffa1b2c3d4"


@given(st.uuids(version=4).map(str), st.text(max_size=12), st.none() | st.dates())
def test_payloads_are_digits_that_are_read_back(uid: str, lot: str, day: date | None) -> None:
    payload = codes.payload_of_lot(uid, lot, day)
    assert payload.isascii()
    assert payload.isdigit()
    assert len(payload) == 24
    read = read_payload(payload)
    assert read is not None
    assert read.kind == "lots"
    assert read.tail.hex() == uid.replace("-", "")[-10:]
    assert read.lot == codes.lot_mark(lot, day)
    assert read_payload(plain_code(payload.translate(WIDE) + "\t\r\n")) == read


@given(st.text(min_size=1, max_size=11).filter(str.isprintable))
def test_numbers_of_documents_are_read_back(number: str) -> None:
    read = read_payload(codes.payload_of_document(number))
    assert read is not None
    assert read.number == number


def test_a_number_too_long_for_a_code_has_none() -> None:
    assert codes.payload_of_document("九" * 12) == ""


@given(st.integers(0, 15), st.integers(1, 9))
def test_a_misread_digit_is_noticed(place: int, added: int) -> None:
    payload = codes.payload_of_item(UID)
    wrong = str((int(payload[place]) + added) % 10)
    assert read_payload(payload[:place] + wrong + payload[place + 1 :]) is None


@given(st.integers(0, 14))
def test_two_swapped_digits_are_noticed(place: int) -> None:
    payload = codes.payload_of_item(UID)
    swapped = payload[:place] + payload[place + 1] + payload[place] + payload[place + 2 :]
    assert swapped == payload or read_payload(swapped) is None


def test_what_is_printed_now_is_understood_for_ever() -> None:
    """Labels hang on shelves for years: this fails when their codes would change."""
    assert codes.payload_of_item(UID) == "1109792950779620"
    assert codes.payload_of_lot(UID, "A-1", None)[1:14] == codes.payload_of_item(UID)[1:14]
    assert codes.payload_of_lot(UID, None, date(2027, 5, 6)) != codes.payload_of_lot(UID, "2027-05-06", None)


@pytest.fixture
def stocked(office: Office) -> Office:
    """Two lots of tents, one of them numbered; shovels under the same lot number at S2."""
    furnish(office)
    book(
        office,
        line("in", 5, "2026-03-01", "RK20260301-01", item_code="TENT", lot="B7", expires_on=date(2027, 3, 1)),
        line("in", 3, "2026-03-01", "RK20260301-01", item_code="TENT", expires_on=date(2027, 6, 1)),
        line("in", 2, "2026-03-02", "RK20260302-01", storehouse="S2", lot="B7"),
    )
    return office


def uid_of(office: Office, model: type[Item] | type[Storehouse], code: str) -> str:
    with office.read() as connection:
        return str(connection.execute(select(model.uid).where(model.code == code)).scalar_one())


def test_labels_of_items_lots_storehouses_and_documents_are_found(stocked: Office) -> None:
    tent = uid_of(stocked, Item, "TENT")
    item = resolve(stocked, codes.payload_of_item(tent) + "\r")
    assert (item.kind, item.code, item.name) == ("items", "TENT", "帐篷")
    lot = resolve(stocked, codes.payload_of_lot(tent, "B7", date(2027, 3, 1)))
    assert (lot.kind, lot.item_code, lot.lot, lot.expires_on) == ("lots", "TENT", "B7", date(2027, 3, 1))
    pooled = resolve(stocked, codes.payload_of_lot(tent, None, date(2027, 6, 1)))
    assert (pooled.lot, pooled.expires_on, pooled.item_name) == (None, date(2027, 6, 1), "帐篷")
    house = resolve(stocked, codes.payload_of_storehouse(uid_of(stocked, Storehouse, "S2")))
    assert (house.kind, house.storehouse) == ("storehouses", "S2")
    paper = resolve(stocked, codes.payload_of_document("RK20260302-01"))
    assert (paper.kind, paper.code, paper.storehouse) == ("documents", "RK20260302-01", "S2")


@pytest.mark.parametrize(
    ("typed", "kind", "code"),
    [
        ("TENT\r\n", "items", "TENT"),
        ("ｔｅｎｔ", "items", "TENT"),
        ("S2", "storehouses", "S2"),
        ("rk20260301—01\t", "documents", "RK20260301-01"),
    ],
)
def test_bare_codes_are_understood(stocked: Office, typed: str, kind: str, code: str) -> None:
    found = resolve(stocked, typed)
    assert (found.kind, found.code) == (kind, code)


def test_a_lot_number_of_two_items_is_named_or_told_by_the_storehouse(stocked: Office) -> None:
    with pytest.raises(InvalidInput, match=r"TENT.*SHOVEL|SHOVEL.*TENT"):
        resolve(stocked, "B7")
    assert resolve(stocked, "B7", "S2").item_code == "SHOVEL"


@pytest.mark.parametrize(
    "text", ["", "\r\n", "6901234567892", codes.payload_of_item(UID), "没有", "x" * 5000]
)
def test_what_is_unknown_is_one_sentence(stocked: Office, text: str) -> None:
    with pytest.raises(NotFound) as caught:
        resolve(stocked, text)
    assert caught.value.message
    assert caught.value.hint
