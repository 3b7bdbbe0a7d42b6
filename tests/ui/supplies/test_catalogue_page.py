"""The catalogue and the storehouses: forms that warn, a tree that is changed, pictures, shelves, lists of stock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.saving import Saving
from drillapp.core.supplies.catalogue.entries import CategoryEntry
from drillapp.core.supplies.catalogue.listings import category_tree
from drillapp.core.supplies.catalogue.pictures import picture_of, set_picture
from drillapp.core.supplies.catalogue.tree import save_categories
from drillapp.core.supplies.commands import save_items, save_shelves
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.listings import ITEMS, STOCK, STOREHOUSES
from drillapp.core.supplies.stores.entries import ShelfEntry
from drillapp.ui.ledgers.assistant import ImportAssistant
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.picture_tab import PictureTab
from drillapp.ui.session import Session
from drillapp.ui.supplies.catalogue.alike_dialog import AlikeDialog
from drillapp.ui.supplies.catalogue.tree_page import CategoriesPage
from drillapp.ui.supplies.page import SuppliesPage
from drillapp.ui.supplies.stores.shelf_dialog import ShelfDialog
from drillapp.ui.supplies.stores.store_dialog import StoreDialog
from tests.ui.filled import choose, fill, links, numbers, open_tab, press, settle, shown
from tests.ui.kept import kept_office

office_file = kept_office(fill)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SuppliesPage:
    assert session.office is not None
    save_items(
        session.office,
        [ItemEntry(code="2", name="Woollen blanket", spec="2 m"), ItemEntry(code="3", name="Axe")],
    )
    return shown(session, qtbot, SuppliesPage)


def tab(page: SuppliesPage, view: QWidget) -> None:
    """Go to the tab of a page within the page."""
    place = next(place for place, one in page._views.items() if one is view)
    page.tabs.setCurrentIndex(place)


def typed(dialog: FormDialog, name: str, text: str, session: Session, qtbot: QtBot) -> None:
    editor: Any = dialog.form.editor(name)
    line = getattr(editor, "line", editor)
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.waitUntil(lambda: not dialog.form._check_timer.isActive())
    settle(session, qtbot)


def dialog_of(parent: QWidget, kind: type[Any]) -> Any:
    found = [one for one in parent.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_form_says_what_an_item_looks_like_and_saves_it_all_the_same(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    tab(page, page.catalogue)
    settle(session, qtbot)
    press(page.catalogue.pane("items").toolbar, "New", qtbot)
    dialog = dialog_of(page, FormDialog)
    typed(dialog, "name", "blanket", session, qtbot)
    assert "1 Blanket" in dialog.form.warning("name")
    typed(dialog, "spec", "special", session, qtbot)
    assert "1 Blanket" in dialog.form.warning("name")
    typed(dialog, "name", "Helmet", session, qtbot)
    assert dialog.form.warning("name") == ""
    typed(dialog, "packs", "box=ten", session, qtbot)
    assert "box=ten" in dialog.form.problem("packs")
    typed(dialog, "packs", "box=10", session, qtbot)
    typed(dialog, "standard_code", "4010101", session, qtbot)
    assert "4010101" in dialog.form.problem("standard_code")
    typed(dialog, "standard_code", "2010101", session, qtbot)
    press(dialog, "Save", qtbot)
    settle(session, qtbot)
    assert session.office is not None
    saved = {row.name: (row.code, row.packs) for row in first_rows(session.office, ITEMS, View(), 9)}
    assert saved["Helmet"] == ("WZ0001", "box=10")


def test_look_alikes_lead_to_both_items(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    save_items(session.office, [ItemEntry(code="9", name="AXE")])
    tab(page, page.catalogue)
    settle(session, qtbot)
    items = page.catalogue.pane("items")
    press(items.toolbar, "Look-alikes …", qtbot)
    settle(session, qtbot)
    dialog = dialog_of(page, AlikeDialog)
    pair = dialog.table.model.row(0)
    assert (pair.code, pair.other_code) == ("9", "3")
    dialog.table.opened.emit(pair)
    settle(session, qtbot)
    assert sorted(numbers(items, "code")) == ["3", "9"]
    choose(items, session, qtbot, 0)
    assert links(open_tab(items, "Look-alikes", session, qtbot)) == ["9 AXE"]


@pytest.fixture
def tree(page: SuppliesPage, session: Session, qtbot: QtBot) -> CategoriesPage:
    assert session.office is not None
    branches = [
        CategoryEntry(name="Tools"),
        CategoryEntry(name="Cutting", parent="Tools"),
        CategoryEntry(name="Other"),
    ]
    save_categories(session.office, branches, Saving())
    save_items(session.office, [ItemEntry(code="3", name="Axe", category="Cutting")])
    tab(page, page.catalogue)
    page.catalogue.tabs.setCurrentIndex(1)
    settle(session, qtbot)
    return page.catalogue.categories


def outline(session: Session) -> set[tuple[str, str | None, int]]:
    assert session.office is not None
    return {(row.name, row.parent, row.items) for row in category_tree(session.office)}


def test_branches_are_entered_moved_and_lead_to_their_items(
    tree: CategoriesPage, page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    tree.choose("Tools")
    press(tree, "New", qtbot)
    dialog = dialog_of(tree, FormDialog)
    assert dialog.form.editor("parent").value() == "Tools"
    typed(dialog, "name", "Digging", session, qtbot)
    press(dialog, "Save", qtbot)
    settle(session, qtbot)
    tree.choose("Cutting")
    press(tree, "Edit", qtbot)
    dialog = dialog_of(tree, FormDialog)
    typed(dialog, "parent", "Cutting", session, qtbot)
    assert dialog.form.problem("parent")
    typed(dialog, "parent", "Other", session, qtbot)
    typed(dialog, "name", "Blades", session, qtbot)
    press(dialog, "Save", qtbot)
    settle(session, qtbot)
    assert outline(session) == {
        ("Tools", None, 0),
        ("Digging", "Tools", 0),
        ("Other", None, 0),
        ("Blades", "Other", 1),
    }
    tree.choose("Blades")
    press(tree, "Its items", qtbot)
    settle(session, qtbot)
    assert numbers(page.catalogue.pane("items"), "code") == ["3"]


def test_the_proposed_branches_are_offered(tree: CategoriesPage, session: Session, qtbot: QtBot) -> None:
    press(tree, "Take over the proposed branches", qtbot)
    settle(session, qtbot)
    assert len(outline(session)) == 3 + 11
    assert tree.tree.findItems("1000000", Qt.MatchFlag.MatchExactly, 1)


def picture(path: Path) -> Path:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(path))
    return path


def test_an_item_has_a_picture(page: SuppliesPage, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    tab(page, page.catalogue)
    settle(session, qtbot)
    items = page.catalogue.pane("items")
    choose(items, session, qtbot, 0)
    shown_tab = open_tab(items, "Picture", session, qtbot)
    assert isinstance(shown_tab, PictureTab)
    assert shown_tab.words.isVisible()
    file = picture(tmp_path / "axe.png")
    shown_tab.take(file)
    settle(session, qtbot)
    assert session.office is not None
    key = items.table.model.row(0).id
    assert picture_of(session.office, "items", key) == file.read_bytes()
    assert not shown_tab.picture.pixmap().isNull()
    qtbot.mouseClick(shown_tab.remove, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert picture_of(session.office, "items", key) is None


def test_what_is_no_picture_is_refused(
    page: SuppliesPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    assert session.office is not None
    with pytest.raises(InvalidInput):
        set_picture(session.office, "items", 1, b"%PDF-1.7")


def test_agreement_stock_asks_for_the_supplier(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    tab(page, page.stores)
    settle(session, qtbot)
    stores = page.stores.pane("storehouses")
    choose(stores, session, qtbot, 0)
    press(stores.toolbar, "Edit", qtbot)
    dialog = dialog_of(page, StoreDialog)
    assert dialog.form._cells["supplier"].isHidden()
    kind = dialog.form.editor("kind")
    kind.set_value("agreement")
    kind.edited.emit()
    assert not dialog.form._cells["supplier"].isHidden()
    press(dialog, "Save", qtbot)
    settle(session, qtbot)
    assert dialog.form.problem("supplier")
    typed(dialog, "supplier", "A factory", session, qtbot)
    press(dialog, "Save", qtbot)
    settle(session, qtbot)
    assert session.office is not None
    [row] = first_rows(session.office, STOREHOUSES, View(), 9)
    assert (row.kind, row.supplier) == ("agreement", "A factory")


def test_goods_are_put_on_a_shelf(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    save_shelves(session.office, [ShelfEntry(storehouse="S", code="A-1", name="left")])
    stock = page.pane("stock")
    choose(stock, session, qtbot, 0)
    row = stock.table.current_row()
    ShelfDialog(session, "S", "Street store", [row.id], None, page).open()
    settle(session, qtbot)
    dialog = dialog_of(page, ShelfDialog)
    dialog.shelves.setCurrentIndex(1)
    press(dialog, "Save", qtbot)
    settle(session, qtbot)
    assert {one.lot: one.shelf for one in first_rows(session.office, STOCK, View(), 9)} == {
        "A": "A-1",
        "B": None,
    }
    tab(page, page.stores)
    settle(session, qtbot)
    stores = page.stores.pane("storehouses")
    choose(stores, session, qtbot, 0)
    assert links(open_tab(stores, "Shelves", session, qtbot))[0] == "A-1 left"


def test_a_list_of_stock_asks_for_its_storehouse(
    page: SuppliesPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("物资名称,数量,单位\nAxe,7,把\nRope,3卷,\n", encoding="utf-8")
    dialog = ImportAssistant(session, path, page, kind="stock")
    dialog.open()
    settle(session, qtbot)
    assert not dialog.go.isEnabled()
    assert dialog.asked is not None
    qtbot.keyClicks(dialog.asked.storehouse.line, "S")
    qtbot.waitUntil(lambda: dialog.go.isEnabled())
    settle(session, qtbot)
    assert dialog.steering.facts is not None
    assert any("WZ0001" in note.message for note in dialog.steering.facts.notes)
    dialog.accept()
    settle(session, qtbot)
    assert session.office is not None
    held = {row.item_name: row.quantity for row in first_rows(session.office, STOCK, View(), 9)}
    assert held["Rope"] == 3
    assert held["Axe"] == 7
