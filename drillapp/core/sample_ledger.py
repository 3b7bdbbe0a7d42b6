"""What goes on in the sample district's storehouses, from resources/samples/ledger.toml, by the commands people use."""

from __future__ import annotations

from datetime import date

import msgspec

from drillapp.core.datafile import read_data_file
from drillapp.core.office import Office
from drillapp.core.supplies.answering import consignments_of, receipt_lines
from drillapp.core.supplies.documents import book_document
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.quarantine import holding_named, set_aside
from drillapp.core.supplies.reversing import movements_of, reverse_movements

_FILE = "samples/ledger.toml"


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    item_code: str
    quantity: float


class _Received(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    line: int
    quantity: float
    on: date
    handler: str


class _Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    storehouse: str
    to_storehouse: str
    occurred_on: date
    handler: str
    reason: str
    line: tuple[_Line, ...]
    received: tuple[_Received, ...] = ()


class _SetAside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    storehouse: str
    item_code: str
    quantity: float
    kind: str
    from_on: date
    reason: str


class _Mistake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    storehouse: str
    item_code: str
    quantity: float
    occurred_on: date
    handler: str
    reason: str
    reversed_on: date
    why: str


class _Ledger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sent: tuple[_Sent, ...]
    set_aside: tuple[_SetAside, ...]
    mistake: tuple[_Mistake, ...]


def fill_ledger(office: Office) -> None:
    """Send and receive, set aside, and take back what was wrong; what lies after the office's day is left out."""
    said, today = read_data_file(_FILE, _Ledger), office.clock.today()
    for sent in said.sent:
        if sent.occurred_on <= today:
            _send(office, sent, today)
    for one in said.set_aside:
        if one.from_on <= today:
            holding = holding_named(office, one.storehouse, one.item_code)
            set_aside(office, holding, one.quantity, one.kind, reason=one.reason, day=one.from_on)
    for mistake in said.mistake:
        if mistake.reversed_on <= today:
            _take_back(office, mistake)


def _send(office: Office, sent: _Sent, today: date) -> None:
    lines = [
        MovementEntry(
            document="", kind="send", storehouse=sent.storehouse, to_storehouse=sent.to_storehouse,
            item_code=line.item_code, quantity=line.quantity, occurred_on=sent.occurred_on, cause="allocation",
            handler=sent.handler, reason=sent.reason,
        )
        for line in sent.line
    ]  # fmt: skip
    document = book_document(office, lines).document
    for one in sent.received:
        if one.on <= today:
            found = [row for row in consignments_of(office, document) if row.line == one.line]
            entries = receipt_lines(found, one.on, {found[0].id: one.quantity}, handler=one.handler)
            book_document(office, entries)


def _take_back(office: Office, mistake: _Mistake) -> None:
    entry = MovementEntry(
        document="", kind=mistake.kind, storehouse=mistake.storehouse, item_code=mistake.item_code,
        quantity=mistake.quantity, occurred_on=mistake.occurred_on, cause="issue", handler=mistake.handler,
        reason=mistake.reason,
    )  # fmt: skip
    document = book_document(office, [entry]).document
    reverse_movements(office, movements_of(office, document), mistake.why, day=mistake.reversed_on)
