"""What a clerk does with drills, step by step, in the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from drillapp.ui.drills.conduct.hold_button import HOLD_MS
from drillapp.ui.drills.conduct.window import ConductWindow
from tests.journeys.desk import Desk, write
from tests.journeys.street import Time


def say(fields: Any, **values: Any) -> None:
    """Fill fields of a dialog."""
    for name, value in values.items():
        editor = fields.editor(name)
        editor.set_value(value)
        if hasattr(editor, "edited"):
            editor.edited.emit()


def programme(desk: Desk) -> Any:
    """The programme of the year."""
    return desk.go("演练", "年度计划").programme


def shown(pane: Any) -> list[Any]:
    """The rows of a list."""
    model = pane.table.model
    return [model.row(place) for place in range(model.rowCount())]


def choose(desk: Desk, pane: Any, words: str) -> Any:
    """Click the row of a list whose title or text has these words."""
    rows = shown(pane)
    place = next(i for i, row in enumerate(rows) if words in (getattr(row, "title", None) or row.text))
    grid = pane.table.grid
    spot = grid.visualRect(pane.table.model.index(place, 0)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desk.settle()
    return rows[place]


def more(desk: Desk, pane: Any, words: str) -> None:
    """One of the actions that stand in the menu."""
    desk.click("更多…", pane.toolbar)
    desk.pick(words)


def approve_and_publish(desk: Desk) -> None:
    """The programme, by its head."""
    desk.click("审批…")
    say(desk.dialog().fields, approved_by="李主任")
    desk.click("审批")
    desk.click("发布…")
    say(desk.dialog().fields, document="西长安街办发〔2026〕3号")
    desk.click("发布")


def schedule(desk: Desk, words: str, **changes: str) -> None:
    """A drill of the programme, changed with its reason, becomes a drill in the list."""
    items = programme(desk).items
    choose(desk, items, words)
    if changes:
        desk.click("编辑", items.toolbar)
        say(desk.dialog().form, reason=changes.pop("reason"))
        desk.fill_in(**changes)
        desk.click("保存")
        choose(desk, items, words)
    desk.click("安排", items.toolbar)


def design(desk: Desk, words: str) -> None:
    """Scenario, objectives and roll of a drill."""
    desk.go("演练", "全部演练")
    choose(desk, desk.pane(), words)
    desk.click("编辑", desk.pane().toolbar)
    dialog = desk.dialog()
    desk.fill_in(place="街道三层会议室", leader="李主任", expected="6")
    for name, text in (
        ("organiser", "西长安街街道办事处"), ("scenario", "西单大酒楼三层厨房起火，三层有人员被困。"),
        ("subjects", "信息报告\n指挥协调\n疏散引导"), ("safety", "桌面推演，不动用明火。"),
        ("stop_conditions", "发生真实警情时立即中止。"),
    ):  # fmt: skip
        editor = dialog.design.editors[name]
        editor.set_value(text)
        editor.edited.emit()
    dialog.show_page(dialog.objectives)
    for task in ("五分钟内向区应急管理局报告", "十分钟内完成三层疏散部署"):
        desk.click("增加一行", dialog.objectives)
        cell(dialog.objectives.table.table, 2, task)
    dialog.show_page(dialog.roll)
    for name, post in (
        ("周敏", "指挥部"),
        ("吴刚", "疏散组"),
        ("孙丽", "保障组"),
        ("何平", "宣传组"),
        ("郑洁", "通信组"),
    ):
        write(dialog.roll.entry.editor("name"), name)
        write(dialog.roll.entry.editor("post"), post)
        dialog.roll.entry.submit()
        desk.settle()
    desk.click("保存")


def cell(table: Any, column: int, text: str) -> None:
    """Type into the current row of a table."""
    place = table.currentRow()
    table.setCurrentCell(place, column)
    table.editItem(table.item(place, column))
    editor = table.viewport().findChildren(QLineEdit)[-1]
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.qWait(10)


def write_script(desk: Desk, words: str, sheet: Path) -> int:
    """The planner's sheet becomes the script; how many injects it has."""
    desk.go("演练", "全部演练")
    choose(desk, desk.pane(), words)
    more(desk, desk.pane(), "脚本…")
    script = desk.dialog()
    desk.choose_file(sheet)
    desk.click("导入…")
    desk.click("采用该脚本")
    desk.click("保存")
    count = int(script.table.rowCount())
    desk.click("关闭")
    return count


class Conduct:
    """The conduct window, as the one at the radio has it."""

    def __init__(self, desk: Desk, clock: Time, words: str) -> None:
        desk.go("演练", "全部演练")
        choose(desk, desk.pane(), words)
        desk.click("演练控制…", desk.pane().toolbar)
        self._desk = desk
        self._clock = clock
        (self.window,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, ConductWindow))

    def hold(self, words: str) -> None:
        """Hold a button of the head down."""
        button = next(one for one in (self.window.head.main, self.window.head.end) if one.text() == words)
        assert button.isVisible()
        QTest.mousePress(button, Qt.MouseButton.LeftButton)
        QTest.qWait(HOLD_MS + 100)
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
        self._desk.settle()

    def wait(self, **length: float) -> None:
        """Let time go on."""
        self._clock.pass_by(**length)
        self.window.conductor.tick()

    def press(self, key: Qt.Key, at: QWidget | None = None) -> None:
        """Press a key."""
        QTest.keyClick(at or self.window, key)
        self._desk.settle(1)

    def log(self, text: str, who: str = "") -> None:
        """Type a line."""
        write(self.window.log.who, who)
        write(self.window.log.text, text)
        self.press(Qt.Key.Key_Return, self.window.log.text)

    def choose(self, number: str) -> None:
        """Go to an inject."""
        injects = self.window.injects.list
        place = [line.number for line in injects.rows.rows].index(number)
        spot: QPoint = injects.visualRect(injects.rows.index(place)).center()
        QTest.mouseClick(injects.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        self._desk.settle()

    def states(self) -> dict[str, str]:
        """How each inject stands, by number."""
        return {line.number: line.word for line in self.window.injects.list.rows.rows}

    def check_in(self, name: str) -> None:
        """Somebody came."""
        write(self.window.check_in.line, name)
        self.press(Qt.Key.Key_Return, self.window.check_in.line)

    def drop(self, path: Path) -> None:
        """Let a file fall onto the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        self.window.dropEvent(
            QDropEvent(
                QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )  # fmt: skip
        self._desk.settle()

    def close(self) -> None:
        """Close it."""
        self.window.close()
        self._desk.settle()
