"""What a storekeeper does with supplies, step by step, in the window."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from tests.journeys.desk import Desk, write
from tests.journeys.drilling import cell
from tests.ui.scanning import burst

KEY = Qt.Key
_COMES_BACK = 3
"""Column of what comes back."""
STORE = "西单大酒楼微型消防站库"
LIST = (
    "序号,应急物资,数量,单位,存放地点,保管人,联系电话\n"
    "1,灭火器,36,具,酒店内,刘洋,13800000001\n"
    "2,防烟面罩,60,个,一楼大厅,刘洋,13800000001\n"
    "3,消防服,5,件,一楼大厅,刘洋,13800000001\n"
    "4,破拆斧,2,把,一楼大厅,刘洋,13800000001\n"
    "5,强光手电,20,个,值班室,刘洋,13800000001\n"
)
"""As a hotel kept it: no codes, no lots, no dates."""


def enter_store(desk: Desk, code: str, unit: str) -> None:
    """A new storehouse."""
    desk.go("物资", "储备库（点）")
    desk.click("新建", desk.pane().toolbar)
    desk.fill_in(code=code, name=STORE, unit_code=unit)
    desk.click("保存")


def bring_in(desk: Desk, folder: Path) -> str:
    """The list as the opening count of the storehouse of today; what the dialog said before it was agreed to."""
    path = folder / "应急物资清单.csv"
    path.write_bytes(LIST.encode("gb18030"))
    desk.go("物资", "库存")
    desk.choose_file(path)
    desk.click("导入库存清单…", desk.pane().toolbar)
    dialog = desk.dialog()
    assert not dialog.go.isEnabled(), "no column says the storehouse"
    refer(desk, dialog.asked.storehouse, "微型消防站")
    desk.until(dialog.go.isEnabled, "the list is good")
    said = str(dialog.summary.text())
    desk.click(dialog.go.text(), dialog)
    return said


def refer(desk: Desk, field: Any, text: str) -> None:
    """Type a part of a record's name and take what is proposed."""
    write(field.line, text)
    desk.until(field.list.isVisible, f"a proposal for '{text}'")
    QTest.keyClick(field.line, KEY.Key_Return)
    desk.settle()


def printed_codes(desk: Desk) -> list[str]:
    """What a scanner reads on the labels of what is selected in a list."""
    desk.click("打印…", desk.pane().toolbar)
    desk.pick("标签…")
    desk.click("预览")
    preview = desk.dialog()
    document = pypdfium2.PdfDocument(io.BytesIO(preview._content))
    pictures = (page.render(scale=4, grayscale=True).to_pil() for page in document)
    codes = [
        code.text for one in pictures for code in zxingcpp.read_barcodes(one, zxingcpp.BarcodeFormat.QRCode)
    ]
    document.close()
    preview.close()
    return codes


def labels(desk: Desk) -> tuple[str, str]:
    """Print two labels: of the masks, whichever lot; and of the extinguishers without number. What is on them."""
    desk.go("物资", "物资品种")
    desk.choose_row([row.name for row in desk.rows()].index("防烟面罩"))
    (item,) = printed_codes(desk)
    desk.go("物资", "库存")
    desk.choose_row([(row.item_name, row.lot) for row in desk.rows()].index(("灭火器", None)))
    (lot,) = printed_codes(desk)
    return item, lot


def scan(desk: Desk, code: str) -> None:
    """A scanner types into the window in front."""
    front = QApplication.activeModalWidget() or desk.window
    front.activateWindow()
    burst.scan(front, code)
    desk.settle()


class Document:
    """A stock document that is being written."""

    def __init__(self, desk: Desk, kind: str = "") -> None:
        self._desk = desk
        desk.until(QApplication.activeModalWidget, "the form of a document")
        self.dialog: Any = desk.dialog()
        if kind:
            desk.click(kind, self.dialog)

    def say(self, **values: str) -> None:
        """Fields of the head."""
        for name, text in values.items():
            editor = self.dialog.head.editor(name)
            if hasattr(editor, "findText"):
                editor.setCurrentIndex(editor.findText(text))
                editor.activated.emit(editor.currentIndex())
            elif hasattr(editor, "list"):
                refer(self._desk, editor, text)
            else:
                write(getattr(editor, "line", editor), text)
        self.look()

    def line(self, place: int) -> Any:
        """A line."""
        return self.dialog.lines.rows[place]

    def type_line(self, item: str, quantity: str, **dates: str) -> Any:
        """A further line: item, lot and dates, quantity, and Enter."""
        if not self.line(-1).is_empty:
            self._desk.click("添加一行", self.dialog)
        line = self.line(-1)
        refer(self._desk, line.item, item)
        for name, text in dates.items():
            field = getattr(line, name)
            write(getattr(field, "line", field), text)
        write(line.quantity, quantity)
        self.look()
        return line

    def scan(self, code: str) -> None:
        """Scan a label."""
        scan(self._desk, code)
        self.look()

    def look(self) -> None:
        """Wait until the figures beside the lines are those of what was typed."""
        self._desk.until(lambda: not self.dialog.asking.isActive(), "figures")

    def book(self) -> str:
        """Book it, where it changes nothing of what was booked later; the document's number."""
        self._desk.click("登记", self.dialog)
        return booked(self._desk)


def booked(desk: Desk) -> str:
    """Close what says that a document was booked; its number."""
    dialog = desk.dialog()
    words = str(dialog.windowTitle())
    assert words.startswith("已登记，单据号 "), words
    desk.click("关闭", dialog)
    return words.removeprefix("已登记，单据号 ")


def rows_of(table: Any) -> list[Any]:
    """The rows of a table within a dialog."""
    return [table.model.row(place) for place in range(table.model.rowCount())]


def stock(desk: Desk) -> dict[tuple[str, str | None], float]:
    """Item and lot to what lies there, as the list of stock shows it."""
    desk.go("物资", "库存")
    return {(row.item_name, row.lot): row.quantity for row in desk.rows()}


def take_back(desk: Desk, *quantities: str) -> str:
    """So much of each line of the first loan comes back; the document's number."""
    desk.go("物资", "借出")
    desk.choose_row(0)
    desk.click("登记归还…", desk.pane().toolbar)
    table = desk.dialog().lines.table
    assert table.rowCount() == len(quantities)
    for place, text in enumerate(quantities):
        table.setCurrentCell(place, _COMES_BACK)
        cell(table, _COMES_BACK, text)
    desk.click("登记")
    return booked(desk)


class Counting:
    """The window for counting."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.dialog: Any = desk.dialog()
        desk.until(lambda: self.dialog.view is not None, "the lines to count")

    @property
    def asks(self) -> tuple[str, str]:
        """The line that is to be counted next: its place and what it is called."""
        return self.dialog.card.place.text(), self.dialog.card.name.text()

    def count(self, quantity: str) -> str:
        """Type how much was found where the keyboard is, and Enter; what is said to it."""
        desk, card = self._desk, self.dialog.card
        if card.code.hasFocus():
            QTest.keyClick(card.code, KEY.Key_Return)
            desk.settle()
        assert card.quantity.hasFocus()
        QTest.keyClicks(card.quantity, quantity)
        QTest.keyClick(card.quantity, KEY.Key_Return)
        desk.settle()
        return str(card.told.text())

    def explain(self, *parts: tuple[str, str]) -> None:
        """Say where the difference under the cursor comes from."""
        self._desk.click("说明差异…", self.dialog)
        asked = self._desk.dialog()
        for place, (reason, quantity) in enumerate(parts):
            if place:
                self._desk.click("增加一行", asked)
            _choose_cell(asked.parts.table, place, reason)
            cell(asked.parts.table, 1, quantity)
        assert asked.rest.text() == "各原因合计等于差异。"
        self._desk.click("保存", asked)


def _choose_cell(table: Any, place: int, words: str) -> None:
    table.setCurrentCell(place, 0)
    table.editItem(table.item(place, 0))
    box = table.viewport().findChildren(QComboBox)[-1]
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())
    QTest.qWait(10)
