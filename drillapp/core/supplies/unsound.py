"""What cannot stand in the stock ledger as it is: what earlier lines gave has gone from under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from itertools import accumulate
from typing import Any

from sqlalchemy import BigInteger, Connection, func, select, type_coerce

from drillapp.core.database.base import AnySelect, in_blocks, table_of
from drillapp.core.i18n import _
from drillapp.core.supplies.model import Holding, Item, Movement, StockEntry, Storehouse
from drillapp.core.supplies.verifying import short_movements, wrong_entries
from drillapp.core.supplies.withheld import Span, spans_of

_MOVEMENTS = table_of(Movement)


def unsound(connection: Connection, lots: Collection[int]) -> dict[str, int | None]:
    """Of these lots in a sentence each: documents that take more than is there or whose counts do not fit, each with the
    key of a movement of it, and goods in quarantine of which not so much is there."""
    if not lots:
        return {}
    wrong = {*wrong_entries(connection, lots), *short_movements(connection, lots)}
    rows = in_blocks(connection, select(_MOVEMENTS.c.id, _MOVEMENTS.c.document), _MOVEMENTS.c.id, wrong)
    builds = _("Document {document} builds on the stock that it brought in.")
    documents: dict[str, int | None] = {builds.format(document=row.document): row.id for row in rows}
    return documents | dict.fromkeys(_in_quarantine(connection, lots))


def _in_quarantine(connection: Connection, lots: Collection[int]) -> Iterator[str]:
    statement: AnySelect = (
        select(Holding.id, Item.name, Storehouse.name.label("storehouse"))
        .join(Item, Item.id == Holding.item_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
    )
    holdings: dict[int, Any] = {
        row.id: row for row in in_blocks(connection, statement, Holding.lot_id, sorted(lots))
    }
    spans = list(spans_of(connection, list(holdings)))
    balances = _balances(connection, {span.holding_id for span in spans})
    for span in spans:
        if _least(balances[span.holding_id], span) < span.thousandths:
            row = holdings[span.holding_id]
            yield _("Of {item} in {storehouse} more is in quarantine than would be left.").format(
                item=row.name, storehouse=row.storehouse
            )


def _balances(connection: Connection, holdings: Collection[int]) -> dict[int, list[tuple[date, int]]]:
    """What is in each holding, in thousandths, from each day on which that changed."""
    change = func.sum(type_coerce(StockEntry.delta, BigInteger)).label("change")
    day = StockEntry.occurred_on
    statement: AnySelect = (
        select(StockEntry.holding_id, day, change).group_by(StockEntry.holding_id, day).order_by(day)
    )
    changes: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for row in in_blocks(connection, statement, StockEntry.holding_id, holdings):
        changes[row.holding_id].append((row.occurred_on, int(row.change)))
    sums: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for holding, steps in changes.items():
        totals = accumulate(change for _day, change in steps)
        sums[holding] = [(on, total) for (on, _change), total in zip(steps, totals, strict=True)]
    return sums


def _least(balance: list[tuple[date, int]], span: Span) -> int:
    """The least that is there on any day of a span."""
    at_first = next((total for on, total in reversed(balance) if on <= span.start), 0)
    return min([at_first, *(total for on, total in balance if span.start < on < span.end)])
