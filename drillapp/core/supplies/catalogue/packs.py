"""The packs that goods come in: '箱=24;盒=10' in a cell, rows in the catalogue."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    Text,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal,
    select,
    type_coerce,
)

from drillapp.core.database.base import narrowed, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.resources import load_toml
from drillapp.core.supplies.catalogue.model import ItemPack

_PACK = re.compile(r"\s*([^=:\d\s][^=:]*?)\s*[=:]\s*(\d+(?:\.\d{1,3})?)\s*[^\d]*")
_LARGEST = 1_000_000_000
"""Thousandths: a million pieces in a pack."""


def read_packs(text: str) -> dict[str, int]:
    """Names of packs and what each holds, in thousandths; raises InvalidInput for what is no list of packs."""
    packs: dict[str, int] = {}
    for part in re.split(_separators(), unicodedata.normalize("NFKC", text)):
        if not part.strip():
            continue
        found = _PACK.fullmatch(part)
        size = round(float(found[2]) * 1000) if found else 0
        if found is None or not 0 < size <= _LARGEST:
            raise InvalidInput(
                _("'{part}' is no pack: write its name, '=' and how much it holds, such as box=24.").format(
                    part=part.strip()
                )
            )
        if found[1] in packs:
            raise InvalidInput(_("The pack '{name}' is there twice.").format(name=found[1]))
        packs[found[1]] = size
    return packs


def show_packs(packs: Mapping[str, int]) -> str:
    """The packs in one cell, the largest first, as `packs_text` gives them."""
    ordered = sorted(packs.items(), key=lambda pack: (-pack[1], pack[0]))
    return ";".join(f"{name}={_shown(size)}" for name, size in ordered)


def packs_text(items: Table) -> ColumnElement[Any]:
    """The packs of each row of the items' table in one cell; None without any."""
    packs = table_of(ItemPack).alias()
    size = type_coerce(packs.c.quantity, BigInteger)
    part = size % 1000
    decimals = literal(".").concat(func.rtrim(func.substr(cast(part + 1000, Text), 2), "0"))
    whole = cast((size - part) // 1000, Text)
    lines = (
        select(
            packs.c.name.concat("=").concat(whole).concat(case((part == 0, ""), else_=decimals)).label("line")
        )
        .where(packs.c.item_id == items.c.id)
        .order_by(size.desc(), packs.c.name)
        .correlate(items)
        .subquery()
    )
    return select(func.aggregate_strings(lines.c.line, ";")).scalar_subquery()


def packs_of(connection: Connection, item_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """The packs of these items: name to what it holds, in thousandths."""
    found: dict[int, dict[str, int]] = {}
    statement = select(ItemPack.item_id, ItemPack.name, type_coerce(ItemPack.quantity, BigInteger))
    for item_id, name, size in connection.execute(narrowed(statement, ItemPack.item_id, item_ids)):
        found.setdefault(item_id, {})[name] = size
    return found


def write_packs(connection: Connection, packs: Mapping[int, Mapping[str, int]]) -> None:
    """Let these items have these packs and no others."""
    if not packs:
        return
    gone = delete(ItemPack).where(ItemPack.item_id == bindparam("_item"))
    connection.execute(gone, [{"_item": item} for item in packs])
    rows = [(item, name, size / 1000) for item, of_item in packs.items() for name, size in of_item.items()]
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    values = dict(zip(("item_id", "name", "quantity"), map(list, columns), strict=True))
    table = table_of(ItemPack)
    insert_rows(connection, table, {"id": next_ids(connection, table, len(rows)) if rows else [], **values})


def _separators() -> str:
    return "|".join(map(re.escape, load_toml("units_of_measure.toml")["separators"]))


def _shown(size: int) -> str:
    whole, part = divmod(size, 1000)
    return f"{whole}.{part:03}".rstrip("0") if part else str(whole)
