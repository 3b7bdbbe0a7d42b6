"""The script of a drill written in its table, shifted, brought in from a sheet, and saved in one go."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from drillapp.core.drills.conduct import commands
from drillapp.core.drills.injects.queries import injects_of
from drillapp.ui.drills.injects.dialog import ScriptDialog
from drillapp.ui.drills.injects.import_dialog import ScriptImportDialog
from drillapp.ui.session import Session
from tests.ui.drills.conduct.conducted import planned_drill
from tests.ui.filled import press, settle

COLUMNS = (
    "number",
    "stage",
    "offset",
    "sender",
    "addressee",
    "means",
    "content",
    "expected_action",
    "within",
    "after",
)


@pytest.fixture
def drill(session: Session) -> int:
    assert session.office is not None
    return planned_drill(session.office)


def opened(session: Session, qtbot: QtBot, drill: int) -> ScriptDialog:
    """The dialog on the drill's script; at the end of a test it is left without asking."""
    made = ScriptDialog(session, drill)
    qtbot.addWidget(made, before_close_func=lambda one: setattr(one, "is_touched", False))
    made.open()
    settle(session, qtbot)
    return made


@pytest.fixture
def dialog(session: Session, qtbot: QtBot, drill: int) -> ScriptDialog:
    return opened(session, qtbot, drill)


def write(dialog: ScriptDialog, place: int, column: str, text: str, qtbot: QtBot) -> None:
    """Type into a cell, as a person does."""
    table = dialog.table
    table.setCurrentCell(place, COLUMNS.index(column))
    table.editItem(table.currentItem())
    (editor,) = [one for one in table.findChildren(QLineEdit) if one.isVisible()]
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # what was typed is taken over after the key


def kept(session: Session, drill: int) -> dict[str, int | None]:
    """Numbers and times as they are on disk."""
    assert session.office is not None
    return {row.number: row.offset_seconds for row in injects_of(session.office, drill)}


def save(dialog: ScriptDialog, session: Session, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("T+20min", "+0:20:00"),
        ("0:25", "+0:25:00"),
        ("+00:15:30", "+0:15:30"),
        ("H+1 M-5", "+0:55:00"),
        ("", ""),
    ],
)
def test_a_time_is_typed_in_any_form(dialog: ScriptDialog, qtbot: QtBot, typed: str, shown: str) -> None:
    if not typed:
        dialog.table.item(1, 2).setText("")
    else:
        write(dialog, 1, "offset", typed, qtbot)
    assert dialog.table.line(1)["offset"] == shown
    assert dialog.problem.isHidden()


def test_what_is_wrong_is_said_and_marked_and_not_saved(
    dialog: ScriptDialog, session: Session, qtbot: QtBot, drill: int
) -> None:
    write(dialog, 1, "offset", "soon", qtbot)
    write(dialog, 2, "number", "1", qtbot)
    assert "Row 2" in dialog.problem.text()
    assert "Row 3" in dialog.problem.text()
    assert dialog.table.item(1, 2).toolTip().startswith("Must say when")
    save(dialog, session, qtbot)
    assert kept(session, drill)["2"] == 180
    assert dialog.is_touched


def test_injects_are_added_duplicated_moved_and_taken_out(
    dialog: ScriptDialog, session: Session, qtbot: QtBot, drill: int
) -> None:
    dialog.table.setCurrentCell(0, 0)
    QTest.keyClick(dialog, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    write(dialog, 1, "content", "Power is out", qtbot)
    assert dialog.table.line(1)["number"] == "10"
    QTest.keyClick(dialog, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert dialog.table.line(2)["content"] == "Power is out"
    QTest.keyClick(dialog, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [dialog.table.line(place)["number"] for place in (1, 2)] == ["11", "10"]
    QTest.keyClick(dialog, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    save(dialog, session, qtbot)
    assert list(kept(session, drill))[:3] == ["1", "10", "2"]
    assert kept(session, drill)["10"] is None
    assert not dialog.is_touched


def test_a_script_is_shifted_from_here(
    dialog: ScriptDialog, session: Session, qtbot: QtBot, drill: int
) -> None:
    dialog.table.setCurrentCell(3, 0)
    dialog.shift.length.setText("2 min")
    qtbot.mouseClick(dialog.shift.here, Qt.MouseButton.LeftButton)
    save(dialog, session, qtbot)
    times = kept(session, drill)
    assert (times["3"], times["4"], times["8"], times["R1"]) == (480, 720, 1740, None)


def test_what_was_released_is_not_shifted_nor_written_on(session: Session, qtbot: QtBot, drill: int) -> None:
    assert session.office is not None
    commands.start(session.office, drill)
    commands.release(session.office, drill, injects_of(session.office, drill)[0].id)
    dialog = opened(session, qtbot, drill)
    assert not dialog.table.item(0, 6).flags() & Qt.ItemFlag.ItemIsEditable
    dialog.shift.length.setText("-0:01")
    qtbot.mouseClick(dialog.shift.all, Qt.MouseButton.LeftButton)
    save(dialog, session, qtbot)
    times = kept(session, drill)
    assert (times["1"], times["2"]) == (0, 120)


def test_means_are_chosen_and_names_completed(dialog: ScriptDialog, session: Session, qtbot: QtBot) -> None:
    assert dialog.table.names.names == sorted(dialog._names)
    assert "Fire station" in dialog.table.names.names
    table = dialog.table
    table.setCurrentCell(2, COLUMNS.index("means"))
    table.editItem(table.currentItem())
    (box,) = [one for one in table.findChildren(QComboBox) if one.isVisible()]
    box.setCurrentIndex(box.findData("radio"))
    box.activated.emit(box.currentIndex())
    assert table.line(2)["means"] == "radio"
    assert table.currentItem().text() == "radio"


def test_a_click_on_the_axis_goes_to_the_inject(dialog: ScriptDialog, qtbot: QtBot) -> None:
    assert dialog.axis.summary().startswith("8 injects from +0:00:00 to +0:27:00")
    qtbot.mouseClick(dialog.axis, Qt.MouseButton.LeftButton, pos=dialog.axis.spot(4))
    assert dialog.table.currentRow() == 4


def test_the_planners_sheet_comes_in_and_goes_out(
    dialog: ScriptDialog, session: Session, qtbot: QtBot, drill: int, tmp_path: Path
) -> None:
    sheet = tmp_path / "script.csv"
    sheet.write_text("No,Planned time,Content\n1,9:00,Alarm\n2,tomorrow maybe,Smoke\n", encoding="utf-8-sig")
    dialog.import_sheet(sheet)
    settle(session, qtbot)
    found = dialog.findChild(ScriptImportDialog)
    assert found is not None
    assert not found.go.isEnabled()
    rows = [found.found.model.row(place) for place in range(found.found.model.rowCount())]
    assert [(row.row, row.value) for row in rows if row.weight == "wrong"] == [(3, "tomorrow maybe")]

    sheet.write_text("No,Planned time,Content\n1,9:00,Alarm\n2,9:20,Smoke\n", encoding="utf-8-sig")
    press(found, "Check again", qtbot)
    settle(session, qtbot)
    qtbot.mouseClick(found.go, Qt.MouseButton.LeftButton)
    assert kept(session, drill)["8"] == 1620
    save(dialog, session, qtbot)
    assert kept(session, drill) == {"1": 0, "2": 1200}
    dialog.export_sheet(tmp_path / "out.csv")
    settle(session, qtbot)
    assert "+0:20:00" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_a_sheet_that_cannot_be_read_is_not_said_to_be_right(
    dialog: ScriptDialog, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = tmp_path / "other.csv"
    sheet.write_text("No,Colour\n1,red\n", encoding="utf-8-sig")
    dialog.import_sheet(sheet)
    settle(session, qtbot)
    found = dialog.findChild(ScriptImportDialog)
    assert found is not None
    assert "Content" in found.summary.text()
    assert found.found.placeholder._title.text() == "The sheet could not be checked"
    assert not found.go.isEnabled()
