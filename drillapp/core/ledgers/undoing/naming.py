"""What a row of any table is called by the people who would look for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, select

from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.layout import layout

_MARKS = ("number", "code", "document")
_TITLES = ("title", "name", "text")
_KINDS = {kind.table: kind.name for kind in KINDS.values() if kind.has_records}
_HIGHEST = 6
"""So many steps up to a row that has a name."""


def kind_of_table(name: str) -> str | None:
    """The kind of record that a table holds, if it holds one."""
    return _KINDS.get(name)


def describe(connection: Connection, table: Table, key: int) -> str:
    """Kind and name of a row, or of what it hangs on."""
    for _step in range(_HIGHEST):
        row = connection.execute(select(table).where(table.c.id == key)).mappings().first()
        if row is None:
            break
        name = _name(row)
        if name and table.name in _KINDS:
            return _("{kind} '{name}'").format(kind=layout(_KINDS[table.name]).title, name=name)
        above = _above(table, row)
        if above is None:
            break
        table, key = above
    return _("a record of {kind}").format(kind=word_of(table))


def word_of(table: Table) -> str:
    """What the records of a table are called, or those that they hang on."""
    for _step in range(_HIGHEST):
        if table.name in _KINDS:
            return layout(_KINDS[table.name]).title
        above = _referred(table)
        if above is None:
            break
        table = above
    return table.name


def _referred(table: Table) -> Table | None:
    """The first table that a table refers to, but for its owner's."""
    tables = (
        reference.column.table
        for column in table.columns
        for reference in column.foreign_keys
        if column.name != "owner_id"
    )
    return next(tables, None)


def _name(row: Any) -> str:
    mark = next((str(row[name]) for name in _MARKS if row.get(name)), "")
    title = next((str(row[name]) for name in _TITLES if row.get(name)), "")
    return " ".join(filter(None, (mark, title)))


def _above(table: Table, row: Any) -> tuple[Table, int] | None:
    """What a row hangs on: the first that it refers to, but for its owner."""
    for column in table.columns:
        for reference in column.foreign_keys:
            if column.name != "owner_id" and row[column.name] is not None:
                return reference.column.table, row[column.name]
    return None
