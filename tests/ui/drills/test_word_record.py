"""A drill's record from Word in the window: what was understood stands beside the document, and is saved as put right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from docx import Document
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.queries import DRILLS, FINDINGS
from drillapp.core.drills.record.parts import Design, RecordParts
from drillapp.core.drills.record.saving import save_record
from drillapp.core.listing import View, first_rows
from drillapp.ui.drills.word_record import WordRecordDialog, open_word_record
from drillapp.ui.session import Session

ROWS = (
    ("演练名称", "消防演练"), ("演练时间", "2026年6月1日9:00-10:00"), ("组织单位", "综合科"),
    ("存在问题", "应急灯不亮"), ("天气", "晴"),
)  # fmt: skip


def document(folder: Path) -> Path:
    word = Document()
    table = word.add_table(len(ROWS), 2)
    for place, row in enumerate(ROWS):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    path = folder / "记录.docx"
    word.save(str(path))
    return path


def dialog_of() -> WordRecordDialog | None:
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, WordRecordDialog)]
    return next((each for each in shown if each.isVisible()), None)


def test_a_document_is_confirmed_and_becomes_a_drill(
    session: Session, tmp_path: Path, qtbot: QtBot, errors: list[BaseException]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    open_word_record(session, document(tmp_path), window)
    qtbot.waitUntil(lambda: dialog_of() is not None)
    dialog = dialog_of()
    assert dialog is not None
    assert dialog.form.values()["title"] == "消防演练"
    assert dialog.form.check().keys() == {"unit_code", "number"}

    dialog.form.editor("unit_code").set_value("110102")
    dialog.form.editor("number").set_value("YL-1")
    item = dialog.findings.table.item(0, 1)
    assert item is not None
    item.setText("更换")
    with qtbot.waitSignal(dialog.saved):
        dialog.accept()
    office = session.office
    assert office is not None
    [drill] = first_rows(office, DRILLS, View(), 10)
    assert (drill.number, drill.planned_on) == ("YL-1", date(2026, 6, 1))
    [finding] = first_rows(office, FINDINGS, View(), 10)
    assert (finding.text, finding.action) == ("应急灯不亮", "更换")
    assert errors == []


def test_what_the_drill_says_already_stands_beside_the_document(
    session: Session, tmp_path: Path, qtbot: QtBot, errors: list[BaseException]
) -> None:
    office = session.office
    assert office is not None
    known = DrillEntry(
        number="YL-1", unit_code="110102", title="消防演练", planned_on=date(2026, 5, 30), hazard="地震",
        leader="王某", unannounced=True,
    )  # fmt: skip
    [drill_id] = save_drills(office, [known]).ids
    assert drill_id is not None
    save_record(office, drill_id, 1, RecordParts(design=Design(organiser="应急办")))
    window = QWidget()
    qtbot.addWidget(window)
    open_word_record(session, document(tmp_path), window)
    qtbot.waitUntil(lambda: dialog_of() is not None)
    first = dialog_of()
    assert first is not None
    first.form.editor("unit_code").set_value("110102")
    first.form.editor("number").set_value("YL-1")
    first.accept()
    qtbot.waitUntil(lambda: "YL-1" in first.offers)
    first.offers["YL-1"].click()
    qtbot.waitUntil(lambda: dialog_of() not in (None, first))
    dialog = dialog_of()
    assert dialog is not None
    assert "2026-05-30" in dialog.form.warning("planned_on")
    assert "地震" in dialog.form.warning("hazard")
    assert dialog.form.warning("leader") == ""
    assert "应急办" in dialog.texts.told("organiser")
    assert dialog.form.values()["leader"] == "王某"
    with qtbot.waitSignal(dialog.saved):
        dialog.accept()
    [drill] = first_rows(office, DRILLS, View(), 10)
    assert (drill.planned_on, drill.leader, drill.unannounced) == (date(2026, 6, 1), "王某", True)
    assert errors == []


def test_a_document_about_something_else_is_told(
    session: Session, tmp_path: Path, qtbot: QtBot, errors: list[BaseException]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    path = tmp_path / "a.docx"
    word = Document()
    word.add_paragraph("会议通知")
    word.save(str(path))
    open_word_record(session, path, window)
    qtbot.waitUntil(lambda: bool(errors))
    assert "a.docx" in str(errors[0])
    assert dialog_of() is None
