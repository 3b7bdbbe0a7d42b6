"""Who has it: an item or a capability, in which storehouses, how far away, whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from drillapp.core.database.types import from_thousandths, to_thousandths
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.aid.distance import known_code, steps_from
from drillapp.core.supplies.aid.holders import holders, streets_of_units
from drillapp.core.supplies.aid.matching import items_meant
from drillapp.core.units.model import Unit

_FAR = 1 << 30
_FIRST_QUANTITY, _LAST_QUANTITY = 14, 20
"""Where among the columns the quantities stand."""


class HolderRow(Struct, frozen=True):
    """What a storehouse has of an item, as of the office's date."""

    id: int
    """Its place in the answer, from 1."""
    storehouse_id: int
    storehouse: str
    storehouse_name: str
    storehouse_kind: str | None
    unit_id: int
    unit_code: str
    unit_name: str
    street: str | None
    street_name: str | None
    """The sub-district that the unit is in."""
    item: str
    item_name: str
    spec: str | None
    category: str | None
    unit_of_measure: str | None
    available: float
    """In date, not in quarantine, present."""
    promised: float
    """What a maker can make on demand (production-capacity reserve)."""
    withheld: float
    """In quarantine."""
    expired: float
    lent: float
    """Lent from there and not back yet."""
    coming: float
    """On its way to there."""
    expires_on: date | None
    """The earliest expiry of what is available or promised."""
    keeper: str | None
    phone: str | None
    deputy: str | None
    deputy_phone: str | None
    address: str | None
    access: str | None
    steps: int | None
    """From sub-district to sub-district; 0 in the same one, None where it is not known."""
    is_own: bool
    """It belongs to the unit that asks."""
    take: float
    """How much of the quantity needed to ask for here: the nearest that together have enough."""


class WhoHas(Struct, frozen=True):
    """The answer: the nearest first, of the same distance the one that has most."""

    text: str
    categories: tuple[str, ...]
    """The categories that the words were understood as."""
    street_name: str | None
    """Where the distances begin; None where they are not known."""
    rows: tuple[HolderRow, ...]
    needed: float | None
    missing: float
    """How much of what is needed nobody has."""


class _Asker(NamedTuple):
    unit_id: int | None = None
    street: str | None = None
    street_name: str | None = None


def who_has(
    office: Office,
    text: str,
    *,
    unit_id: int | None = None,
    within: int | None = None,
    quantity: float | None = None,
) -> WhoHas:
    """Who has an item or what a category stands for, as of the office's date.

    `unit_id` asks (by default the office's own unit): distances are counted from its sub-district. `within` keeps to a
    unit and those below it. With a `quantity` needed, rows say how much to ask for where, own stock left out. Raises
    NotFound where nothing in the catalogue is called so, InvalidInput for a quantity not above 0.
    """
    if quantity is not None and to_thousandths(quantity) <= 0:
        raise InvalidInput(_("Must be more than 0."), field="quantity")
    with office.read() as connection:
        meant = items_meant(connection, text)
        if not meant.item_ids:
            raise NotFound(
                _("No item and no category is called '{text}'.").format(text=text.strip()[:80]),
                _("Try another word, its pinyin, or the code; the catalogue lists all items."),
            )
        asker = _asker(connection, unit_id if unit_id is not None else office.unit_id)
        found = connection.execute(holders(office.as_of, meant.item_ids, within)).all()
    rows = sorted(_rows(found, asker), key=_order)
    measured = {row.unit_of_measure for row in rows if row.available}
    needed = quantity if len(measured) < 2 else None  # pieces and litres do not add up
    taken = _taken(rows, needed)
    pairs = zip(rows, taken, strict=True)
    numbered = tuple(replace(row, id=place, take=take) for place, (row, take) in enumerate(pairs, 1))
    missing = from_thousandths(to_thousandths(needed or 0) - sum(map(to_thousandths, taken)))
    return WhoHas(text, meant.categories, asker.street_name, numbered, needed, missing)


def _asker(connection: Any, unit_id: int | None) -> _Asker:
    """Who asks, and in which sub-district whose neighbours are known."""
    if unit_id is None:
        return _Asker()
    street, streets = aliased(Unit), streets_of_units()
    row = connection.execute(
        select(street.code, street.name).join(streets, streets.c.street_id == street.id)
        .where(streets.c.unit_id == unit_id)
    ).first()  # fmt: skip
    if row is None or not steps_from(row.code):
        return _Asker(unit_id)
    return _Asker(unit_id, row.code, row.name)


def _rows(found: Sequence[Row[Any]], asker: _Asker) -> list[HolderRow]:
    steps = steps_from(asker.street)
    rows: list[HolderRow] = []
    for values in map(tuple, found):
        first, last = values[:_FIRST_QUANTITY], values[_LAST_QUANTITY:]
        quantities = map(from_thousandths, values[_FIRST_QUANTITY:_LAST_QUANTITY])
        unit_id, street = values[4], values[7] or ""
        shown: Any = (*first, *quantities, *last, steps.get(known_code(street)), unit_id == asker.unit_id, 0)
        rows.append(HolderRow(0, *shown))
    return rows


def _order(row: HolderRow) -> tuple[bool, int, float, str, str]:
    """Who can give anything first, then by distance, then by quantity."""
    can_give = bool(row.available or row.promised)
    away = _FAR if row.steps is None else row.steps
    return not can_give, away, -(row.available + row.promised), row.storehouse, row.item


def _taken(rows: Sequence[HolderRow], needed: float | None) -> list[float]:
    missing = to_thousandths(needed or 0)
    taken: list[float] = []
    for row in rows:
        take = 0 if row.is_own else min(missing, to_thousandths(row.available))
        missing -= take
        taken.append(from_thousandths(take))
    return taken
