"""Supplies: stock with its states, what must be there, who has it, and the movement form."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from drillapp.core.supplies.dates.picking import lots_at
from drillapp.ui.session import Scope, Session, Target
from drillapp.ui.supplies.movement_dialog import MovementDialog
from drillapp.ui.supplies.page import SuppliesPage
from tests.ui.filled import choose, fill, links, numbers, open_tab, press, settle, shown


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SuppliesPage:
    assert session.office is not None
    fill(session.office)
    return shown(session, qtbot, SuppliesPage)


@pytest.fixture
def dialog(page: SuppliesPage, session: Session, qtbot: QtBot) -> MovementDialog:
    """A movement of the expired lot, begun from the stock."""
    choose(page.pane("stock"), session, qtbot, 0)
    press(page.pane("stock").toolbar, "Book a movement", qtbot)
    settle(session, qtbot)
    found = page.findChild(MovementDialog)
    assert isinstance(found, MovementDialog)
    return found


def edit(dialog: MovementDialog, session: Session, qtbot: QtBot, **texts: str) -> None:
    """Type into fields and wait for what is said about them."""
    for name, text in texts.items():
        editor = dialog.form.editor(name)
        line = getattr(editor, "line", editor)
        line.clear()
        qtbot.keyClicks(line, text)
    qtbot.waitUntil(lambda: not dialog._asking.isActive())
    settle(session, qtbot)


def test_stock_is_shown_with_its_state(page: SuppliesPage) -> None:
    pane = page.pane("stock")
    assert numbers(pane, "lot") == ["A", "B"]
    assert numbers(pane, "state") == ["expired", "in_date"]


def test_beside_the_stock_stand_the_level_and_the_movements(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    choose(page.pane("stock"), session, qtbot, 0)
    tab = open_tab(page.pane("stock"), "Movements", session, qtbot)
    assert links(tab) == ["Blanket", "in  30 pieces"]
    assert tab.links()[0].line.mark == "short"
    assert tab.links()[0].line.subtitle == "required 60, can be used 50"


def test_what_is_required_counts_only_what_is_in_date(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    session.go(Target("supplies", "requirements"))
    settle(session, qtbot)
    pane = page.levels.pane("requirements")
    assert [(row.required, row.available, row.missing) for row in [pane.table.model.row(0)]] == [(60, 50, 10)]


def test_who_has_it_asks_all_units_whatever_the_scope(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    items = page.catalogue.show_pane("items")
    settle(session, qtbot)
    choose(items, session, qtbot, 0)
    assert links(open_tab(items, "Who has it", session, qtbot)) == [
        "Street store  30 pieces",
        "Street store  50 pieces",
    ]
    press(items.toolbar, "Who has it", qtbot)
    settle(session, qtbot)
    assert session.scope == Scope()
    assert numbers(page.pane("stock"), "lot") == ["A", "B"]


def test_the_form_asks_what_the_kind_needs(dialog: MovementDialog, session: Session, qtbot: QtBot) -> None:
    def asked() -> set[str]:
        return {name for name, cell in dialog.form._cells.items() if not cell.isHidden()}

    assert dialog.kind == "out"
    assert not {"to_storehouse", "expires_on"} & asked()
    press(dialog, "transfer", qtbot)
    assert "to_storehouse" in asked()
    press(dialog, "in", qtbot)
    settle(session, qtbot)
    assert {"produced_on", "expires_on"} <= asked()
    assert "to_storehouse" not in asked()


def test_the_form_says_what_is_there_now_and_after(
    dialog: MovementDialog, session: Session, qtbot: QtBot
) -> None:
    assert dialog.now.text() == "There on this day: 30 pieces"
    edit(dialog, session, qtbot, quantity="12")
    assert dialog.after.text() == "After it: 18 pieces"
    press(dialog, "count", qtbot)
    settle(session, qtbot)
    assert dialog.after.text() == "After it: 12 pieces"


def test_a_lot_is_taken_with_a_click(dialog: MovementDialog, session: Session, qtbot: QtBot) -> None:
    chip = next(one for one in dialog.findChildren(QPushButton) if one.text().startswith("B · 50"))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert dialog.form.editor("lot").value() == "B"
    assert dialog.now.text() == "There on this day: 50 pieces"


def test_booking_takes_the_goods_and_numbers_the_document(
    dialog: MovementDialog, session: Session, qtbot: QtBot
) -> None:
    assert dialog.form.editor("document").value() == "CK20261124-01"
    edit(dialog, session, qtbot, quantity="12")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert session.office is not None
    held = {lot.lot: lot.quantity for lot in lots_at(session.office, "S", "1", date(2026, 11, 24))}
    assert held == {"A": 18, "B": 50}


def test_taking_more_than_is_there_is_refused_beside_the_quantity(
    dialog: MovementDialog, session: Session, qtbot: QtBot
) -> None:
    edit(dialog, session, qtbot, quantity="31")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert "only 30" in dialog.form.problem("quantity")
    assert dialog.form.editor("quantity").value() == 31


def test_movements_are_not_edited_nor_retired(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    pane = page.show_pane("movements")
    settle(session, qtbot)
    labels = {action.label for action, _made in pane._buttons}
    assert not {"Edit", "Retire"} & labels
