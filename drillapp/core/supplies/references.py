"""Codes of items and storehouses turned into keys, and names where there is no such code."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from sqlalchemy import bindparam, or_, select

from drillapp.core.batch import Batch
from drillapp.core.database.base import AnySelect, narrowed
from drillapp.core.database.few import FEW, few_rows
from drillapp.core.i18n import _
from drillapp.core.supplies.catalogue.names import aliases_of
from drillapp.core.supplies.model import Item, Storehouse


def look_up_items(batch: Batch, field: str = "item_code", column: str = "item_id") -> None:
    """Turn the items of a batch, by code or by a name that only one has, into keys; others are refused."""
    wanted = batch.codes_of(field)
    ids = _ids(batch, Item, wanted)
    missing = wanted - ids.keys()
    named = _named_items(batch, missing) if missing else {}
    _refuse_several(batch, (field,), named)
    ids |= {name: found[0][0] for name, found in named.items()}
    batch.look_up(
        field,
        column,
        ids,
        _("There is no item with the code '{value}'."),
        _("There is no item with the name or code '{value}'."),
    )


def look_up_storehouses(batch: Batch, *named_fields: str) -> None:
    """Turn the storehouses of a batch, by code or by a name that only one has, into keys.

    They stand under the field's name with `_id`: by default `storehouse_id` and, for entries that have one,
    `to_storehouse_id`.
    """
    fields = named_fields or tuple(field for field in ("storehouse", "to_storehouse") if field in batch.given)
    wanted = batch.codes_of(*fields)
    ids = _ids(batch, Storehouse, wanted)
    missing = wanted - ids.keys()
    named = _named_storehouses(batch, missing) if missing else {}
    _refuse_several(batch, fields, named)
    ids |= {name: found[0][0] for name, found in named.items()}
    for field in fields:
        batch.look_up(
            field,
            f"{field}_id",
            ids,
            _("There is no storehouse with the code '{value}'."),
            _("There is no storehouse with the name or code '{value}'."),
        )


_Found = dict[str, list[tuple[int, str]]]
"""Name to the keys and codes of those that have it."""


def _ids(batch: Batch, model: type[Item] | type[Storehouse], codes: Collection[str]) -> dict[str, int]:
    if len(codes) <= FEW:
        if not codes:
            return {}
        found = few_rows(batch.connection, _few_ids(model), owner_id=batch.owner_id, codes=list(codes))
        return {row[0]: row[1] for row in found}
    statement = select(model.code, model.id).where(model.owner_id == batch.owner_id)
    rows = batch.connection.execute(narrowed(statement, model.code, codes))
    return {row.code: row.id for row in rows}


@cache
def _few_ids(model: type[Item] | type[Storehouse]) -> AnySelect:
    # Made once: for a single line making it takes longer than asking.
    wanted = model.code.in_(bindparam("codes", expanding=True))
    return select(model.code, model.id).where(model.owner_id == bindparam("owner_id"), wanted)


def _named_items(batch: Batch, names: Collection[str]) -> _Found:
    """Items in use by their names, or else by their other names."""
    statement = select(Item.id, Item.code, Item.name, Item.aliases).where(
        Item.owner_id == batch.owner_id, Item.retired_on.is_(None)
    )
    wanted = or_(Item.name.in_(list(names)), Item.aliases.is_not(None)) if len(names) <= 500 else None
    if wanted is not None:
        statement = statement.where(wanted)
    found: _Found = {}
    also: _Found = {}
    for row in batch.connection.execute(statement.order_by(Item.code)):
        if row.name in names:
            found.setdefault(row.name, []).append((row.id, row.code))
        for alias in aliases_of(row.aliases):
            if alias in names:
                also.setdefault(alias, []).append((row.id, row.code))
    return also | found


def _named_storehouses(batch: Batch, names: Collection[str]) -> _Found:
    statement = select(Storehouse.id, Storehouse.code, Storehouse.name).where(
        Storehouse.owner_id == batch.owner_id, Storehouse.retired_on.is_(None)
    )
    found: _Found = {}
    for row in batch.connection.execute(
        narrowed(statement, Storehouse.name, names).order_by(Storehouse.code)
    ):
        if row.name in names:
            found.setdefault(row.name, []).append((row.id, row.code))
    return found


def _refuse_several(batch: Batch, fields: Collection[str], named: _Found) -> None:
    several = {name: found for name, found in named.items() if len(found) > 1}
    if not several:
        return
    for field in fields:
        for i, value in enumerate(batch.given[field]):
            if value in several:
                codes = ", ".join(code for _key, code in several[value][:10])
                told = _("Several are called '{value}': write the code, one of {codes}.")
                batch.refuse(i, field, told.format(value=value, codes=codes))
