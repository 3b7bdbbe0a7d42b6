"""Stock, upkeep, stocktakes and returns that nearly settle what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from drillapp.core import enumerations
from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import from_thousandths
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.rules.near_miss import MOST, Asked, NearMiss, last_day, sentence
from drillapp.core.supplies.levels.usable import NOT_PRESENT
from drillapp.core.supplies.model import Holding, Lot, Movement, StockEntry, Storehouse
from drillapp.core.supplies.open_lines import answers
from drillapp.core.supplies.stocktake.model import Stocktake
from drillapp.core.supplies.upkeep.model import Upkeep
from drillapp.core.supplies.upkeep.queries import holding_of
from drillapp.core.supplies.withheld import withheld


def near_stock(asked: Asked) -> list[NearMiss]:
    """What the unit has of the item that does not count: expired, in quarantine, in no storehouse that counts."""
    as_of = asked.as_of
    entries = select(func.sum(type_coerce(StockEntry.delta, BigInteger)))
    quantity = entries.where(
        StockEntry.holding_id == Holding.id, StockEntry.occurred_on <= as_of
    ).scalar_subquery()
    held_back = withheld(as_of).subquery()
    statement: AnySelect = (
        select(
            Holding.id, quantity.label("quantity"), held_back.c.withheld, Lot.code.label("lot"), Lot.expires_on,
            Storehouse.name, Storehouse.kind, Storehouse.retired_on,
        )
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .outerjoin(held_back, held_back.c.holding_id == Holding.id)
        .where(
            Storehouse.unit_id == asked.row.unit_id, Holding.item_id == asked.row.subject_id, quantity > 0,
            or_(
                Lot.expires_on < as_of, held_back.c.withheld > 0, Storehouse.kind == NOT_PRESENT,
                Storehouse.retired_on <= as_of,
            ),
        )
        .order_by(quantity.desc(), Holding.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        NearMiss(
            "stock", row.id, " ".join(filter(None, (row.name, row.lot))), sentence(_not_usable(asked, row)), row.expires_on
        )
        for row in asked.rows(statement)
    ]  # fmt: skip


def _not_usable(asked: Asked, row: Any) -> Iterator[str]:
    held = from_thousandths(row.quantity)
    if row.expires_on is not None and row.expires_on < asked.as_of:
        yield _("{quantity} there, expired on {day}").format(quantity=f"{held:g}", day=row.expires_on)
    if row.withheld:
        kept = from_thousandths(min(row.withheld, row.quantity))
        yield _("{quantity} there in quarantine").format(quantity=f"{kept:g}")
    if row.kind == NOT_PRESENT:
        kind = enumerations.label("storehouse_kind", row.kind)
        yield _("{quantity} are not there, but promised: {kind}").format(quantity=f"{held:g}", kind=kind)
    if row.retired_on is not None and row.retired_on <= asked.as_of:
        yield _("the storehouse is out of use since {day}").format(day=row.retired_on)


def near_upkeep(asked: Asked) -> list[NearMiss]:
    """What was last done of the item in the storehouse: too long ago, of another kind, of one lot only, taken back."""
    holding, wanted = holding_of(asked.row.subject_id)
    place = aliased(Holding)
    statement: AnySelect = (
        select(Upkeep.id, Upkeep.kind, Upkeep.done_on, Upkeep.retired_on, Lot.code.label("lot"))
        .join(place, (place.storehouse_id == Upkeep.storehouse_id) & (place.item_id == Upkeep.item_id))
        .outerjoin(Lot, Lot.id == Upkeep.lot_id)
        .where(place.id == holding, Upkeep.done_on <= asked.as_of)
        .order_by((Upkeep.kind == wanted).desc(), Upkeep.done_on.desc(), Upkeep.id.desc())
        .limit(MOST)
    )
    return [
        NearMiss("upkeep", row.id, asked.row.subject, sentence(_not_looked_after(asked, wanted, row)), row.done_on)
        for row in asked.rows(statement)
    ]  # fmt: skip


def _not_looked_after(asked: Asked, wanted: str, row: Any) -> Iterator[str]:
    kind = enumerations.label("upkeep_kind", row.kind)
    text = _("{kind} on {day}") if row.kind != wanted else _("{kind} on {day} is too long ago")
    if row.retired_on is not None and row.retired_on <= asked.as_of:
        yield _("{kind} on {day}").format(kind=kind, day=row.done_on)
        yield _("its record was taken back")
        return
    if row.lot:
        yield _("{kind} on {day}, of lot {lot} only").format(kind=kind, day=row.done_on, lot=row.lot)
        return
    yield text.format(kind=kind, day=row.done_on)


def near_stocktakes(asked: Asked) -> list[NearMiss]:
    """The last stocktakes of the storehouse: of a part only, not finished, cancelled, too long ago."""
    statement = (
        select(
            Stocktake.id, Stocktake.number, Stocktake.extent, Stocktake.state, Stocktake.drawn_up_at,
            Stocktake.posted_at,
        )
        .where(Stocktake.storehouse_id == asked.row.subject_id)
        .order_by(Stocktake.id.desc())
        .limit(MOST)
    )  # fmt: skip
    found = []
    for row in asked.rows(statement):
        drawn_on = local_day(row.drawn_up_at)
        if drawn_on <= asked.as_of:
            found.append(
                NearMiss("stocktakes", row.id, row.number, sentence(_not_counted(asked, row)), drawn_on)
            )
    return found


def _not_counted(asked: Asked, row: Any) -> Iterator[str]:
    if row.extent != "whole":
        extent = enumerations.label("stocktake_extent", row.extent)
        yield _("not the whole storehouse was counted: {extent}").format(extent=extent)
    posted_on = local_day(row.posted_at) if row.posted_at is not None else None
    if row.state == "cancelled":
        yield _("it was cancelled")
    elif posted_on is None or posted_on > asked.as_of:
        yield _("it is not posted yet")
    elif row.extent == "whole":
        yield _("it was posted on {day}, too long ago").format(day=posted_on)


def near_returns(asked: Asked) -> list[NearMiss]:
    """What of the loan came back, and what is still out."""
    answer, loan = aliased(Movement), aliased(Movement)
    statement: AnySelect = (
        answers(answer, asked.as_of, loan.id)
        .with_only_columns(
            answer.id, answer.document, answer.occurred_on,
            type_coerce(answer.quantity, BigInteger).label("came"),
            type_coerce(loan.quantity, BigInteger).label("lent"),
        )
        .join(loan, loan.id == answer.answers_id)
        .where(loan.id == asked.row.subject_id)
        .order_by(answer.occurred_on.desc(), answer.id.desc())
    )  # fmt: skip
    rows = asked.rows(statement)
    out = rows[0].lent - sum(row.came for row in rows) if rows else 0
    text = _("{quantity} came back on {day}; still out: {out}")
    if asked.row.late:
        text = sentence((_("{quantity} came back on {day}"), last_day(asked)))
    return [
        NearMiss(
            "movements", row.id, row.document,
            text.format(
                quantity=f"{from_thousandths(row.came):g}", day=row.occurred_on, out=f"{from_thousandths(out):g}"
            ),
            row.occurred_on,
        )
        for row in rows[:MOST]
    ]  # fmt: skip
