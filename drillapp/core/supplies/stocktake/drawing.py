"""A stocktake is drawn up: which lots are to be counted, and what the book says of them."""

from __future__ import annotations

import hashlib
import math
import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, cast, func, insert, or_, select, type_coerce

from drillapp.core.batch import MAX_NUMBER
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.database.types import from_thousandths
from drillapp.core.database.uid import new_uid
from drillapp.core.enumerations import codes
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.numbering import free_document
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, StockEntry, Storehouse
from drillapp.core.supplies.stocktake.changing import checked_note
from drillapp.core.supplies.stocktake.model import Stocktake, StocktakeLine
from drillapp.core.supplies.stocktake.queries import UNDER_WAY
from drillapp.core.supplies.stocktake.reading import day_and_moment, header_of, was_booked
from drillapp.core.supplies.stocktake.rows import Drawing, Drawn, Redrawn
from drillapp.core.supplies.stores.model import Shelf
from drillapp.core.work import Work

LARGEST_SEED = 999_999


class _Place(NamedTuple):
    """A holding that may be counted."""

    holding_id: int
    item_id: int
    lot_id: int
    shelf_id: int | None
    quantity: int
    """In thousandths."""
    name: str


class _Storehouse(NamedTuple):
    id: int
    unit_id: int


def draw_up(office: Office, drawing: Drawing) -> Drawn:
    """Draw up a stocktake of what is there now, by shelf and item.

    Raises NotFound for an unknown storehouse or category; InvalidInput for a wrong extent, sample, seed or tolerance,
    where there is nothing to count, and where a lot of it is in a stocktake that is not finished.
    """
    _check(drawing)
    note = checked_note(drawing.note)
    with office.write("draw up stocktake") as work:
        storehouse = _storehouse(work, drawing.storehouse)
        category_id = _category(work, drawing.category) if drawing.category else None
        day, moment = day_and_moment(office.clock.now(), None)
        number = free_document(work.connection, "count", day)
        last = work.connection.execute(select(func.max(Movement.id))).scalar()
        places = _places(work.connection, storehouse.id, category_id, was_booked(day, last))
        seed = None
        if drawing.extent == "sample":
            seed = drawing.seed or secrets.randbelow(LARGEST_SEED) + 1
            places = _sampled(places, drawing.sample or 0, seed)
        _refuse_nothing(places, drawing.category)
        _refuse_under_way(work.connection, storehouse.id, places)
        values: dict[str, Any] = {
            "number": number, "storehouse_id": storehouse.id, "extent": drawing.extent, "category_id": category_id,
            "sample": drawing.sample if drawing.extent == "sample" else None, "seed": seed, "blind": drawing.blind,
            "tolerance": drawing.tolerance, "drawn_up_at": moment, "state": "counting", "note": note,
            "last_movement": last,
        }  # fmt: skip
        key = _write(work, values, places)
        work.touched("stocktakes", {storehouse.unit_id})
        return Drawn(key, number, len(places), work.changes)


def draw_again(office: Office, stocktake_id: int) -> Redrawn:
    """Draw a random sample once more from its seed, out of what was there then; raises NotFound, InvalidInput."""
    with office.read() as connection:
        header = header_of(connection, stocktake_id)
        if header.seed is None or header.sample is None:
            raise InvalidInput(
                _("The stocktake {number} is no random sample.").format(number=header.number),
                _("It has all lots of its extent."),
            )
        then = was_booked(local_day(header.drawn_up_at), header.last_movement)
        all_places = _places(connection, header.storehouse_id, header.category_id, then)
        chosen = _chosen(all_places, header.sample, header.seed)
        statement = select(StocktakeLine.lot_id, StocktakeLine.position).where(
            StocktakeLine.stocktake_id == stocktake_id, StocktakeLine.added.is_(False)
        )
        drawn: dict[int, int] = {row.lot_id: row.position for row in connection.execute(statement)}
    now = {place.lot_id: place.name for place in chosen}
    gone = tuple(sorted(position for lot, position in drawn.items() if lot not in now))
    come = tuple(name for lot, name in now.items() if lot not in drawn)
    return Redrawn(not gone and not come, gone, come)


def _check(drawing: Drawing) -> None:
    if drawing.extent not in codes("stocktake_extent"):
        allowed = " ".join(codes("stocktake_extent"))
        raise InvalidInput(
            _("'{value}' is not allowed; allowed: {codes}").format(value=drawing.extent, codes=allowed),
            field="extent",
        )
    if drawing.extent == "category" and not drawing.category:
        raise InvalidInput(_("Say which category is to be counted."), field="category")
    if drawing.extent == "whole" and drawing.category:
        raise InvalidInput(
            _("A stocktake of the whole store has no category."),
            _("Choose the extent “category” to count one."),
            field="category",
        )
    if drawing.extent == "sample" and not 0 < (drawing.sample or 0) <= MAX_NUMBER:
        raise InvalidInput(_("Say how many lines are to be drawn: 1 or more."), field="sample")
    if drawing.seed is not None and not 0 < drawing.seed <= LARGEST_SEED:
        raise InvalidInput(_("Must be 1 to {most}.").format(most=LARGEST_SEED), field="seed")
    if not (math.isfinite(drawing.tolerance) and 0 <= drawing.tolerance <= 100):
        raise InvalidInput(_("The tolerance must be 0 to 100 per cent."), field="tolerance")


def _storehouse(work: Work, code: str) -> _Storehouse:
    statement = select(Storehouse.id, Storehouse.unit_id).where(
        Storehouse.owner_id == work.office_id, Storehouse.code == code
    )
    row = work.connection.execute(statement).first()
    if row is None:
        raise NotFound(
            _("There is no storehouse with the code '{value}'.").format(value=code),
            _("'drillapp list storehouses' shows the codes there are."),
        )
    return _Storehouse(*row)


def _category(work: Work, named: str) -> int:
    statement = (
        select(Category.id)
        .where(Category.owner_id == work.office_id, or_(Category.code == named, Category.name == named))
        .order_by(Category.code.is_distinct_from(named), Category.id)
    )
    found: int | None = work.connection.execute(statement.limit(1)).scalar()
    if found is None:
        raise NotFound(_("There is no category '{value}'.").format(value=named))
    return found


def _places(
    connection: Connection, storehouse_id: int, category_id: int | None, booked: ColumnElement[bool]
) -> list[_Place]:
    """What may be counted, by shelf and item: what the book says is there, and what has a shelf of its own."""
    sums = (
        select(StockEntry.holding_id, func.sum(type_coerce(StockEntry.delta, BigInteger)).label("quantity"))
        .join(Movement, Movement.id == StockEntry.movement_id)
        .join(Holding, Holding.id == StockEntry.holding_id)
        .where(Holding.storehouse_id == storehouse_id, booked)
        .group_by(StockEntry.holding_id)
        .subquery()
    )
    quantity = cast(func.coalesce(sums.c.quantity, 0), BigInteger)
    statement = (
        select(
            Holding.id, Holding.item_id, Holding.lot_id, Holding.shelf_id, quantity, Item.name, Lot.code,
            Lot.expires_on,
        )
        .join(Item, Item.id == Holding.item_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .outerjoin(Shelf, Shelf.id == Holding.shelf_id)
        .outerjoin(sums, sums.c.holding_id == Holding.id)
        .where(Holding.storehouse_id == storehouse_id, or_(quantity != 0, Holding.shelf_id.is_not(None)))
        .order_by(Shelf.code.nulls_last(), Item.code, Lot.expires_on.nulls_last(), Lot.code, Lot.id)
    )  # fmt: skip
    if category_id is not None:
        tree = select(Category.id).where(Category.id == category_id).cte(recursive=True)
        below = tree.union(select(Category.id).join(tree, Category.parent_id == tree.c.id))
        statement = statement.where(Item.category_id.in_(select(below.c.id)))
    return [
        _Place(*row[:5], f"{row[5]} {row[6] or row[7] or ''}".strip())
        for row in connection.execute(statement)
    ]


def _sampled(places: Sequence[_Place], count: int, seed: int) -> list[_Place]:
    if len(places) < count:
        raise InvalidInput(
            _("Only {count} lines are there to draw from.").format(count=len(places)),
            _("Draw fewer, or count the whole store."),
            field="sample",
        )
    return _chosen(places, count, seed)


def _chosen(places: Sequence[_Place], count: int, seed: int) -> list[_Place]:
    """The sample: each lot has a rank of its own from the seed, so that one that comes later moves no other."""

    def rank(place: _Place) -> bytes:
        return hashlib.sha256(f"{seed}:{place.lot_id}".encode()).digest()

    drawn = {place.lot_id for place in sorted(places, key=rank)[:count]}
    return [place for place in places if place.lot_id in drawn]


def _refuse_nothing(places: Sequence[_Place], category: str | None) -> None:
    if places:
        return
    words = (
        _("There is nothing of the category “{category}” in this storehouse.").format(category=category)
        if category
        else _("There is nothing in this storehouse to be counted.")
    )
    raise InvalidInput(words, _("What was never booked is booked as a receipt."), field="storehouse")


def _refuse_under_way(connection: Connection, storehouse_id: int, places: Sequence[_Place]) -> None:
    statement = (
        select(Stocktake.number, StocktakeLine.lot_id)
        .join(StocktakeLine, StocktakeLine.stocktake_id == Stocktake.id)
        .where(Stocktake.storehouse_id == storehouse_id, Stocktake.state.in_(UNDER_WAY))
    )
    lots = {place.lot_id for place in places}
    numbers = sorted({row.number for row in connection.execute(statement) if row.lot_id in lots})
    if numbers:
        raise InvalidInput(
            _("The stocktake {numbers} of the same lots is not finished.").format(numbers=", ".join(numbers)),
            _("Post or cancel it first."),
            field="storehouse",
        )


def _write(work: Work, values: dict[str, Any], places: Sequence[_Place]) -> int:
    own = {"uid": new_uid(), "owner_id": work.office_id, "revision": 1}
    statement = insert(Stocktake).values(**own, **values).returning(Stocktake.id)
    key = int(work.connection.execute(statement).scalar_one())
    ids = next_ids(work.connection, table_of(StocktakeLine), len(places))
    insert_rows(
        work.connection,
        table_of(StocktakeLine),
        {
            "id": ids,
            "stocktake_id": [key] * len(places),
            "position": list(range(1, len(places) + 1)),
            "item_id": [place.item_id for place in places],
            "lot_id": [place.lot_id for place in places],
            "shelf_id": [place.shelf_id for place in places],
            "drawn": [from_thousandths(place.quantity) for place in places],
            "added": [False] * len(places),
            "again": [False] * len(places),
        },
    )
    work.changed("stocktakes", key, {n: (None, value) for n, value in values.items() if value is not None})
    work.created("stocktake_lines", ids)
    return key
