"""What of the stock must be inspected or maintained by when, and what was done."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import (
    CTE,
    BigInteger,
    Integer,
    Subquery,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from drillapp.core.database.base import AnySelect, still
from drillapp.core.database.months import later
from drillapp.core.database.types import Quantity
from drillapp.core.listing import Column, Listing
from drillapp.core.supplies.model import Holding, Item, Lot, StockEntry, Storehouse
from drillapp.core.supplies.upkeep.model import Upkeep
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope

_KINDS: tuple[tuple[str, InstrumentedAttribute[int | None]], ...] = (
    ("inspection", Item.inspection_months),
    ("maintenance", Item.maintenance_months),
)


class UpkeepRow(Struct, frozen=True):
    """An inspection or maintenance that was done."""

    id: int
    unit_id: int
    revision: int
    done_on: date
    kind: str
    item_code: str
    item_name: str
    lot: str | None
    storehouse: str
    storehouse_name: str
    unit_name: str
    result: str
    done_by: str | None
    note: str | None
    retired_on: date | None


class UpkeepDueRow(Struct, frozen=True):
    """What must be looked after of an item in a storehouse, and by when; of several lots the one due first counts."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    storehouse: str
    storehouse_name: str
    item_code: str
    item_name: str
    unit_of_measure: str | None
    quantity: float
    kind: str
    months: int
    """How often."""
    last_done_on: date | None
    last_result: str | None
    since: date
    """From when the time runs: the day it was last done, or else that on which the goods came."""
    due_on: date
    state: str
    """A code of the enumeration due_window."""


def _upkeep(as_of: date) -> AnySelect:
    return (
        select(
            Upkeep.id, Storehouse.unit_id, Upkeep.revision, Upkeep.done_on, Upkeep.kind, Item.code.label("item_code"),
            Item.name.label("item_name"), func.nullif(Lot.code, "").label("lot"), Storehouse.code.label("storehouse"),
            Storehouse.name.label("storehouse_name"), Unit.name.label("unit_name"), Upkeep.result, Upkeep.done_by,
            Upkeep.note, Upkeep.retired_on,
        )
        .join(Storehouse, Storehouse.id == Upkeep.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .join(Item, Item.id == Upkeep.item_id)
        .outerjoin(Lot, Lot.id == Upkeep.lot_id)
    )  # fmt: skip


def _held(as_of: date, unit_id: int | None) -> AnySelect:
    """What lies there of items that want looking after, with the day on which it first came."""
    wanted = or_(*(months.is_not(None) for _kind, months in _KINDS))
    chosen = select(Holding.id).join(Item, Item.id == Holding.item_id)
    if unit_id is not None:
        stores = select(Storehouse.id).where(in_scope(Storehouse.unit_id, unit_id))
        chosen = chosen.where(Holding.storehouse_id.in_(stores))
    quantity = func.sum(type_coerce(StockEntry.delta, BigInteger))
    # Entries of lines that were taken back are 0: by them nothing came.
    came_on = case((StockEntry.delta != 0, StockEntry.occurred_on))
    sums = (
        select(
            StockEntry.holding_id, quantity.label("quantity"), func.min(came_on).label("came_on")
        )
        .where(
            StockEntry.occurred_on <= as_of,
            StockEntry.holding_id.in_(chosen.where(wanted, still(Item.retired_on, as_of))),
        )
        .group_by(StockEntry.holding_id)
        .having(quantity > 0)
        .subquery()
    )  # fmt: skip
    return select(
        Holding.id, Holding.storehouse_id, Holding.item_id, Holding.lot_id, sums.c.quantity, sums.c.came_on
    ).join(sums, sums.c.holding_id == Holding.id)


def _due_of_kind(place: int, as_of: date, held: CTE) -> AnySelect:
    """For one kind of upkeep, by storehouse and item: from when the time runs and when it was last done."""
    kind, months = _KINDS[place]
    last = (
        select(func.max(Upkeep.done_on))
        .where(
            Upkeep.storehouse_id == held.c.storehouse_id, Upkeep.item_id == held.c.item_id, Upkeep.kind == kind,
            or_(Upkeep.lot_id.is_(None), Upkeep.lot_id == held.c.lot_id), Upkeep.done_on <= as_of,
            still(Upkeep.retired_on, as_of),
        )
        .scalar_subquery()
    )  # fmt: skip
    rows = select(held, last.label("last")).subquery()
    since = case((rows.c.last > rows.c.came_on, rows.c.last), else_=rows.c.came_on)
    return (
        select(
            (func.min(rows.c.id) * len(_KINDS) + place).label("id"), rows.c.storehouse_id, rows.c.item_id,
            literal(kind).label("kind"), cast(months, Integer).label("months"),
            cast(func.sum(rows.c.quantity), BigInteger).label("quantity"),
            func.max(rows.c.last).label("last_done_on"), func.min(since).label("since"),
        )
        .select_from(rows)
        .join(Item, Item.id == rows.c.item_id)
        .where(months.is_not(None))
        .group_by(rows.c.storehouse_id, rows.c.item_id, months)
    )  # fmt: skip


def upkeep_asked(as_of: date, unit_id: int | None = None) -> Subquery:
    """What of the stock of a unit and those below it (None: of all) wants looking after, by storehouse, item and kind.

    id, storehouse_id, item_id, kind, months: how often, quantity, last_done_on, since: from when the time runs.
    """
    held = _held(as_of, unit_id).cte("held")
    return union_all(*(_due_of_kind(place, as_of, held) for place in range(len(_KINDS)))).subquery()


def holding_of(key: int) -> tuple[int, str]:
    """The first of the holdings that a row of `upkeep_asked` stands for, and the kind of upkeep."""
    holding_id, place = divmod(key, len(_KINDS))
    return holding_id, _KINDS[place][0]


def _due(as_of: date) -> AnySelect:
    rows = upkeep_asked(as_of)
    due_on = later(rows.c.since, rows.c.months)
    done = aliased(Upkeep)
    result = (
        select(done.result)
        .where(
            done.storehouse_id == rows.c.storehouse_id, done.item_id == rows.c.item_id, done.kind == rows.c.kind,
            done.done_on == rows.c.last_done_on, still(done.retired_on, as_of),
        )
        .order_by(done.id.desc())
        .limit(1)
        .scalar_subquery()
    )  # fmt: skip
    state = case(
        (due_on < as_of, "overdue"),
        (due_on <= as_of + timedelta(days=30), "due_30"),
        (due_on <= as_of + timedelta(days=90), "due_90"),
        else_="later",
    )
    return (
        select(
            rows.c.id, Storehouse.unit_id, Unit.code.label("unit_code"), Unit.name.label("unit_name"),
            Storehouse.code.label("storehouse"), Storehouse.name.label("storehouse_name"),
            Item.code.label("item_code"), Item.name.label("item_name"), Item.unit_of_measure,
            type_coerce(rows.c.quantity, Quantity).label("quantity"), rows.c.kind, rows.c.months,
            rows.c.last_done_on, result.label("last_result"), rows.c.since, due_on.label("due_on"), state.label("state"),
        )
        .select_from(rows)
        .join(Storehouse, Storehouse.id == rows.c.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .join(Item, Item.id == rows.c.item_id)
        .where(still(Storehouse.retired_on, as_of))
    )  # fmt: skip


UPKEEP = Listing(
    "upkeep",
    UpkeepRow,
    (
        Column("done_on", "Done on", "date", 100),
        Column("kind", "Kind of upkeep", "choice", 90, "upkeep_kind"),
        Column("item_name", "Item name", width=180),
        Column("result", "Result of upkeep", "choice", 110, "upkeep_result"),
        Column("storehouse_name", "Storehouse", width=190),
        Column("lot", "Lot", width=110),
        Column("done_by", "Looked after by", width=100),
        Column("note", "Note", width=200),
        Column("unit_name", "Unit", width=180),
        Column("item_code", "Item code", width=110),
    ),
    _upkeep,
    searched=("item_name", "item_code", "storehouse_name", "storehouse", "lot", "done_by", "note"),
    sort=(("done_on", True),),
)
UPKEEP_DUE = Listing(
    "upkeep_due",
    UpkeepDueRow,
    (
        Column("due_on", "Upkeep due on", "date", 100),
        Column("state", "State", "choice", 120, "due_window"),
        Column("kind", "Kind of upkeep", "choice", 90, "upkeep_kind"),
        Column("item_name", "Item name", width=180),
        Column("quantity", "Quantity", "number", 80),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("storehouse_name", "Storehouse", width=190),
        Column("last_done_on", "Last done on", "date", 100),
        Column("last_result", "Last result", "choice", 110, "upkeep_result"),
        Column("months", "Every (months)", "number", 100),
        Column("unit_name", "Unit", width=180),
        Column("item_code", "Item code", width=110),
        Column("storehouse", "Storehouse code", width=120),
    ),
    _due,
    searched=("item_name", "item_code", "storehouse_name", "storehouse", "unit_name"),
    sort=(("due_on", False), ("storehouse", False), ("item_code", False)),
)
