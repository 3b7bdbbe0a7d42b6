"""Who has what of some items, as SQL: one row for each storehouse and item, all of it in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect, still
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.levels.usable import NOT_PRESENT
from drillapp.core.supplies.line_names import is_reversed
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, StockEntry, Storehouse
from drillapp.core.supplies.withheld import withheld
from drillapp.core.units.model import Unit, UnitAncestor
from drillapp.core.units.references import in_scope

_QUANTITIES = ("available", "promised", "withheld", "expired", "lent", "coming")


def holders(as_of: date, item_ids: Sequence[int], within: int | None) -> AnySelect:
    """The columns of HolderRow up to `access`: storehouses that have of the items, lent some, or wait for some.

    Of all units, or of one and those below it. Quantities are in thousandths.
    """
    lots = select(Lot.id).where(Lot.item_id.in_(list(item_ids)))
    # Named once, so that the keys of many items go to the database once.
    meant = select(Holding.id).where(Holding.lot_id.in_(lots)).cte("meant")
    chosen = select(meant.c.id)
    facts = union_all(_held(as_of, chosen), *_under_way(as_of, chosen)).subquery()
    sums = {name: cast(func.sum(facts.c[name]), BigInteger) for name in _QUANTITIES}
    gathered = (
        select(
            facts.c.storehouse_id, facts.c.item_id, *(total.label(name) for name, total in sums.items()),
            func.min(facts.c.expires_on).label("expires_on"),
        )
        .group_by(facts.c.storehouse_id, facts.c.item_id)
        .having(or_(*(total != 0 for total in sums.values())))
        .subquery()
    )  # fmt: skip
    street, streets = aliased(Unit), streets_of_units()
    return (
        select(
            Storehouse.id, Storehouse.code, Storehouse.name, Storehouse.kind, Unit.id, Unit.code, Unit.name,
            street.code, street.name, Item.code, Item.name, Item.spec, Category.name, Item.unit_of_measure,
            *(gathered.c[name] for name in _QUANTITIES), gathered.c.expires_on, Storehouse.keeper, Storehouse.phone,
            Storehouse.deputy, Storehouse.deputy_phone, Storehouse.address, Storehouse.access,
        )
        .select_from(gathered)
        .join(Storehouse, Storehouse.id == gathered.c.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .join(Item, Item.id == gathered.c.item_id)
        .outerjoin(Category, Category.id == Item.category_id)
        .outerjoin(streets, streets.c.unit_id == Unit.id)
        .outerjoin(street, street.id == streets.c.street_id)
        .where(in_scope(Storehouse.unit_id, within), still(Storehouse.retired_on, as_of))
        .order_by(Storehouse.code, Item.code)
    )  # fmt: skip


def streets_of_units() -> Subquery:
    """For each unit in a sub-district that sub-district: unit_id, street_id; a sub-district is in itself."""
    street = aliased(Unit)
    return (
        select(UnitAncestor.unit_id, func.min(street.id).label("street_id"))
        .join(street, and_(street.id == UnitAncestor.ancestor_id, street.kind == "street"))
        .group_by(UnitAncestor.unit_id)
        .subquery()
    )


def _held(as_of: date, chosen: AnySelect) -> AnySelect:
    """What lies in each of the chosen holdings: free to be given, promised by a maker, in quarantine, expired."""
    total = func.sum(type_coerce(StockEntry.delta, BigInteger))
    sums = (
        select(StockEntry.holding_id, total.label("quantity"))
        .where(StockEntry.occurred_on <= as_of, StockEntry.holding_id.in_(chosen))
        .group_by(StockEntry.holding_id)
        .subquery()
    )
    held_back = withheld(as_of).subquery()
    quantity = cast(sums.c.quantity, BigInteger)
    set_aside = func.coalesce(held_back.c.withheld, 0)
    kept = case((set_aside < quantity, set_aside), else_=quantity)
    is_over, is_promise = Lot.expires_on < as_of, Storehouse.kind == NOT_PRESENT
    free = quantity - kept
    expiry = case((and_(free > 0, or_(Lot.expires_on.is_(None), ~is_over)), Lot.expires_on))
    return (
        select(
            Holding.storehouse_id, Holding.item_id,
            case((or_(is_over, is_promise), 0), else_=free).label("available"),
            case((is_over, 0), (is_promise, free), else_=0).label("promised"),
            case((is_over, 0), else_=kept).label("withheld"),
            case((is_over, quantity), else_=0).label("expired"),
            _nothing("lent"), _nothing("coming"), expiry.label("expires_on"),
        )
        .select_from(sums)
        .join(Holding, Holding.id == sums.c.holding_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .outerjoin(held_back, held_back.c.holding_id == Holding.id)
    )  # fmt: skip


def _under_way(as_of: date, chosen: AnySelect) -> list[AnySelect]:
    """What was lent and came back, what was sent to a storehouse and arrived there: as much less as was answered."""
    parts: list[AnySelect] = []
    for kind, answer, column in (("lend", "return", "lent"), ("send", "receive", "coming")):
        line, answered = aliased(Movement), aliased(Movement)
        place = line.storehouse_id if kind == "lend" else line.to_storehouse_id
        taken = _quantities(place, line.item_id, column, type_coerce(line.quantity, BigInteger))
        back = _quantities(place, line.item_id, column, -type_coerce(answered.quantity, BigInteger))
        parts.append(_of_items(taken, line, chosen).where(line.kind == kind, _holds(line, as_of)))
        parts.append(
            _of_items(back, line, chosen)
            .join(answered, answered.answers_id == line.id)
            .where(
                line.kind == kind, answered.kind == answer, _holds(line, as_of), _holds(answered, as_of)
            )
        )  # fmt: skip
    return parts


def _quantities(place: Any, item: Any, column: str, quantity: ColumnElement[Any]) -> AnySelect:
    columns = [quantity.label(name) if name == column else _nothing(name) for name in _QUANTITIES]
    return select(
        place.label("storehouse_id"), item.label("item_id"), *columns, cast(null(), Date).label("expires_on")
    )


def _of_items(statement: AnySelect, line: Any, chosen: AnySelect) -> AnySelect:
    """Found by storehouse, item and lot, by which the ledger has an index."""
    holding = aliased(Holding)
    same = and_(
        holding.storehouse_id == line.storehouse_id, holding.item_id == line.item_id, holding.lot_id == line.lot_id
    )  # fmt: skip
    return statement.select_from(holding).join(line, same).where(holding.id.in_(chosen))


def _holds(line: Any, as_of: date) -> ColumnElement[bool]:
    """Whether a line is booked by a day, and no other takes it back."""
    return and_(line.occurred_on <= as_of, ~is_reversed(line.id))


def _nothing(name: str) -> ColumnElement[int]:
    return literal(0, BigInteger).label(name)
