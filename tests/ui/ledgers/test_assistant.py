"""The import assistant: shows what a file is taken for, takes corrections by click, writes once it is agreed to."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from drillapp.core.ledgers.as_shown import column_letters
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.units.queries import UNITS
from drillapp.ui.ledgers.assistant import ImportAssistant
from drillapp.ui.ledgers.cell_editor import CellEditor
from drillapp.ui.ledgers.file_model import Part, shown
from drillapp.ui.ledgers.rows_model import FIELDS
from drillapp.ui.session import Session

PATIENCE = 20_000
UNITS_FILE = """单位台账（2024年）,,,,
单位编码,单位名称,上级单位编码,人数,启用日期
110102001,西长安街,110102,120,2020.1.5
110102002,新街口,110102,无数据,2020.1.5
110102003,月坛,110102,无数据,2020年3月1日
110102004,展览路,110102,约80人,20200301
"""


def settle(session: Session, qtbot: QtBot) -> None:
    quiet = 0

    def is_quiet() -> bool:
        nonlocal quiet
        quiet = quiet + 1 if session.tasks.is_idle else 0
        return quiet > 3

    qtbot.waitUntil(is_quiet, timeout=PATIENCE)


@pytest.fixture
def shown_file(session: Session, qtbot: QtBot, tmp_path: Path) -> ImportAssistant:
    path = tmp_path / "units.csv"
    path.write_text(UNITS_FILE, encoding="utf-8")
    return opened(session, qtbot, path)


def opened(session: Session, qtbot: QtBot, path: Path, kind: str | None = None) -> ImportAssistant:
    dialog = ImportAssistant(session, path, kind=kind)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(session, qtbot)
    return dialog


def choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text().split("\t")[0] == words).trigger()


def names(session: Session) -> set[str]:
    assert session.office is not None
    return {row.name for row in first_rows(session.office, UNITS, View(), 50)}


def test_the_cells_of_the_file_are_shown_with_what_each_column_is_taken_for(
    shown_file: ImportAssistant,
) -> None:
    cells = shown_file.file.cells
    assert [cells.text(1, column) for column in range(5)] == UNITS_FILE.splitlines()[1].split(",")
    assert [cells.meaning(column).fields for column in range(5)] == [
        ("code",), ("name",), ("parent_code",), ("headcount",), ("valid_from",)
    ]  # fmt: skip
    assert [cells.part(row) for row in (0, 1, 2)] == [Part.TITLE, Part.HEADER, Part.DATA]
    assert cells.fault(3, 3)
    assert not cells.fault(2, 3)


def test_problems_alike_are_put_right_together_and_single_ones_in_their_cell(
    shown_file: ImportAssistant, session: Session, qtbot: QtBot
) -> None:
    assert not shown_file.go.isEnabled()
    assert [len(card.trouble.rows) for card in shown_file.panel.cards] == [2, 1]
    card = shown_file.panel.cards[0]
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert shown_file.tabs.current == "refused"
    card.line.setText("80")
    QTest.mouseClick(card.all, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert [card.trouble.written for card in shown_file.panel.cards] == ["约80人"]
    rows = shown_file.rows.rows
    assert rows.rowCount() == 1
    assert rows.setData(rows.index(0, rows.column_of("headcount")), "80")
    settle(session, qtbot)
    assert shown_file.panel.cards == []
    with qtbot.waitSignals([session.changed, shown_file.accepted], timeout=PATIENCE):
        shown_file.go.click()
    assert {"西长安街", "新街口", "月坛", "展览路"} <= names(session)


def test_understood_stands_beside_written(shown_file: ImportAssistant) -> None:
    shown_file.tabs.choose(None)
    rows = shown_file.rows.rows
    assert rows.rowCount() == 4
    place = rows.column_of("valid_from") - FIELDS
    found = [rows.row(position) for position in range(4)]
    assert [(row.understood[place], row.written[place]) for row in found if row is not None] == [
        ("2020-01-05", "2020.1.5"), ("2020-01-05", "2020.1.5"), ("2020-03-01", "2020年3月1日"), ("2020-03-01", "20200301"),
    ]  # fmt: skip


def test_a_column_is_said_from_its_head_and_a_row_is_left_out_from_its_number(
    shown_file: ImportAssistant, session: Session, qtbot: QtBot
) -> None:
    choose(shown_file.file.column_menu(3), "Leave this column out")
    settle(session, qtbot)
    assert shown_file.file.cells.meaning(3).fields == ()
    assert shown_file.panel.cards == []
    choose(shown_file.file.column_menu(3), "Headcount")
    settle(session, qtbot)
    assert len(shown_file.panel.cards) == 2
    choose(shown_file.file.row_menu(5), "Leave row 6 out")
    settle(session, qtbot)
    assert [len(card.trouble.rows) for card in shown_file.panel.cards] == [2]
    assert shown_file.file.cells.part(5) is Part.LEFT_OUT


def test_enter_in_a_cell_edits_it_and_brings_nothing_in(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("单位编码,单位名称,上级单位编码\n110102001,西长安街,110102\n", encoding="utf-8")
    dialog = opened(session, qtbot, path)
    assert dialog.go.isEnabled()
    dialog.tabs.choose(None)
    rows = dialog.rows
    rows.setFocus()
    rows.setCurrentIndex(rows.rows.index(0, rows.rows.column_of("name")))
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    editor = rows.findChild(CellEditor)
    assert editor is not None
    editor.setText("新街口")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(session, qtbot)
    assert dialog.isVisible()
    assert rows.rows.index(0, rows.rows.column_of("name")).data() == "新街口"
    assert "新街口" not in names(session)


def test_the_good_rows_alone_can_be_brought_in(
    shown_file: ImportAssistant, session: Session, qtbot: QtBot
) -> None:
    assert shown_file.good_only.isVisible()
    with qtbot.waitSignal(shown_file.brought, timeout=PATIENCE):
        shown_file.good_only.click()
    assert "西长安街" in names(session)
    assert "新街口" not in names(session)


def test_a_file_without_a_required_column_asks_for_it(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "plans.csv"
    path.write_text("预案编号,预案名称,预案类别\nA-1,防汛预案,专项\n", encoding="utf-8")
    dialog = opened(session, qtbot, path, "plans")
    assert not dialog.go.isEnabled()
    assert dialog.panel.missing.isVisible()
    dialog.panel.missing.given.emit("unit_code", "110102")
    settle(session, qtbot)
    assert not dialog.panel.missing.isVisible()


def test_units_that_say_no_superior_can_be_put_below_one(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("单位编码,单位名称,人数\nN1,甲公司,5\nN2,乙公司,6\n", encoding="utf-8")
    dialog = opened(session, qtbot, path, "units")
    assert dialog.go.isEnabled()
    assert dialog.panel.wanted.isVisible()
    dialog.panel.wanted.given.emit("parent_code", "110102")
    settle(session, qtbot)
    assert dialog.panel.wanted.isVisible(), "to be said otherwise"
    with qtbot.waitSignal(dialog.brought, timeout=PATIENCE):
        dialog.go.click()
    assert session.office is not None
    rows = first_rows(session.office, UNITS, View(), 50)
    assert {row.parent_code for row in rows if row.code in ("N1", "N2")} == {"110102"}


def test_a_file_of_another_ledger_is_offered_to_that_one(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "预案编号,预案名称,单位编码,层级,类别,公布日期\nA-1,防汛预案,110102,区级,总体预案,2025-03-01\n",
        encoding="utf-8",
    )
    dialog = opened(session, qtbot, path, "units")
    assert dialog.understood.kind.currentData() == "units"
    assert dialog.hint.isVisible()
    assert "Contingency plans" in dialog.hint.words.text()
    dialog.hint.other.click()
    settle(session, qtbot)
    assert dialog.understood.kind.currentData() == "plans"
    assert dialog.hint.isHidden()
    assert dialog.go.isEnabled()


def test_another_table_of_the_file_is_named_and_can_be_taken_instead(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "two.csv"
    path.write_text(
        "单位编码,单位名称,上级单位编码\n110102001,西长安街,110102\n110102003,新街口,110102\n"
        ",,\n姓名,单位编码,手机\n张某,110102,13800000000\n李某,110102,13800000001\n",
        encoding="utf-8",
    )
    dialog = opened(session, qtbot, path)
    assert dialog.understood.kind.currentData() == "units"
    (take,) = dialog.panel.others.buttons
    take.click()
    settle(session, qtbot)
    assert dialog.understood.kind.currentData() == "people"
    assert dialog.file.cells.guess.header == (5, 5)


def test_a_corrected_file_is_read_again(
    shown_file: ImportAssistant, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text(UNITS_FILE.replace("无数据", "7").replace("约80人", "80"), encoding="utf-8")
    shown_file.again.click()
    settle(session, qtbot)
    assert shown_file.go.isEnabled()


def test_what_was_corrected_stays_when_the_file_is_read_again(
    shown_file: ImportAssistant, session: Session, qtbot: QtBot
) -> None:
    draft = shown_file.steering.draft
    assert draft is not None
    draft.set_cell(4, "headcount", "80")
    shown_file.again.click()
    settle(session, qtbot)
    anew = shown_file.steering.draft
    assert anew is not draft
    assert anew is not None
    assert anew.said.cells == {(4, "headcount"): "80"}


def test_a_file_that_is_no_spreadsheet_is_refused_in_words(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "page.xlsx"
    path.write_text("<html></html>", encoding="utf-8")
    dialog = opened(session, qtbot, path)
    assert dialog.hint.isVisible()
    assert "web page" in dialog.hint.words.text()
    assert not dialog.go.isEnabled()


def test_an_import_that_is_stopped_leaves_nothing_and_can_be_begun_again(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("单位编码,单位名称,上级单位编码\n110102001,西长安街,110102\n", encoding="utf-8")
    dialog = opened(session, qtbot, path)
    dialog.go.click()
    assert dialog.steering.progress is not None
    dialog.steering.progress.cancel()
    settle(session, qtbot)
    if dialog.isVisible():  # unless it was quicker than the word to stop
        assert "Stopped" in dialog.summary.text()
        assert "西长安街" not in names(session)
        dialog.go.click()
        settle(session, qtbot)
    assert "西长安街" in names(session)


@pytest.mark.parametrize("is_heard", [True, False], ids=["in time", "too late"])
def test_leaving_while_it_is_written_tells_what_came_of_it(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_heard: bool
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("单位编码,单位名称,上级单位编码\n110102001,西长安街,110102\n", encoding="utf-8")
    dialog = opened(session, qtbot, path)
    written, begun, go_on = Draft.write, Event(), Event()

    def write(draft: Draft, office: Office, progress: Progress, *, partial: bool) -> ImportResult:
        begun.set()
        go_on.wait(5)
        return written(draft, office, progress if is_heard else SILENT, partial=partial)

    monkeypatch.setattr(Draft, "write", write)
    told: list[ImportResult] = []
    dialog.brought.connect(told.append)
    dialog.go.click()
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE)
    dialog.reject()
    assert dialog.isVisible()
    go_on.set()
    settle(session, qtbot)
    is_in = not is_heard
    assert (len(told), "西长安街" in names(session)) == (int(is_in), is_in)
    if is_heard:
        assert "Stopped" in dialog.summary.text()
        dialog.reject()
    assert not dialog.isVisible()


def test_leaving_writes_nothing(shown_file: ImportAssistant, session: Session, qtbot: QtBot) -> None:
    before = names(session)
    shown_file.reject()
    settle(session, qtbot)
    assert names(session) == before


def test_leaving_a_workbook_that_is_not_clear_lets_go_of_it(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    book.save(tmp_path / "a.xlsx")
    dialog = opened(session, qtbot, tmp_path / "a.xlsx")
    draft = dialog.steering.draft
    assert draft is not None
    assert draft.is_open, "somebody waits to be told what is wanted"
    dialog.reject()
    settle(session, qtbot)
    assert not draft.is_open


def test_cells_and_columns_are_called_as_in_a_spreadsheet() -> None:
    assert [column_letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [shown(cell) for cell in (3.0, 0.5, True, "2020-01-05T00:00:00", "a\n b")] == [
        "3", "0.5", "TRUE", "2020-01-05", "a b",
    ]  # fmt: skip
    moments = ("2020-01-05T09:30:00", "2020-01-05T00:00:07", "2020-01-05T09:30", "T00:00:00")
    assert [*map(shown, moments)] == [
        "2020-01-05 09:30",
        "2020-01-05 00:00:07",
        "2020-01-05T09:30",
        "T00:00:00",
    ]
