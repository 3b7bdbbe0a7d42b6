"""The sample district's requests for mutual aid, from resources/samples/aid.toml, by the commands people use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import msgspec

from drillapp.core.datafile import read_data_file
from drillapp.core.office import Office
from drillapp.core.sample_time import Deed, in_order
from drillapp.core.supplies.aid.commands import answer_aid, draft_aid, request_aid
from drillapp.core.supplies.aid.entries import Answer, Asking, Wanted
from drillapp.core.supplies.aid.sending import receive_aid, send_aid

_FILE = "samples/aid.toml"


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    giver: str
    asker: str
    wanted: tuple[Wanted, ...]
    drafted_on: date
    needed_by: date
    reason: str
    requested_on: date | None = None
    answered_on: date | None = None
    answered_by: str = ""
    agreed: tuple[Wanted, ...] = ()
    note: str = ""
    sent_on: date | None = None
    received_on: date | None = None
    handler: str = ""


class _Requests(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    request: tuple[_Request, ...]


def fill_aid(office: Office) -> None:
    """Draft the requests and take their steps, each on its day; what lies after the office's day is left out."""
    today = office.clock.today()
    for request in read_data_file(_FILE, _Requests).request:
        in_order(office, [deed for deed in _deeds(office, request) if deed.day <= today])


def _deeds(office: Office, request: _Request) -> Iterator[Deed]:
    ids: list[int] = []

    def draft() -> None:
        asking = Asking(
            from_storehouse=request.giver, to_storehouse=request.asker, wanted=request.wanted,
            needed_by=request.needed_by, reason=request.reason,
        )  # fmt: skip
        ids.extend(draft_aid(office, [asking]).ids)

    def send_out(day: date) -> None:
        request_aid(office, ids, day)

    def answer(day: date) -> None:
        agreed = {one.item: one.quantity for one in request.agreed}
        answer_aid(office, ids[0], Answer(agreed=agreed, day=day, by=request.answered_by, note=request.note))

    def send(day: date) -> None:
        send_aid(office, ids[0], day, request.handler)

    def receive(day: date) -> None:
        receive_aid(office, ids[0], day)

    yield Deed(request.drafted_on, draft)
    if request.requested_on is not None:
        yield Deed(request.requested_on, partial(send_out, request.requested_on))
    if request.answered_on is not None:
        yield Deed(request.answered_on, partial(answer, request.answered_on))
    if request.sent_on is not None:
        yield Deed(request.sent_on, partial(send, request.sent_on))
    if request.received_on is not None:
        yield Deed(request.received_on, partial(receive, request.received_on))
