"""A small office with something on every page, and the ways tests look at a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.record_link import RecordLink
from drillapp.ui.session import Session

STREET = "110102001"
PageType = TypeVar("PageType", bound=Page)


def fill(office: Office) -> None:
    """One street with plans, drills, a finding, stock, posts and a card; the day is 2026-11-24."""
    save_units(office, [UnitEntry(code=STREET, name="West street", parent_code="110102", kind="street")])
    save_plans(
        office,
        [
            plan("P-1", "Overall plan", tier="street", kind="overall", published_on=date(2025, 3, 1)),
            plan("P-2", "Flood plan", tier="street", kind="special", published_on=date(2020, 3, 1), parent_number="P-1"),
            plan("P-3", "Fire plan", tier="street", kind="special"),
        ],
    )  # fmt: skip
    held = datetime(2026, 6, 5, 9, tzinfo=BEIJING)
    save_drills(
        office,
        [
            DrillEntry(number="D-1", unit_code=STREET, title="Spring drill", planned_on=date(2026, 6, 5), plan_number="P-1",
                       form="live", started_at=held, ended_at=held.replace(hour=11), participants=40),
            DrillEntry(number="D-2", unit_code=STREET, title="Winter drill", planned_on=date(2026, 12, 8), form="tabletop"),
        ],
    )  # fmt: skip
    save_findings(
        office,
        [
            FindingEntry(drill_number="D-1", number="1", text="Sirens unheard", due_on=date(2026, 7, 1)),
            FindingEntry(drill_number="D-1", number="2", text="Door locked", due_on=date(2027, 1, 1)),
        ],
    )
    _fill_supplies(office)
    save_posts(office, [PostEntry(unit_code=STREET, name=name, key_post=True) for name in ("Watch", "Store")])
    save_cards(
        office,
        [CardEntry(number="C-1", unit_code=STREET, post="Watch", title="Watch card", steps="Call", issued_on=date(2026, 1, 1))],
    )  # fmt: skip


def plan(number: str, title: str, **fields: Any) -> PlanEntry:
    """A plan of the street."""
    return PlanEntry(number=number, title=title, unit_code=STREET, **fields)


def _fill_supplies(office: Office) -> None:
    save_items(office, [ItemEntry(code="1", name="Blanket", unit_of_measure="pieces")])
    save_storehouses(office, [StorehouseEntry(code="S", name="Street store", unit_code=STREET)])
    save_movements(
        office,
        [
            MovementEntry(document="RK1", kind="in", storehouse="S", item_code="1", lot="A", quantity=30,
                          occurred_on=date(2026, 1, 5), expires_on=date(2026, 11, 1)),
            MovementEntry(document="RK1", kind="in", storehouse="S", item_code="1", lot="B", quantity=50,
                          occurred_on=date(2026, 1, 5), expires_on=date(2027, 11, 1)),
        ],
    )  # fmt: skip
    save_levels(office, [LevelEntry(unit_code=STREET, item_code="1", quantity=60)])


def shown(session: Session, qtbot: QtBot, make: Callable[[Session], PageType]) -> PageType:
    """A page on the screen, with what it asked for; links inside the page lead to itself."""
    page = make(session)
    qtbot.addWidget(page)
    session.wanted.connect(page.show_target)
    page.resize(1200, 700)
    page.show()
    settle(session, qtbot)
    return page


def settle(session: Session, qtbot: QtBot) -> None:
    """Wait until nothing is under way, nor about to be."""
    quiet = 0
    for _look in range(400):
        qtbot.wait(5)
        quiet = quiet + 1 if session.tasks.is_idle else 0
        if quiet > 3:
            return
    raise AssertionError("work never ended")


def numbers(pane: ListPane, column: str = "number") -> list[Any]:
    """What a column shows from top to bottom."""
    return [getattr(pane.table.model.row(i), column) for i in range(pane.table.model.rowCount())]


def choose(pane: ListPane, session: Session, qtbot: QtBot, place: int = 0) -> None:
    """Select a row."""
    pane.table.grid.selectRow(place)
    settle(session, qtbot)


def press(parent: QWidget, words: str, qtbot: QtBot) -> None:
    """Click the visible button with these words."""
    shown = [one for one in parent.findChildren(QPushButton) if one.isVisible()]
    found = [one for one in shown if words in (one.text(), one.toolTip())]  # narrow pages show icons alone
    assert len(found) == 1, (
        words,
        [one.text() for one in shown],
    )
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def pick(pane: ListPane, words: str, session: Session, qtbot: QtBot, *, behind: str = "Print …") -> None:
    """Choose from the menu that a button opens."""
    press(pane.toolbar, behind, qtbot)
    menu = next(
        one for one in pane.findChildren(QMenu) if any(entry.text() == words for entry in one.actions())
    )
    next(entry for entry in menu.actions() if entry.text() == words).trigger()
    menu.close()
    settle(session, qtbot)


def links(parent: QWidget) -> list[str]:
    """The titles of the record lines shown."""
    return [one.line.title for one in parent.findChildren(RecordLink) if one.isVisible()]


def follow(parent: QWidget, title: str, qtbot: QtBot) -> None:
    """Click the record line with this title."""
    found: QAbstractButton = next(
        one for one in parent.findChildren(RecordLink) if one.line.title == title and one.isVisible()
    )
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def open_tab(pane: ListPane, label: str, session: Session, qtbot: QtBot) -> QWidget:
    """Go to a tab of the detail panel."""
    tabs = pane.detail._tabs
    place = next(i for i in range(tabs.count()) if tabs.tabText(i) == label)
    tabs.setCurrentIndex(place)
    settle(session, qtbot)
    tab = tabs.widget(place)
    assert tab is not None
    return tab
