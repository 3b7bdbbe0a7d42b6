"""The ways to the assistant: files dropped on the window and cells pasted; and the way back."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.ledgers.delimited import records
from drillapp.core.listing import View, first_rows
from drillapp.core.units.queries import UNITS
from drillapp.ui.ledgers import bring_in
from drillapp.ui.ledgers.assistant import ImportAssistant
from drillapp.ui.ledgers.bring_in import open_assistant, paste_ledger
from drillapp.ui.ledgers.brought_banner import BroughtBanner
from drillapp.ui.ledgers.dropping import FileDrop
from drillapp.ui.ledgers.folder_dialog import FolderDialog
from drillapp.ui.ledgers.imports_dialog import ImportsDialog
from drillapp.ui.ledgers.pasting import cells_of, write_cells
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.session import Session
from drillapp.ui.window import Window
from tests.ui.ledgers.test_assistant import PATIENCE, names, settle

ONE_UNIT = "单位编码,单位名称,上级单位编码\n110102001,西长安街,110102\n"


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Window:
    made = Window(session)
    qtbot.addWidget(made)
    made.show()
    return made


def held(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(window: QWidget, data: QMimeData) -> tuple[bool, bool]:
    """Hold files over the window and let go; whether each was accepted."""
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(40, 40), actions, data, buttons, none)
    enter.setAccepted(False)
    QApplication.sendEvent(window, enter)
    let_go = QDropEvent(QPointF(40, 40), actions, data, buttons, none)
    let_go.setAccepted(False)
    QApplication.sendEvent(window, let_go)
    return enter.isAccepted(), let_go.isAccepted()


def assistant(window: QWidget, qtbot: QtBot) -> ImportAssistant:
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportAssistant)), timeout=PATIENCE)
    return window.findChildren(ImportAssistant)[-1]


def test_a_dropped_file_is_brought_in_and_taken_back(
    window: Window, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text(ONE_UNIT, encoding="utf-8")
    FileDrop(session, window)
    assert drop(window, held(path)) == (True, True)
    dialog = assistant(window, qtbot)
    settle(session, qtbot)
    with qtbot.waitSignal(dialog.brought, timeout=PATIENCE):
        dialog.go.click()
    assert "西长安街" in names(session)
    banner = window.findChild(BroughtBanner)
    assert banner is not None
    assert "units.csv" in banner.words.text()
    banner.undo.click()
    [undoing] = session.tasks.active()
    settle(session, qtbot)
    assert undoing.done > 0
    assert "西长安街" not in names(session)
    assert banner.undo.isHidden()


def test_the_next_table_of_a_file_follows_from_the_banner(
    window: Window, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "two.csv"
    path.write_text(
        f"{ONE_UNIT}110102003,新街口,110102\n,,\n姓名,单位编码,手机\n张某,110102,138\n李某,110102,139\n",
        encoding="utf-8",
    )
    first = open_assistant(session, path, window)
    settle(session, qtbot)
    first.go.click()
    settle(session, qtbot)
    banner = window.findChild(BroughtBanner)
    assert banner is not None
    assert banner.rest.isVisible()
    banner.rest.click()
    settle(session, qtbot)
    second = assistant(window, qtbot)
    assert second.understood.kind.currentData() == "people"
    assert second.rest == ()


def test_what_is_no_file_is_not_taken(window: Window, session: Session, tmp_path: Path) -> None:
    made = FileDrop(session, window)
    data = QMimeData()
    data.setText("words")
    assert drop(window, data) == (False, False)
    assert drop(window, held(tmp_path / "gone.csv")) == (False, False)
    assert made.curtain.isHidden()


def test_a_dropped_folder_is_brought_in_file_by_file(
    window: Window, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    (folder / "good.csv").write_text(ONE_UNIT, encoding="utf-8")
    (folder / "bad.csv").write_text(ONE_UNIT.replace("西长安街", ""), encoding="utf-8")
    (folder / "none.xlsx").write_text("<html></html>", encoding="utf-8")
    FileDrop(session, window)
    assert drop(window, held(folder)) == (True, True)
    qtbot.waitUntil(lambda: bool(window.findChildren(FolderDialog)), timeout=PATIENCE)
    (dialog,) = window.findChildren(FolderDialog)
    settle(session, qtbot)
    assert [report.is_in for report in sorted(dialog.reports, key=lambda one: one.name)] == [
        False, True, False,
    ]  # fmt: skip
    assert "西长安街" not in names(session)
    with qtbot.waitSignal(session.changed, timeout=PATIENCE):
        dialog.go.click()
    settle(session, qtbot)
    assert "西长安街" in names(session)
    assert not dialog.go.isEnabled()
    assert dialog.save.isEnabled()


def test_an_earlier_import_is_undone_from_the_list(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drillapp.ui.ledgers.imports_dialog.confirm", lambda *_a, **_k: True)
    path = tmp_path / "units.csv"
    path.write_text(ONE_UNIT, encoding="utf-8")
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = open_assistant(session, path, parent)
    settle(session, qtbot)
    dialog.go.click()
    settle(session, qtbot)
    listed = ImportsDialog(session, parent)
    listed.show()
    settle(session, qtbot)
    assert listed.table.model.row(0).file_name == "units.csv"
    listed.table.grid.selectRow(0)
    qtbot.waitUntil(listed.undo.isEnabled)
    listed.undo.click()
    [undoing] = session.tasks.active()
    settle(session, qtbot)
    assert undoing.done > 0
    assert "西长安街" not in names(session)
    qtbot.waitUntil(lambda: listed.table.model.row(0).undone_at is not None)
    assert not listed.undo.isEnabled()


def test_pasted_cells_go_through_the_assistant(session: Session, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    QGuiApplication.clipboard().setText('单位编码\t单位名称\t地址\n110102001\t西长安街\t"府右街\n1号"\n')
    paste_ledger(session, "units", parent)
    dialog = assistant(parent, qtbot)
    settle(session, qtbot)
    dialog.go.click()
    settle(session, qtbot)
    assert session.office is not None
    found = {row.name: row for row in first_rows(session.office, UNITS, View(), 50)}
    assert found["西长安街"].code == "110102001"


def test_ctrl_v_in_a_table_takes_the_cells_into_its_ledger(
    window: Window, session: Session, qtbot: QtBot
) -> None:
    window.open_page("units")
    settle(session, qtbot)
    pane = window.findChildren(ListPane)[0]
    pane.table.grid.setFocus()
    qtbot.waitUntil(pane.table.grid.hasFocus)
    QGuiApplication.clipboard().setText("单位编码\t单位名称\n110102001\t西长安街\n")
    qtbot.keyClick(pane.table.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = assistant(window, qtbot)
    settle(session, qtbot)
    assert dialog.understood.kind.currentData() == pane.spec.kind == "units"
    assert dialog.go.isEnabled()


def test_words_on_the_clipboard_are_no_cells(session: Session, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    QGuiApplication.clipboard().setText("西长安街")
    with qtbot.waitSignal(session.said):
        paste_ledger(session, "units", parent)
    assert parent.findChildren(ImportAssistant) == []


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\r\n1\t2\r\n", [["a", "b"], ["1", "2"]]),
        ('a\t"two\nlines"\n', [["a", "two\nlines"]]),
        ('a\t3" pipe\n', [["a", '3" pipe']]),
        ('a\t"open\nb\t2\n', [["a", '"open'], ["b", "2"]]),
        ("one\ntwo\n", [["one"], ["two"]]),
        ("\n \n", []),
        ("word", []),
    ],
)
def test_cells_are_taken_as_spreadsheets_copy_them(text: str, cells: list[list[str]]) -> None:
    assert cells_of(text) == cells


def test_pasted_cells_survive_the_file(tmp_path: Path) -> None:
    import csv

    cells = [["a,b", 'say "x"', "two\nlines"], ["=1+1", "007", ""]]
    path = write_cells(cells, tmp_path / "cells.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == cells


def test_marks_within_pasted_cells_do_not_separate_them(tmp_path: Path) -> None:
    """Packs have semicolons between them; the columns were cut there."""
    cells = [["规格", "箱=24;捆=5;包=2"], ["a,b", "箱=24;捆=5;包=2"], ["c,d", "箱=24;捆=5;包=2"]]
    path = write_cells(cells, tmp_path / "cells.csv")
    assert list(records(path, "utf-8-sig")) == cells


def test_pasted_cells_are_written_beside_the_window(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred thousand rows stopped it for seconds."""
    threads: list[threading.Thread] = []
    monkeypatch.setattr(bring_in, "cells_of", lambda _text: threads.append(threading.current_thread()))
    parent = QWidget()
    qtbot.addWidget(parent)
    QGuiApplication.clipboard().setText("a\tb\n")
    with qtbot.waitSignal(session.said):
        paste_ledger(session, "units", parent)
    assert threads != [threading.main_thread()]
