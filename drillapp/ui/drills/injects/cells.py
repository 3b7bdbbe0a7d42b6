"""How the columns of a script are typed and shown, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from drillapp.core.drills.injects.offsets import (
    TimeOfDay,
    is_reserve,
    read_offset,
    seconds_of_day,
    show_length,
    show_offset,
)
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.i18n import _

_Index = QModelIndex | QPersistentModelIndex
SECTION = int(Qt.ItemDataRole.UserRole)


class ScriptLine(NamedTuple):
    """An inject as the cells of its row."""

    number: str = ""
    stage: str = ""
    offset: str = ""
    sender: str = ""
    addressee: str = ""
    means: str | None = None
    content: str = ""
    expected_action: str = ""
    within: str = ""
    after: str = ""
    subject: str = ""
    section_id: int | None = None


def line_of(entry: InjectEntry) -> ScriptLine:
    """The cells of an inject."""
    return ScriptLine(
        entry.number, entry.stage, shown_offset(entry.offset_seconds), entry.sender, entry.addressee,
        entry.means or None, entry.content, entry.expected_action,
        "" if entry.within_seconds is None else show_length(entry.within_seconds), entry.after, entry.subject,
        entry.section_id,
    )  # fmt: skip


def entry_of(line: Mapping[str, Any]) -> InjectEntry:
    """The inject of a row's cells; raises ValueError with a sentence for a time that cannot be read."""
    return InjectEntry(
        number=line["number"], content=line["content"], offset_seconds=typed_offset(line["offset"]),
        after=line["after"], stage=line["stage"], sender=line["sender"], addressee=line["addressee"],
        means=line["means"] or "", expected_action=line["expected_action"], within_seconds=typed_length(line["within"]),
        subject=line["subject"], section_id=line["section_id"],
    )  # fmt: skip


def shown_offset(seconds: int | None) -> str:
    """When an inject is planned; nothing for one in reserve."""
    return "" if seconds is None else show_offset(seconds)


def typed_offset(text: str) -> int | None:
    """Drill time as somebody typed it; of a drill that has no start yet 0:15 is a length, not a time of day.

    Raises ValueError with a sentence.
    """
    if is_reserve(text):
        return None
    found = read_offset(text)
    if isinstance(found, TimeOfDay):
        found = seconds_of_day(found)
    if found is None:
        raise ValueError(_("Must say when: +0:15, T+15 min, J+1 H+2, or nothing for one in reserve."))
    return found


def typed_length(text: str) -> int | None:
    """A time limit as somebody typed it; raises ValueError with a sentence."""
    try:
        found = typed_offset(text)
    except ValueError:
        found = -1
    if found is not None and found <= 0:
        raise ValueError(_("Must be a length of time, such as 5 min or 0:05:00."))
    return found


class TimeCell(QStyledItemDelegate):
    """What was typed in any form is shown in the usual one; what cannot be read stays as it is."""

    def __init__(
        self, read: Callable[[str], int | None], show: Callable[[int | None], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._show = show

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, QLineEdit)
        try:
            text = self._show(self._read(editor.text()))
        except ValueError:
            text = editor.text().strip()
        model.setData(index, text)


class NameCell(QStyledItemDelegate):
    """Completes names that are known."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.names: Sequence[str] = ()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        line = QLineEdit(parent)
        completer = QCompleter(list(self.names), line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.setCompleter(completer)
        return line


class SectionCell(QStyledItemDelegate):
    """One of the sections of plans that the drill tests, or none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sections: Mapping[int, str] = {}

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        box = QComboBox(parent)
        box.addItem("", None)
        for key, title in self.sections.items():
            box.addItem(title, key)
        box.activated.connect(lambda _place: self.commitData.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(editor.findData(index.data(SECTION)), 0))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, QComboBox)
        if editor.currentData() != index.data(SECTION):
            model.setData(index, editor.currentData(), SECTION)
            model.setData(index, editor.currentText(), Qt.ItemDataRole.EditRole)
