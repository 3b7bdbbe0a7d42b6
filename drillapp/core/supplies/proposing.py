"""What a stock document is told while it is written: what lies there of each item, and from which lots to take it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import select

from drillapp.core.database.base import AnySelect, in_blocks
from drillapp.core.database.types import from_thousandths, to_thousandths
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.packs import packs_of
from drillapp.core.supplies.dates.picking import lots_at, suggest_lots
from drillapp.core.supplies.model import Item
from drillapp.core.supplies.quantities import LARGEST

LotKey = tuple[str | None, date | None]
"""How a line names a lot: by its number and its expiry."""


class LotThere(Struct, frozen=True):
    """What a storehouse holds of a lot at the end of a day."""

    lot: str | None
    produced_on: date | None
    expires_on: date | None
    quantity: float
    free: float
    """What of it may be issued: in date, not in quarantine, not needed on a later day."""

    @property
    def key(self) -> LotKey:
        """How a line names it."""
        return self.lot, self.expires_on


class ItemThere(Struct, frozen=True):
    """An item, and what a storehouse holds of it; its lots stand in the order in which they are to be issued."""

    code: str
    name: str
    spec: str | None
    unit_of_measure: str | None
    packs: Mapping[str, int]
    """What a pack holds, in thousandths of the unit of measure."""
    lots: tuple[LotThere, ...] = ()

    @property
    def quantity(self) -> float:
        """All that is there."""
        return from_thousandths(sum(to_thousandths(lot.quantity) for lot in self.lots))

    @property
    def free(self) -> float:
        """What of it may be issued."""
        return from_thousandths(sum(to_thousandths(lot.free) for lot in self.lots))


class Wanted(NamedTuple):
    """What a line takes: of one lot, or with None of what expires first."""

    item: str
    quantity: float
    lot: LotKey | None = None


class Share(NamedTuple):
    """How much a line takes of a lot."""

    lot: LotThere
    quantity: float


def items_there(
    office: Office, codes: Collection[str], storehouse: str | None, day: date
) -> dict[str, ItemThere]:
    """The items with these codes, each with what the storehouse (its code) holds of it; unknown codes are left out."""
    statement: AnySelect = select(Item.id, Item.code, Item.name, Item.spec, Item.unit_of_measure)
    with office.read() as connection:
        rows = list(
            in_blocks(connection, statement.where(Item.owner_id == office.id), Item.code, list(codes))
        )
        packs = packs_of(connection, {row.id for row in rows})
    return {
        row.code: ItemThere(
            row.code, row.name, row.spec, row.unit_of_measure, packs.get(row.id, {}),
            _lots(office, storehouse, row.code, day) if storehouse else (),
        )
        for row in rows
    }  # fmt: skip


def share_out(wanted: Sequence[Wanted], there: Mapping[str, ItemThere]) -> list[tuple[Share, ...]]:
    """From which lots each line takes what it wants: lines that name a lot first, the others from what expires first.

    Where not enough may be issued a line that names no lot is given less than it wants; one that does, all of it.
    """
    left = {
        (code, lot.key): to_thousandths(lot.free)
        for code, item in there.items()
        for lot in item.lots
        if lot.free > 0
    }
    for one in wanted:
        if one.lot is not None and (one.item, one.lot) in left:
            left[one.item, one.lot] -= to_thousandths(one.quantity)
    return [_shares(one, there.get(one.item), left) for one in wanted]


def _shares(wanted: Wanted, item: ItemThere | None, left: dict[tuple[str, LotKey], int]) -> tuple[Share, ...]:
    if item is None:
        return ()
    if wanted.lot is not None:
        return tuple(Share(lot, wanted.quantity) for lot in item.lots if lot.key == wanted.lot)
    missing, shares = to_thousandths(wanted.quantity), []
    for lot in item.lots:
        taken = min(missing, left.get((item.code, lot.key), 0))
        if taken > 0:
            left[item.code, lot.key] -= taken
            missing -= taken
            shares.append(Share(lot, from_thousandths(taken)))
    return tuple(shares)


def _lots(office: Office, storehouse: str, item: str, day: date) -> tuple[LotThere, ...]:
    free = {
        (pick.lot, pick.expires_on): pick.available
        for pick in suggest_lots(office, storehouse, item, LARGEST, day)
    }
    return tuple(
        LotThere(one.lot, one.produced_on, one.expires_on, one.quantity, free.get((one.lot, one.expires_on), 0))
        for one in lots_at(office, storehouse, item, day)
        if one.quantity > 0
    )  # fmt: skip
