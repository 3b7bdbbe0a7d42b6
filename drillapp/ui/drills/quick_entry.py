"""A line of fields that adds a record each time Enter is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.words import button, label, restyle
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

Save = Callable[..., Any]
"""`save(office, entries)`"""


class QuickEntry(QWidget):
    """Fields side by side; what is added is saved at once, what is refused stays in the fields."""

    added = Signal()

    def __init__(
        self,
        session: Session,
        save: Save,
        make_entry: Callable[[dict[str, Any], Any], msgspec.Struct],
        parent: QWidget | None = None,
    ) -> None:
        """`make_entry(values, office)` runs beside the window."""
        super().__init__(parent)
        self._session = session
        self._save = save
        self._make_entry = make_entry
        self._editors: dict[str, Any] = {}
        self._cleared: list[str] = []
        self._required: list[str] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GRID)
        self.add = button(_("Add"), role="primary", parent=self)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.submit)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.begin_line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._lines)
        layout.addWidget(self.problem)
        for keys in ("Return", "Enter"):
            shortcut(keys, self, self.submit, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setEnabled(not session.is_read_only)

    def begin_line(self) -> None:
        """Put the next fields, and the button at their end, into a new line."""
        self._line = QHBoxLayout()
        self._line.setSpacing(GRID)
        self._lines.addLayout(self._line)
        self._line.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)

    def add_field(
        self, name: str, title: str, editor: Any, *, stretch: int = 0, width: int = 0, keeps: bool = False,
        required: bool = False,
    ) -> None:  # fmt: skip
        """Add a field; one that `keeps` stays as it is for the next record."""
        cell = QVBoxLayout()
        cell.setSpacing(3)
        head = label(title + (" *" if required else ""), "label", parent=self)
        head.setBuddy(editor)
        getattr(editor, "line", editor).setAccessibleName(title)
        if width:
            editor.setFixedWidth(width)
        cell.addWidget(head)
        cell.addWidget(editor)
        self._line.insertLayout(self._line.count() - 1, cell, stretch)
        self._editors[name] = editor
        if not keeps:
            self._cleared.append(name)
        if required:
            self._required.append(name)

    def editor(self, name: str) -> Any:
        """The control of a field."""
        return self._editors[name]

    def submit(self) -> None:
        """Save what is entered, or say what is wrong."""
        try:
            values = {name: editor.value() for name, editor in self._editors.items()}
        except ValueError as error:
            self._tell(str(error))
            return
        empty = next((name for name in self._required if values[name] is None), None)
        if empty is not None:
            self._tell(_("Must not be empty."), empty)
            return
        self._tell("")
        self.add.setEnabled(False)
        make_entry, save = self._make_entry, self._save
        self._session.tasks.run_write(
            lambda office, _progress: save(office, [make_entry(values, office)]),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
        )

    def _on_saved(self, _saved: Any) -> None:
        self.add.setEnabled(True)
        for name in self._cleared:
            self._editors[name].set_value(None)
        self._editors[self._cleared[0]].setFocus()
        self.added.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.add.setEnabled(True)
        if isinstance(error, DrillappError):
            self._tell(error.message)
        else:
            self._session.tasks.tell_error(error)

    def _tell(self, words: str, name: str = "") -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        for known, editor in self._editors.items():
            restyle(getattr(editor, "line", editor), "wrong", "true" if words and known == name else "false")
        if name:
            self._editors[name].setFocus()
