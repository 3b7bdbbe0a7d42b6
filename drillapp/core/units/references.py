"""Codes of units turned into keys, for everything that belongs to a unit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, SQLColumnExpression, and_, or_, select, true

from drillapp.core.batch import Batch
from drillapp.core.database.base import narrowed, still
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.named import refuse_several
from drillapp.core.units.model import Unit, UnitAncestor


def unit_ids(connection: Connection, codes: Collection[str] | None) -> dict[str, int]:
    """The keys of the units with these codes (None: of all); unknown codes are left out."""
    return dict(connection.execute(narrowed(select(Unit.code, Unit.id), Unit.code, codes)).all())


def unit_id(connection: Connection, code: str) -> int:
    """The key of the unit with this code; raises NotFound."""
    found = unit_ids(connection, {code}).get(code)
    if found is None:
        raise NotFound(
            _("There is no unit with the code '{value}'.").format(value=code),
            _("'drillapp list units' shows the codes there are."),
        )
    return found


def look_up_units(batch: Batch, field: str = "unit_code", column: str = "unit_id") -> None:
    """Turn the units of a batch, by code or by a name that only one has, into keys; others are refused."""
    wanted = batch.codes_of(field)
    ids = batch.lookups.of(batch.connection, "units", wanted, partial(unit_ids, batch.connection))
    if missing := wanted - ids.keys():
        called = codes_called(batch.connection, missing)
        refuse_several(batch, field, called)
        single = {name: codes[0] for name, codes in called.items() if len(codes) == 1}
        keys = unit_ids(batch.connection, set(single.values())) if single else {}
        ids = ids | {name: keys[code] for name, code in single.items()}
    batch.look_up(field, column, ids, _("There is no unit with the code '{value}'."), no_unit_called())


def no_unit_called() -> str:
    """What is said of a name ({value}) that no unit has."""
    return _("There is no unit with the name or code '{value}'.")


def codes_called(connection: Connection, names: Collection[str]) -> dict[str, list[str]]:
    """The codes of the units in use that are called so."""
    statement = narrowed(select(Unit.name, Unit.code).where(Unit.retired_on.is_(None)), Unit.name, names)
    found: dict[str, list[str]] = {}
    for name, code in connection.execute(statement):
        if name in names:
            found.setdefault(name, []).append(code)
    return found


def in_effect(as_of: date) -> ColumnElement[bool]:
    """Whether a unit exists on a day."""
    has_begun = or_(Unit.valid_from.is_(None), Unit.valid_from <= as_of)
    return and_(has_begun, still(Unit.valid_to, as_of), still(Unit.retired_on, as_of))


def in_scope(column: SQLColumnExpression[Any], unit_id: int | None) -> ColumnElement[bool]:
    """Whether a column's unit is this unit or below it; any unit for None."""
    if unit_id is None:
        return true()
    return column.in_(select(UnitAncestor.unit_id).where(UnitAncestor.ancestor_id == unit_id))


def or_all(connection: Connection, unit_id: int | None) -> int | None:
    """None where a unit has all others below it: whole tables are gone through in less time than they are looked into."""
    outside = select(Unit.id).where(~in_scope(Unit.id, unit_id)).limit(1)
    return None if connection.execute(outside).first() is None else unit_id
