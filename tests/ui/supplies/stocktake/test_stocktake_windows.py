"""A stocktake by clicks and keys: drawn up, counted blind, explained, handed in, sent back, approved, posted."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.ledgers.stocktake_sheets import export_sheet
from drillapp.core.listing import View, first_rows
from drillapp.core.localtime import local_moment
from drillapp.core.supplies.queries import stock_as_of
from drillapp.core.supplies.scanning import resolve
from drillapp.core.supplies.stocktake.drawing import draw_up
from drillapp.core.supplies.stocktake.queries import STOCKTAKES, stocktake_view
from drillapp.core.supplies.stocktake.reviewing import cancel
from drillapp.core.supplies.stocktake.rows import Drawing, StocktakeView
from drillapp.ui.parts.dialog import Message
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session
from drillapp.ui.supplies.page import SuppliesPage
from drillapp.ui.supplies.stocktake.counting import CountingDialog
from drillapp.ui.supplies.stocktake.draw_dialog import DrawDialog
from drillapp.ui.supplies.stocktake.explain_dialog import ExplainDialog
from drillapp.ui.supplies.stocktake.review_dialog import ReviewDialog
from drillapp.ui.supplies.stocktake.sheet_files import SheetImportDialog
from drillapp.ui.supplies.stocktake.step_dialogs import StepDialog
from tests.core.reports.paper import texts
from tests.ui.filled import choose, fill, numbers, press, settle, shown
from tests.ui.kept import kept_office

Kind = TypeVar("Kind", bound=QDialog)


office_file = kept_office(fill)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SuppliesPage:
    """Blankets A (30) and B (50) lie in the street store."""
    return shown(session, qtbot, SuppliesPage)


def dialog(over: QWidget, kind: type[Kind], session: Session, qtbot: QtBot) -> Kind:
    """The dialog of a kind that is open now over a page or another dialog."""
    settle(session, qtbot)
    return next(one for one in reversed(over.findChildren(kind)) if one.isVisible())


def click(made: QAbstractButton, session: Session, qtbot: QtBot) -> None:
    assert made.isEnabled()
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    settle(session, qtbot)


def write(asked: StepDialog | DrawDialog, name: str, text: str, qtbot: QtBot) -> None:
    editor = asked.fields.editor(name)
    line = getattr(editor, "line", editor)
    line.clear()
    qtbot.keyClicks(line, text)


def view(session: Session) -> StocktakeView:
    assert session.office is not None
    [row] = first_rows(session.office, STOCKTAKES, View(), 9)
    return stocktake_view(session.office, row.id)


def states(session: Session) -> list[str]:
    return [line.state for line in view(session).lines]


@pytest.fixture
def counting(session: Session, qtbot: QtBot) -> CountingDialog:
    """A blind stocktake of both lots with a tolerance of 5 %, being counted."""
    assert session.office is not None
    made = CountingDialog(session, draw_up(session.office, Drawing(storehouse="S", tolerance=5)).id)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    return begun(made, session, qtbot)


def begun(made: CountingDialog, session: Session, qtbot: QtBot) -> CountingDialog:
    made.show()
    settle(session, qtbot)
    qtbot.keyClicks(made.by, "Wang")
    made.card.go_to_code()
    return made


def count(made: CountingDialog, code: str, quantity: str, session: Session, qtbot: QtBot) -> None:
    """Type a code, Enter, a quantity, Enter."""
    qtbot.keyClicks(made.card.code, code)
    qtbot.keyClick(made.card.code, Qt.Key.Key_Return)
    settle(session, qtbot)
    qtbot.keyClicks(made.card.quantity, quantity)
    qtbot.keyClick(made.card.quantity, Qt.Key.Key_Return)
    settle(session, qtbot)


def test_enter_saves_and_goes_to_the_next_line(
    counting: CountingDialog, session: Session, qtbot: QtBot
) -> None:
    assert counting.focusWidget() is counting.card.code
    assert (counting.card.name.text(), counting.card.place.text()) == ("Blanket", "Line 1")
    count(counting, "", "30", session, qtbot)
    assert states(session) == ["counted", "open"]
    assert counting.card.place.text() == "Line 2"
    assert counting.focusWidget() is counting.card.code
    assert "30 saved" in counting.card.told.text()
    count(counting, "2", "0", session, qtbot)
    line = view(session).lines[1]
    assert (line.counted, line.state) == (0, "again")
    assert "count it again" in counting.card.told.text()
    assert "count again" in counting.card.place.text()


def test_a_blind_count_shows_the_book_only_of_lines_that_are_done(
    counting: CountingDialog, session: Session, qtbot: QtBot
) -> None:
    count(counting, "1", "29", session, qtbot)
    count(counting, "2", "7", session, qtbot)
    rows = [counting.table.model.row(place) for place in range(2)]
    assert [(row.state, row.book, row.difference) for row in rows] == [
        ("counted", 30, "-1"),
        ("again", None, ""),
    ]
    assert "book" not in counting.card.details.text()


def test_what_cannot_be_is_said_where_it_was_typed(
    counting: CountingDialog, session: Session, qtbot: QtBot
) -> None:
    count(counting, "1", "many", session, qtbot)
    assert "number" in counting.card.told.text()
    counting.card.quantity.clear()
    count(counting, "1", "-2", session, qtbot)
    assert "0 or more" in counting.card.told.text()
    qtbot.keyClicks(counting.card.code, "XYZ")
    qtbot.keyClick(counting.card.code, Qt.Key.Key_Return)
    settle(session, qtbot)
    assert "XYZ" in counting.card.told.text()
    counting.by.clear()
    counting.card.quantity.clear()
    count(counting, "1", "30", session, qtbot)
    assert counting.card.told.text() == "Enter who counts."
    assert states(session) == ["open", "open"]


def test_what_was_typed_at_the_wrong_line_is_taken_back(
    counting: CountingDialog, session: Session, qtbot: QtBot
) -> None:
    counting.card.go_to_quantity()
    qtbot.keyClicks(counting.card.note, "behind the door")
    qtbot.keyClicks(counting.card.quantity, "30")
    qtbot.keyClick(counting.card.note, Qt.Key.Key_Return)
    settle(session, qtbot)
    line = view(session).lines[0]
    assert (line.counted, line.note, line.counted_by) == (30, "behind the door", "Wang")
    counting.table.choose(1)
    click(counting.uncount, session, qtbot)
    assert states(session) == ["open", "open"]
    assert counting.card.place.text() == "Line 1"


def test_counts_from_paper_have_the_moment_of_the_paper(
    counting: CountingDialog, session: Session, qtbot: QtBot
) -> None:
    qtbot.keyClicks(counting.at.line, "2026-11-20 9:00")
    count(counting, "1", "30", session, qtbot)
    assert "drawn up later" in counting.card.told.text()
    counting.at.line.clear()
    qtbot.keyClicks(counting.at.line, "2026-11-24 12:00")
    counting.card.quantity.clear()
    count(counting, "1", "30", session, qtbot)
    moment = view(session).lines[0].counted_at
    assert moment is not None
    assert f"{local_moment(moment):%Y-%m-%d %H:%M}" == "2026-11-24 12:00"


def test_a_sample_is_drawn_again_for_an_audit(session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    key = draw_up(session.office, Drawing(storehouse="S", extent="sample", sample=1, seed=3)).id
    cancel(session.office, key, "another day")
    made = ReviewDialog(session, key)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    settle(session, qtbot)
    assert made.next.isHidden()
    click(made.redraw, session, qtbot)
    told = dialog(made, Message, session, qtbot)
    assert "The same lines are drawn" in told.accessibleDescription()


def test_a_scan_jumps_to_its_line_whatever_has_the_focus(
    counting: CountingDialog, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    counting.by.setFocus()
    assert counting.take_scan(resolve(session.office, "B", "S"))
    assert counting.card.place.text() == "Line 2"
    assert counting.focusWidget() is counting.card.quantity
    assert not counting.take_scan(resolve(session.office, "S"))  # a storehouse is none of it


def drawn_up(page: SuppliesPage, session: Session, qtbot: QtBot) -> CountingDialog:
    """A stocktake drawn up by the dialog, which then opens for counting."""
    pane = page.show_pane("stocktakes")
    settle(session, qtbot)
    press(pane.toolbar, "Draw up a stocktake", qtbot)
    drawing = dialog(page, DrawDialog, session, qtbot)
    write(drawing, "storehouse", "S", qtbot)
    write(drawing, "tolerance", "5", qtbot)
    click(drawing.go, session, qtbot)
    return begun(dialog(page, CountingDialog, session, qtbot), session, qtbot)


def test_from_drawing_up_to_the_ledger(
    page: SuppliesPage, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session.office is not None
    counting = drawn_up(page, session, qtbot)
    count(counting, "1", "29", session, qtbot)
    counting.accept()
    asked = dialog(page, StepDialog, session, qtbot)
    click(asked.go, session, qtbot)
    assert "difference -1 has no reason" in asked.problem.text()
    assert "Not counted" in asked.problem.text()
    asked.reject()
    counting.only.buttons["differing"].click()
    settle(session, qtbot)
    counting.table.choose(1)
    click(counting.explain, session, qtbot)
    reasons = dialog(page, ExplainDialog, session, qtbot)
    assert reasons.rest.text() == "The reasons add up to the difference."
    click(reasons.go, session, qtbot)
    assert view(session).lines[0].reasons[0].reason == "unknown"
    counting.accept()
    asked = dialog(page, StepDialog, session, qtbot)
    asked.fields.editor("uncounted").setChecked(True)
    click(asked.go, session, qtbot)
    assert view(session).header.state == "submitted"

    pane = page.pane("stocktakes")
    choose(pane, session, qtbot)
    press(pane.toolbar, "Open the stocktake", qtbot)
    review = dialog(page, ReviewDialog, session, qtbot)
    assert review.next.text() == "Approve the count …"
    assert [row.difference for row in [review.table.model.row(0)]] == ["-1"]
    click(review.next, session, qtbot)
    asked = dialog(page, StepDialog, session, qtbot)
    write(asked, "by", "Wang", qtbot)
    asked.fields.editor("same_seat").setChecked(True)
    click(asked.go, session, qtbot)
    assert "Wang counted" in asked.fields.problem("by")
    write(asked, "by", "Li", qtbot)
    click(asked.go, session, qtbot)
    assert review.next.text() == "Post to the stock ledger"
    monkeypatch.setattr(Message, "exec", lambda _self: QDialog.DialogCode.Accepted)
    click(review.next, session, qtbot)
    assert view(session).header.state == "posted"
    stock = {row.lot: row.quantity for row in stock_as_of(session.office)}
    assert stock == {"A": 29, "B": 50}
    assert review.next.text() == "Show the movements"
    click(review.next, session, qtbot)
    assert numbers(page.pane("movements"), "kind") == ["count"]


def test_sent_back_the_lines_are_counted_again_with_the_note_above(
    counting: CountingDialog, session: Session, qtbot: QtBot
) -> None:
    key = counting.key
    count(counting, "1", "30", session, qtbot)
    count(counting, "2", "50", session, qtbot)
    counting.accept()
    click(dialog(counting, StepDialog, session, qtbot).go, session, qtbot)
    review = ReviewDialog(session, key)
    review.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(review)
    review.show()
    settle(session, qtbot)
    assert review.only.only == ""  # nothing differs, so all lines are shown
    click(review.send_back, session, qtbot)
    asked = dialog(review, StepDialog, session, qtbot)
    write(asked, "by", "Li", qtbot)
    write(asked, "lines", "2", qtbot)
    click(asked.go, session, qtbot)
    assert "Must not be empty" in asked.fields.problem("note")
    asked.fields.editor("note").set_value("The pile at the door")
    click(asked.go, session, qtbot)
    assert states(session) == ["counted", "again"]
    again = CountingDialog(session, key)
    qtbot.addWidget(again)
    settle(session, qtbot)
    assert again.returned.text() == "Sent back by Li: The pile at the door"
    assert again.card.place.text().startswith("Line 2")


def test_what_is_not_on_the_sheet_is_added(counting: CountingDialog, session: Session, qtbot: QtBot) -> None:
    click(counting.found, session, qtbot)
    asked = dialog(counting, StepDialog, session, qtbot)
    for name, text in (("item_code", "1"), ("lot", "C"), ("quantity", "4")):
        write(asked, name, text, qtbot)
    click(asked.go, session, qtbot)
    assert [line.lot for line in view(session).lines] == ["A", "B", "C"]
    assert counting.table.model.rowCount() == 3


def test_a_sheet_is_taken_after_a_look_at_its_rows(
    counting: CountingDialog, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session.office is not None
    path = tmp_path / "sheet.csv"
    export_sheet(session.office, counting.key, path)
    whole = path.read_text(encoding="utf-8-sig").splitlines()

    def filled(first: str) -> None:
        place = whole[0].split(",").index("Counted")
        rows = [line.split(",") for line in whole[1:]]
        for row, quantity in zip(rows, (first, "50"), strict=True):
            row[place] = quantity
        path.write_text("\n".join([whole[0], *map(",".join, rows)]), encoding="utf-8")

    filled("30 or so")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    click(counting.bring_in, session, qtbot)
    asked = dialog(counting, SheetImportDialog, session, qtbot)
    assert not asked.go.isEnabled()
    assert asked.wrong.model.row(0).value == "30 or so"
    filled("30")
    click(asked.again, session, qtbot)
    assert states(session) == ["open", "open"]
    click(asked.go, session, qtbot)
    assert states(session) == ["counted", "counted"]
    assert "2 of 2" in counting.progress.text()


def test_the_sheet_is_printed_from_where_it_is_counted(
    counting: CountingDialog, session: Session, qtbot: QtBot
) -> None:
    press(counting, "Print the sheet …", qtbot)
    preview: Any = dialog(counting, PdfPreview, session, qtbot)
    (text,) = texts(BytesIO(preview._content))
    assert "PD20261124-01" in text
    assert all("".join(line.item_name.split()) in text for line in view(session).lines)
    preview.reject()


def test_what_is_due_is_drawn_up_from_its_list(page: SuppliesPage, session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    draw_up(session.office, Drawing(storehouse="S"))
    due = page.show_pane("stocktakes_due")
    settle(session, qtbot)
    assert numbers(due, "under_way") == ["PD20261124-01"]
    assert numbers(due, "state") == ["overdue"]
    choose(due, session, qtbot)
    press(due.toolbar, "Draw up a stocktake", qtbot)
    asked = dialog(page, DrawDialog, session, qtbot)
    assert asked.fields.editor("storehouse").value() == "S"
    click(asked.go, session, qtbot)
    assert "not finished" in asked.fields.problem("storehouse")
    asked.reject()


@pytest.fixture(autouse=True)
def _nothing_went_wrong(errors: list[BaseException]) -> Iterator[None]:
    yield
    assert errors == []
