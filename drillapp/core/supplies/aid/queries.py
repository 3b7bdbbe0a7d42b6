"""What can be asked about requests for mutual aid."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, case, cast, exists, func, select, type_coerce
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import from_thousandths
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.supplies.aid.model import AidLine, AidRequest
from drillapp.core.supplies.aid.rows import AidItem, AidLineRow, AidRow, AidView, Party
from drillapp.core.supplies.line_names import is_reversed
from drillapp.core.supplies.model import Item, Movement, Storehouse
from drillapp.core.units.model import Unit

_giver_store, _asker_store = aliased(Storehouse), aliased(Storehouse)
_giver, _asker = aliased(Unit), aliased(Unit)


def aid_view(office: Office, request_id: int) -> AidView:
    """A request with its two sides and lines, and what was sent and has arrived of each; raises NotFound."""
    with office.read() as connection:
        head = connection.execute(
            select(
                AidRequest.id, AidRequest.uid, AidRequest.number, AidRequest.state, AidRequest.requested_on,
                AidRequest.needed_by, AidRequest.reason, AidRequest.answered_on, AidRequest.answered_by,
                AidRequest.note, AidRequest.document, AidRequest.from_storehouse_id, AidRequest.to_storehouse_id,
            ).where(AidRequest.id == request_id)
        ).first()  # fmt: skip
        if head is None:
            raise NotFound(_("This request is not there any more."), _("Look at the list again."))
        parties = [_party(connection, key) for key in (head.from_storehouse_id, head.to_storehouse_id)]
        items = tuple(_item(tuple(row)) for row in connection.execute(_items(request_id)))
    shown: Any = (*tuple(head)[:-2], *parties, items)
    return AidView(*shown)


def _party(connection: Connection, storehouse_id: int) -> Party:
    statement = select(
        Unit.code, Unit.name, Storehouse.code, Storehouse.name, Storehouse.address, Storehouse.keeper,
        Storehouse.phone, Storehouse.deputy, Storehouse.deputy_phone, Storehouse.access,
    ).join(Unit, Unit.id == Storehouse.unit_id)  # fmt: skip
    row: Any = tuple(connection.execute(statement.where(Storehouse.id == storehouse_id)).one())
    return Party(*row)


def _item(row: Any) -> AidItem:
    return AidItem(*row[:-2], *map(from_thousandths, row[-2:]))


def _items(request_id: int) -> AnySelect:
    """The lines in the letter's order, with what the ledger says of the request's document."""
    sent, back = aliased(Movement), aliased(Movement)
    quantity, arrived = (type_coerce(each.quantity, BigInteger) for each in (sent, back))
    of_request = (sent.document == AidRequest.document, sent.kind == "send", sent.item_id == AidLine.item_id)
    out = select(func.sum(quantity)).where(*of_request, ~is_reversed(sent.id)).scalar_subquery()
    there = (
        select(func.sum(arrived))
        .join(sent, sent.id == back.answers_id)
        .where(*of_request, back.kind == "receive", ~is_reversed(sent.id), ~is_reversed(back.id))
        .scalar_subquery()
    )
    return (
        select(
            Item.code, Item.name, Item.spec, Item.unit_of_measure, AidLine.quantity, AidLine.agreed,
            cast(func.coalesce(out, 0), BigInteger).label("sent"),
            cast(func.coalesce(there, 0), BigInteger).label("received"),
        )
        .select_from(AidLine)
        .join(AidRequest, AidRequest.id == AidLine.request_id)
        .join(Item, Item.id == AidLine.item_id)
        .where(AidLine.request_id == request_id)
        .order_by(AidLine.position, AidLine.id)
    )  # fmt: skip


def _requests(as_of: date) -> AnySelect:
    counted = select(func.count()).where(AidLine.request_id == AidRequest.id).scalar_subquery()
    first = (
        select(Item.name)
        .join(AidLine, AidLine.item_id == Item.id)
        .where(AidLine.request_id == AidRequest.id)
        .order_by(AidLine.position, AidLine.id)
        .limit(1)
        .scalar_subquery()
    )
    return _with_sides(
        select(
            AidRequest.id, _asker.id.label("unit_id"), _giver.id.label("giver_id"), AidRequest.revision,
            AidRequest.number, AidRequest.state, _asker.code.label("unit_code"), _asker.name.label("unit_name"),
            _asker_store.code.label("to_storehouse"), _asker_store.name.label("to_storehouse_name"),
            _giver.code.label("giver_code"), _giver.name.label("giver_name"),
            _giver_store.code.label("from_storehouse"), _giver_store.name.label("from_storehouse_name"),
            counted.label("lines"), first.label("first_item"), AidRequest.requested_on, AidRequest.needed_by,
            AidRequest.reason, AidRequest.answered_on, AidRequest.answered_by, AidRequest.note, AidRequest.document,
            case((AidRequest.state == "sent", ~_under_way())).label("arrived"), AidRequest.retired_on,
        ).select_from(AidRequest)
    )  # fmt: skip


def _under_way() -> ColumnElement[bool]:
    """Whether a line of the request's document still stands of which not all has arrived."""
    sent, back = aliased(Movement), aliased(Movement)
    arrived = (
        select(func.coalesce(func.sum(type_coerce(back.quantity, BigInteger)), 0))
        .where(back.answers_id == sent.id, back.kind == "receive", ~is_reversed(back.id))
        .scalar_subquery()
    )
    return exists().where(
        sent.document == AidRequest.document, sent.kind == "send", ~is_reversed(sent.id),
        type_coerce(sent.quantity, BigInteger) > arrived,
    )  # fmt: skip


def _lines(as_of: date) -> AnySelect:
    return _with_sides(
        select(
            AidLine.id, _asker.id.label("unit_id"), _giver.id.label("giver_id"), AidLine.revision,
            AidRequest.number.label("request"), AidRequest.state, _asker.name.label("unit_name"),
            _giver.name.label("giver_name"), Item.code.label("item_code"), Item.name.label("item_name"),
            Item.unit_of_measure, AidLine.quantity, AidLine.agreed, AidLine.retired_on,
        )
        .select_from(AidLine)
        .join(AidRequest, AidRequest.id == AidLine.request_id)
        .join(Item, Item.id == AidLine.item_id)
    )  # fmt: skip


def _with_sides(statement: AnySelect) -> AnySelect:
    return (
        statement.join(_giver_store, _giver_store.id == AidRequest.from_storehouse_id)
        .join(_giver, _giver.id == _giver_store.unit_id)
        .join(_asker_store, _asker_store.id == AidRequest.to_storehouse_id)
        .join(_asker, _asker.id == _asker_store.unit_id)
    )


AID_REQUESTS = Listing(
    "aid_requests",
    AidRow,
    (
        Column("number", "Request number", width=190),
        Column("state", "State", "choice", 90, "aid_state"),
        Column("arrived", "Arrived", "flag", 70),
        Column("unit_name", "Asking unit", width=160),
        Column("giver_name", "Unit that has it", width=160),
        Column("first_item", "First item", width=140),
        Column("lines", "Items in all", "number", 80),
        Column("requested_on", "Requested on", "date", 100),
        Column("needed_by", "Needed by", "date", 100),
        Column("from_storehouse_name", "From storehouse", width=190),
        Column("to_storehouse_name", "To storehouse", width=190),
        Column("document", "Document", width=150),
        Column("reason", "Reason", width=180),
        Column("answered_on", "Answered on", "date", 100),
        Column("answered_by", "Answered by", width=100),
        Column("note", "Note", width=160),
    ),
    _requests,
    searched=("number", "unit_name", "giver_name", "from_storehouse_name", "to_storehouse_name", "reason"),
    sort=(("requested_on", True), ("number", True)),
    other_unit="giver_id",
)
AID_LINES = Listing(
    "aid_lines",
    AidLineRow,
    (
        Column("request", "Request number", width=190),
        Column("state", "State", "choice", 90, "aid_state"),
        Column("unit_name", "Asking unit", width=160),
        Column("giver_name", "Unit that has it", width=160),
        Column("item_code", "Item code", width=110),
        Column("item_name", "Item name", width=180),
        Column("quantity", "Asked for", "number", 90),
        Column("agreed", "Agreed", "number", 90),
        Column("unit_of_measure", "Unit of measure", width=80),
    ),
    _lines,
    searched=("request", "item_code", "item_name", "unit_name", "giver_name"),
    sort=(("request", True), ("id", False)),
    other_unit="giver_id",
)
