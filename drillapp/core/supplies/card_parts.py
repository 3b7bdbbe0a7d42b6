"""Of which parts of an item there are ledger cards: its storehouses and its lots."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from drillapp.core.office import Office
from drillapp.core.supplies.model import Holding, Item, Lot, Storehouse


class CardStorehouse(NamedTuple):
    """A storehouse in which anything of the item was ever booked."""

    code: str
    name: str


class CardLot(NamedTuple):
    """A lot of the item."""

    id: int
    lot: str | None
    expires_on: date | None


class CardParts(NamedTuple):
    """What may be chosen for a card."""

    storehouses: tuple[CardStorehouse, ...]
    lots: tuple[CardLot, ...]
    """The one that expires last comes first."""


def card_parts(office: Office, item: str) -> CardParts:
    """The storehouses and lots of an item (its code); none of an unknown one."""
    lots = (
        select(Lot.id, func.nullif(Lot.code, ""), Lot.expires_on)
        .join(Item, Item.id == Lot.item_id)
        .where(Item.code == item, Item.owner_id == office.id)
        .order_by(Lot.expires_on.desc().nulls_last(), Lot.code)
    )
    storehouses = (
        select(Storehouse.code, Storehouse.name)
        .join(Holding, Holding.storehouse_id == Storehouse.id)
        .join(Lot, Lot.id == Holding.lot_id)  # an item's lots have an index that leads to their holdings
        .join(Item, Item.id == Lot.item_id)
        .where(Item.code == item, Item.owner_id == office.id)
        .group_by(Storehouse.code, Storehouse.name)
        .order_by(Storehouse.code)
    )
    with office.read() as connection:
        return CardParts(
            tuple(CardStorehouse(*row) for row in connection.execute(storehouses)),
            tuple(CardLot(*row) for row in connection.execute(lots)),
        )
