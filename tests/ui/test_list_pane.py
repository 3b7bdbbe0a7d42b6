"""The standard list on real records: narrowed, chosen from, opened, entered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from drillapp.core.kinds import KINDS
from drillapp.core.listing import Condition
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.supplies.listings import STOCK
from drillapp.core.units.entries import UnitEntry
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import ListPane, ListSpec
from drillapp.ui.session import Scope, Session, Target

SPEC = ListSpec(
    "plans",
    label="Plans",
    record_label="Plan",
    chips=(Chip("state", "State", "plan_state"),),
    tones={"state": {"draft": "neutral"}},
)


class TwoLists(ListPage):
    label = "Plans"
    specs = (SPEC, ListSpec("units", label="Units", record_label="Unit"))


class ManyLists(ListPage):
    label = "Plans"
    specs = tuple(SPEC._replace(label=f"Plans of the year {year}") for year in range(2020, 2026))


@pytest.fixture
def pane(session: Session, qtbot: QtBot) -> ListPane:
    office = session.office
    assert office is not None
    KINDS["units"].save(office, [UnitEntry(code="110102001", name="Street", parent_code="110102")])
    KINDS["plans"].save(
        office,
        [
            PlanEntry(number="A-1", title="Flood plan", unit_code="110102", published_on=date(2025, 1, 1)),
            PlanEntry(number="A-2", title="Fire plan", unit_code="110102001"),
            PlanEntry(number="A-3", title="Gas plan", unit_code="110102", retired_on=date(2025, 1, 1)),
        ],
    )
    made = ListPane(session, SPEC)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.table.model.counted):
        made.reload()
    return made


def numbers(pane: ListPane) -> list[str]:
    return [pane.table.model.index(i, 0).data() for i in range(pane.table.model.rowCount())]


def test_typing_narrows_the_list_and_clear_shows_all_again(pane: ListPane, qtbot: QtBot) -> None:
    assert numbers(pane) == ["A-1", "A-2"]
    with qtbot.waitSignal(pane.table.model.counted):
        qtbot.keyClicks(pane.filters.text, "fire")
    assert numbers(pane) == ["A-2"]
    with qtbot.waitSignal(pane.table.model.counted):
        pane.filters.clear()
    assert numbers(pane) == ["A-1", "A-2"]


def test_chip_narrows_by_code(pane: ListPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.table.model.counted):
        pane.filters._chips["state"]._actions["draft"].trigger()
    assert numbers(pane) == ["A-2"]
    assert "draft" in pane.filters._chips["state"].text()


def test_retired_records_can_be_shown(pane: ListPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.table.model.counted):
        pane.filters._retired.click()
    assert numbers(pane) == ["A-1", "A-2", "A-3"]


def test_scope_narrows_to_a_unit_and_those_under_it(pane: ListPane, session: Session, qtbot: QtBot) -> None:
    office = session.office
    assert office is not None
    from drillapp.core.listing import View, first_rows

    street = first_rows(office, KINDS["units"].listing, View(text="Street"), 1)[0]
    session.set_scope(Scope(street.id, street.code, street.name))
    with qtbot.waitSignal(pane.table.model.counted):
        pane.reload()
    assert numbers(pane) == ["A-2"]


def test_link_to_a_record_shows_it_alone_with_its_details(pane: ListPane, qtbot: QtBot) -> None:
    key = pane.table.model.key(1)
    with qtbot.waitSignal(pane.table.model.counted):
        pane.show_target(Target("plans", record_id=key))
    assert numbers(pane) == ["A-2"]
    qtbot.waitUntil(pane.detail.isVisible)
    assert pane.detail.row.title == "Fire plan"
    with qtbot.waitSignal(pane.table.model.counted):
        pane.filters._extra.click()
    assert numbers(pane) == ["A-1", "A-2"]


def test_figure_leads_to_the_rows_behind_it(pane: ListPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.table.model.counted):
        pane.show_conditions((Condition("published_on", "is null"),), "Not published")
    assert numbers(pane) == ["A-2"]


def test_new_record_is_entered_and_the_list_shows_it(pane: ListPane, session: Session, qtbot: QtBot) -> None:
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    qtbot.keyClick(pane.table.grid, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = pane.findChild(FormDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    form = dialog.form
    assert form.editor("unit_code").value() == "110102"
    qtbot.keyClicks(form.editor("number"), "A-9")
    qtbot.keyClicks(form.editor("title"), "New plan")
    session.changed.connect(lambda _changes: pane.reload())
    with qtbot.waitSignal(pane.table.model.counted):
        qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert numbers(pane) == ["A-1", "A-2", "A-9"]
    assert pane.table.current_row().number == "A-9"


def test_selected_rows_are_copied_as_a_spreadsheet_takes_them(pane: ListPane, qtbot: QtBot) -> None:
    QApplication.clipboard().clear()
    pane.table.grid.selectRow(1)
    pane.table.copy()
    qtbot.waitUntil(lambda: QApplication.clipboard().text() != "")
    header, row = QApplication.clipboard().text().split("\n")
    assert header.split("\t")[:2] == ["Plan number", "Plan title"]
    assert row.split("\t")[:2] == ["A-2", "Fire plan"]


def test_column_widths_are_remembered(pane: ListPane, session: Session, qtbot: QtBot) -> None:
    pane.table.grid.horizontalHeader().resizeSection(1, 333)
    pane.table._on_remember()
    again = ListPane(session, SPEC)
    qtbot.addWidget(again)
    assert again.table.grid.horizontalHeader().sectionSize(1) == 333


def test_page_makes_its_lists_when_looked_at(pane: ListPane, session: Session, qtbot: QtBot) -> None:
    page = TwoLists(session)
    qtbot.addWidget(page)
    page.show()
    assert list(page._panes) == [0]
    units = page.show_pane("units")
    qtbot.waitUntil(lambda: units.table.model.rowCount() == 2)


def test_read_only_office_offers_no_changes(
    pane: ListPane, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.office, "is_read_only", True)
    again = ListPane(session, SPEC)
    qtbot.addWidget(again)
    enabled = {action.label: made.isEnabled() for action, made in again._buttons}
    assert [label for label, usable in enabled.items() if usable] == ["Print …", "Export …"]
    assert {"New", "Edit", "Import …"} <= set(enabled)


def test_row_that_the_keyboard_comes_to_can_be_edited_at_once(pane: ListPane, qtbot: QtBot) -> None:
    pane.table.grid.setFocus(Qt.FocusReason.TabFocusReason)
    pane.table.grid.selectionModel().setCurrentIndex(
        pane.table.model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    assert pane.detail.isVisible()
    edit = next(made for action, made in pane._buttons if action.label == "Edit")
    qtbot.waitUntil(edit.isEnabled)


def test_narrow_page_shows_all_tabs_and_keeps_the_actions_names(session: Session, qtbot: QtBot) -> None:
    page = ManyLists(session)
    qtbot.addWidget(page)
    page.resize(2000, 700)
    page.show()
    page.make_stale()
    qtbot.waitUntil(lambda: session.tasks.is_idle)
    export = next(made for action, made in page.pane("plans")._buttons if action.label == "Export …")
    assert export.text() == "Export …"
    page.resize(page.head.sizeHint().width() - 40, 700)
    assert (export.text(), export.toolTip(), export.accessibleName()) == ("", "Export …", "Export …")
    qtbot.waitUntil(lambda: page.head.sizeHint().width() <= page.width())
    page.pane("plans").tighten(0)
    assert [made.text() for _action, made in page.pane("plans")._buttons if made.text()] == ["New"]
    page.resize(2000, 700)
    assert export.text() == "Export …"


def test_enter_opens_the_row_under_the_cursor_but_not_from_a_text_field(pane: ListPane, qtbot: QtBot) -> None:
    pane.table.grid.selectRow(0)
    opened: list[str] = []
    pane.table.opened.connect(lambda row: opened.append(row.number))
    pane.filters.text.setFocus()
    qtbot.keyClick(pane.filters.text, Qt.Key.Key_Return)
    assert opened == []
    pane.table.grid.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(pane.table.grid, key)
    assert opened == ["A-1", "A-1"]
    for dialog in pane.findChildren(FormDialog):
        dialog.reject()


def test_keys_of_the_page_work_wherever_the_focus_is(pane: ListPane, qtbot: QtBot) -> None:
    pane.table.grid.setFocus()
    qtbot.keyClick(pane.table.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.filters.text.hasFocus()


def test_the_panel_says_what_the_record_says_now(pane: ListPane, session: Session, qtbot: QtBot) -> None:
    office = session.office
    assert office is not None
    pane.table.grid.selectRow(0)
    row = pane.table.current_row()
    assert pane.detail.row is row
    entry = PlanEntry(number=row.number, title="Renamed plan", unit_code=row.unit_code)
    KINDS["plans"].save(office, [entry])
    with qtbot.waitSignal(pane.table.model.page_arrived):
        pane.reload()
    assert pane.detail.row.title == "Renamed plan"
    assert pane.detail._title.text() == "Renamed plan"


def answer(monkeypatch: pytest.MonkeyPatch, path: Path, form: str) -> None:
    """Choose this file in the next dialog; the system's own cannot be driven by a test."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_args: (str(path), form)))


def test_export_offers_the_list_the_ledger_and_an_empty_form(pane: ListPane, qtbot: QtBot) -> None:
    pane.take_out()
    menu = next(one for one in pane.findChildren(QMenu) if one.isVisible())
    assert [entry.text() for entry in menu.actions()] == [
        "The list as shown …",
        "The ledger, to be brought in again …",
        "An empty form to be filled in …",
    ]
    menu.close()


def test_exported_list_has_what_is_seen_and_says_so(
    pane: ListPane, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = pane.table.grid.horizontalHeader()
    header.moveSection(pane.table.model.place("published_on"), 0)
    for name in ("state", "unit_name"):
        header.setSectionHidden(pane.table.model.place(name), True)
    with qtbot.waitSignal(pane.table.model.counted):
        header.setSortIndicator(pane.table.model.place("number"), Qt.SortOrder.DescendingOrder)
    with qtbot.waitSignal(pane.table.model.counted):
        pane.show_conditions((Condition("title", "in", ["Flood plan", "Fire plan"]),), "Two plans")
    answer(monkeypatch, tmp_path / "list", "Excel (*.xlsx)")
    with qtbot.waitSignal(session.said) as said:
        pane.export_shown()
    assert said.args == ["2 rows written to list.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    rows = [row[:3] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert rows[0] == ("Published on", "Plan number", "Plan title")
    assert [row[1:] for row in rows[1:]] == [("A-2", "Fire plan"), ("A-1", "Flood plan")]
    assert "State" not in [cell.value for cell in book.worksheets[0][1]]
    assert ("Filter", "Two plans") in list(book.worksheets[1].iter_rows(values_only=True))


def test_list_that_is_no_ledger_is_exported_as_shown_at_once(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ListPane(session, ListSpec("stock", label="Stock", listing=STOCK, editable=False, retires=False))
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.table.model.counted):
        made.reload()
    answer(monkeypatch, tmp_path / "stock.xlsx", "Text (*.csv)")
    export = next(button for action, button in made._buttons if action.label == "Export …")
    with qtbot.waitSignal(session.said) as said:
        qtbot.mouseClick(export, Qt.MouseButton.LeftButton)
    assert said.args == ["0 rows written to stock.csv"]
    assert (tmp_path / "stock.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_form_and_ledger_are_written_where_it_is_said(
    pane: ListPane, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for export, name in ((pane.export_form, "form.xlsx"), (pane.export_ledger, "ledger.xlsx")):
        answer(monkeypatch, tmp_path / name, "Excel (*.xlsx)")
        with qtbot.waitSignal(session.said):
            export()
    form, ledger = (
        openpyxl.load_workbook(tmp_path / name).worksheets[0] for name in ("form.xlsx", "ledger.xlsx")
    )
    assert (form.max_row, ledger.max_row) == (1, 4)
    assert form.data_validations.dataValidation
