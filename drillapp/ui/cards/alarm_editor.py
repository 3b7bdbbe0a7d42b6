"""Whom to alarm: a small table of who, phone and the words to say."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from drillapp.core.cards.alarm import AlarmLine, read_alarm, write_alarm
from drillapp.core.cards.templates import BLANK
from drillapp.core.i18n import _
from drillapp.core.phones import is_phone
from drillapp.ui.parts.words import button, icon_button, label, restyle
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_WIDTHS = (3, 2, 6)


class AlarmEditor(QWidget):
    """An editor of a form (parts.editors): its value is the text that core reads as alarm lines."""

    edited = Signal()

    def __init__(self, _session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given: str | None = None
        self._given_lines: tuple[AlarmLine, ...] = ()
        self.rows: list[tuple[QLineEdit, QLineEdit, QLineEdit]] = []
        """Who, phone and words of each line, from top to bottom."""
        self._removers: list[QToolButton] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID // 2)
        self._grid.setVerticalSpacing(GRID // 2)
        self._heads = (_("Whom to alarm"), _("Phone"), _("Words to say"))
        for place, head in enumerate(self._heads):
            self._grid.addWidget(label(head, "small", parent=self), 0, place)
            self._grid.setColumnStretch(place, _WIDTHS[place])
        self.add_button = button(_("Add a line"), role="link", parent=self)
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self._on_added)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._grid)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_value(None)

    def value(self) -> str | None:
        """The lines as text; raises ValueError with a sentence for a line without a name or a phone that is none."""
        lines = self._lines()
        problem = self._mark_wrong()
        if problem:
            raise ValueError(problem)
        return self._given if lines == self._given_lines else write_alarm(lines) or None

    def set_value(self, value: Any) -> None:
        """Show the lines of a text."""
        self._given = value or None
        self._given_lines = read_alarm(value)
        while self.rows:
            self._take_row(0)
        for line in self._given_lines or (AlarmLine(""),):
            self._add_row(line)

    def setFocus(self) -> None:  # type: ignore[override]  # the form asks for no more than this
        self.rows[0][0].setFocus()

    def _lines(self) -> tuple[AlarmLine, ...]:
        texts = [tuple(field.text().strip() for field in fields) for fields in self.rows]
        return tuple(AlarmLine(*parts) for parts in texts if any(parts))

    def _mark_wrong(self) -> str:
        """Mark the fields that cannot be so; the sentence about the first, empty when there is none."""
        found = ""
        for who, phone, words in self.rows:
            nobody = not who.text().strip() and bool(phone.text().strip() or words.text().strip())
            number = phone.text().strip()
            no_phone = bool(number) and BLANK[:3] not in number and not is_phone(number)
            restyle(who, "wrong", "true" if nobody else "false")
            restyle(phone, "wrong", "true" if no_phone else "false")
            if nobody:
                found = found or _("Say who is to be called.")
            elif no_phone:
                found = found or _("'{phone}' is no telephone number.").format(phone=number)
        return found

    def _add_row(self, line: AlarmLine) -> None:
        fields = (QLineEdit(self), QLineEdit(self), QLineEdit(self))
        for place, (field, text) in enumerate(zip(fields, (line.who, line.phone, line.words), strict=True)):
            field.setText(text)
            field.setCursorPosition(0)
            field.setAccessibleName(self._heads[place])
            field.setToolTip(text)
            field.textEdited.connect(lambda _text: self.edited.emit())
        remover = icon_button("close", _("Remove this line"), parent=self)
        remover.clicked.connect(lambda: self._on_removed(fields))
        self.rows.append(fields)
        self._removers.append(remover)
        self._arrange()

    def _take_row(self, place: int) -> None:
        for widget in (*self.rows.pop(place), self._removers.pop(place)):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _arrange(self) -> None:
        for place, (fields, remover) in enumerate(zip(self.rows, self._removers, strict=True), 1):
            for column, widget in enumerate((*fields, remover)):
                self._grid.addWidget(widget, place, column)
        self._in_tab_order()

    def _in_tab_order(self) -> None:
        order: list[QWidget] = []
        for fields, remover in zip(self.rows, self._removers, strict=True):
            order += [*fields, remover]
        order.append(self.add_button)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _on_added(self) -> None:
        self._add_row(AlarmLine(""))
        self.rows[-1][0].setFocus()

    def _on_removed(self, fields: tuple[QLineEdit, QLineEdit, QLineEdit]) -> None:
        self._take_row(self.rows.index(fields))
        if not self.rows:
            self._add_row(AlarmLine(""))
        self._arrange()
        self.edited.emit()
