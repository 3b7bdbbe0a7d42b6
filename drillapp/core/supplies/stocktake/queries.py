"""What can be asked about stocktakes: their lists, one as a whole, which storehouse is to be counted when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from msgspec import structs
from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect, still
from drillapp.core.dates import earliest_begin, months_after
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Column, Listing
from drillapp.core.localtime import end_of_day
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.model import Holding, StockEntry, Storehouse
from drillapp.core.supplies.stocktake.interval import interval_months
from drillapp.core.supplies.stocktake.model import Stocktake, StocktakeLine
from drillapp.core.supplies.stocktake.reading import header_of, lines_of, moved_in
from drillapp.core.supplies.stocktake.rows import (
    LineRow,
    MovedRow,
    StocktakeDueRow,
    StocktakeRow,
    StocktakeView,
)
from drillapp.core.units.model import Unit

UNDER_WAY = ("counting", "submitted", "reviewed")
_SOON = 30
"""Days before its day that a stocktake is told to be due."""


def stocktake_named(office: Office, number: str) -> int:
    """The stocktake with a number, the office's own one where a neighbour's has the same; raises NotFound."""
    statement = (
        select(Stocktake.id)
        .where(Stocktake.number == number)
        .order_by((Stocktake.owner_id == office.id).desc())
    )
    with office.read() as connection:
        found: int | None = connection.execute(statement.limit(1)).scalar()
    if found is None:
        raise NotFound(
            _("There is no stocktake with the number '{value}'.").format(value=number),
            _("'drillapp stocktake list' shows the numbers there are."),
        )
    return found


def stocktake_view(office: Office, stocktake_id: int) -> StocktakeView:
    """A stocktake with its lines and what was booked meanwhile, less what a blind count may not see; raises NotFound."""
    now = office.clock.now()
    with office.read() as connection:
        header = header_of(connection, stocktake_id)
        lines = lines_of(connection, header, now)
        moved = moved_in(connection, header, now)
    if header.blind and header.state == "counting":
        hidden = {line.position for line in lines if line.state != "counted"}
        lines = [_hidden(line) if line.position in hidden else line for line in lines]
        moved = [structs.replace(one, delta=None) if one.position in hidden else one for one in moved]
    return StocktakeView(header, tuple(lines), tuple(_in_order(moved)))


def _hidden(line: LineRow) -> LineRow:
    return structs.replace(line, drawn=None, book=None, difference=None)


def _in_order(moved: list[MovedRow]) -> list[MovedRow]:
    """As the ledger orders them: letters of documents by their code, on every database."""
    return sorted(
        moved, key=lambda one: (one.position, one.occurred_on, one.recorded_at, one.document, one.line)
    )


def _stocktakes(as_of: date) -> AnySelect:
    of_it = StocktakeLine.stocktake_id == Stocktake.id
    lines = select(func.count()).select_from(StocktakeLine).where(of_it).scalar_subquery()
    counted = (
        select(func.count())
        .select_from(StocktakeLine)
        .where(of_it, StocktakeLine.counted.is_not(None))
        .scalar_subquery()
    )
    return (
        select(
            Stocktake.id, Storehouse.unit_id, Stocktake.revision, Stocktake.number,
            Storehouse.code.label("storehouse"), Storehouse.name.label("storehouse_name"),
            Unit.code.label("unit_code"), Unit.name.label("unit_name"), Stocktake.extent,
            Category.name.label("category"), Stocktake.blind, Stocktake.tolerance, Stocktake.state,
            Stocktake.drawn_up_at, lines.label("lines"), counted.label("counted"), Stocktake.counted_by,
            Stocktake.reviewed_by, Stocktake.posted_at, Stocktake.document, Stocktake.retired_on,
        )
        .join(Storehouse, Storehouse.id == Stocktake.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .outerjoin(Category, Category.id == Stocktake.category_id)
    )  # fmt: skip


def _due(office: Office) -> AnySelect:
    """Each storehouse in which anything was ever booked, with the last stocktake of the whole of it."""
    as_of, months = office.as_of, interval_months(office)
    last = last_whole(as_of).subquery()
    first = first_booked(as_of).group_by(Holding.storehouse_id).add_columns(Holding.storehouse_id).subquery()
    evening = end_of_day(as_of)
    open_one = (
        select(Stocktake.storehouse_id, func.max(Stocktake.number).label("number"))
        .where(
            Stocktake.drawn_up_at <= evening,
            still(Stocktake.posted_at, evening),
            still(Stocktake.cancelled_at, evening),
        )
        .group_by(Stocktake.storehouse_id)
        .subquery()
    )
    since = func.coalesce(last.c.counted_on, first.c.held_since, type_=StocktakeLine.counted_on.type)
    state = case(
        (since < earliest_begin(as_of, months), "overdue"),
        (since < earliest_begin(as_of + timedelta(days=_SOON + 1), months), "soon"),
        else_="met",
    )
    return (
        select(
            Storehouse.id, Storehouse.unit_id, Storehouse.code.label("storehouse"),
            Storehouse.name.label("storehouse_name"), Unit.code.label("unit_code"), Unit.name.label("unit_name"),
            Storehouse.keeper, last.c.number, last.c.counted_on, first.c.held_since,
            open_one.c.number.label("under_way"), state.label("state"), since.label("due_on"),
        )
        .join(Unit, Unit.id == Storehouse.unit_id)
        .join(first, first.c.storehouse_id == Storehouse.id)
        .outerjoin(last, last.c.storehouse_id == Storehouse.id)
        .outerjoin(open_one, open_one.c.storehouse_id == Storehouse.id)
        .where(still(Storehouse.retired_on, as_of))
    )  # fmt: skip


def first_booked(as_of: date) -> AnySelect:
    """The day, held_since, on which anything first came into storehouses: of all of them, unless they are narrowed."""
    return (
        select(func.min(StockEntry.occurred_on).label("held_since"))
        .select_from(Holding)
        .join(StockEntry, StockEntry.holding_id == Holding.id)
        # Entries of lines that were taken back are 0: by them nothing came.
        .where(StockEntry.occurred_on <= as_of, StockEntry.delta != 0)
    )


def last_whole(as_of: date) -> AnySelect:
    """Of each storehouse the latest stocktake of the whole of it that was posted: storehouse_id, number, counted_on.

    The day is that of its last count.
    """
    days = (
        select(
            Stocktake.id, Stocktake.storehouse_id, Stocktake.number,
            func.max(StocktakeLine.counted_on).label("counted_on"),
        )
        .join(StocktakeLine, StocktakeLine.stocktake_id == Stocktake.id)
        .where(Stocktake.state == "posted", Stocktake.extent == "whole")
        .group_by(Stocktake.id, Stocktake.storehouse_id, Stocktake.number)
        .having(func.max(StocktakeLine.counted_on) <= as_of)
        .subquery()
    )  # fmt: skip
    later = aliased(days)
    is_last = ~(
        select(later.c.id)
        .where(
            later.c.storehouse_id == days.c.storehouse_id,
            (later.c.counted_on > days.c.counted_on)
            | ((later.c.counted_on == days.c.counted_on) & (later.c.id > days.c.id)),
        )
        .exists()
    )
    return select(days.c.storehouse_id, days.c.number, days.c.counted_on).where(is_last)


def _with_due_day(office: Office, rows: list[Any]) -> list[Any]:
    months = interval_months(office)
    return [structs.replace(row, due_on=months_after(row.due_on, months)) for row in rows]


STOCKTAKES = Listing(
    "stocktakes",
    StocktakeRow,
    (
        Column("number", "Stocktake number", width=140),
        Column("storehouse_name", "Storehouse", width=200),
        Column("extent", "Extent", "choice", 90, "stocktake_extent"),
        Column("state", "State", "choice", 90, "stocktake_state"),
        Column("lines", "Lines", "number", 70),
        Column("counted", "Lines counted", "number", 80),
        Column("drawn_up_at", "Drawn up at", "moment", 150),
        Column("counted_by", "Counted by", width=110),
        Column("reviewed_by", "Count reviewed by", width=110),
        Column("posted_at", "Posted at", "moment", 150),
        Column("blind", "Blind", "flag", 70),
        Column("tolerance", "Tolerance (%)", "number", 90),
        Column("category", "Category", width=140),
        Column("unit_name", "Unit", width=180),
        Column("document", "Document", width=140),
    ),
    _stocktakes,
    searched=(
        "number",
        "storehouse_name",
        "storehouse",
        "unit_name",
        "counted_by",
        "reviewed_by",
        "category",
    ),
    sort=(("drawn_up_at", True),),
)
STOCKTAKES_DUE = Listing(
    "stocktakes_due",
    StocktakeDueRow,
    (
        Column("storehouse_name", "Storehouse", width=220),
        Column("state", "State", "choice", 110, "stocktake_due_state"),
        Column("due_on", "Next stocktake due", "date", 120),
        Column("counted_on", "Last stocktake", "date", 110),
        Column("number", "Stocktake number", width=140),
        Column("under_way", "Under way", width=140),
        Column("keeper", "Keeper", width=90),
        Column("unit_name", "Unit", width=200),
        Column("held_since", "Booked since", "date", 110),
    ),
    lambda _as_of: select(),
    searched=("storehouse_name", "storehouse", "unit_name", "keeper"),
    sort=(("due_on", False), ("storehouse", False)),
    for_office=_due,
    finished=_with_due_day,
)
