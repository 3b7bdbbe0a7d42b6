"""Fields one below the other with what is wrong beside each: for dialogs that are no record of a kind."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from drillapp.core.errors import DrillappError
from drillapp.ui.errors import words_of
from drillapp.ui.parts.beside import tell_beside, wrong_with
from drillapp.ui.parts.editors import LongTextEditor
from drillapp.ui.parts.words import label

_LONG = 104
"""Height of several lines of text, in pixels: a dialog of few fields would give them all it has."""


class CheckedFields(QWidget):
    """Editors (parts.editors) by name."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: dict[str, Any] = {}
        self._problems: dict[str, QLabel] = {}
        self._required: set[str] = set()
        self.is_touched = False
        self._layout = QVBoxLayout()
        self._layout.setSpacing(3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._layout)
        outer.addStretch(1)

    def add(self, name: str, words: str, editor: Any, *, required: bool = False, hint: str = "") -> None:
        """Add a field."""
        head = label(words + (" *" if required else ""), "label", parent=self)
        getattr(editor, "line", editor).setAccessibleName(words)
        problem = label("", "problem", wraps=True, parent=self)
        problem.hide()
        if isinstance(editor, LongTextEditor):
            editor.setMaximumHeight(_LONG)
        for widget in (head, editor):
            self._layout.addWidget(widget)
        if hint:
            self._layout.addWidget(label(hint, "small", wraps=True, parent=self))
        self._layout.addWidget(problem)
        self._layout.addSpacing(6)
        if self._editors:  # editors may have been made in another order
            self.setTabOrder(list(self._editors.values())[-1], editor)
        self._editors[name], self._problems[name] = editor, problem
        if required:
            self._required.add(name)
        editor.edited.connect(lambda: self._on_edited(name))

    def editor(self, name: str) -> Any:
        """The control of a field."""
        return self._editors[name]

    def problem(self, name: str) -> str:
        """What is said beside a field now."""
        return self._problems[name].text()

    def values(self) -> dict[str, Any] | None:
        """What is entered; None, with words beside the fields, when something is wrong."""
        wrong = [name for name in self._editors if not self._check(name)]
        if wrong:
            self._editors[wrong[0]].setFocus()
            return None
        return {name: editor.value() for name, editor in self._editors.items()}

    def tell(self, error: BaseException) -> bool:
        """Say beside its field what core refused; False when no field here is meant."""
        field = getattr(error, "field", None)
        if not isinstance(error, DrillappError) or field not in self._editors:
            return False
        self._tell(field, words_of(error))
        self._editors[field].setFocus()
        return True

    def _on_edited(self, name: str) -> None:
        self.is_touched = True
        self._check(name)
        self.edited.emit()

    def _check(self, name: str) -> bool:
        words = wrong_with(self._editors[name], required=name in self._required)
        self._tell(name, words)
        return not words

    def _tell(self, name: str, words: str) -> None:
        tell_beside(self._editors[name], self._problems[name], words)
