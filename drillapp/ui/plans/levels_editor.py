"""A version's response levels being written."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.plans.content import Level, LevelAction
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.words import button, divided, label, row


class LevelsEditor(QWidget):
    """The levels at the left; trigger, starter and actions of the one chosen at the right."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: list[Level] = []
        self._place = -1
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Response levels"))
        self.list.currentRowChanged.connect(self._on_place)
        self.name = QLineEdit(self)
        self.trigger = QPlainTextEdit(self)
        self.trigger.setTabChangesFocus(True)
        self.trigger.setMaximumHeight(84)
        self.starter = QLineEdit(self)
        columns = (
            ("actor", _("By whom"), 150), ("action", _("What is done"), 320), ("within_minutes", _("Within minutes"), 90),
        )  # fmt: skip
        self.steps = RecordsEditor(columns, _action, _("Actions of the level"), self)
        self.name.textEdited.connect(self._on_name)
        self.trigger.textChanged.connect(self.edited)
        self.starter.textEdited.connect(lambda _text: self.edited.emit())
        self.steps.edited.connect(self.edited)
        self._lay_out()
        self._show()

    def fill(self, levels: Sequence[Level]) -> None:
        """Begin with these levels."""
        self._levels, self._place = list(levels), -1
        self._list(0 if levels else -1)

    def levels(self) -> tuple[Level, ...]:
        """The levels as they are written now; raises ValueError with a sentence for what cannot be."""
        self._keep()
        return tuple(level for level in self._levels if level != Level(""))

    def add(self) -> None:
        """A further level, to write in."""
        self._keep()
        self._levels.append(Level(_("Level {number}").format(number=len(self._levels) + 1)))
        self._list(len(self._levels) - 1)
        self.trigger.setFocus()
        self.edited.emit()

    def remove(self) -> None:
        """Take the level chosen away."""
        if self._place >= 0:
            del self._levels[self._place]
            place, self._place = min(self._place, len(self._levels) - 1), -1
            self._list(place)
            self.edited.emit()

    def _lay_out(self) -> None:
        add, remove = (
            button(_("Add a level"), icon="add", parent=self),
            button(_("Take it away"), parent=self),
        )
        for made, done in ((add, self.add), (remove, self.remove)):
            made.setAutoDefault(False)
            made.clicked.connect(done)
        left, right = QWidget(self), QWidget(self)
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 0, 8, 0)
        side.addWidget(self.list, 1)
        side.addLayout(row(add, remove, 1))
        self._right = right
        main = QVBoxLayout(right)
        main.setContentsMargins(8, 0, 0, 0)
        named = (
            (_("Name of the level"), self.name),
            (_("Trigger"), self.trigger),
            (_("Started by"), self.starter),
        )
        for words, editor in named:
            editor.setAccessibleName(words)
            main.addWidget(label(words, "label", parent=right))
            main.addWidget(editor)
        main.addWidget(label(_("Actions"), "label", parent=right))
        main.addWidget(self.steps, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(divided(left, right, (250, 690), self))

    def _list(self, place: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([level.name for level in self._levels])
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._place = place
        self._show()

    def _on_place(self, place: int) -> None:
        self._keep()
        self._place = place
        self._show()

    def _on_name(self, text: str) -> None:
        item = self.list.item(self._place)
        if item is not None:
            item.setText(text)
        self.edited.emit()

    def _show(self) -> None:
        level = self._levels[self._place] if self._place >= 0 else Level("")
        self._right.setEnabled(self._place >= 0)
        self.name.setText(level.name)
        self.trigger.blockSignals(True)
        self.trigger.setPlainText(level.trigger)
        self.trigger.blockSignals(False)
        self.starter.setText(level.starter)
        self.steps.fill(level.actions)

    def _keep(self) -> None:
        if self._place < 0:
            return
        self._levels[self._place] = replace(
            self._levels[self._place],
            name=self.name.text().strip(),
            trigger=self.trigger.toPlainText().strip(),
            starter=self.starter.text().strip(),
            actions=self.steps.records(),
        )


def _action(texts: dict[str, str]) -> LevelAction:
    minutes = texts["within_minutes"]
    if minutes and not minutes.isdecimal():
        raise ValueError(_("Minutes must be a whole number: {value}").format(value=minutes))
    return LevelAction(texts["action"], texts["actor"], int(minutes) if minutes else None)
