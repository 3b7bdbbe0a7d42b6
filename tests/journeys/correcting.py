"""What comes after a drill: its evaluation, its findings and their correction, its report upward, its file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.journeys.desk import Desk, write
from tests.journeys.drilling import choose, more, say


class Evaluating:
    """The evaluation of a drill, in its dialog."""

    def __init__(self, desk: Desk, words: str) -> None:
        desk.go("演练", "全部演练")
        choose(desk, desk.pane(), words)
        desk.click("评估", desk.pane().toolbar)
        self._desk = desk
        self.dialog: Any = desk.dialog()

    def add_sheet(self, faults: Mapping[str, str], **head: str) -> None:
        """An evaluator types a sheet from the first item to the last by the keyboard, and hands it in."""
        self._desk.click("添加评估表…", self.dialog)
        say(self._desk.dialog().fields, **head)
        self._desk.click("保存")
        view = self.dialog.tabs.currentWidget()
        view.rows[0].setFocus()
        for code in view.sheet.asked_by.items:
            row = view.row_of(code)
            QTest.keyClick(row, Qt.Key.Key_N if code in faults else Qt.Key.Key_Y)
            if code in faults:
                write(row.reason, faults[code])
                QTest.keyClick(row.reason, Qt.Key.Key_Return)
        self._desk.settle()
        self._desk.click("提交", view)
        assert not view.sheet.is_open, view.problem.text()

    def judge(self, *answers: tuple[str, str]) -> None:
        """How far each objective was met."""
        self.dialog.tabs.setCurrentWidget(self.dialog.overview)
        box = self.dialog.overview.objectives
        for place, (met, note) in enumerate(answers):
            for editor, value in ((box.met[place], met), (box.notes[place], note)):
                editor.set_value(value)
                editor.edited.emit()
        self._desk.click("保存目标达成情况", box)

    def give_verdict(self, by: str) -> str:
        """Take the rating by the rule; which it is."""
        self._desk.click("评定等级…", self.dialog)
        say(self._desk.dialog().fields, decided_by=by)
        self._desk.click("保存")
        return str(self.dialog.overview.rating.mark.accessibleName())

    def make_findings(self) -> list[str]:
        """All that are proposed; their words."""
        self._desk.click("登记问题…", self.dialog)
        texts = [line.text.value() for line in self._desk.dialog().lines]
        self._desk.click("登记问题")
        return texts

    def close(self) -> None:
        """Leave it."""
        self._desk.click("关闭", self.dialog)


def take_step(desk: Desk, finding: str, words: str, **values: Any) -> None:
    """A step of a finding's correction."""
    desk.go("演练", "发现问题")
    choose(desk, desk.pane(), finding)
    desk.click(words, desk.pane().toolbar)
    say(desk.dialog().fields, **values)
    desk.click("登记")


def show_by_later_drill(desk: Desk, finding: str, who: str, item: str) -> str:
    """Verify a correction by what the flood drill's evaluation showed; what is said against it."""
    desk.go("演练", "发现问题")
    choose(desk, desk.pane(), finding)
    desk.click("验证…", desk.pane().toolbar)
    dialog = desk.dialog()
    for offer, words in ((dialog.drill, "防汛"), (dialog.item, item)):
        place = next(i for i in range(offer.count()) if words in offer.itemText(i))
        offer.setCurrentIndex(place)
        offer.activated.emit(place)
        desk.settle()
    say(dialog.fields, who=who)
    desk.click("登记")
    if QApplication.activeModalWidget() is None:
        return ""
    refusal = str(dialog.fields.problem("who"))
    desk.click("取消")
    return refusal


def pdf_text(preview: QDialog) -> list[str]:
    """The text of each page of a preview, without breaks and spaces; the preview is closed."""
    content = bytes(preview._content)  # type: ignore[attr-defined]
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    preview.close()
    return pages


def photograph(path: Path) -> Path:
    """A picture as a camera makes one."""
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkYellow if "后" in path.name else Qt.GlobalColor.darkCyan)
    assert picture.save(str(path))
    return path


def draft(desk: Desk, words: str, paper: str) -> None:
    """A document of a drill, as its template and the record fill it."""
    desk.go("演练", "全部演练")
    choose(desk, desk.pane(), words)
    more(desk, desk.pane(), "演练文件…")
    papers = desk.dialog()
    QTest.mouseClick(papers.lines[paper].buttons["draft"], Qt.MouseButton.LeftButton)
    desk.settle()
    desk.click("关闭")
    desk.click("关闭", papers)
