"""The ledger card of an item: its lines in the order of the ledger with the balance after each.

All sums come from the index of stock entries alone; with them the balance before any line is known, so that only the
lines that are shown are read, wherever in a long ledger they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    SQLColumnExpression,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import from_thousandths
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.halves import by_day, sums_until
from drillapp.core.supplies.line_names import is_reversed, named_line
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, StockEntry, Storehouse

_MANY = 300
"""From so many holdings on entries are looked for by their day."""
_SPANS = (3, 31, 248, 1984)
"""So many of the last days are looked at for the newest lines, until there are enough."""


class CardRow(Struct, frozen=True, kw_only=True):
    """A line of a ledger card; a transfer within what the card covers is two of them."""

    id: int
    """The stock entry's key."""
    movement_id: int
    day: date
    document: str
    line: int
    kind: str
    cause: str | None
    counterparty: str | None
    storehouse: str
    storehouse_name: str
    other_storehouse: str | None
    """Where a transfer or a consignment goes to, or a transfer comes from."""
    lot: str | None
    expires_on: date | None
    quantity: float
    """What the line says: of a count what was found."""
    taken_in: float
    taken_out: float
    balance: float
    """Of all that the card covers, after this line."""
    reversed: bool
    """Whether it was taken back, and so does nothing."""
    reverses: str | None
    answers: str | None
    reason: str | None
    handler: str | None
    recorded_at: datetime
    recorded_by: str | None


class Card(Struct, frozen=True, kw_only=True):
    """A ledger card, or a part of it."""

    item: str
    item_name: str
    spec: str | None
    unit_of_measure: str | None
    opening: float
    """The balance before the first of its lines."""
    closing: float
    """The balance after the last of its lines."""
    total: int
    """How many lines it has."""
    rows: tuple[CardRow, ...]


class _Day(NamedTuple):
    day: date
    change: int
    lines: int


class _Part(NamedTuple):
    """The last days of a card, and what was before them."""

    days: Sequence[_Day]
    balance_before: int
    lines_before: int


def ledger_card(
    office: Office, item: str, *, storehouse: str | None = None, lot_id: int | None = None,
    since: date | None = None, until: date | None = None, newest_first: bool = True, offset: int = 0,
    limit: int | None = 200,
) -> Card:  # fmt: skip
    """The card of an item (by its code), in one storehouse or all, of one lot or all.

    From `since` to `until` (the office's date if nothing is said), `limit` lines after the first `offset` ones. Raises
    NotFound for an item or a storehouse that is not there.
    """
    end = until or office.as_of
    with office.read() as connection:
        about = _item(connection, office.id, item)
        holdings = _holdings(connection, office.id, about.id, storehouse, lot_id)
        place = _place(connection, holdings)
        closing, all_lines = sums_until(connection, holdings, end, place)
        opening, earlier = (0, 0)
        if since is not None:
            opening, earlier = sums_until(connection, holdings, since - timedelta(1), place)
        total = all_lines - earlier
        last = total if limit is None else min(offset + limit, total)
        first, last = (offset, last) if not newest_first else (max(total - last, 0), max(total - offset, 0))
        days = _days(connection, place.in_(holdings), since, end, total - first)
        part = _Part(days, closing - sum(one.change for one in days), total - sum(one.lines for one in days))
        rows = list(_lines(connection, place.in_(holdings), part, first, last))
    return Card(
        item=item, item_name=about.name, spec=about.spec, unit_of_measure=about.unit_of_measure,
        opening=from_thousandths(opening), closing=from_thousandths(closing), total=total,
        rows=tuple(reversed(rows) if newest_first else rows),
    )  # fmt: skip


def lot_named(office: Office, item: str, lot: str | None = None, expires_on: date | None = None) -> int:
    """The lot of an item with this number or expiry; raises NotFound, and InvalidInput when several have it."""
    statement = select(Lot.id).join(Item, Item.id == Lot.item_id)
    statement = statement.where(Item.code == item, Item.owner_id == office.id)
    if lot is not None:
        statement = statement.where(Lot.code == lot)
    if expires_on is not None:
        statement = statement.where(Lot.expires_on == expires_on)
    with office.read() as connection:
        found = connection.execute(statement).scalars().all()
    if not found:
        raise NotFound(_("Item {item} has no such lot.").format(item=item), _("Look at the list of stock."))
    if len(found) > 1:
        raise InvalidInput(_("Several lots are called so: say both number and expiry."), field="lot")
    return found[0]


def _item(connection: Connection, owner_id: int, code: str) -> Row[Any]:
    statement: AnySelect = select(Item.id, Item.name, Item.spec, Item.unit_of_measure)
    row = connection.execute(statement.where(Item.code == code, Item.owner_id == owner_id)).first()
    if row is None:
        raise NotFound(
            _("There is no item with the code '{value}'.").format(value=code), _("Look at the catalogue.")
        )
    return row


def _holdings(
    connection: Connection, owner_id: int, item_id: int, storehouse: str | None, lot_id: int | None
) -> AnySelect:
    # By the item's lots, which have an index that leads to their holdings.
    lots = select(Lot.id).where(Lot.item_id == item_id)
    chosen: AnySelect = select(Holding.id).where(Holding.lot_id.in_(lots))
    if lot_id is not None:
        chosen = chosen.where(Holding.lot_id == lot_id)
    if storehouse is None:
        return chosen
    statement = select(Storehouse.id).where(Storehouse.code == storehouse, Storehouse.owner_id == owner_id)
    key = connection.execute(statement).scalar()
    if key is None:
        message = _("There is no storehouse with the code '{value}'.").format(value=storehouse)
        raise NotFound(message, _("Look at the list of storehouses."))
    return chosen.where(Holding.storehouse_id == key)


def _place(connection: Connection, holdings: AnySelect) -> SQLColumnExpression[int]:
    """The holding of an entry, to find entries by: by their day where the card is of many holdings."""
    count = connection.execute(select(func.count()).select_from(holdings.subquery())).scalar_one()
    return by_day if count >= _MANY else StockEntry.holding_id


def _days(
    connection: Connection, chosen: ColumnElement[bool], since: date | None, until: date, lines: int
) -> list[_Day]:
    """The last days, as many as have so many lines: of the newest ones few days, since sums by day are the dear part."""
    change = func.sum(type_coerce(StockEntry.delta, BigInteger))
    statement = (
        select(StockEntry.occurred_on, change, func.count())
        .where(chosen, StockEntry.occurred_on <= until)
        .group_by(StockEntry.occurred_on)
        .order_by(StockEntry.occurred_on)
    )
    for span in (*_SPANS, None):
        start = since if span is None else until - timedelta(span)
        narrowed = (
            statement
            if start is None
            else statement.where(StockEntry.occurred_on >= max(start, since or start))
        )
        days = [_Day(day, int(total), count) for day, total, count in connection.execute(narrowed)]
        if sum(one.lines for one in days) >= lines:
            break
    return days


def _lines(
    connection: Connection, chosen: ColumnElement[bool], part: _Part, first: int, last: int
) -> Iterator[CardRow]:
    """The lines from one place to another, counted from the oldest, with their balances."""
    starts = list(accumulate((one.lines for one in part.days), initial=part.lines_before))
    wanted = [
        place
        for place, one in enumerate(part.days)
        if starts[place] < last and starts[place] + one.lines > first
    ]
    if first >= last or not wanted:
        return
    balance = part.balance_before + sum(one.change for one in part.days[: wanted[0]])
    statement = _LINES.where(
        chosen,
        StockEntry.occurred_on >= part.days[wanted[0]].day,
        StockEntry.occurred_on <= part.days[wanted[-1]].day,
    )
    rows = sorted(connection.execute(statement), key=_order)
    for place, row in enumerate(rows, starts[wanted[0]]):
        balance += row.delta
        if first <= place < last:
            yield _row(row, balance)


def _order(row: Row[Any]) -> tuple[Any, ...]:
    return row.occurred_on, row.recorded_at, row.document, row.line, row.delta, row.id


_SOURCE, _TARGET = aliased(Storehouse), aliased(Storehouse)
_LINES: AnySelect = (
    select(
        StockEntry.id, StockEntry.movement_id, StockEntry.occurred_on,
        type_coerce(StockEntry.delta, BigInteger).label("delta"), Movement.document, Movement.line, Movement.kind,
        Movement.cause, Movement.counterparty, Holding.storehouse_id, _SOURCE.code.label("source"),
        _SOURCE.name.label("source_name"), _TARGET.id.label("target_id"), _TARGET.code.label("target"),
        _TARGET.name.label("target_name"), func.nullif(Lot.code, "").label("lot"), Lot.expires_on, Movement.quantity,
        is_reversed(Movement.id).label("is_reversed"), named_line(Movement.reverses_id).label("reverses"),
        named_line(Movement.answers_id).label("answers"), Movement.reason, Movement.handler, Movement.recorded_at,
        Movement.recorded_by,
    )
    .join(Movement, Movement.id == StockEntry.movement_id)
    .join(Holding, Holding.id == StockEntry.holding_id)
    .join(Lot, Lot.id == Holding.lot_id)
    .join(_SOURCE, _SOURCE.id == Movement.storehouse_id)
    .outerjoin(_TARGET, _TARGET.id == Movement.to_storehouse_id)
)  # fmt: skip


def _row(row: Row[Any], balance: int) -> CardRow:
    arrives = row.target_id is not None and row.storehouse_id == row.target_id
    return CardRow(
        id=row.id, movement_id=row.movement_id, day=row.occurred_on, document=row.document, line=row.line, kind=row.kind,
        cause=row.cause, counterparty=row.counterparty, storehouse=row.target if arrives else row.source,
        storehouse_name=row.target_name if arrives else row.source_name,
        other_storehouse=row.source_name if arrives else row.target_name, lot=row.lot, expires_on=row.expires_on,
        quantity=row.quantity, taken_in=from_thousandths(max(row.delta, 0)),
        taken_out=from_thousandths(max(-row.delta, 0)), balance=from_thousandths(balance),
        reversed=bool(row.is_reversed), reverses=row.reverses, answers=row.answers, reason=row.reason,
        handler=row.handler, recorded_at=row.recorded_at, recorded_by=row.recorded_by,
    )  # fmt: skip
