"""The script as a table to write in: a row an inject, known by its number."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from drillapp.core import enumerations
from drillapp.core.drills.injects.checking import problems_of
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.errors import Problem
from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.drills.injects.cells import (
    SECTION,
    NameCell,
    ScriptLine,
    SectionCell,
    TimeCell,
    entry_of,
    line_of,
    shown_offset,
    typed_length,
    typed_offset,
)
from drillapp.ui.parts.empty_words import EmptyWords
from drillapp.ui.theme import ROW_HEIGHT

_COLUMNS = (
    ("number", 60), ("stage", 80), ("offset", 96), ("sender", 90), ("addressee", 120), ("means", 90), ("content", 300),
    ("expected_action", 200), ("within", 84), ("after", 84), ("subject", 100), ("section_id", 160),
)  # fmt: skip
_NAMES = tuple(name for name, _width in _COLUMNS)
_OF_PROBLEM = {"offset_seconds": "offset", "within_seconds": "within"}
_CODE = int(Qt.ItemDataRole.UserRole)


class ScriptTable(QTableWidget):
    """Cells that are wrong are marked and say why; nothing typed is lost by it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_COLUMNS), parent)
        self.setAccessibleName(_("Script"))
        self.setHorizontalHeaderLabels(_headings())
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, (_name, width) in enumerate(_COLUMNS):
            header.resizeSection(place, width)
        EmptyWords(self, _("No injects yet. Add them one by one, or import the planner's own sheet."))
        self.names, self.sections = NameCell(self), SectionCell(self)
        self._locked: Collection[str] = ()
        self._set_delegates()
        self.itemChanged.connect(self._on_item_changed)

    def fill(self, entries: Sequence[InjectEntry], locked: Collection[str] = ()) -> None:
        """Show a script; injects with the numbers `locked` were released already and stay as they are."""
        self._locked = locked
        self.blockSignals(True)
        self.setRowCount(0)
        for place, entry in enumerate(entries):
            self.insertRow(place)
            self._show(place, line_of(entry))
        self.blockSignals(False)
        self.check()

    def entries(self) -> list[InjectEntry]:
        """The script as it stands; raises ValueError with a sentence for a time that cannot be read."""
        return [entry_of(self.line(place)) for place in range(self.rowCount())]

    def line(self, place: int) -> dict[str, Any]:
        """What stands in the cells of a row."""
        return {name: self._value(place, name) for name in _NAMES}

    def add(self, line: ScriptLine | None = None) -> None:
        """A new inject below the cursor."""
        place = self.currentRow() + 1 or self.rowCount()
        made = (line or ScriptLine())._replace(number=self._free_number())
        self.blockSignals(True)
        self.insertRow(place)
        self._show(place, made)
        self.blockSignals(False)
        self._go(place, "offset" if line is None else "number")
        self._tell()

    def duplicate(self) -> None:
        """The inject under the cursor once more, with a number of its own."""
        if self.currentRow() >= 0:
            self.add(ScriptLine(**self.line(self.currentRow())))

    def remove(self) -> None:
        """Take the inject under the cursor out of the script."""
        if self.currentRow() >= 0:
            self.removeRow(self.currentRow())
            self._tell()

    def move_row(self, step: int) -> None:
        """Move the inject under the cursor up (-1) or down (+1)."""
        place, other = self.currentRow(), self.currentRow() + step
        if place < 0 or not 0 <= other < self.rowCount():
            return
        self.blockSignals(True)
        for column in range(self.columnCount()):
            one, two = self.takeItem(place, column), self.takeItem(other, column)
            self.setItem(place, column, two)
            self.setItem(other, column, one)
        self.blockSignals(False)
        self.setCurrentCell(other, self.currentColumn())
        self._tell()

    def shift(self, seconds: int, *, from_current: bool) -> int:
        """Plan injects later, or earlier: all that are timed, or those from the cursor's time on; how many there were."""
        times = [self._time(place) for place in range(self.rowCount())]
        first = times[self.currentRow()] if from_current and self.currentRow() >= 0 else None
        if from_current and first is None:
            return 0
        places = [
            place
            for place, time in enumerate(times)
            if time is not None
            and (first is None or time >= first)
            and self._value(place, "number") not in self._locked
        ]
        self.blockSignals(True)
        for place in places:
            self._item(place, "offset").setText(shown_offset((times[place] or 0) + seconds))
        self.blockSignals(False)
        self._tell()
        return len(places)

    def by_time(self) -> None:
        """Put the injects into the order of their times, those in reserve last."""
        lines = [ScriptLine(**self.line(place)) for place in range(self.rowCount())]
        times = [self._time(place) for place in range(self.rowCount())]
        order = sorted(range(len(lines)), key=lambda i: (times[i] is None, times[i] or 0, i))
        self.blockSignals(True)
        for place, i in enumerate(order):
            self._show(place, lines[i])
        self.blockSignals(False)
        self._tell()

    def times(self) -> list[tuple[str, int | None]]:
        """Number and planned time of each inject, where it can be read."""
        return [(self._value(place, "number"), self._time(place)) for place in range(self.rowCount())]

    def check(self, further: Sequence[Problem] = ()) -> list[str]:
        """Mark the cells that are wrong; what is wrong, with its row."""
        wrong: dict[tuple[int, str], str] = {}
        entries = []
        for place in range(self.rowCount()):
            for name, read in (("offset", typed_offset), ("within", typed_length)):
                try:
                    read(self._value(place, name))
                except ValueError as error:
                    wrong[place, name] = str(error)
            entries.append(self._readable(place))
        for problem in (*problems_of(entries), *further):
            wrong.setdefault((problem.index, _OF_PROBLEM.get(problem.field, problem.field)), problem.message)
        self._mark(wrong)
        line = _("Row {number}: {message}")
        return [
            line.format(number=place + 1, message=message)
            for (place, _name), message in sorted(wrong.items())
        ]

    def go_to(self, place: int) -> None:
        """Put the cursor on an inject."""
        self._go(place, "content")

    def _readable(self, place: int) -> InjectEntry:
        """The inject of a row without the times that cannot be read."""
        line = self.line(place)
        for name, read in (("offset", typed_offset), ("within", typed_length)):
            try:
                read(line[name])
            except ValueError:
                line[name] = ""
        return entry_of(line)

    def _time(self, place: int) -> int | None:
        try:
            return typed_offset(self._value(place, "offset"))
        except ValueError:
            return None

    def _mark(self, wrong: Mapping[tuple[int, str], str]) -> None:
        self.blockSignals(True)
        for place in range(self.rowCount()):
            for name in _NAMES:
                message = wrong.get((place, name), "")
                item = self._item(place, name)
                if item.toolTip() != message:
                    item.setToolTip(message)
                    item.setBackground(theme.colour("problem_soft") if message else QBrush())
        self.blockSignals(False)
        self.viewport().update()

    def _free_number(self) -> str:
        known = {self._value(place, "number") for place in range(self.rowCount())}
        return next(str(i) for i in range(len(known) + 1, 10_000) if str(i) not in known)

    def _show(self, place: int, line: ScriptLine) -> None:
        is_locked = line.number in self._locked
        for column, name in enumerate(_NAMES):
            value = getattr(line, name)
            item = QTableWidgetItem("" if value is None else str(value))
            if name == "means":
                item.setText(enumerations.label("inject_means", value) if value else "")
                item.setData(_CODE, value)
            elif name == "section_id":
                item.setText(self.sections.sections.get(value or 0, ""))
                item.setData(SECTION, value)
            if is_locked:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                item.setForeground(theme.colour("muted"))
            self.setItem(place, column, item)

    def _value(self, place: int, name: str) -> Any:
        item = self._item(place, name)
        return item.data(_CODE) if name in ("means", "section_id") else item.text().strip()

    def _item(self, place: int, name: str) -> QTableWidgetItem:
        item = self.item(place, _NAMES.index(name))
        assert item is not None
        return item

    def _go(self, place: int, name: str) -> None:
        self.setCurrentCell(place, _NAMES.index(name))
        self.setFocus()

    def _on_item_changed(self, _item: QTableWidgetItem) -> None:
        self._tell()

    def _tell(self) -> None:
        self.check()
        self.edited.emit()

    def _set_delegates(self) -> None:
        delegates: dict[str, QStyledItemDelegate] = {
            "offset": TimeCell(typed_offset, shown_offset, self),
            "within": TimeCell(typed_length, lambda found: shown_offset(found).removeprefix("+"), self),
            "sender": self.names,
            "addressee": self.names,
            "means": _Means(self),
            "section_id": self.sections,
        }
        for name, delegate in delegates.items():
            self.setItemDelegateForColumn(_NAMES.index(name), delegate)


class _Means(SectionCell):
    """By which means an inject comes: the codes of an enumeration."""

    def createEditor(
        self, parent: QWidget, option: Any, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        box = super().createEditor(parent, option, index)
        assert isinstance(box, QComboBox)
        for code in enumerations.codes("inject_means"):
            box.addItem(enumerations.label("inject_means", code), code)
        return box


def _headings() -> list[str]:
    return [
        _("No."), _("Stage"), _("When"), _("Brought in by"), _("Addressed to"), _("By which means"), _("What is told"), _("Expected action"),
        _("Within"), _("After"), _("Exercise subject"), _("Plan section"),
    ]  # fmt: skip
