"""Labels of what is selected in the lists of supplies, as far as the preview."""

from __future__ import annotations

import pytest
import zxingcpp
from pypdfium2 import PdfDocument
from pytestqt.qtbot import QtBot

from drillapp.core.supplies.commands import save_shelves
from drillapp.core.supplies.stores.entries import ShelfEntry
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.labels.print_dialog import LabelDialog
from drillapp.ui.supplies.page import SuppliesPage
from tests.ui.filled import fill, pick, settle, shown


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SuppliesPage:
    office = session.office
    assert office is not None
    fill(office)
    save_shelves(office, [ShelfEntry(storehouse="S", code=code) for code in ("A-1", "A-2", "B-1")])
    return shown(session, qtbot, SuppliesPage)


def test_each_list_prints_labels_of_its_rows(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    printed: dict[str, int] = {}
    for kind, words in (
        ("stock", "Labels …"), ("items", "Labels …"), ("storehouses", "Labels …"), ("shelves", "Labels …"),
        ("storehouses", "Labels of its shelves …"),
    ):  # fmt: skip
        session.go(Target("supplies", kind))
        settle(session, qtbot)
        pane = page.pane(kind)
        pane.table.grid.selectRow(0)
        if words == "Labels …":
            pane.table.grid.selectAll()
        settle(session, qtbot)
        pick(pane, words, session, qtbot)
        dialog = next(one for one in pane.findChildren(LabelDialog) if one.isVisible())
        dialog.accept()
        settle(session, qtbot)
        qtbot.waitUntil(lambda pane=pane: bool(pane.findChildren(PdfPreview)))
        preview = pane.findChildren(PdfPreview)[-1]
        page_one = PdfDocument(preview._content)[0].render(scale=200 / 72).to_pil().convert("L")
        printed[f"{kind} {words}"] = len(zxingcpp.read_barcodes(page_one))
        preview.close()
        settle(session, qtbot)
    assert printed == {
        "stock Labels …": 2, "items Labels …": 1, "storehouses Labels …": 1, "shelves Labels …": 3,
        "storehouses Labels of its shelves …": 3,
    }  # fmt: skip
