"""What a scanned or typed code means: an item, a lot, a shelf, a storehouse, a stocktake, a request, a stock document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    LargeBinary,
    Row,
    and_,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from drillapp.core.database.base import AnySelect
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.aid.model import AidRequest
from drillapp.core.supplies.codes import (
    LONGEST_TEXT,
    UID_TAIL,
    CodeKind,
    Payload,
    lot_mark,
    plain_code,
    read_payload,
)
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, StockEntry, Storehouse
from drillapp.core.supplies.stocktake.model import Stocktake
from drillapp.core.supplies.stores.model import Shelf

_NAMED = 4
"""So many of several things that have the same code are named."""
_SAME = 200
"""So many of them are looked at."""
_UID_BYTES = 16
_MODELS: dict[str, Any] = {
    "items": Item,
    "storehouses": Storehouse,
    "stocktakes": Stocktake,
    "aid_requests": AidRequest,
    "shelves": Shelf,
}


class Scanned(Struct, frozen=True):
    """What a code means."""

    kind: CodeKind
    id: int
    """The record's key; of a document that of its first line."""
    code: str
    """Its code or number; of a lot its number, '' without one."""
    name: str
    """What people call it; of a stocktake, a request or a document its storehouse."""
    item_code: str = ""
    item_name: str = ""
    lot: str | None = None
    lot_id: int | None = None
    produced_on: date | None = None
    expires_on: date | None = None
    storehouse: str = ""
    """Code of the storehouse that it is, or lies or was drawn up in; of a request, who has it."""
    unit_id: int | None = None


def resolve(office: Office, text: str, storehouse: str = "") -> Scanned:
    """What a scanner or a person typed: a payload of ours, or a code, number or lot number as it stands in the ledger.

    Item codes come before storehouse codes, standard codes (GB/T 38565), numbers of stocktakes, requests and documents,
    lot numbers and shelves. Of several lots or shelves called so, those in `storehouse` (its code) are meant, if it is
    given, then those still in use. Raises NotFound, and InvalidInput naming them where several things are meant.
    """
    code = plain_code(text)
    if not code:
        raise NotFound(_("The scanner sent nothing that can be read."), _("Scan the label once more."))
    with office.read() as connection:
        payload = read_payload(code)
        keys = _of_payload(connection, payload) if payload else []
        keys = keys or _of_text(connection, text.strip()[:LONGEST_TEXT], code)
        found = _details(connection, keys[0][0], [key for _kind, key in keys]) if keys else []
        chosen = _narrowed(connection, found, office.as_of, storehouse)
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        raise _several(code, chosen)
    if payload:
        raise NotFound(
            _("This label is none of this office's."),
            _(
                "It was printed in another office, or what it stood on is not kept here: choose it in the list."
            ),
        )
    raise NotFound(
        _("Nothing here has the code '{code}'.").format(code=code),
        _("Scan it once more, or choose the item in the list."),
    )


def _of_payload(connection: Connection, payload: Payload) -> list[tuple[str, int]]:
    if payload.kind == "documents":
        first = select(func.min(Movement.id)).where(Movement.document == payload.number)
        key = connection.execute(first).scalar()
        return [] if key is None else [("documents", key)]
    if payload.kind != "lots":
        model = _MODELS[payload.kind]
        keys = connection.execute(select(model.id).where(_ends_with(model.uid, payload.tail))).scalars()
        return [(payload.kind, key) for key in keys]
    lots = select(Lot.id, Lot.code, Lot.expires_on).join(Item, Item.id == Lot.item_id)
    rows = connection.execute(lots.where(_ends_with(Item.uid, payload.tail)))
    return [("lots", row.id) for row in rows if lot_mark(row.code, row.expires_on) == payload.lot]


def _ends_with(uid: Any, tail: bytes) -> ColumnElement[bool]:
    raw = type_coerce(uid, LargeBinary)
    end: ColumnElement[bool] = (
        type_coerce(func.substr(raw, _UID_BYTES - UID_TAIL + 1, UID_TAIL), LargeBinary) == tail
    )
    return end


def _of_text(connection: Connection, text: str, code: str) -> list[tuple[str, int]]:
    """Everything with that code, of the first kind that has any."""
    said = text if text.isprintable() else code
    ways = list(dict.fromkeys((said, code, code.upper(), code.lower())))
    columns: list[tuple[str, Any, Any]] = [
        ("items", Item.id, Item.code),
        ("storehouses", Storehouse.id, Storehouse.code),
        ("items", Item.id, Item.standard_code),
        ("stocktakes", Stocktake.id, Stocktake.number),
        ("aid_requests", AidRequest.id, AidRequest.number),
        ("documents", func.min(Movement.id), Movement.document),
        ("lots", Lot.id, Lot.code),
        ("shelves", Shelf.id, Shelf.code),
    ]
    parts: list[AnySelect] = []
    for rank, (kind, key, column) in enumerate(columns):
        part = select(literal(rank).label("rank"), literal(kind).label("kind"), key.label("id"))
        part = part.where(column.in_(ways), column != "")
        parts.append(part.group_by(Movement.document) if kind == "documents" else part)
    found = union_all(*parts).subquery()
    rows = connection.execute(select(found).order_by(found.c.rank, found.c.id).limit(_SAME)).all()
    return [(row.kind, row.id) for row in rows if row.rank == rows[0].rank]


def _details(connection: Connection, kind: str, keys: Sequence[int]) -> list[Scanned]:
    statement, key = _statements()[kind]
    return [_scanned(kind, row) for row in connection.execute(statement.where(key.in_(list(keys))))]


def _scanned(kind: Any, row: Row[Any]) -> Scanned:
    *before, storehouse, unit_id = tuple(row)
    values: Any = (*before, storehouse or "", unit_id)
    return Scanned(kind, *values)


def _statements() -> dict[str, tuple[AnySelect, Any]]:
    """For each kind its records in the columns of Scanned, and their key."""
    nothing = (null(), null(), null(), null())
    store = Storehouse.code, Storehouse.unit_id
    placed: dict[str, tuple[Any, Any, Any]] = {
        "shelves": (Shelf, Shelf.code, func.coalesce(Shelf.name, Shelf.code)),
        "stocktakes": (Stocktake, Stocktake.number, Storehouse.name),
        "documents": (Movement, Movement.document, Storehouse.name),
        "aid_requests": (AidRequest, AidRequest.number, Storehouse.name),
    }
    statements: dict[str, tuple[AnySelect, Any]] = {
        "items": (select(Item.id, Item.code, Item.name, Item.code, Item.name, *nothing, null(), null()), Item.id),
        "lots": (
            select(
                Lot.id, Lot.code, Item.name, Item.code, Item.name, func.nullif(Lot.code, ""), Lot.id, Lot.produced_on,
                Lot.expires_on, null(), null(),
            ).join(Item, Item.id == Lot.item_id), Lot.id,
        ),
        "storehouses": (
            select(Storehouse.id, Storehouse.code, Storehouse.name, literal(""), literal(""), *nothing, *store),
            Storehouse.id,
        ),
    }  # fmt: skip
    for kind, (model, code, name) in placed.items():
        at = model.from_storehouse_id if model is AidRequest else model.storehouse_id
        statement = select(model.id, code, name, literal(""), literal(""), *nothing, *store)
        statements[kind] = statement.join(Storehouse, Storehouse.id == at), model.id
    return statements


def _narrowed(connection: Connection, found: list[Scanned], as_of: date, storehouse: str) -> list[Scanned]:
    """Of several things called so those that are meant: here, then still in use."""
    if len(found) < 2:
        return found
    if storehouse:
        lots = _lots_in(connection, [one.id for one in found if one.kind == "lots"], storehouse)
        here = [
            one for one in found if one.storehouse == storehouse or (one.kind == "lots" and one.id in lots)
        ]
        found = here or found
    kind = found[0].kind
    if len(found) > 1 and kind in _MODELS:
        model = _MODELS[kind]
        gone = and_(model.id.in_([one.id for one in found]), model.retired_on <= as_of)
        retired = set(connection.execute(select(model.id).where(gone)).scalars())
        found = [one for one in found if one.id not in retired] or found
    return found


def _lots_in(connection: Connection, lots: list[int], storehouse: str) -> set[int]:
    statement = select(Holding.lot_id).join(Storehouse, Storehouse.id == Holding.storehouse_id)
    return set(
        connection.execute(statement.where(Storehouse.code == storehouse, Holding.lot_id.in_(lots))).scalars()
    )


def _several(code: str, found: Sequence[Scanned]) -> InvalidInput:
    names = [_called(one) for one in found[:_NAMED]]
    more = _("{names} and {count} more").format(names=_(", ").join(names), count=len(found) - _NAMED)
    return InvalidInput(
        _("'{code}' is the code of several things: {names}.").format(
            code=code, names=more if len(found) > _NAMED else _(", ").join(names)
        ),
        _("Scan the label of the one that you mean, or choose it in the list."),
        field="code",
    )


def _called(one: Scanned) -> str:
    where = one.item_code or one.storehouse
    return f"{one.name} ({where})" if where else one.name


def only_place(office: Office, scanned: Scanned) -> str | None:
    """The code of the one storehouse where something of an item or lot lies as of the office's date.

    None for none or several, and for what lies nowhere, such as a shelf.
    """
    if scanned.kind not in ("items", "lots"):
        return None
    meant = Holding.item_id == scanned.id if scanned.lot_id is None else Holding.lot_id == scanned.lot_id
    total = func.sum(type_coerce(StockEntry.delta, BigInteger))
    statement = (
        select(Storehouse.code)
        .join(Holding, Holding.storehouse_id == Storehouse.id)
        .join(StockEntry, StockEntry.holding_id == Holding.id)
        .where(meant, StockEntry.occurred_on <= office.as_of)
        .group_by(Storehouse.code)
        .having(total > 0)
        .limit(2)
    )
    with office.read() as connection:
        codes = connection.execute(statement).scalars().all()
    return codes[0] if len(codes) == 1 else None
