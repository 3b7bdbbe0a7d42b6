"""Requests for mutual aid as they are kept, for the commands that change them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, select

from drillapp.core.database.base import table_of
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.aid.model import AidLine, AidRequest
from drillapp.core.supplies.model import Item, Storehouse
from drillapp.core.work import Work

_REQUESTS = table_of(AidRequest)


class StoredRequest(Struct, frozen=True):
    """A request as it is now."""

    id: int
    number: str
    state: str
    from_storehouse_id: int
    to_storehouse_id: int
    requested_on: date
    needed_by: date | None
    reason: str | None
    answered_on: date | None
    answered_by: str | None
    note: str | None
    document: str | None


class StoredLine(Struct, frozen=True):
    """A line of it."""

    id: int
    item: str
    """The item's code."""
    item_name: str
    quantity: float
    agreed: float | None


def stored_request(connection: Connection, request_id: int) -> StoredRequest:
    """A request by its key; raises NotFound."""
    columns = [_REQUESTS.c[name] for name in StoredRequest.__struct_fields__]
    row = connection.execute(select(*columns).where(_REQUESTS.c.id == request_id)).first()
    if row is None:
        raise NotFound(_("This request is not there any more."), _("Look at the list again."))
    return StoredRequest(*row)


def lines_of(connection: Connection, request_id: int) -> list[StoredLine]:
    """The lines of a request as they stand in its letter."""
    statement = (
        select(AidLine.id, Item.code, Item.name, AidLine.quantity, AidLine.agreed)
        .join(Item, Item.id == AidLine.item_id)
        .where(AidLine.request_id == request_id)
        .order_by(AidLine.position, AidLine.id)
    )
    return [StoredLine(*row) for row in connection.execute(statement)]


def request_numbered(office: Office, number: str) -> int:
    """The key of the request with this number; raises NotFound."""
    with office.read() as connection:
        key = connection.execute(select(AidRequest.id).where(AidRequest.number == number)).scalar()
    if key is None:
        raise NotFound(
            _("There is no request for aid with the number '{number}'.").format(number=number),
            _("'drillapp aid list' shows the numbers there are."),
        )
    return int(key)


def change(work: Work, request: StoredRequest, values: Mapping[str, Any]) -> None:
    """Write what is new of a request."""
    changed = {
        name: (getattr(request, name), value)
        for name, value in values.items()
        if getattr(request, name) != value
    }
    if not changed:
        return
    new = {name: value for name, (_old, value) in changed.items()}
    work.connection.execute(
        _REQUESTS.update()
        .where(_REQUESTS.c.id == request.id)
        .values(**new, revision=_REQUESTS.c.revision + 1)
    )
    work.changed("aid_requests", request.id, changed)
    touch(work, request.id)


def touch(work: Work, request_id: int) -> None:
    """Say that a request concerns both units."""
    units = (
        select(Storehouse.unit_id)
        .join(AidRequest, Storehouse.id.in_((AidRequest.from_storehouse_id, AidRequest.to_storehouse_id)))
        .where(AidRequest.id == request_id)
    )
    work.touched("aid_requests", work.connection.execute(units).scalars().all())
