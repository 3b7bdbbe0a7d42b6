"""Who has it and mutual aid in the window: looked for, asked for, answered, sent, taken in; labels of what is chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTableWidgetItem
from pytestqt.qtbot import QtBot

from drillapp.core.supplies.aid.commands import draft_aid
from drillapp.core.supplies.aid.entries import Asking, Wanted
from drillapp.core.supplies.aid.queries import aid_view
from drillapp.core.supplies.queries import stock_as_of
from drillapp.core.units.references import unit_id
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Scope, Session, Target
from drillapp.ui.supplies.aid.ask_dialog import AskDialog
from drillapp.ui.supplies.aid.page import WHO_HAS, AidPage
from drillapp.ui.supplies.aid.step_dialogs import AnswerDialog, StepDialog
from drillapp.ui.supplies.labels.print_dialog import LabelDialog
from tests.core.supplies.aid_district import DESHENG, XICHANGAN, XINJIEKOU, build, stock
from tests.ui.filled import press, settle, shown


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> AidPage:
    """The page as a street office sees it."""
    office = session.office
    assert office is not None
    build(office)
    stock(office)
    with office.read() as connection:
        session.set_scope(Scope(unit_id(connection, DESHENG), DESHENG, "Desheng"))
    return shown(session, qtbot, AidPage)


def look_for(page: AidPage, session: Session, qtbot: QtBot, text: str, quantity: str = "") -> None:
    """Type as a person does, and wait for the answer."""
    view = page.who_has
    view.text.clear()
    qtbot.keyClicks(view.text, text)
    view.quantity.clear()
    qtbot.keyClicks(view.quantity, quantity)
    qtbot.waitUntil(lambda: not view._typing.isActive())
    settle(session, qtbot)


def rows(page: AidPage, name: str) -> list[Any]:
    model = page.who_has.table.model
    return [getattr(model.row(place), name) for place in range(model.rowCount())]


def dialog_of(page: AidPage, kind: type[QDialog], qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: page.findChild(kind) is not None)
    return page.findChild(kind)


def test_words_pinyin_and_quantity_are_asked_while_one_types(
    page: AidPage, session: Session, qtbot: QtBot
) -> None:
    look_for(page, session, qtbot, "qgsd", "50")
    assert rows(page, "storehouse") == [
        f"{DESHENG}-CK", "SCHOOL-CK", f"{XINJIEKOU}-CK", f"{XICHANGAN}-CK", "D-CK",
    ]  # fmt: skip
    assert rows(page, "take") == [0, 8, 15, 27, 0]
    own, others = page.who_has.said.text().split(". ")[:2]
    assert "has 10 " in own
    assert "can give 93 " in others, "what it has itself is told apart"
    page.who_has.within.click()
    settle(session, qtbot)
    assert rows(page, "storehouse") == [f"{DESHENG}-CK", "SCHOOL-CK"]
    assert "42" in page.who_has.said.text(), "so many are missing there: what it has itself is not asked for"


def test_what_nothing_is_called_is_said_in_place(
    page: AidPage, session: Session, errors: list[BaseException], qtbot: QtBot
) -> None:
    look_for(page, session, qtbot, "nothing like it")
    assert "nothing like it" in page.who_has.said.text()
    look_for(page, session, qtbot, "TORCH", "many")
    assert page.who_has.found is None
    assert not page.who_has.go.isEnabled()
    assert errors == []


def test_a_target_asks(page: AidPage, session: Session, qtbot: QtBot) -> None:
    page.show_target(Target("supplies", WHO_HAS, text="PUMP"))
    settle(session, qtbot)
    assert rows(page, "item") == ["PUMP"]


def test_asking_drafts_a_request_for_each_storehouse(page: AidPage, session: Session, qtbot: QtBot) -> None:
    wanted: list[Target] = []
    session.wanted.connect(wanted.append)
    look_for(page, session, qtbot, "TORCH", "20")
    press(page.who_has, "Ask for it …", qtbot)
    dialog: AskDialog = dialog_of(page, AskDialog, qtbot)
    settle(session, qtbot)
    assert dialog.place.value() == f"{DESHENG}-CK"
    assert [offer.quantity for offer in dialog.lines.records()] == ["8", "12"]
    dialog.lines.table.setItem(0, 3, QTableWidgetItem("lots"))
    dialog.accept()
    assert "lots" in dialog.problem.text()
    dialog.lines.table.setItem(0, 3, QTableWidgetItem("5"))
    dialog.accept()
    settle(session, qtbot)
    assert wanted[-1].kind == "aid_requests"
    office = session.office
    assert office is not None
    views = [aid_view(office, key) for key in (1, 2)]
    assert [(view.giver.storehouse, view.items[0].quantity) for view in views] == [
        ("SCHOOL-CK", 5), (f"{XINJIEKOU}-CK", 12),
    ]  # fmt: skip


def test_each_state_has_its_next_step_until_the_goods_are_there(
    page: AidPage, session: Session, qtbot: QtBot
) -> None:
    office = session.office
    assert office is not None
    request = draft_aid(office, [Asking(
        from_storehouse=f"{XINJIEKOU}-CK", to_storehouse=f"{DESHENG}-CK", wanted=(Wanted("TORCH", 9),),
    )]).ids[0]  # fmt: skip
    pane = page.show_pane("aid_requests")
    said: list[str] = []
    session.said.connect(said.append)
    for state in ("requested", "agreed", "sent", "sent"):
        pane.reload()
        settle(session, qtbot)
        pane.table.grid.selectRow(0)
        press(pane.toolbar, "Next step …", qtbot)
        dialog = dialog_of(page, StepDialog, qtbot)
        if isinstance(dialog, AnswerDialog):
            dialog.lines.table.setItem(0, 2, QTableWidgetItem("7"))
            dialog.accept()
            assert dialog.fields.problem("by"), "somebody answered"
            dialog.fields.editor("by").set_value("Qian")
        dialog.accept()
        settle(session, qtbot)
        qtbot.waitUntil(lambda: page.findChild(StepDialog) is None)
        assert aid_view(office, request).state == state
    there = {(row.storehouse, row.lot): row.quantity for row in stock_as_of(office, item_code="TORCH")}
    assert (there[f"{DESHENG}-CK", "A"], there[f"{XINJIEKOU}-CK", "A"]) == (17, 8)
    settle(session, qtbot)
    pane.table.grid.selectRow(0)
    press(pane.toolbar, "Next step …", qtbot)
    qtbot.waitUntil(lambda: "Nothing more" in said[-1])


def test_what_cannot_be_sent_is_said_in_the_dialog(
    page: AidPage, session: Session, errors: list[BaseException], qtbot: QtBot
) -> None:
    from drillapp.core.supplies.aid.commands import answer_aid, request_aid
    from drillapp.core.supplies.aid.entries import Answer
    from drillapp.ui.supplies.aid.step_dialogs import SendDialog

    office = session.office
    assert office is not None
    request = draft_aid(office, [Asking(
        from_storehouse=f"{XINJIEKOU}-CK", to_storehouse=f"{DESHENG}-CK", wanted=(Wanted("TORCH", 99),),
    )]).ids[0]  # fmt: skip
    request_aid(office, [request], date(2026, 11, 24))
    answer_aid(office, request, Answer(day=date(2026, 11, 24), by="Qian"))
    dialog = SendDialog(session, aid_view(office, request), page)
    dialog.open()
    dialog.accept()
    settle(session, qtbot)
    assert "only 15" in dialog.problem.text()
    assert dialog.isVisible()
    assert errors == []


def test_labels_are_laid_out_from_the_first_free_place(page: AidPage, session: Session, qtbot: QtBot) -> None:
    from drillapp.core.reports.labels.source import item_labels

    dialog = LabelDialog(session, lambda office: item_labels(office, ["TORCH"]), "one", page)
    dialog.open()
    dialog.format.setCurrentIndex(dialog.format.findData("a4_4x11"))
    size = dialog.places.sizeHint()
    qtbot.mouseClick(dialog.places, Qt.MouseButton.LeftButton, pos=dialog.places.rect().bottomRight() * 0.98)
    assert dialog.how().start == 44
    qtbot.keyClick(dialog.places, Qt.Key.Key_Up)
    assert (dialog.how().start, size.width() > size.height()) == (40, False)
    dialog.codes.button(1).click()
    dialog.copies.setValue(5)
    assert (dialog.how().format, dialog.how().symbology, dialog.how().copies) == ("a4_4x11", "code128", 5)
    dialog.accept()
    settle(session, qtbot)
    qtbot.waitUntil(lambda: page.findChild(PdfPreview) is not None)
    again = LabelDialog(session, lambda _office: [], "none", page)
    assert (again.how().format, again.how().symbology) == ("a4_4x11", "code128"), "remembered"
    dialog.format.setCurrentIndex(dialog.format.findData("roll_40x30"))
    assert dialog.how().start == 1
