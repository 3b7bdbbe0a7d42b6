"""A street's store, and the ways in which tests write documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.core.supplies.queries import stock_as_of
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.ledger.document_dialog import DocumentDialog
from drillapp.ui.supplies.ledger.slips import Booked
from drillapp.ui.supplies.page import SuppliesPage
from tests.ui.filled import settle

DAY = date(2026, 11, 24)
OWN = "110102"
Kind = TypeVar("Kind", bound=QWidget)


def furnish(office: Office) -> None:
    """Two storehouses; blankets in two lots and an expired one, water in boxes."""
    save_items(
        office,
        [
            ItemEntry(code="BL", name="Blanket", unit_of_measure="piece"),
            ItemEntry(code="WA", name="Water", unit_of_measure="bottle", packs="box=24"),
        ],
    )
    save_storehouses(
        office,
        [
            StorehouseEntry(code="S1", name="Store one", unit_code=OWN),
            StorehouseEntry(code="S2", name="Store two", unit_code=OWN),
        ],
    )
    save_movements(
        office,
        [
            bought("RK1", 30, lot="OLD", expires_on=date(2026, 11, 1)),
            bought("RK1", 20, lot="SOON", expires_on=date(2027, 2, 1)),
            bought("RK1", 50, lot="LATE", expires_on=date(2028, 2, 1)),
            bought("RK2", 240, item_code="WA"),
        ],
    )


def bought(document: str, quantity: float, **said: Any) -> MovementEntry:
    """Goods that came in at the beginning of the year."""
    fields = {"kind": "in", "storehouse": "S1", "item_code": "BL", "occurred_on": date(2026, 1, 5)} | said
    return MovementEntry(document=document, quantity=quantity, **fields)


def begin(page: SuppliesPage, session: Session, qtbot: QtBot, kind: str, **values: Any) -> DocumentDialog:
    """Begin a document."""
    session.go(Target("supplies", "movements", action="new", values={"kind": kind, **values}))
    settle(session, qtbot)
    return shown_one(page, DocumentDialog)


def shown_one(parent: QWidget, kind: type[Kind]) -> Kind:
    """The only dialog of a kind that is open."""
    found = [one for one in parent.findChildren(kind) if one.isVisible()]
    assert len(found) == 1, found
    return found[0]


def type_into(field: QWidget, text: str, qtbot: QtBot, *, enter: bool = False) -> None:
    """Type as a person does."""
    line: Any = getattr(field, "line", field)
    line.clear()
    qtbot.keyClicks(line, text)
    if enter:
        qtbot.keyClick(line, Qt.Key.Key_Return)


def ready(dialog: DocumentDialog, session: Session, qtbot: QtBot) -> None:
    """Wait until what is there is known."""
    qtbot.waitUntil(lambda: not dialog.asking.isActive())
    settle(session, qtbot)


def book(dialog: DocumentDialog, session: Session, qtbot: QtBot) -> None:
    """Click the button."""
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    settle(session, qtbot)


def close_booked(page: QWidget, session: Session, qtbot: QtBot) -> str:
    """Close the word that a document was booked; what it says."""
    booked = shown_one(page, Booked)
    words = f"{booked.windowTitle()} {booked.accessibleDescription()}"
    booked.accept()
    settle(session, qtbot)
    return words


def held(session: Session, item: str = "BL") -> dict[tuple[str, str | None], float]:
    """Storehouse and lot to what lies there."""
    assert session.office is not None
    return {(row.storehouse, row.lot): row.quantity for row in stock_as_of(session.office, None, item)}


def lines_of(session: Session, document: str) -> list[Any]:
    """The booked lines of a document."""
    assert session.office is not None
    found: Iterable[Any] = first_rows(session.office, MOVEMENTS, View(text=document), 99)
    return sorted((row for row in found if row.document == document), key=lambda row: row.line)
