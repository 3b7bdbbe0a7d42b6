"""The record of a drill in the window: pages typed into and saved together, roll and files saved as they are added."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QComboBox, QLineEdit, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.record.parts import Design, RecordParts
from drillapp.core.drills.record.roll import PersonEntry, enrol
from drillapp.core.drills.record.saving import save_record
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.localtime import BEIJING
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.ui.drills.record import files_tab
from drillapp.ui.drills.record.dialog import RecordDialog
from drillapp.ui.drills.record.offers_dialog import OffersDialog
from drillapp.ui.drills.record.pickers import TeamsDialog, UnitsDialog
from drillapp.ui.session import Session
from tests.ui.drills.record.recording import kept, opened, row, save
from tests.ui.filled import STREET, settle


def write(table: QTableWidget, place: int, column: int, text: str, qtbot: QtBot) -> None:
    """Type into a cell as a person does."""
    table.setCurrentCell(place, column)
    table.editItem(table.item(place, column))
    editor = table.viewport().findChildren(QLineEdit)[-1]
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.wait(10)  # until the cell's editor is gone


def pick(table: QTableWidget, place: int, column: int, code: str, qtbot: QtBot) -> None:
    """Choose in a cell's list."""
    table.setCurrentCell(place, column)
    table.editItem(table.item(place, column))
    box = table.viewport().findChildren(QComboBox)[-1]
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())
    qtbot.wait(10)


def child(dialog: RecordDialog, kind: type[Any]) -> Any:
    (found,) = [one for one in dialog.findChildren(kind) if one.isVisible()]
    return found


def test_facts_and_design_are_saved_together(dialog: RecordDialog, filled: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.design.editors["scenario"], "Fire on the first floor")
    qtbot.keyClicks(dialog.design.editors["subjects"], "Evacuation")
    qtbot.keyClick(dialog.design.editors["subjects"], Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.design.editors["subjects"], "First aid")
    qtbot.keyClicks(dialog.design.editors["budget"], "500")
    dialog.design.level.setCurrentIndex(2)
    dialog.design.level.activated.emit(2)
    dialog.form.editor("title").clear()
    qtbot.keyClicks(dialog.form.editor("title"), "Night drill")
    save(dialog, filled, qtbot)
    record = kept(filled)
    assert not dialog.isVisible()
    assert (record.drill.title, record.design.scenario, record.design.budget) == (
        "Night drill",
        "Fire on the first floor",
        500,
    )
    assert (record.subjects, record.design.level) == (("Evacuation", "First aid"), "Level II")
    assert record.drill.revision == 3


def test_the_levels_are_those_of_the_plan_in_force(
    dialog: RecordDialog, filled: Session, qtbot: QtBot
) -> None:
    assert "in force since 2025-03-01" in dialog.design.version.text()
    assert dialog.design.level.count() == 3
    editor = dialog.form.editor("planned_on")
    editor.line.clear()
    qtbot.keyClicks(editor.line, "2024-01-01")
    settle(filled, qtbot)
    assert (dialog.design.level.count(), dialog.design.level.isEnabled()) == (1, False)


def test_units_are_picked_from_the_tree_teams_from_a_list_and_others_typed(
    dialog: RecordDialog, filled: Session, qtbot: QtBot
) -> None:
    page = dialog.parties
    dialog.show_page(page)
    qtbot.mouseClick(page.units, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    units: UnitsDialog = child(dialog, UnitsDialog)
    qtbot.keyClicks(units.chooser.line, "West")
    qtbot.wait(250)
    settle(filled, qtbot)
    qtbot.keyClick(units.chooser.line, Qt.Key.Key_Return)
    assert [unit.name for unit in units.units()] == ["West street"]
    qtbot.mouseClick(units.go, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.teams, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    teams: TeamsDialog = child(dialog, TeamsDialog)
    teams.table.grid.selectRow(0)
    qtbot.mouseClick(teams.go, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    page.table.add_row()
    write(page.table.table, 2, 0, "Fire station", qtbot)
    pick(page.table.table, 2, 1, "evaluator", qtbot)
    write(page.table.table, 0, 2, "40", qtbot)
    assert page.sums.text() == "3 take part · 52 people expected · 0 came"
    save(dialog, filled, qtbot)
    assert [(one.name, one.unit_code, one.role, one.expected) for one in kept(filled).parties] == [
        ("West street", STREET, "player", 40), ("Rescue team", None, "player", 12),
        ("Fire station", None, "evaluator", None),
    ]  # fmt: skip


def test_a_number_that_is_none_is_said_and_nothing_is_lost(
    dialog: RecordDialog, filled: Session, qtbot: QtBot
) -> None:
    dialog.parties.table.add_row()
    write(dialog.parties.table.table, 0, 0, "Fire station", qtbot)
    write(dialog.parties.table.table, 0, 2, "many", qtbot)
    save(dialog, filled, qtbot)
    assert dialog.isVisible()
    assert dialog.problem.text() == "'many' is not a number."
    assert dialog.tabs.currentWidget() is dialog.parties
    assert kept(filled).parties == ()


def test_objectives_are_typed_and_what_core_refuses_brings_its_page_to_the_front(
    dialog: RecordDialog, filled: Session, qtbot: QtBot
) -> None:
    table = dialog.objectives.table
    table.add_row()
    write(table.table, 0, 0, "Guards", qtbot)
    save(dialog, filled, qtbot)
    assert dialog.problem.text() == "Objectives, line 1: Say what is to be done."
    assert dialog.tabs.currentWidget() is dialog.objectives
    write(table.table, 0, 2, "Evacuate all", qtbot)
    pick(table.table, 0, 4, "partly", qtbot)
    save(dialog, filled, qtbot)
    assert [(one.who, one.task, one.met) for one in kept(filled).objectives] == [
        ("Guards", "Evacuate all", "partly")
    ]


def test_sections_are_ticked_in_the_tree_of_the_plan(
    dialog: RecordDialog, filled: Session, qtbot: QtBot
) -> None:
    items = dialog.tested.items()
    assert [item.text(0) for item in items][1:] == ["1 General", "2 Response", "2.1 Evacuation"]
    items[3].setCheckState(0, Qt.CheckState.Checked)
    save(dialog, filled, qtbot)
    assert [one.section for one in kept(filled).tested] == ["2.1 Evacuation"]
    again = opened(filled, qtbot)
    ticked = [item.text(0) for item in again.tested.items() if item.checkState(0) == Qt.CheckState.Checked]
    assert ticked == ["2.1 Evacuation"]


def test_a_plan_that_is_not_in_force_is_not_offered(
    dialog: RecordDialog, filled: Session, qtbot: QtBot
) -> None:
    dialog.show_page(dialog.tested)
    qtbot.keyClicks(dialog.tested.plan.line, "P-3")
    qtbot.mouseClick(dialog.tested.add, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    assert dialog.tested.problem.text() == "The plan P-3 is not in force on 2026-12-08."
    dialog.tested.plan.line.clear()
    qtbot.keyClicks(dialog.tested.plan.line, "P-2")
    qtbot.mouseClick(dialog.tested.add, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    assert dialog.tested.items()[-1].text(0).startswith("Flood plan")


def test_people_are_typed_taken_from_units_and_struck(
    dialog: RecordDialog, filled: Session, qtbot: QtBot
) -> None:
    page = dialog.roll
    dialog.show_page(page)
    qtbot.keyClicks(page.entry.editor("name"), "Residents")
    qtbot.keyClicks(page.entry.editor("count"), "40")
    qtbot.mouseClick(page.entry.add, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    assert page.sums.text() == "40 people in 1 lines · 0 checked in"
    qtbot.mouseClick(page.units, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    assert kept(filled).roll.lines == 1  # no unit takes part yet
    page.table.grid.selectRow(0)
    qtbot.mouseClick(page.strike, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    assert kept(filled).roll.lines == 0


def test_a_sign_in_list_of_those_who_came_is_imported(
    dialog: RecordDialog, filled: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = dialog.roll
    dialog.show_page(page)
    good, bad = tmp_path / "a.csv", tmp_path / "b.csv"
    good.write_text("Name,Organisation\nZhang,West street\nLi,West street\n", encoding="utf-8")
    bad.write_text("Name,count\nWang,0\n", encoding="utf-8")
    qtbot.mouseClick(page.present, Qt.MouseButton.LeftButton, pos=QPoint(8, page.present.height() // 2))
    page.import_list(good)
    settle(filled, qtbot)
    assert (kept(filled).roll.present, kept(filled).drill.participants) == (2, 2)
    qtbot.keyClicks(dialog.form.editor("place"), "Yard")  # the drill has a new revision since it was opened
    page.import_list(bad)
    settle(filled, qtbot)
    assert any("nothing was written" in one.accessibleDescription() for one in page.findChildren(QWidget))
    save(dialog, filled, qtbot)
    assert kept(filled).drill.place == "Yard"


def test_ten_thousand_people_are_shown_by_pages(filled: Session, qtbot: QtBot) -> None:
    assert filled.office is not None
    people = [PersonEntry(name=f"P{i}") for i in range(10_000)]
    enrol(filled.office, row(filled).id, people)
    dialog = opened(filled, qtbot)
    dialog.show_page(dialog.roll)
    settle(filled, qtbot)
    assert dialog.roll.table.model.rowCount() == 10_000
    qtbot.keyClicks(dialog.roll.text, "P9999")
    settle(filled, qtbot)
    assert dialog.roll.table.model.rowCount() == 1


def test_supplies_are_proposed_set_aside_and_posted(filled: Session, qtbot: QtBot) -> None:
    assert filled.office is not None
    held = datetime(2026, 10, 20, 9, tzinfo=BEIJING)
    save_drills(
        filled.office,
        [
            DrillEntry(
                number="D-3",
                unit_code=STREET,
                title="Autumn drill",
                planned_on=held.date(),
                started_at=held,
                ended_at=held.replace(hour=10),
            )
        ],
    )
    dialog = opened(filled, qtbot, "D-3")
    page = dialog.supplies
    dialog.show_page(page)
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    offers: OffersDialog = child(dialog, OffersDialog)
    assert [offers.table.model.row(i).lot for i in range(2)] == ["A", "B"]
    qtbot.keyClicks(offers.item.line, "1")
    qtbot.keyClicks(offers.quantity, "35")
    qtbot.mouseClick(offers.propose, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    assert [said.line.reserved for said in page.table.records()] == [30, 5]
    page.post_used()
    assert page.problem.text() == "Save what is set aside first."
    save(dialog, filled, qtbot)
    dialog = opened(filled, qtbot, "D-3")
    page = dialog.supplies
    dialog.show_page(page)
    write(page.table.table, 0, 5, "12", qtbot)
    write(page.table.table, 1, 5, "0", qtbot)
    qtbot.mouseClick(page.settle, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    assert [(one.used, one.left) for one in kept(filled, "D-3").supplies] == [(12, 18), (0, 5)]
    view = View(conditions=(Condition("reference", "=", "D-3"),))
    assert [(one.kind, one.quantity) for one in first_rows(filled.office, MOVEMENTS, view, 9)] == [
        ("out", 12)
    ]
    item = page.table.table.item(0, 6)
    assert item is not None
    assert item.text() == "18"
    qtbot.keyClicks(dialog.form.editor("place"), "Yard")
    save(dialog, filled, qtbot)
    assert kept(filled, "D-3").drill.place == "Yard"


def test_too_much_is_refused_with_what_is_free(dialog: RecordDialog, filled: Session, qtbot: QtBot) -> None:
    page = dialog.supplies
    dialog.show_page(page)
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    offers: OffersDialog = child(dialog, OffersDialog)
    offers.table.grid.selectRow(0)
    qtbot.mouseClick(offers.go, Qt.MouseButton.LeftButton)
    write(page.table.table, 0, 4, "51", qtbot)
    save(dialog, filled, qtbot)
    assert "only 50 are there" in dialog.problem.text()
    assert dialog.tabs.currentWidget() is page


def test_costs_are_summed_against_the_budget(dialog: RecordDialog, filled: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.design.editors["budget"], "1000")
    table = dialog.costs.table
    table.add_row()
    pick(table.table, 0, 0, "venue", qtbot)
    write(table.table, 0, 1, "300", qtbot)
    table.add_row()
    pick(table.table, 1, 0, "compensation", qtbot)
    write(table.table, 1, 2, "800.5", qtbot)
    assert (
        dialog.costs.total.text() == "Planned 300 yuan, actual 800.5 yuan · 100.5 above the budget of 1,000"
    )
    save(dialog, filled, qtbot)
    assert "Say who is compensated" in dialog.problem.text()
    write(table.table, 1, 3, "A company", qtbot)
    save(dialog, filled, qtbot)
    assert [(one.kind, one.planned, one.actual) for one in kept(filled).costs] == [
        ("venue", 300, None), ("compensation", None, 800.5),
    ]  # fmt: skip


def drop(page: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)


def test_files_are_dropped_in_and_a_200_mb_one_is_refused_with_the_limit(
    dialog: RecordDialog, filled: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = dialog.files
    dialog.show_page(page)
    photo, video = tmp_path / "a.png", tmp_path / "video.mp4"
    QImage(800, 600, QImage.Format.Format_RGB32).save(str(photo))
    with video.open("wb") as file:
        file.truncate(200_000_000)
    drop(page, photo, video)
    settle(filled, qtbot)
    assert page.problem.text() == "video.mp4: The file has 200 MB; at most 20 MB can be kept."
    assert [(one.name, one.kind) for one in kept(filled).files] == [("a.png", "photo")]
    page.list.setCurrentRow(0)
    page.is_kind.set_value("evaluation")
    page.is_kind.edited.emit()
    settle(filled, qtbot)
    assert kept(filled).files[0].kind == "evaluation"
    qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    assert kept(filled).files == ()


def test_a_thumbnail_is_small_and_none_of_what_is_no_picture(qtbot: QtBot, tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    QImage(4000, 3000, QImage.Format.Format_RGB32).save(str(photo))
    assert files_tab.thumbnail(photo.read_bytes()).width() < 300
    assert files_tab.thumbnail(b"no picture").isNull()


def test_what_someone_else_changed_meanwhile_is_told_and_what_was_typed_stays(
    dialog: RecordDialog, filled: Session, qtbot: QtBot
) -> None:
    assert filled.office is not None
    qtbot.keyClicks(dialog.design.editors["safety"], "Guards")
    record = kept(filled)
    save_record(
        filled.office, record.drill.id, record.drill.revision, RecordParts(design=Design(scenario="Other"))
    )
    save(dialog, filled, qtbot)
    assert dialog.isVisible()
    assert "Someone else changed this record" in dialog.problem.text()
    assert dialog.design.editors["safety"].value() == "Guards"


def test_leaving_asks_when_a_page_was_touched(dialog: RecordDialog, qtbot: QtBot, agreed: list[str]) -> None:
    qtbot.keyClicks(dialog.design.editors["safety"], "x")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert agreed == ["Leave without saving?"]
