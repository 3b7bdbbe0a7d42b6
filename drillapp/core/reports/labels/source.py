"""What labels say of items, lots, shelves and storehouses, as of the office's date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import BigInteger, Row, func, select, type_coerce

from drillapp.core.database.base import AnySelect, narrowed, still
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.reports.labels.drawing import Label
from drillapp.core.supplies.codes import (
    payload_of_item,
    payload_of_lot,
    payload_of_shelf,
    payload_of_storehouse,
)
from drillapp.core.supplies.model import Holding, Item, Lot, StockEntry, Storehouse
from drillapp.core.supplies.stores.model import Shelf
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope

KINDS = ("items", "lots", "shelves", "storehouses")
"""What there are labels for."""


def item_labels(office: Office, codes: Collection[str] = ()) -> list[Label]:
    """Of the items with these codes, or of all in use; raises NotFound naming the codes that there are not."""
    statement = select(Item.code, Item.uid, Item.name, Item.spec, Item.unit_of_measure).order_by(Item.code)
    rows = _chosen(office, statement, Item, codes)
    return [_item(row) for row in rows]


def storehouse_labels(office: Office, codes: Collection[str] = (), unit_id: int | None = None) -> list[Label]:
    """Of the storehouses with these codes, or of all in use of a unit and those below it; raises NotFound."""
    statement = (
        select(Storehouse.code, Storehouse.uid, Storehouse.name, Unit.name.label("unit_name"), Storehouse.address,
               Storehouse.keeper, Storehouse.phone)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .where(in_scope(Storehouse.unit_id, unit_id))
        .order_by(Storehouse.code)
    )  # fmt: skip
    return [
        Label(
            payload_of_storehouse(row.uid), row.name,
            _said(row.unit_name, _joined(row.keeper, row.phone), row.address), row.code,
        )
        for row in _chosen(office, statement, Storehouse, codes)
    ]  # fmt: skip


def shelf_labels(office: Office, storehouse: str, codes: Collection[str] = ()) -> list[Label]:
    """Of the shelves of a storehouse with these codes, or of all in use; raises NotFound."""
    _refuse_unknown_storehouse(office, storehouse)
    statement = (
        select(Shelf.code, Shelf.uid, Shelf.name, Storehouse.code.label("storehouse"),
               Storehouse.name.label("storehouse_name"))
        .join(Storehouse, Storehouse.id == Shelf.storehouse_id)
        .where(Storehouse.code == storehouse)
        .order_by(Shelf.code)
    )  # fmt: skip
    return [
        Label(
            payload_of_shelf(row.uid), row.name or row.code, _said(row.storehouse_name, row.code),
            f"{row.storehouse} / {row.code}",
        )
        for row in _chosen(office, statement, Shelf, codes)
    ]  # fmt: skip


def lot_labels(
    office: Office, *, storehouse: str | None = None, item: str | None = None, holdings: Collection[int] = ()
) -> list[Label]:
    """Of the lots that are in stock: in a storehouse, of an item, or those of these holdings; raises NotFound."""
    if storehouse is not None:
        _refuse_unknown_storehouse(office, storehouse)
    statement = _lots(office)
    if storehouse is not None:
        statement = statement.where(Storehouse.code == storehouse)
    if item is not None:
        statement = statement.where(Item.code == item)
    if holdings:
        statement = statement.where(Holding.id.in_(list(holdings)))
    with office.read() as connection:
        rows = connection.execute(statement).all()
    if not rows:
        raise NotFound(
            _("Nothing of that is in stock."), _("Labels of lots are printed for what lies in a storehouse.")
        )
    return list(_each_lot(rows))


def _lots(office: Office) -> AnySelect:
    balance = (
        select(func.sum(type_coerce(StockEntry.delta, BigInteger)))
        .where(StockEntry.holding_id == Holding.id, StockEntry.occurred_on <= office.as_of)
        .scalar_subquery()
    )
    return (
        select(
            Lot.id, Item.code, Item.uid, Item.name, Item.spec, Lot.code.label("lot"), Lot.expires_on, Lot.produced_on,
            Storehouse.name.label("storehouse_name"), Shelf.code.label("shelf"),
        )
        .select_from(Holding)
        .join(Lot, Lot.id == Holding.lot_id)
        .join(Item, Item.id == Holding.item_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .outerjoin(Shelf, Shelf.id == Holding.shelf_id)
        .where(balance > 0)
        .order_by(Storehouse.code, Item.code, Lot.expires_on.asc().nulls_last(), Lot.code, Lot.id)
    )  # fmt: skip


def _each_lot(rows: Iterable[Row[Any]]) -> Iterator[Label]:
    """A lot in several storehouses has the same code in each, and a label for each place."""
    for row in rows:
        expiry = _("Good until {day}").format(day=row.expires_on) if row.expires_on else ""
        made = _("Made on {day}").format(day=row.produced_on) if row.produced_on else ""
        lot = _("Lot {lot}").format(lot=row.lot) if row.lot else ""
        place = _joined(row.storehouse_name, row.shelf)
        yield Label(
            payload_of_lot(row.uid, row.lot, row.expires_on), row.name, _said(expiry, lot, row.spec, made, place),
            _joined(row.code, row.lot),
        )  # fmt: skip


def _item(row: Row[Any]) -> Label:
    unit = _("Unit of measure: {unit}").format(unit=row.unit_of_measure) if row.unit_of_measure else ""
    return Label(payload_of_item(row.uid), row.name, _said(row.spec, unit), row.code)


def _chosen(office: Office, statement: AnySelect, model: Any, codes: Collection[str]) -> list[Row[Any]]:
    """The rows with these codes, in the order in which they were named; all in use without any."""
    with office.read() as connection:
        if not codes:
            return list(connection.execute(statement.where(still(model.retired_on, office.as_of))))
        found = {row.code: row for row in connection.execute(narrowed(statement, model.code, codes))}
    missing = [code for code in codes if code not in found]
    if missing:
        raise NotFound(
            _("Nothing here has the code '{code}'.").format(code=missing[0]),
            _("Look at the list for its code."),
        )
    return [found[code] for code in dict.fromkeys(codes)]


def _refuse_unknown_storehouse(office: Office, code: str) -> None:
    with office.read() as connection:
        if connection.execute(select(Storehouse.id).where(Storehouse.code == code)).first() is None:
            raise NotFound(
                _("There is no storehouse with the code '{value}'.").format(value=code),
                _("'drillapp list storehouses' shows the codes there are."),
            )


def _said(*lines: str | None) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
