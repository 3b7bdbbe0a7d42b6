"""The supplies page: its groups, where links land, stock with its states, what must be there, who has it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.page import SuppliesPage
from tests.ui.filled import choose, fill, links, numbers, open_tab, press, settle, shown
from tests.ui.kept import kept_office

office_file = kept_office(fill)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SuppliesPage:
    return shown(session, qtbot, SuppliesPage)


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


def test_who_has_it_is_asked_of_all_units(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    session.go(Target("supplies", "items"))
    items = page.catalogue.pane("items")
    settle(session, qtbot)
    choose(items, session, qtbot, 0)
    assert links(open_tab(items, "Who has it", session, qtbot)) == [
        "Street store  30 pieces",
        "Street store  50 pieces",
    ]
    press(items.toolbar, "Who has it", qtbot)
    settle(session, qtbot)
    assert page.aid.who_has.isVisible()
    assert page.aid.who_has.text.text() == "1"
    assert page.aid.who_has.table.model.row(0).available == 50, "what has expired is no help"


def test_movements_are_not_edited_nor_retired(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    pane = page.show_pane("movements")
    settle(session, qtbot)
    labels = {action.label for action, _made in pane._buttons}
    assert not {"Edit", "Retire"} & labels


@pytest.mark.parametrize(
    ("kind", "group"),
    [
        ("stock", "stock"), ("quarantines", "stock"), ("movements", "ledger"), ("loans", "ledger"),
        ("consignments", "ledger"), ("stocktakes", "stocktakes"), ("stocktakes_due", "stocktakes"),
        ("requirements", "levels"), ("scenario_rates", "levels"), ("expiry", "dates"), ("upkeep", "upkeep"),
        ("aid_requests", "aid"), ("items", "catalogue"), ("storehouses", "stores"), ("shelves", "stores"),
    ],
)  # fmt: skip
def test_each_link_lands_on_its_list(
    page: SuppliesPage, session: Session, qtbot: QtBot, kind: str, group: str
) -> None:
    session.go(Target("supplies", kind, text="nothing like it"))
    settle(session, qtbot)
    pane = page.pane(kind)
    assert pane.isVisible()
    assert page.groups[group].isVisible()
    assert pane.filters.text.text() == "nothing like it"


def test_the_group_and_its_list_are_found_again(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    page.show_pane("loans")
    again = shown(session, qtbot, SuppliesPage)
    assert again.pane("loans").isVisible()
    assert again.groups["ledger"].isVisible()


def test_keys_go_from_group_to_group(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    settle(session, qtbot)
    assert page.pane("movements").isVisible()
    for _step in range(2):
        qtbot.keyClick(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    settle(session, qtbot)
    assert page.groups["stores"].isVisible(), "round to the last"
