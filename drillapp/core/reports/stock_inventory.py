"""The inventory of storehouses: what lies in each as of a date, with lot, date and shelf, to be signed by its keeper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.enumerations import label
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import MM, Document, Rendered
from drillapp.core.reports.plan_source import scope_of
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.stock_words import number_words, with_days
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph
from drillapp.core.supplies.listings import STOCK, STOREHOUSES
from drillapp.core.supplies.rows import StockRow

_SIZE = 9.5
_ALL = 1 << 31


class StoreInventory(msgspec.Struct, frozen=True):
    """One storehouse with what lies in it."""

    name: str
    facts: tuple[Fact, ...]
    rows: tuple[tuple[str, ...], ...]
    signature: Signature


class StockInventory(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    as_of: date
    stores: tuple[StoreInventory, ...]


def stock_inventory(office: Office, unit_code: str | None, number: str | None) -> StockInventory:
    """The inventory of the storehouse `number`, or of all of a unit and those below it.

    Raises NotFound for an unknown unit or storehouse, and where nothing is in stock.
    """
    unit_id, name = scope_of(office, unit_code)
    chosen = (Condition("storehouse", "=", number),) if number else ()
    stock = first_rows(office, STOCK, View(unit_id=unit_id, conditions=chosen), _ALL)
    if not stock:
        raise NotFound(
            _("Nothing is in stock there on {day}.").format(day=office.as_of),
            _("Choose another unit, storehouse or day."),
        )
    about = {store.code: store for store in first_rows(office, STOREHOUSES, View(unit_id=unit_id), _ALL)}
    stores = tuple(
        _store(office, about.get(code), list(rows))
        for code, rows in groupby(stock, key=lambda row: row.storehouse)
    )
    subject = stores[0].name if number else name
    title = _("{storehouse}: inventory of supplies").format(storehouse=subject)
    return StockInventory(office.name, title, office.as_of, stores)


def _store(office: Office, about: object, rows: Sequence[StockRow]) -> StoreInventory:
    first = rows[0]
    kind = getattr(about, "kind", None)
    facts = (
        Fact(_("Storehouse code"), first.storehouse),
        Fact(_("Kind"), label("storehouse_kind", kind) if kind else ""),
        Fact(_("Unit"), first.unit_name),
        Fact(_("Keeper"), _person(about, "keeper", "phone")),
        Fact(_("Address"), getattr(about, "address", None) or ""),
        Fact(_("Deputy"), _person(about, "deputy", "deputy_phone")),
    )
    roles = (_("Keeper"), _("Checked by"))
    lines = tuple(_row(place, row) for place, row in enumerate(rows, 1))
    signature = Signature(first.unit_name, office.as_of, roles, bundled())
    return StoreInventory(first.storehouse_name, facts, lines, signature)


def _person(about: object, name: str, phone: str) -> str:
    return " ".join(filter(None, (getattr(about, name, None), getattr(about, phone, None))))


def _row(place: int, row: StockRow) -> tuple[str, ...]:
    return (
        str(place), row.shelf or "", row.item, row.item_name, with_days(row.lot, row.expires_on, row.produced_on),
        number_words(row.quantity), row.unit_of_measure or "", label("stock_state", row.state), "",
    )  # fmt: skip


def render_stock_inventory(
    data: StockInventory,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the inventory, each storehouse from a new page; characters that no font has are named."""
    return render_alone(_add, data, target, progress, fonts)


def _add(document: Document, data: StockInventory, styles: Styles) -> None:
    document.add(Title(data.title, styles.title))
    for store in _apart(document, data.stores):
        document.add(
            Paragraph(f"{store.name}　{_('As of {day}').format(day=long_date(data.as_of))}", styles.subtitle)
        )
        document.add(Form(store.facts, document.fonts))
        document.space(3 * MM)
        document.add(Table(_columns(), store.rows, table_look(document.fonts, _SIZE)))
        document.add(store.signature)


def _apart(document: Document, stores: Iterable[StoreInventory]) -> Iterable[StoreInventory]:
    """The storehouses, a new page before each but the first."""
    for place, store in enumerate(stores):
        if place:
            document.new_page()
        yield store


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 28, "centre"), Column(_("Shelf"), 44, "centre"), Column(_("Item code"), 60),
        Column(_("Item name")), Column(_("Lot and date"), 82), Column(_("Quantity"), 52, "right"),
        Column(_("Unit of measure"), 34, "centre"), Column(_("State"), 62), Column(_("Remarks"), 52),
    )  # fmt: skip
