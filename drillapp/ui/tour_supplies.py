"""Pictures of the supplies page: every list of every group, a document, what it changes, a ledger card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.listings import MOVEMENTS, STOCK
from drillapp.ui.camera import Camera
from drillapp.ui.parts.table import Table
from drillapp.ui.session import Target
from drillapp.ui.supplies.ledger.card_page import open_card
from drillapp.ui.supplies.ledger.document_dialog import DocumentDialog
from drillapp.ui.supplies.ledger.preview_panel import PreviewDialog
from drillapp.ui.supplies.page import SuppliesPage

_LINES = 3
_QUANTITY = 12
_Found = TypeVar("_Found", bound=QWidget)


def pictures_of_supplies(camera: Camera, page: SuppliesPage, office: Office) -> Iterator[Path]:
    """The lists behind the first one of each group, then what opens over them."""
    for name, group in page.groups.items():
        page.show_group(group)
        first = group.tabs.currentIndex()
        for place in range(group.tabs.count()):
            if place == first:  # already taken with the groups
                continue
            group.tabs.setCurrentIndex(place)
            camera.settle()
            for table in group.findChildren(Table):
                if table.isVisible():
                    table.grid.selectRow(0)
            yield camera.take(f"supplies-{name}-{place + 1}")
        group.tabs.setCurrentIndex(first)
    yield from _documents(camera, page, office)


def papers_of_supplies(office: Office) -> Iterator[tuple[str, dict[str, str]]]:
    """Names of the ledger's papers, each with what it is about."""
    for row in first_rows(office, STOCK, View(), 1):
        yield "ledger_card", {"number": f"{row.item}@{row.storehouse}"}
        yield "inventory", {"number": row.storehouse}
    for row in first_rows(office, MOVEMENTS, View(choices={"kind": ("out",)}), 1):
        yield "stock_slip", {"number": row.document}
    for row in first_rows(office, MOVEMENTS, View(choices={"kind": ("lend",)}), 1):
        yield "loan_slip", {"number": row.document}


def _documents(camera: Camera, page: SuppliesPage, office: Office) -> Iterator[Path]:
    """An issue, a late receipt with what it changes, and the card of its item; nothing is booked."""
    rows = [row for row in first_rows(office, STOCK, View(), 60) if row.state == "in_date"][:_LINES]
    if not rows:
        return
    first = rows[0]
    dialog = _begin(camera, page, {"kind": "out", "storehouse": first.storehouse})
    for row in rows:
        dialog.lines.add_line(row.item, None, min(_QUANTITY, row.quantity))
    dialog.ask()
    yield camera.take("supplies-document", dialog)
    _leave(dialog)
    oldest = first_rows(office, MOVEMENTS, View(text=first.item_name, sort=(("occurred_on", False),)), 1)
    dialog = _begin(camera, page, {
        "kind": "in", "storehouse": first.storehouse, "item_code": first.item, "lot": first.lot,
        "expires_on": first.expires_on, "quantity": _QUANTITY, "occurred_on": oldest[0].occurred_on,
    })  # fmt: skip
    dialog.accept()
    camera.settle()
    for preview in _shown(dialog, PreviewDialog):
        yield camera.take("supplies-preview", preview)
        preview.reject()
    for one in _shown(page, DocumentDialog):
        _leave(one)
    card = open_card(page.session, first.item, page)
    yield camera.take("supplies-card", card)
    card.accept()


def _begin(camera: Camera, page: SuppliesPage, values: dict[str, Any]) -> DocumentDialog:
    page.show_target(Target("supplies", "movements", action="new", values=values))
    camera.settle()
    return _shown(page, DocumentDialog)[-1]


def _leave(dialog: DocumentDialog) -> None:
    """Close it without the question what becomes of what was typed."""
    dialog.is_touched = False
    dialog.reject()


def _shown(parent: QWidget, kind: type[_Found]) -> list[_Found]:
    return [one for one in parent.findChildren(kind) if one.isVisible()]
