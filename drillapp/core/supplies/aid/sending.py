"""Mutual aid in the stock ledger: what was agreed is sent, first what expires first, and received where it was needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
from sqlalchemy import BigInteger, Connection, func, select, type_coerce
from sqlalchemy.orm import aliased

from drillapp.core.changes import Changes
from drillapp.core.database.types import from_thousandths, to_thousandths
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import _
from drillapp.core.numbering import free_document
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.supplies.aid.queries import aid_view
from drillapp.core.supplies.aid.rows import AidView
from drillapp.core.supplies.aid.steps import refuse_unless
from drillapp.core.supplies.aid.stored import change, stored_request
from drillapp.core.supplies.book import book_movements
from drillapp.core.supplies.dates.picking import Pick, suggest_lots
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.line_names import is_reversed
from drillapp.core.supplies.model import Item, Movement

_CAUSE = "aid"


class AidBooked(msgspec.Struct, frozen=True):
    """The document of the stock ledger that was written."""

    document: str
    lines: int
    changes: Changes


def send_aid(office: Office, request_id: int, day: date, handler: str = "") -> AidBooked:
    """Send what was agreed from the storehouse that gives: booked in one transaction with the request.

    Lots that expire first go first. Raises InvalidInput for a request that is not agreed, a day before the answer, and,
    naming all of them, for items of which not enough can be given on that day.
    """
    with office.write("send aid") as work:
        request = stored_request(work.connection, request_id)
        refuse_unless("send", request.number, request.state)
        view = aid_view(office, request_id)  # nobody else writes meanwhile: it is what the transaction sees
        if request.state == "sent" and any(item.sent for item in view.items):
            raise InvalidInput(
                _("Request {number} was sent under {document}.").format(
                    number=request.number, document=request.document
                ),
                _("Reverse that document first if it must be sent anew."),
                field="state",
            )
        _refuse_early(day, request.answered_on)
        picks = _picks(office, view, day)
        document = free_document(work.connection, "send", day)
        entries = list(_sendings(view, picks, document, day, handler))
        book_movements(office, work, entries)
        change(work, request, {"state": "sent", "document": document})
        return AidBooked(document, len(entries), work.changes)


def receive_aid(office: Office, request_id: int, day: date, handler: str = "") -> AidBooked:
    """Take in all that is still on its way for a request; raises InvalidInput when nothing is."""
    with office.write("receive aid") as work:
        request = stored_request(work.connection, request_id)
        refuse_unless("receive", request.number, request.state)
        view = aid_view(office, request_id)
        document = free_document(work.connection, "receive", day)
        under_way = _under_way(work.connection, request.document or "")
        entries = [
            MovementEntry(
                document=document, kind="receive", storehouse=view.asker.storehouse, item_code=item, quantity=quantity,
                occurred_on=day, answers=answers, cause=_CAUSE, counterparty=view.giver.unit_name,
                reference=view.number, handler=handler.strip() or None,
            )
            for answers, item, quantity in under_way
        ]  # fmt: skip
        if not entries:
            raise InvalidInput(
                _("Nothing is on its way for request {number}.").format(number=request.number),
                _("All that was sent has arrived."),
                field="state",
            )
        book_movements(office, work, entries)
        work.touched("aid_requests", None)
        return AidBooked(document, len(entries), work.changes)


def _picks(office: Office, view: AidView, day: date) -> dict[str, list[Pick]]:
    """For each item the lots to send; refuses where there is less than was agreed."""
    picks: dict[str, list[Pick]] = {}
    problems: list[Problem] = []
    for item in view.items:
        agreed = item.agreed or 0
        if not agreed:
            continue
        picks[item.item] = suggest_lots(office, view.giver.storehouse, item.item, agreed, day)
        there = sum(to_thousandths(pick.quantity) for pick in picks[item.item])
        if there < to_thousandths(agreed):
            message = _("Of {item} {agreed} were agreed, but only {there} can be sent on {day}.").format(
                item=item.name, agreed=agreed, there=from_thousandths(there), day=day
            )
            problems.append(Problem(0, "agreed", item.item, message))
    refuse_if_any(problems, partial=False)
    return picks


def _sendings(
    view: AidView, picks: dict[str, list[Pick]], document: str, day: date, handler: str
) -> Iterator[MovementEntry]:
    for item, chosen in picks.items():
        for pick in chosen:
            yield MovementEntry(
                document=document, kind="send", storehouse=view.giver.storehouse, item_code=item, lot=pick.lot,
                expires_on=pick.expires_on, quantity=pick.quantity, occurred_on=day,
                to_storehouse=view.asker.storehouse, cause=_CAUSE, counterparty=view.asker.unit_name,
                reason=view.reason, reference=view.number, handler=handler.strip() or None,
            )  # fmt: skip


def _refuse_early(day: date, answered_on: date | None) -> None:
    if answered_on is not None and day < answered_on:
        raise InvalidInput(
            _("Lies before the answer of {day}.").format(day=answered_on),
            _("Enter the day on which the goods left."),
            field="day",
        )


def _under_way(connection: Connection, document: str) -> list[tuple[str, str, float]]:
    """The lines of a document that have not arrived: which, item, how much is still on its way."""
    sent, back = aliased(Movement), aliased(Movement)
    arrived = (
        select(func.coalesce(func.sum(type_coerce(back.quantity, BigInteger)), 0))
        .where(back.answers_id == sent.id, back.kind == "receive", ~is_reversed(back.id))
        .scalar_subquery()
    )
    quantity = type_coerce(sent.quantity, BigInteger)
    statement = (
        select(sent.document, sent.line, Item.code, (quantity - arrived).label("left"))
        .select_from(sent)
        .join(Item, Item.id == sent.item_id)
        .where(sent.document == document, sent.kind == "send", ~is_reversed(sent.id), quantity > arrived)
        .order_by(sent.line)
    )
    return [
        (f"{row.document}/{row.line}", row.code, from_thousandths(row.left))
        for row in connection.execute(statement)
    ]
