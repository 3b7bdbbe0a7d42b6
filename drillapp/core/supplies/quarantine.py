"""Quarantine: so much of a lot in a storehouse is set aside from a day on and not issued until somebody frees it."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, Connection, Row, case, func, select, type_coerce, update

from drillapp.core import enumerations
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.database.types import from_thousandths
from drillapp.core.database.uid import new_uid
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.supplies.model import Holding, Item, Lot, Quarantine, StockEntry, Storehouse
from drillapp.core.supplies.withheld import spans_of
from drillapp.core.units.model import Unit
from drillapp.core.work import Work


class QuarantineRow(Struct, frozen=True):
    """So much of a holding in quarantine; its unit is that of the storehouse."""

    id: int
    unit_id: int
    revision: int
    holding_id: int
    storehouse: str
    storehouse_name: str
    unit_code: str
    unit_name: str
    item_code: str
    item_name: str
    unit_of_measure: str | None
    lot: str | None
    expires_on: date | None
    quantity: float
    kind: str
    from_on: date
    until_on: date | None
    reason: str | None
    released_by: str | None
    state: str
    """A code of the enumeration quarantine_state."""


def set_aside(
    office: Office, holding_id: int, quantity: float, kind: str, *, reason: str | None = None, day: date | None = None
) -> int:  # fmt: skip
    """Put so much of a holding into quarantine from a day on (the office's date); returns the quarantine's key.

    Raises NotFound for an unknown holding; InvalidInput for an unknown kind, a quantity that is not above 0 with at
    most three decimals, or more than lies there on that day and ever after, less what is in quarantine then.
    """
    with office.write("set aside") as work:
        return set_aside_in(work, holding_id, quantity, kind, reason, day or office.as_of)


def set_aside_in(
    work: Work, holding_id: int, quantity: float, kind: str, reason: str | None, start: date
) -> int:  # fmt: skip
    """The same inside the caller's transaction, from the day `start` on."""
    if kind not in enumerations.codes("quarantine_kind"):
        allowed = " ".join(enumerations.codes("quarantine_kind"))
        message = _("'{value}' is not allowed; allowed: {codes}").format(value=kind, codes=allowed)
        raise InvalidInput(message, field="kind")
    _check_text("reason", reason or "")
    unit_id = _unit_of(work.connection, holding_id)
    free = _free(work.connection, holding_id, start)
    _check_quantity(quantity, free, _("Of it {free} are there from {day} on and not in quarantine."), start)
    key = _insert(work, holding_id, quantity, start, kind, reason)
    work.touched("quarantines", {unit_id})
    return key


def release(
    office: Office, quarantine_id: int, by: str, *, quantity: float | None = None, day: date | None = None
) -> Changes:
    """Free what is in quarantine, or so much of it, on a day (the office's date); `by` says who decided so.

    Raises NotFound; InvalidInput without a name, for what is free already, a day before it was set aside, or more than
    is in quarantine.
    """
    end = day or office.as_of
    if not by.strip():
        raise InvalidInput(_("Say who frees it."), field="by")
    _check_text("by", by)
    with office.write("release quarantine") as work:
        row = _row(work.connection, quarantine_id)
        if row.until_on is not None:
            message = _("It was freed on {day} already.").format(day=row.until_on)
            raise InvalidInput(message, field="day")
        if end < row.from_on:
            message = _("Lies before the day on which it was set aside, {day}.").format(day=row.from_on)
            raise InvalidInput(message, field="day")
        freed = row.quantity if quantity is None else quantity
        _check_quantity(freed, row.quantity, _("Only {free} are in quarantine on {day}."), end)
        fields = {"until_on": end, "released_by": by.strip()}
        statement = update(Quarantine).where(Quarantine.id == quarantine_id)
        work.connection.execute(statement.values(**fields, revision=Quarantine.revision + 1))
        work.changed("quarantines", quarantine_id, {name: (None, value) for name, value in fields.items()})
        if freed < row.quantity:
            # What stays set aside is so from that day on under a row of its own; so any day's figure stays right.
            rest = round(row.quantity - freed, 3)
            _insert(work, row.holding_id, rest, end, row.kind, row.reason)
        work.touched("quarantines", {_unit_of(work.connection, row.holding_id)})
        return work.changes


def holding_named(
    office: Office, storehouse: str, item: str, lot: str | None = None, expires_on: date | None = None
) -> int:
    """The holding that these codes mean; raises NotFound, and InvalidInput when they mean several lots."""
    statement = (
        select(Holding.id, func.nullif(Lot.code, ""), Lot.expires_on)
        .join(Lot, Lot.id == Holding.lot_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Item, Item.id == Holding.item_id)
        .where(
            Storehouse.code == storehouse,
            Storehouse.owner_id == office.id,
            Item.code == item,
            Item.owner_id == office.id,
        )
        .order_by(Lot.expires_on, Lot.code)
    )
    if lot is not None:
        statement = statement.where(Lot.code == lot)
    if expires_on is not None:
        statement = statement.where(Lot.expires_on == expires_on)
    with office.read() as connection:
        found = connection.execute(statement).all()
    if not found:
        raise NotFound(
            _("Storehouse {storehouse} never had such a lot of item {item}.").format(
                storehouse=storehouse, item=item
            ),
            _("Look at the list of stock."),
        )
    if len(found) > 1:
        lots = ", ".join(" ".join(str(part) for part in row[1:] if part) or "-" for row in found)
        raise InvalidInput(
            _("Say which lot: {lots}").format(lots=lots), _("By its number or its expiry."), field="lot"
        )
    return int(found[0].id)


def _check_text(field: str, text: str) -> None:
    if problem := text_problem(text):
        raise InvalidInput(problem, field=field)


def _check_quantity(quantity: float, free: float, message: str, day: date) -> None:
    if quantity <= 0 or round(quantity, 3) != quantity:
        raise InvalidInput(_("The quantity must be above 0, with at most three decimals."), field="quantity")
    if quantity > free:
        raise InvalidInput(message.format(free=free, day=day), field="quantity")


def _free(connection: Connection, holding_id: int, day: date) -> float:
    """What is there on a day and on all later ones, less what is in quarantine then."""
    delta = func.sum(type_coerce(StockEntry.delta, BigInteger))
    statement = (
        select(StockEntry.occurred_on, delta)
        .where(StockEntry.holding_id == holding_id)
        .group_by(StockEntry.occurred_on)
    )
    changes = {day: 0}
    steps = [(on, int(change)) for on, change in connection.execute(statement)]
    for span in spans_of(connection, [holding_id]):
        steps += [(span.start, -span.thousandths), (span.end, span.thousandths)]
    for on, change in steps:
        begin = max(on, day)
        changes[begin] = changes.get(begin, 0) + change
    levels = accumulate(changes[begin] for begin in sorted(changes))
    return from_thousandths(max(min(levels), 0))


def _insert(
    work: Work, holding_id: int, quantity: float, start: date, kind: str, reason: str | None
) -> int:  # fmt: skip
    fields: dict[str, Any] = {
        "holding_id": holding_id, "quantity": quantity, "from_on": start, "kind": kind, "reason": reason,
    }  # fmt: skip
    [key] = next_ids(work.connection, table_of(Quarantine), 1)
    own = {"id": key, "uid": new_uid(), "owner_id": work.office_id, "revision": 1}
    insert_rows(
        work.connection, table_of(Quarantine), {name: [value] for name, value in (own | fields).items()}
    )
    work.changed(
        "quarantines", key, {name: (None, value) for name, value in fields.items() if value is not None}
    )
    return key


def _unit_of(connection: Connection, holding_id: int) -> int:
    statement = select(Storehouse.unit_id).join(Holding, Holding.storehouse_id == Storehouse.id)
    key = connection.execute(statement.where(Holding.id == holding_id)).scalar()
    if key is None:
        raise NotFound(_("There is no such lot in a storehouse."), _("Look at the list of stock."))
    return key


def _row(connection: Connection, quarantine_id: int) -> Row[Any]:
    statement: AnySelect = select(
        Quarantine.holding_id, Quarantine.quantity, Quarantine.from_on, Quarantine.until_on, Quarantine.kind,
        Quarantine.reason,
    ).where(Quarantine.id == quarantine_id)  # fmt: skip
    row = connection.execute(statement).first()
    if row is None:
        raise NotFound(_("There is no such quarantine."), _("Look at the list of quarantines."))
    return row


def _quarantines(as_of: date) -> AnySelect:
    state = case(
        (Quarantine.from_on > as_of, "announced"), (Quarantine.until_on <= as_of, "released"), else_="in_force"
    )  # fmt: skip
    return (
        select(
            Quarantine.id, Storehouse.unit_id, Quarantine.revision, Quarantine.holding_id,
            Storehouse.code.label("storehouse"), Storehouse.name.label("storehouse_name"), Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), Item.code.label("item_code"), Item.name.label("item_name"), Item.unit_of_measure,
            func.nullif(Lot.code, "").label("lot"), Lot.expires_on, Quarantine.quantity, Quarantine.kind,
            Quarantine.from_on, Quarantine.until_on, Quarantine.reason, Quarantine.released_by, state.label("state"),
        )
        .join(Holding, Holding.id == Quarantine.holding_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .join(Item, Item.id == Holding.item_id)
        .join(Lot, Lot.id == Holding.lot_id)
    )  # fmt: skip


QUARANTINES = Listing(
    "quarantines",
    QuarantineRow,
    (
        Column("state", "State", "choice", 90, "quarantine_state"),
        Column("item_name", "Item name", width=160),
        Column("quantity", "Quantity", "number", 80),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("kind", "Kind", "choice", 80, "quarantine_kind"),
        Column("from_on", "Set aside on", "date", 100),
        Column("until_on", "Freed on", "date", 100),
        Column("storehouse_name", "Storehouse", width=180),
        Column("lot", "Lot", width=110),
        Column("expires_on", "Expires on", "date", 100),
        Column("reason", "Reason", width=180),
        Column("released_by", "Freed by", width=90),
        Column("unit_name", "Unit", width=180),
    ),
    _quarantines,
    searched=("item_name", "item_code", "storehouse_name", "lot", "reason"),
    sort=(("until_on", False), ("from_on", True)),
)
