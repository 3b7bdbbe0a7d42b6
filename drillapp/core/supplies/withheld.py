"""What lies in a storehouse and must not be issued: in quarantine on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, cast, func, select, type_coerce

from drillapp.core.database.base import AnySelect, in_blocks, still
from drillapp.core.supplies.model import Quarantine


class Span(NamedTuple):
    """So much of a holding in quarantine, in thousandths, from a day up to another one."""

    holding_id: int
    start: date
    end: date
    """The first day on which it is free again; `date.max` while nobody knows."""
    thousandths: int


def spans_of(connection: Connection, holding_ids: Collection[int]) -> Iterator[Span]:
    """All that ever was or will be in quarantine of these holdings."""
    if not holding_ids:
        return
    statement: AnySelect = select(
        Quarantine.holding_id, Quarantine.from_on, Quarantine.until_on, Quarantine.retired_on,
        type_coerce(Quarantine.quantity, BigInteger).label("thousandths"),
    )  # fmt: skip
    for row in in_blocks(connection, statement, Quarantine.holding_id, holding_ids):
        end = min(row.until_on or date.max, row.retired_on or date.max)
        yield Span(row.holding_id, row.from_on, end, row.thousandths)


def withheld(day: date) -> AnySelect:
    """For each holding of which something is in quarantine on a day how much, in thousandths: holding_id, withheld.

    It may be more than lies there, where goods in quarantine were scrapped, moved or counted away.
    """
    total = cast(func.sum(type_coerce(Quarantine.quantity, BigInteger)), BigInteger)
    return (
        select(Quarantine.holding_id, total.label("withheld"))
        .where(
            Quarantine.from_on <= day, still(Quarantine.until_on, day), still(Quarantine.retired_on, day)
        )
        .group_by(Quarantine.holding_id)
    )  # fmt: skip
