"""A scanner types into whatever has the focus: its burst is undone, understood, and leads where it should."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.errors import NotFound
from drillapp.core.supplies.codes import payload_of_item, payload_of_lot
from drillapp.core.supplies.model import Item
from drillapp.core.supplies.scanning import Scanned
from drillapp.core.units.commands import save_posts
from drillapp.core.units.entries import PostEntry
from drillapp.ui.parts.scanner import Scanner, target_of
from drillapp.ui.parts.scanner_keys import FASTEST_FINGERS_MS, LEAST_SIGNS, ScannerKeys
from drillapp.ui.session import Session, Target
from tests.core.supplies.ledger import book, furnish, line


class Form(QWidget):
    """A window with fields, a button that Enter presses, and a place that scans fall into."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.note, self.day, self.own = QLineEdit(), QPlainTextEdit(), QDateEdit(), QLineEdit()
        self.own.setProperty("role", "scan")
        self.save = QPushButton("save")
        self.pressed = 0
        QShortcut(QKeySequence(Qt.Key.Key_Return), self).activated.connect(self._on_save)
        layout = QVBoxLayout(self)
        for widget in (self.name, self.note, self.day, self.own, self.save):
            layout.addWidget(widget)

    def _on_save(self) -> None:
        self.pressed += 1


@pytest.fixture
def form(session: Session, qtbot: QtBot) -> Iterator[Form]:
    assert session.office is not None
    furnish(session.office)
    book(session.office, line("in", 5, "2026-03-01", item_code="TENT", lot="B7"))
    made = Form()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    scanner = Scanner(session)
    yield made
    scanner.deleteLater()


@pytest.fixture
def wanted(session: Session) -> list[Target]:
    found: list[Target] = []
    session.wanted.connect(found.append)
    return found


def code_of(session: Session, lot: str | None = None) -> str:
    assert session.office is not None
    with session.office.read() as connection:
        uid = connection.execute(select(Item.uid).where(Item.code == "TENT")).scalar_one()
    return payload_of_item(uid) if lot is None else payload_of_lot(uid, lot, None)


def type_(form: QWidget, text: str, delay: int, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Type as the system does: into the window, from which the keys find their way; `delay` milliseconds between keys."""
    window = form.window().windowHandle()
    keys = [Qt.Key(ord(sign.upper())) for sign in text]
    QTest.qWait(FASTEST_FINGERS_MS + 15)  # no hand scans two labels faster
    for key in keys if end is None else [*keys, end]:
        QTest.qWait(delay)
        QTest.keyEvent(QTest.KeyAction.Click, window, key)


def focus(widget: QWidget, qtbot: QtBot) -> None:
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)


def test_a_scan_leads_to_the_movement_of_the_item(
    form: Form, session: Session, wanted: list[Target], qtbot: QtBot
) -> None:
    focus(form.save, qtbot)
    type_(form, code_of(session), 2)
    qtbot.waitUntil(lambda: bool(wanted))
    assert wanted == [
        Target(
            "supplies",
            "movements",
            action="new",
            values={"kind": "out", "item_code": "TENT", "quantity": 1, "storehouse": "S1"},
        )
    ]
    assert form.pressed == 0, "the Enter behind the code presses nothing"


def test_a_lot_is_filled_in_with_the_only_place_where_it_lies(
    form: Form, session: Session, wanted: list[Target], qtbot: QtBot
) -> None:
    focus(form.name, qtbot)
    type_(form, code_of(session, "B7"), 0, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: bool(wanted))
    assert wanted[0].values == {
        "kind": "out", "item_code": "TENT", "quantity": 1, "lot": "B7", "expires_on": None, "storehouse": "S1",
    }  # fmt: skip
    assert QApplication.focusWidget() is form.name


def test_what_the_scanner_typed_into_a_field_is_undone(
    form: Form, session: Session, wanted: list[Target], qtbot: QtBot
) -> None:
    code = code_of(session)
    form.name.setText("half a name")
    form.note.setPlainText("first\nsecond")
    form.day.setDate(QDate(2026, 11, 24))
    focus(form.name, qtbot)
    form.name.setSelection(5, 2)
    type_(form, code, 1)
    assert (form.name.text(), form.name.selectedText()) == ("half a name", "a ")
    for count, field in enumerate((form.note, form.day), 1):
        qtbot.waitUntil(lambda count=count: len(wanted) == count)
        focus(field, qtbot)
        type_(form, code, 1)
    qtbot.waitUntil(lambda: len(wanted) == 3)
    assert form.note.toPlainText() == "first\nsecond"
    assert form.day.date() == QDate(2026, 11, 24)


def test_a_person_types_in_peace(form: Form, wanted: list[Target], qtbot: QtBot) -> None:
    focus(form.name, qtbot)
    type_(form, "1234567", FASTEST_FINGERS_MS + 20)
    assert form.name.text() == "1234567"
    assert form.pressed == 1
    form.name.clear()
    type_(form, "TENT", 1)
    assert form.name.text().upper() == "TENT", "too short for a scanner"
    assert wanted == []


def test_a_scan_field_keeps_what_it_is_given(
    form: Form, session: Session, wanted: list[Target], qtbot: QtBot
) -> None:
    focus(form.own, qtbot)
    type_(form, code_of(session), 1, None)
    assert form.own.text() == code_of(session)
    assert wanted == []


def test_a_window_that_wants_scans_takes_them(
    form: Form, session: Session, wanted: list[Target], qtbot: QtBot
) -> None:
    taken: list[Scanned] = []

    def take_scan(scanned: Scanned) -> bool:
        taken.append(scanned)
        return len(taken) == 1

    form.take_scan = take_scan  # type: ignore[attr-defined]
    focus(form.name, qtbot)
    type_(form, code_of(session), 1)
    qtbot.waitUntil(lambda: bool(taken))
    assert (taken[0].kind, taken[0].item_code, wanted) == ("items", "TENT", [])
    type_(form, code_of(session), 1)
    qtbot.waitUntil(lambda: bool(wanted))
    assert len(taken) == 2, "what it does not want goes its usual way"


def test_an_unknown_code_is_one_clear_sentence(
    form: Form, wanted: list[Target], errors: list[BaseException], qtbot: QtBot
) -> None:
    focus(form.name, qtbot)
    type_(form, "6901234567892", 1)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], NotFound)
    assert "6901234567892" in errors[0].message
    assert (form.name.text(), wanted) == ("", [])


def test_wide_signs_of_an_input_method_are_understood(
    form: Form, session: Session, wanted: list[Target], qtbot: QtBot
) -> None:
    focus(form.name, qtbot)
    for sign in code_of(session):
        event = QInputMethodEvent()
        event.setCommitString(chr(ord(sign) + 0xFEE0))
        QApplication.sendEvent(form.name, event)
    QTest.keyEvent(QTest.KeyAction.Click, form.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(wanted))
    assert form.name.text() == ""


def test_the_code_of_a_disposal_card_opens_the_card_whatever_lines_follow(
    form: Form, session: Session, wanted: list[Target], errors: list[BaseException], qtbot: QtBot
) -> None:
    assert session.office is not None
    save_posts(session.office, [PostEntry(unit_code="110102", name="Keeper")])
    save_cards(
        session.office,
        [CardEntry(number="CARD-17", unit_code="110102", post="Keeper", title="Fire", steps="Call 119")],
    )
    focus(form.name, qtbot)
    lines = ("card-17", "119", "010-66660000")
    window = form.windowHandle()
    for text in lines:
        for sign in (*text, "\r"):
            key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign.upper()))
            QTest.keyEvent(QTest.KeyAction.Click, window, key)
    qtbot.waitUntil(lambda: bool(wanted))
    assert [(target.page, target.kind) for target in wanted] == [("cards", "cards")]
    assert (form.name.text(), form.pressed, errors) == ("", 0, [])


@pytest.mark.parametrize(
    ("kind", "leads_to"),
    [
        (
            "shelves",
            Target("supplies", "stock", choices={"storehouse": frozenset({"S"}), "shelf": frozenset({"C"})}),
        ),
        ("stocktakes", Target("supplies", "stocktakes", 7)),
        ("aid_requests", Target("supplies", "aid_requests", 7)),
        ("documents", Target("supplies", "movements", choices={"document": frozenset({"C"})})),
    ],
)
def test_each_kind_leads_to_its_place(kind: str, leads_to: Target) -> None:
    assert target_of(Scanned(kind, 7, "C", "name", storehouse="S"), None) == leads_to  # type: ignore[arg-type]


def test_where_nothing_can_be_booked_the_stock_is_shown() -> None:
    scanned = Scanned("lots", 7, "B7", "Tent", "TENT", "Tent", "B7", 7)
    target = target_of(scanned, "S1", reads_only=True)
    assert (target.kind, target.action) == ("stock", "")


@given(st.text("0123456789", min_size=1, max_size=40), st.lists(st.floats(0, 200), min_size=41, max_size=41))
def test_only_what_is_quick_throughout_and_long_enough_is_a_scan(text: str, gaps: list[float]) -> None:
    keys, moment = ScannerKeys(), 0.0
    for sign, gap in zip(text, gaps, strict=False):
        moment += gap
        keys.sign(sign, moment)
    moment += gaps[len(text)]
    ends = gaps[len(text)] <= FASTEST_FINGERS_MS
    quick = 1
    for gap in reversed(gaps[1 : len(text)]):
        if gap > FASTEST_FINGERS_MS:
            break
        quick += 1
    scanned = ends and min(quick, len(text)) >= LEAST_SIGNS
    assert keys.end(moment) == (text[-quick:] if scanned else "")
    assert keys.end(moment) == ""
