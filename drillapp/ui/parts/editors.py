"""The controls of a form, one for each type of field; each has `value`, `set_value` and the signal `edited`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.ui.parts.date_field import DateField

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")


class Editor(Protocol):
    """What a form asks of a control."""

    edited: Any

    def value(self) -> Any:
        """What is entered, None for nothing; raises ValueError with a sentence for what cannot be."""

    def set_value(self, value: Any) -> None:
        """Show a value."""

    def setFocus(self) -> None:
        """Put the keyboard into it."""


class TextEditor(QLineEdit):
    """One line of text."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> str | None:
        """The text without space around it, None when empty."""
        return self.text().strip() or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)


class LongTextEditor(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setProperty("role", "long")  # its height is the style sheet's, which would override ours
        self.textChanged.connect(self.edited)

    def value(self) -> str | None:
        """The text without space around it, None when empty."""
        return self.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.setPlainText("" if value is None else str(value))


_FEW_LINES = 96
"""Pixels: three lines."""


def few_lines(_session: Any, parent: QWidget) -> LongTextEditor:
    """For a field of a form (`Field.make`): several lines of text, of which few are usual."""
    made = LongTextEditor(parent)
    made.setMaximumHeight(_FEW_LINES)
    return made


class NumberEditor(TextEditor):
    """A number, typed; full-width digits and thousands commas are understood."""

    def __init__(self, parent: QWidget | None = None, *, whole: bool = False) -> None:
        super().__init__(parent)
        self._whole = whole

    def value(self) -> Any:
        """The number; raises ValueError with a sentence for what is none."""
        text = self.text().strip().translate(_FULL_WIDTH).replace(",", "")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            raise ValueError(_("This must be a number.")) from None
        if number.is_integer():
            return int(number)
        if self._whole:
            raise ValueError(_("This must be a whole number."))
        if round(number, 3) != number:
            raise ValueError(_("At most three decimals."))
        return number


class ChoiceEditor(QComboBox):
    """One code of an enumeration, or none."""

    edited = Signal()

    def __init__(self, enumeration: str, parent: QWidget | None = None, *, required: bool = False) -> None:
        super().__init__(parent)
        if not required:
            self.addItem("", None)
        for code in enumerations.codes(enumeration):
            self.addItem(enumerations.label(enumeration, code), code)
        self.setCurrentIndex(-1 if required else 0)
        self.activated.connect(lambda _index: self.edited.emit())

    def value(self) -> str | None:
        """The code chosen."""
        code: str | None = self.currentData()
        return code

    def set_value(self, value: Any) -> None:
        """Choose a code."""
        self.setCurrentIndex(self.findData(value))


class ChoicesEditor(QWidget):
    """Any number of codes of an enumeration."""

    edited = Signal()

    def __init__(self, enumeration: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from drillapp.ui.parts.chips import ChipMenu

        self._chips = ChipMenu(_("Choose …"), _coded(enumeration), self)
        self._chips.chosen.connect(lambda _codes: self.edited.emit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.addWidget(self._chips)
        layout.addStretch(1)
        self.setFocusProxy(self._chips)

    def value(self) -> tuple[str, ...] | None:
        """The codes chosen, in the order of the enumeration."""
        return self._chips.codes() or None

    def set_value(self, value: Any) -> None:
        """Choose codes: a sequence, or a text of codes joined with commas."""
        codes = value.split(",") if isinstance(value, str) else value or ()
        self._chips.choose(frozenset(codes))


class FlagEditor(QCheckBox):
    """Yes or no."""

    edited = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.clicked.connect(lambda _on: self.edited.emit())

    def value(self) -> bool:
        """Whether it is so."""
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        """Show whether it is so."""
        self.setChecked(bool(value))


def _coded(enumeration: str) -> Sequence[tuple[str, str]]:
    return [(code, enumerations.label(enumeration, code)) for code in enumerations.codes(enumeration)]


__all__ = [
    "ChoiceEditor",
    "ChoicesEditor",
    "DateField",
    "Editor",
    "FlagEditor",
    "LongTextEditor",
    "NumberEditor",
    "TextEditor",
    "few_lines",
]
