"""Stock documents in the window: many lines, booked whole, by keys and scans, with a look at what changes later."""

from __future__ import annotations

from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.codes import payload_of_item, payload_of_lot
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.model import Item
from drillapp.core.supplies.quarantine import holding_named, set_aside
from drillapp.ui.parts.lookup import Found, find
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.parts.scanner import Scanner
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.ledger import item_field
from drillapp.ui.supplies.ledger.document_dialog import DocumentDialog
from drillapp.ui.supplies.ledger.preview_panel import PreviewDialog
from drillapp.ui.supplies.ledger.slips import Booked
from drillapp.ui.supplies.page import SuppliesPage
from tests.ui.filled import choose, press, settle, shown
from tests.ui.scanning.burst import scan
from tests.ui.supplies.ledger.desk import (
    DAY,
    begin,
    book,
    close_booked,
    furnish,
    held,
    lines_of,
    ready,
    shown_one,
    type_into,
)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SuppliesPage:
    assert session.office is not None
    furnish(session.office)
    return shown(session, qtbot, SuppliesPage)


def test_an_issue_is_written_by_keys_and_takes_what_expires_first(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    dialog = begin(page, session, qtbot, "out", storehouse="S1")
    first = dialog.lines.rows[0]
    type_into(first.item, "blank", qtbot)
    qtbot.waitUntil(first.item.list.isVisible)
    qtbot.keyClick(first.item.line, Qt.Key.Key_Return)
    qtbot.waitUntil(first.quantity.hasFocus)
    type_into(first.quantity, "25", qtbot, enter=True)
    ready(dialog, session, qtbot)
    assert first.share_words.text() == "SOON expires 2027-02-01 × 20, LATE expires 2028-02-01 × 5"
    assert (first.there.text(), first.after.text()) == ("70", "45"), "30 have expired"
    second = dialog.lines.rows[1]
    assert second.item.line.hasFocus(), "Enter goes on to the next line"
    type_into(second.item, "WA", qtbot, enter=True)
    qtbot.waitUntil(second.quantity.hasFocus)
    ready(dialog, session, qtbot)
    type_into(second.quantity, "2box", qtbot)
    ready(dialog, session, qtbot)
    assert second.after.text() == "192"
    dialog.head.editor("cause").set_value("drill")
    book(dialog, session, qtbot)
    assert "CK20261124-01" in close_booked(page, session, qtbot)
    found = [(row.item_code, row.lot, row.quantity, row.cause) for row in lines_of(session, "CK20261124-01")]
    assert found == [("BL", "SOON", 20, "drill"), ("BL", "LATE", 5, "drill"), ("WA", None, 48, "drill")]


def test_enter_takes_the_item_however_long_it_is_looked_for(
    page: SuppliesPage, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_answer = Event()

    def slow(*asked: Any) -> list[Found]:
        assert may_answer.wait(60)
        return find(*asked)

    monkeypatch.setattr(item_field, "find", slow)
    line = begin(page, session, qtbot, "out", storehouse="S1").lines.rows[0]
    type_into(line.item, "WA", qtbot, enter=True)
    qtbot.waitUntil(lambda: not line.item._typing.isActive())  # what is typed would be looked for anew
    may_answer.set()
    qtbot.waitUntil(line.quantity.hasFocus)
    assert line.code == "WA"


def test_more_than_may_be_issued_is_said_beside_the_line_and_nothing_is_booked(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    dialog = begin(page, session, qtbot, "out", storehouse="S1", item_code="WA", quantity=5)
    line = dialog.lines.add_line("BL", None, 71)
    ready(dialog, session, qtbot)
    book(dialog, session, qtbot)
    assert line.message.text() == "Takes 71, but only 70 may be issued on 2026-11-24."
    line.lot.choose(("OLD", date(2026, 11, 1)))
    type_into(line.quantity, "3", qtbot)
    ready(dialog, session, qtbot)
    book(dialog, session, qtbot)
    assert "expired" in line.message.text().casefold(), "core's own words, beside the same line"
    assert line.quantity.text() == "3"
    assert held(session, "WA") == {("S1", None): 240}, "not the other line either"
    assert dialog.isVisible()
    line.removed.emit()
    book(dialog, session, qtbot)
    close_booked(page, session, qtbot)
    assert held(session, "WA") == {("S1", None): 235}


def test_goods_in_quarantine_are_not_issued(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    office = session.office
    assert office is not None
    set_aside(office, holding_named(office, "S1", "BL", "SOON"), 15, "suspect")
    dialog = begin(page, session, qtbot, "out", storehouse="S1", item_code="BL", quantity=10)
    ready(dialog, session, qtbot)
    line = dialog.lines.rows[0]
    assert line.share_words.text() == "SOON expires 2027-02-01 × 5, LATE expires 2028-02-01 × 5"
    line.lot.choose(("SOON", date(2027, 2, 1)))
    line.edited.emit()
    book(dialog, session, qtbot)
    assert "15 are in quarantine" in line.message.text()


def test_nothing_is_said_to_be_there_before_it_is_known_where(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    dialog = begin(page, session, qtbot, "out", item_code="WA", quantity=1)
    ready(dialog, session, qtbot)
    line = dialog.lines.rows[0]
    assert (line.there.text(), line.after.text()) == ("", "")
    type_into(dialog.head.editor("storehouse"), "S1", qtbot)
    ready(dialog, session, qtbot)
    assert (line.there.text(), line.after.text()) == ("240", "239")


@pytest.mark.parametrize("begins", ["item", "lot"])
def test_scans_add_lines_and_count_up(
    page: SuppliesPage, session: Session, qtbot: QtBot, begins: str
) -> None:
    office = session.office
    assert office is not None
    with office.read() as connection:
        uid = connection.execute(select(Item.uid).where(Item.code == "BL")).scalar_one()
    lot = payload_of_lot(uid, "LATE", date(2028, 2, 1))
    payload = payload_of_item(uid) if begins == "item" else lot
    scanner = Scanner(session)
    dialog = begin(page, session, qtbot, "out", storehouse="S1")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for _time in range(2):
        scan(dialog, payload)
        ready(dialog, session, qtbot)
    scan(dialog, lot)
    ready(dialog, session, qtbot)
    written = [(row.code, row.lot.key(), row.quantity.text()) for row in dialog.lines.written()]
    late = ("LATE", date(2028, 2, 1))
    assert written == ([("BL", None, "2"), ("BL", late, "1")] if begins == "item" else [("BL", late, "3")])
    book(dialog, session, qtbot)
    close_booked(page, session, qtbot)
    taken = {"SOON": 18, "LATE": 49} if begins == "item" else {"SOON": 20, "LATE": 47}
    assert {lot: held(session)["S1", lot] for lot in taken} == taken
    scanner.deleteLater()


@pytest.mark.parametrize(
    ("lot", "expires_on", "means"),
    [(None, None, None), ("", None, (None, None)), ("", date(2027, 2, 1), (None, date(2027, 2, 1)))],
)
def test_goods_without_a_number_are_meant_where_their_label_was_scanned(
    page: SuppliesPage, session: Session, qtbot: QtBot, lot: str | None, expires_on: date | None, means: Any
) -> None:
    values = {"storehouse": "S1", "item_code": "WA", "quantity": 1}
    dialog = begin(page, session, qtbot, "out", lot=lot, expires_on=expires_on, **values)
    ready(dialog, session, qtbot)
    line = dialog.lines.rows[0]
    assert line.lot.key() == means
    qtbot.keyClicks(line.quantity, "5")
    assert line.quantity.text() == "5", "what is typed takes the place of the one piece that was scanned"


def test_a_receipt_of_an_earlier_day_shows_first_what_it_changes(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    office = session.office
    assert office is not None
    save_movements(office, [
        movement("CK1", "out", 10, date(2026, 5, 1)), movement("PD1", "count", 35, date(2026, 6, 1)),
    ])  # fmt: skip
    dialog = begin(page, session, qtbot, "in", storehouse="S1")
    type_into(dialog.head.editor("occurred_on"), "2026-04-01", qtbot)
    line = dialog.lines.rows[0]
    line.begin("BL", ("LATE", None), 8)
    line.edited.emit()
    ready(dialog, session, qtbot)
    book(dialog, session, qtbot)
    preview = shown_one(dialog, PreviewDialog)
    settle(session, qtbot)
    holding = preview.table.model.row(0)
    assert (holding.lot, holding.today_before, holding.today_after) == ("LATE", 35, 35)
    rows = [preview.lines.model.row(place) for place in range(preview.lines.model.rowCount())]
    assert [(row.document, row.before, row.after) for row in rows] == [("CK1/1", 40, 48), ("PD1/1", 35, 35)]
    assert (rows[1].difference_before, rows[1].difference_after) == ("shortage 5", "shortage 13")
    preview.reject()
    settle(session, qtbot)
    assert lines_of(session, "RK20260401-01") == []
    assert dialog.isVisible(), "gone back, with all that was typed"
    assert dialog.go.isEnabled()
    book(dialog, session, qtbot)
    shown_one(dialog, PreviewDialog).accept()
    settle(session, qtbot)
    close_booked(page, session, qtbot)
    assert [row.quantity for row in lines_of(session, "RK20260401-01")] == [8]


def movement(document: str, kind: str, quantity: float, day: date) -> MovementEntry:
    return MovementEntry(
        document=document,
        kind=kind,
        storehouse="S1",
        item_code="BL",
        lot="LATE",
        quantity=quantity,
        occurred_on=day,
    )


def test_each_kind_asks_what_it_needs(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    dialog = begin(page, session, qtbot, "scrap", storehouse="S1", item_code="BL", lot="OLD",
                   expires_on=date(2026, 11, 1), quantity=30)  # fmt: skip
    ready(dialog, session, qtbot)
    assert dialog.head.value("cause") == "expired"
    book(dialog, session, qtbot)
    assert dialog.head.problem("approved_by") == "Must not be empty."
    press(dialog, "transfer", qtbot)
    assert dialog.head.value("approved_by") is None
    book(dialog, session, qtbot)
    assert dialog.head.problem("to_storehouse") == "Must not be empty."
    type_into(dialog.head.editor("to_storehouse"), "S1", qtbot)
    book(dialog, session, qtbot)
    assert "another storehouse" in dialog.head.problem("to_storehouse")
    press(dialog, "lend", qtbot)
    book(dialog, session, qtbot)
    assert dialog.head.problem("counterparty") == "Must not be empty."
    press(dialog, "scrap", qtbot)
    type_into(dialog.head.editor("approved_by"), "Chief", qtbot)
    book(dialog, session, qtbot)
    close_booked(page, session, qtbot)
    assert ("S1", "OLD") not in held(session)


def test_a_count_wants_its_lot_where_there_are_several(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    dialog = begin(page, session, qtbot, "count", storehouse="S1", item_code="BL", quantity=48)
    ready(dialog, session, qtbot)
    book(dialog, session, qtbot)
    line = dialog.lines.rows[0]
    assert line.message.text() == "Choose the lot."
    place = next(i for i in range(line.lot.count()) if line.lot.itemText(i).startswith("LATE"))
    line.lot.setCurrentIndex(place)
    line.lot.activated.emit(place)
    ready(dialog, session, qtbot)
    assert (line.there.text(), line.after.text()) == ("50", "48")
    book(dialog, session, qtbot)
    close_booked(page, session, qtbot)
    assert held(session)["S1", "LATE"] == 48


def test_the_slip_is_offered_and_leaving_asks(
    page: SuppliesPage, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "drillapp.ui.supplies.ledger.document_dialog.confirm",
        lambda title, *_more, **_how: asked.append(title),
    )
    dialog = begin(page, session, qtbot, "out", storehouse="S1", item_code="WA")
    assert dialog.lines.rows[0].quantity.hasFocus()
    dialog.reject()
    assert asked == []
    assert not dialog.isVisible()
    dialog = begin(page, session, qtbot, "out", storehouse="S1", item_code="WA")
    type_into(dialog.lines.rows[0].quantity, "12", qtbot)
    dialog.reject()
    assert asked == ["Leave without booking?"]
    assert dialog.isVisible()
    book(dialog, session, qtbot)
    press(shown_one(page, Booked), "Print the slip …", qtbot)
    settle(session, qtbot)
    qtbot.waitUntil(lambda: bool(page.findChildren(PdfPreview)))


def test_returns_and_arrivals_begin_with_what_is_open(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    dialog = begin(page, session, qtbot, "out")
    press(dialog, "return …", qtbot)
    settle(session, qtbot)
    assert page.pane("loans").isVisible()
    session.go(Target("supplies", "movements", action="new", values={"kind": "receive"}))
    settle(session, qtbot)
    assert page.pane("consignments").isVisible()


def test_what_has_expired_is_scrapped_and_delete_takes_a_line_away(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    choose(page.pane("stock"), session, qtbot, 0)
    press(page.pane("stock").toolbar, "Book a document", qtbot)
    settle(session, qtbot)
    dialog = shown_one(page, DocumentDialog)
    assert (dialog.kind, dialog.head.value("occurred_on")) == ("scrap", DAY)
    line = dialog.lines.add_line("WA", None, 3)
    assert len(dialog.lines.written()) == 2
    line.quantity.clear()
    qtbot.keyClick(line.quantity, Qt.Key.Key_Delete)
    assert [row.code for row in dialog.lines.written()] == ["BL"]
