"""Writing the lines of a part of a drill's record: each keeps its key, and the journal is told field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from drillapp.core.database.base import Base, table_of
from drillapp.core.database.rows import next_ids
from drillapp.core.errors import Conflict
from drillapp.core.i18n import _
from drillapp.core.work import Work

Values = Mapping[str, Any]


def write_lines(
    work: Work, model: type[Base], drill_id: int, fields: Sequence[str], lines: Sequence[tuple[int | None, Values]]
) -> bool:  # fmt: skip
    """Write a part's lines in the place of those it had, in this order; returns whether anything changed.

    A line that gives its key is changed, one without is new, and what is not given any more is removed.
    Raises Conflict for a key that the drill does not have.
    """
    table = table_of(model)
    columns = [table.c[name] for name in ("id", "position", *fields)]
    rows = work.connection.execute(select(*columns).where(table.c.drill_id == drill_id)).mappings()
    known = {row["id"]: row for row in rows}
    given = [key for key, _values in lines if key is not None]
    if not set(given) <= set(known) or len(set(given)) < len(given):
        raise Conflict(
            _("Someone else changed this record since you opened it."),
            _("Open it again: your entries are still in the form."),
        )
    gone = [key for key in known if key not in set(given)]
    work.connection.execute(delete(table).where(table.c.id.in_(gone)))
    for key in gone:
        old = {name: (known[key][name], None) for name in fields if known[key][name] is not None}
        work.changed(str(table.name), key, old)
    placed = [{**values, "position": place} for place, (_key, values) in enumerate(lines)]
    changed = _change(work, table, known, list(zip((key for key, _values in lines), placed, strict=True)))
    return _add(work, table, drill_id, lines, placed) or changed or bool(gone)


def _change(
    work: Work, table: Any, known: Mapping[int, Any], lines: Sequence[tuple[int | None, Values]]
) -> bool:
    differing: list[tuple[int, dict[str, tuple[Any, Any]]]] = []
    for key, values in lines:
        if key is not None:
            old = known[key]
            fields = {name: (old[name], value) for name, value in values.items() if value != old[name]}
            if fields:
                differing.append((key, fields))
    if not differing:
        return False
    # Out of the way of the new order, which is unique too.
    keys = [key for key, _fields in differing]
    work.connection.execute(update(table).where(table.c.id.in_(keys)).values(position=-1 - table.c.position))
    by_key = dict(lines)
    names = list(next(values for key, values in lines if key is not None))
    statement = update(table).where(table.c.id == bindparam("_id"))
    statement = statement.values({name: bindparam(f"_{name}") for name in names})
    rows = [{"_id": key, **{f"_{name}": by_key[key][name] for name in names}} for key in keys]
    work.connection.execute(statement, rows)
    for key, fields in differing:
        work.changed(str(table.name), key, fields)
    return True


def _add(
    work: Work, table: Any, drill_id: int, lines: Sequence[tuple[int | None, Values]], placed: Sequence[Values]
) -> bool:  # fmt: skip
    new = [values for (key, _values), values in zip(lines, placed, strict=True) if key is None]
    if not new:
        return False
    keys = next_ids(work.connection, table, len(new))
    work.connection.execute(
        table.insert(),
        [{"id": key, "drill_id": drill_id, **values} for key, values in zip(keys, new, strict=True)],
    )
    for key, values in zip(keys, new, strict=True):
        told = {name: (None, value) for name, value in values.items() if value is not None}
        work.changed(str(table.name), key, {"drill_id": (None, drill_id), **told})
    return True
