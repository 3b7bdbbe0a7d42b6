"""Loans that come back in part, consignments that arrive in part, quarantine, reversals and the ledger card."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QTableWidgetItem
from pytestqt.qtbot import QtBot

from drillapp.core.listing import View, first_rows
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.card import ledger_card
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.open_lines import CONSIGNMENTS, LOANS
from drillapp.core.supplies.quarantine import QUARANTINES
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session
from drillapp.ui.supplies.ledger.answer_dialog import ReceiveDialog, TakeBackDialog
from drillapp.ui.supplies.ledger.card_page import CardDialog
from drillapp.ui.supplies.ledger.preview_panel import PreviewDialog
from drillapp.ui.supplies.ledger.quarantine import FreeDialog, SetAsideDialog
from drillapp.ui.supplies.ledger.reverse_dialog import ReverseDialog
from drillapp.ui.supplies.page import SuppliesPage
from tests.ui.filled import choose, links, numbers, open_tab, pick, press, settle, shown
from tests.ui.supplies.ledger.desk import (
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


def movement(document: str, kind: str, quantity: float, day: date, **said: object) -> MovementEntry:
    fields = {"storehouse": "S1", "item_code": "BL", "lot": "LATE"} | said
    return MovementEntry(document=document, kind=kind, quantity=quantity, occurred_on=day, **fields)  # type: ignore[arg-type]


def open_answer(page: SuppliesPage, session: Session, qtbot: QtBot, kind: str, words: str) -> None:
    pane = page.show_pane(kind)
    pane.reload()
    settle(session, qtbot)
    choose(pane, session, qtbot, 0)
    press(pane.toolbar, words, qtbot)
    settle(session, qtbot)


def test_a_loan_comes_back_in_part_with_something_damaged(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    office = session.office
    assert office is not None
    dialog = begin(page, session, qtbot, "lend", storehouse="S1", item_code="BL", quantity=12, counterparty="School",
                   due_on=date(2026, 12, 1), occurred_on=date(2026, 11, 20))  # fmt: skip
    ready(dialog, session, qtbot)
    book(dialog, session, qtbot)
    close_booked(page, session, qtbot)
    open_answer(page, session, qtbot, "loans", "Take back …")
    back = shown_one(page, TakeBackDialog)
    assert [line.open for line in back.lines.records()] == ["12 piece"]
    back.lines.table.setItem(0, 3, QTableWidgetItem("7"))
    back.lines.table.setItem(0, 4, QTableWidgetItem("8"))
    back.accept()
    settle(session, qtbot)
    assert "8 of 7" in back.problem.text(), "more is damaged than comes"
    back.lines.table.setItem(0, 4, QTableWidgetItem("2"))
    back.accept()
    settle(session, qtbot)
    assert "Still open: Blanket 5 piece" in close_booked(page, session, qtbot)
    assert held(session)["S1", "SOON"] == 15
    [aside] = first_rows(office, QUARANTINES, View(), 9)
    assert (aside.lot, aside.quantity, aside.kind) == ("SOON", 2, "damaged")
    open_answer(page, session, qtbot, "loans", "Take back …")
    back = shown_one(page, TakeBackDialog)
    back.lines.table.setItem(0, 4, QTableWidgetItem("1"))
    back.fields.editor("scraps").set_value(True)
    back.accept()
    assert "approved" in back.fields.problem("approved_by")
    type_into(back.fields.editor("approved_by"), "Chief", qtbot)
    back.accept()
    settle(session, qtbot)
    assert "Nothing of it is open" in close_booked(page, session, qtbot)
    assert [(row.kind, row.quantity) for row in lines_of(session, "GH20261124-02")] == [
        ("return", 5),
        ("scrap", 1),
    ]
    assert [row.state for row in first_rows(office, LOANS, View(), 9)] == ["returned"]
    assert held(session)["S1", "SOON"] == 19


def test_a_consignment_arrives_in_part_and_the_rest_is_lost(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    office = session.office
    assert office is not None
    dialog = begin(page, session, qtbot, "send", storehouse="S1", to_storehouse="S2", item_code="BL", lot="LATE",
                   quantity=20)  # fmt: skip
    dialog.lines.add_line("WA", None, 48)
    ready(dialog, session, qtbot)
    book(dialog, session, qtbot)
    close_booked(page, session, qtbot)
    assert ("S2", "LATE") not in held(session), "it is under way"
    open_answer(page, session, qtbot, "consignments", "Receive …")
    came = shown_one(page, ReceiveDialog)
    came.lines.table.setItem(0, 3, QTableWidgetItem("12"))
    came.accept()
    settle(session, qtbot)
    assert "Still open: Blanket 8 piece" in close_booked(page, session, qtbot)
    assert held(session)["S2", "LATE"] == 12
    assert numbers(page.pane("consignments"), "under_way") == [8], "what has arrived is not shown"
    open_answer(page, session, qtbot, "consignments", "Receive …")
    came = shown_one(page, ReceiveDialog)
    came.lines.table.setItem(0, 4, QTableWidgetItem("8"))
    type_into(came.fields.editor("approved_by"), "Chief", qtbot)
    came.accept()
    settle(session, qtbot)
    close_booked(page, session, qtbot)
    assert [row.state for row in first_rows(office, CONSIGNMENTS, View(), 9)] == ["received", "received"]
    assert held(session)["S2", "LATE"] == 12
    lost = lines_of(session, "DR20261124-02")[1]
    assert (lost.kind, lost.cause, lost.approved_by, lost.quantity) == ("scrap", "lost", "Chief", 8)


def test_goods_are_set_aside_and_freed_in_part(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    office = session.office
    assert office is not None
    stock = page.show_pane("stock")
    settle(session, qtbot)
    choose(stock, session, qtbot, numbers(stock, "lot").index("LATE"))
    pick(stock, "Set aside …", session, qtbot, behind="More …")
    dialog = shown_one(page, SetAsideDialog)
    type_into(dialog.fields.editor("quantity"), "51", qtbot)
    dialog.accept()
    settle(session, qtbot)
    assert "50" in dialog.fields.problem("quantity")
    type_into(dialog.fields.editor("quantity"), "9", qtbot)
    dialog.accept()
    settle(session, qtbot)
    aside = page.show_pane("quarantines")
    settle(session, qtbot)
    assert numbers(aside, "quantity") == [9]
    choose(aside, session, qtbot, 0)
    press(aside.toolbar, "Free …", qtbot)
    free = shown_one(page, FreeDialog)
    type_into(free.fields.editor("quantity"), "4", qtbot)
    free.accept()
    assert free.fields.problem("by") == "Must not be empty."
    type_into(free.fields.editor("by"), "Chief", qtbot)
    free.accept()
    settle(session, qtbot)
    assert numbers(aside, "quantity") == [5], "what was freed is not shown"


def test_a_reversal_is_refused_naming_all_that_depends_on_it_then_done(
    page: SuppliesPage, session: Session, errors: list[BaseException], qtbot: QtBot
) -> None:
    office = session.office
    assert office is not None
    save_movements(office, [
        movement("CK1", "out", 30, date(2026, 5, 1)), movement("JC1", "lend", 15, date(2026, 6, 1)),
        movement("GH1", "return", 5, date(2026, 7, 1), answers="JC1/1"),
    ])  # fmt: skip
    pane = page.show_pane("movements")
    settle(session, qtbot)
    choose(pane, session, qtbot, numbers(pane, "lot").index("OLD"))
    place = next(i for i, (document, lot) in enumerate(zip(numbers(pane, "document"), numbers(pane, "lot"), strict=True))
                 if (document, lot) == ("RK1", "LATE"))  # fmt: skip
    choose(pane, session, qtbot, place)
    press(pane.toolbar, "Reverse …", qtbot)
    settle(session, qtbot)
    dialog = shown_one(page, ReverseDialog)
    dialog.accept()
    assert dialog.fields.problem("reason") == "Must not be empty."
    dialog.fields.editor("reason").set_value("typed twice")
    dialog.accept()
    settle(session, qtbot)
    told = dialog.problem.text()
    assert all(document in told for document in ("CK1", "JC1", "GH1")), told
    dialog.reject()
    choose(pane, session, qtbot, numbers(pane, "document").index("CK1"))
    press(pane.toolbar, "Reverse …", qtbot)
    settle(session, qtbot)
    dialog = shown_one(page, ReverseDialog)
    dialog.fields.editor("reason").set_value("never left")
    dialog.accept()
    settle(session, qtbot)
    preview = shown_one(dialog, PreviewDialog)
    assert [one.today_after - one.today_before for one in preview.holdings] == [30]
    preview.accept()
    settle(session, qtbot)
    close_booked(page, session, qtbot)
    assert held(session)["S1", "LATE"] == 40
    marks = dict(zip(numbers(pane, "document"), numbers(pane, "is_reversed"), strict=True))
    assert (marks["CK1"], marks["CX20261124-01"]) == (True, False)
    choose(pane, session, qtbot, numbers(pane, "document").index("CK1"))
    tab = open_tab(pane, "Whole document", session, qtbot)
    assert len(links(tab)) == 2, "its own line, and the one that took it back"
    press(pane.toolbar, "Reverse …", qtbot)
    settle(session, qtbot)
    assert not [one for one in page.findChildren(ReverseDialog) if one.isVisible()]
    assert "taken back already" in str(errors[-1])


def test_the_card_equals_the_stock_and_is_read_page_by_page(
    page: SuppliesPage, session: Session, qtbot: QtBot
) -> None:
    office = session.office
    assert office is not None
    save_movements(
        office,
        [movement(f"CK{i}", "out" if i % 2 else "in", 1, date(2026, 2, 1 + i // 20)) for i in range(400)],
    )
    stock = page.show_pane("stock")
    stock.reload()
    settle(session, qtbot)
    choose(stock, session, qtbot, numbers(stock, "lot").index("LATE"))
    press(stock.toolbar, "Ledger card", qtbot)
    settle(session, qtbot)
    card = shown_one(page, CardDialog)
    model = card.table.model
    assert model.rowCount() == 401
    assert model.row(0).balance == held(session)["S1", "LATE"] == 50
    assert "Balance: 50 piece" in card.closing.text()
    assert model.row(390) is None, "not read before it is looked at"
    settle(session, qtbot)
    expected = ledger_card(office, "BL", storehouse="S1", lot_id=card.about().lot_id, limit=None)
    shown_rows = [(model.row(i).document, model.row(i).balance) for i in (0, 1, 390, 400)]
    assert shown_rows == [
        (f"{row.document}/{row.line}", row.balance) for row in (expected.rows[i] for i in (0, 1, 390, 400))
    ]
    card.lot.setCurrentIndex(0)
    card.lot.activated.emit(0)
    settle(session, qtbot)
    assert model.rowCount() == 403
    assert model.row(0).balance == sum(held(session).values())
    type_into(card.since, "2026-02-10", qtbot)
    qtbot.waitUntil(lambda: not card._typing.isActive())
    settle(session, qtbot)
    assert "Brought forward: 100" in card.told.text()
    press(card, "Print the card …", qtbot)
    settle(session, qtbot)
    qtbot.waitUntil(lambda: bool(card.findChildren(PdfPreview)))
