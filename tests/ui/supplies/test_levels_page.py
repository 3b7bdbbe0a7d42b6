"""What must be there, what expires, what is to be looked after: clicked and typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.charts.due import DueAxis
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.levels.commands import save_scenario_rates, save_scenarios
from drillapp.core.supplies.levels.entries import RateEntry, ScenarioEntry
from drillapp.core.supplies.quarantine import QUARANTINES
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.dates.rotation_dialog import RotationDialog
from drillapp.ui.supplies.levels.purchase_dialog import PurchaseDialog
from drillapp.ui.supplies.page import SuppliesPage
from drillapp.ui.supplies.upkeep.form import FailedDialog, UpkeepDialog
from tests.ui.filled import STREET, choose, fill, links, numbers, open_tab, press, settle, shown
from tests.ui.kept import kept_office


def office_of(session: Session) -> Office:
    assert session.office is not None
    return session.office


office_file = kept_office(fill)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SuppliesPage:
    office = office_of(session)
    save_items(office, [ItemEntry(code="1", name="Blanket", packs="box=20", inspection_months=6)])
    save_scenarios(office, [ScenarioEntry(code="Q", name="Flood", unit_code=STREET, people=100, hours=72)])
    save_scenario_rates(
        office, [RateEntry(scenario="Q", item_code="1", quantity=1, basis="person", source="Guide")]
    )
    return shown(session, qtbot, SuppliesPage)


def go(session: Session, qtbot: QtBot, kind: str, **more: Any) -> None:
    session.go(Target("supplies", kind, **more))
    settle(session, qtbot)


def opened(kind: type[QWidget], parent: QWidget) -> Any:
    return next(one for one in parent.findChildren(kind) if one.isVisible())


def test_a_unit_tells_its_limiting_item_and_opens_its_items(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    go(session, qtbot, "unit_fulfilment")
    units = page.levels.pane("unit_fulfilment")
    assert [(row.limiting, row.missing, row.share) for row in [units.table.model.row(0)]] == [
        ("Blanket", 10, 83.3)
    ]
    choose(units, session, qtbot)
    tab = open_tab(units, "Items", session, qtbot)
    assert [link.line.mark for link in tab.links()] == ["10 missing"]  # type: ignore[attr-defined]
    press(page.levels, "Its items", qtbot)
    settle(session, qtbot)
    assert numbers(page.levels.pane("requirements"), "item_name") == ["Blanket"]


def test_the_purchase_list_is_rounded_up_and_saved(
    page: SuppliesPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    go(session, qtbot, "requirements")
    press(page.levels, "Purchase list …", qtbot)
    settle(session, qtbot)
    dialog = opened(PurchaseDialog, page)
    row = dialog.table.model.row(0)
    assert (row.missing, row.packs, row.order) == (10, "1 box", 20)
    dialog.save_to(tmp_path / "list.csv")
    settle(session, qtbot)
    assert "1 box" in (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    dialog.reject()


def test_a_scenario_says_for_whom_the_stock_suffices(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    go(session, qtbot, "scenarios")
    pane = page.levels.pane("scenarios")
    choose(pane, session, qtbot)
    tab = open_tab(pane, "Items", session, qtbot)
    assert links(tab) == ["People to supply", "Blanket", "Add an item to the scenario"]
    assert [link.line.mark for link in tab.links()[:2]] == ["50 of 100", "50 missing"]  # type: ignore[attr-defined]
    press(page.levels, "Purchase list …", qtbot)
    settle(session, qtbot)
    dialog = opened(PurchaseDialog, page)
    assert [(row.missing, row.order, row.sources) for row in [dialog.table.model.row(0)]] == [
        (50, 60, "Guide")
    ]
    dialog.reject()


def test_an_item_is_added_to_a_scenario_from_its_panel(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    save_items(office_of(session), [ItemEntry(code="2", name="Water", unit_of_measure="litres")])
    go(session, qtbot, "scenario_rates", action="new", values={"scenario": "Q"})
    form = next(one for one in page.levels.pane("scenario_rates").findChildren(QWidget) if hasattr(one, "form") and one.isVisible())  # fmt: skip
    form.form.editor("item_code").set_value("2")
    qtbot.keyClicks(form.form.editor("quantity"), "3")
    form.form.editor("basis").set_value("person_day")
    form.accept()
    settle(session, qtbot)
    rows = {row.item_code: row for row in first_rows(office_of(session), page.levels.pane("scenario_rates").listing, View(), 9)}  # fmt: skip
    assert (rows["2"].scenario, rows["2"].required) == ("Q", 900)


def test_a_bar_of_the_time_axis_opens_its_rows(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    go(session, qtbot, "expiry")
    pane = page.dates.pane("expiry")
    assert numbers(pane, "lot") == ["A", "B"]
    chart = page.dates.axis.chart
    assert isinstance(chart.figure, DueAxis)
    buckets = chart.figure.buckets
    assert [buckets[0].count, sum(bucket.count for bucket in buckets[1:])] == [1, 1]
    place = chart.places(0)[0].center().toPoint()
    QTest.mouseClick(chart.canvas, Qt.MouseButton.LeftButton, pos=place)
    settle(session, qtbot)
    assert numbers(pane, "lot") == ["A"]
    month = next(bucket.key for bucket in buckets[1:] if bucket.count)
    assert month.first_day == date(2027, 11, 1)
    chart.chosen.emit(month)
    settle(session, qtbot)
    assert numbers(pane, "lot") == ["B"]


def test_what_expires_is_set_aside_for_a_drill_with_a_click(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    office = office_of(session)
    save_items(office, [ItemEntry(code="1", name="Blanket")])
    session.set_as_of(date(2027, 8, 1))
    [drill] = save_drills(
        office,
        [DrillEntry(number="D-9", unit_code=STREET, title="Autumn drill", planned_on=date(2027, 9, 1))],
    ).ids
    assert drill is not None
    go(session, qtbot, "expiry")
    press(page.dates, "Use in drills …", qtbot)
    settle(session, qtbot)
    dialog = opened(RotationDialog, page)
    assert [(row.lot, row.title, row.free) for row in [dialog.table.model.row(0)]] == [
        ("B", "Autumn drill", 50)
    ]
    assert not dialog.go.isEnabled()
    dialog.table.grid.selectRow(0)
    press(dialog, "Set aside for the drill", qtbot)
    settle(session, qtbot)
    assert [line.reserved for line in drill_record(office, drill).supplies] == [50]
    assert dialog.table.model.rowCount() == 0
    dialog.reject()


def test_goods_that_failed_go_into_quarantine(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    go(session, qtbot, "upkeep_due")
    due = page.upkeep.pane("upkeep_due")
    assert [(row.kind, row.due_on, row.state) for row in [due.table.model.row(0)]] == [
        ("inspection", date(2026, 7, 5), "overdue")
    ]
    choose(due, session, qtbot)
    press(page.upkeep, "Note as done …", qtbot)
    settle(session, qtbot)
    dialog = opened(UpkeepDialog, page)
    assert dialog.form.values()["item_code"] == "1"
    dialog.form.editor("result").set_value("failed")
    qtbot.keyClicks(dialog.form.editor("done_by"), "Li")
    press(dialog, "Save", qtbot)
    settle(session, qtbot)
    asked = opened(FailedDialog, page)
    press(asked, "Into quarantine", qtbot)
    settle(session, qtbot)
    rows = first_rows(office_of(session), QUARANTINES, View(), 9)
    assert [(row.lot, row.quantity, row.kind) for row in rows] == [("B", 50, "damaged")]
    assert due.table.model.row(0).state == "later"
    go(session, qtbot, "upkeep")
    assert numbers(page.upkeep.pane("upkeep"), "result") == ["failed"]
