"""Quantities mean what their item's unit of measure says: whether any was entered since an import changed that unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Table, func, select, type_coerce

from drillapp.core.database.base import AnySelect, in_blocks, table_of
from drillapp.core.database.plainly import plain_rows_of
from drillapp.core.database.tables import METADATA
from drillapp.core.database.types import Quantity
from drillapp.core.ledgers.undoing.images import Image
from drillapp.core.supplies.model import Holding, Item, Quarantine

_ITEMS, _HOLDINGS, _QUARANTINES = table_of(Item), table_of(Holding), table_of(Quarantine)
_UNIT = "unit_of_measure"
_BLOCK = 5000
_PRIME = 1_000_003


def measured(connection: Connection, image: Image) -> dict[int, int]:
    """Of each item whose unit of measure an import changed, a sum of whatever is said in it."""
    if image.table is not _ITEMS:
        return {}
    items = _changed(connection, image)
    sums = dict.fromkeys(items, 0)
    for statement, item_id in _statements() if items else ():
        for row in in_blocks(connection, statement, item_id, items):
            sums[row.key] += int(row.total)
    return sums


def _changed(connection: Connection, image: Image) -> list[int]:
    now: dict[int, Any] = {}
    keys = sorted(image.left)
    for start in range(0, len(keys), _BLOCK):
        now.update(plain_rows_of(connection, _ITEMS, ("id", _UNIT), keys[start : start + _BLOCK]))
    place = image.columns.index(_UNIT)
    return [row[0] for row in image.rows_before() if row[0] in now and now[row[0]] != row[place]]


def _statements() -> Iterator[tuple[AnySelect, ColumnElement[int]]]:
    """The sum by item in each table that has quantities of items."""
    for table in METADATA.sorted_tables:
        quantities = _quantities(table)
        for column in table.columns if quantities else ():
            if any(reference.column.table is _ITEMS for reference in column.foreign_keys):
                yield _sums(table, column, quantities), column
    set_aside = _sums(_QUARANTINES, _HOLDINGS.c.item_id, _quantities(_QUARANTINES))
    joined = _QUARANTINES.join(_HOLDINGS, _HOLDINGS.c.id == _QUARANTINES.c.holding_id)
    yield set_aside.select_from(joined), _HOLDINGS.c.item_id


def _quantities(table: Table) -> list[ColumnElement[int]]:
    return [type_coerce(one, BigInteger) for one in table.columns if isinstance(one.type, Quantity)]


def _sums(table: Table, item_id: ColumnElement[int], quantities: Collection[ColumnElement[int]]) -> AnySelect:
    total: ColumnElement[int] = table.c.id
    for place, quantity in enumerate(quantities, 1):
        # Weighed by its row and column, so that no two changes make up for each other but by chance.
        total = total + func.coalesce(quantity, 0) * (table.c.id + place) % _PRIME
    return select(item_id.label("key"), func.sum(total).label("total")).group_by(item_id)
