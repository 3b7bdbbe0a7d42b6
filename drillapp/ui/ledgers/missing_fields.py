"""Fields for which no column was found: a column is clicked, or it is said for all rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.layout import Field
from drillapp.ui.ledgers.cell_editor import CellEditor
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_SILENCE_MS = 700
"""After so long without a key what was typed is taken."""
_REFERENCES = {
    "parent_code": "units",
    "unit_code": "units",
    "storehouse": "storehouses",
    "drill_number": "drills",
}


class MissingFields(QFrame):
    """A line for each of them."""

    given = Signal(str, str)
    """A field and what it is for all rows."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, is_required: bool = True) -> None:
        super().__init__(parent)
        self._session = session
        self._is_required = is_required
        self._shown: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 12)
        self._column.setSpacing(GRID)
        self.setProperty("ground", "banner-problem" if is_required else "banner")
        self.editors: dict[str, Any] = {}

    def show_fields(self, kind: str, fields: Sequence[Field]) -> None:
        """Ask for these."""
        names = (kind, *(field.name for field in fields))
        self.setVisible(bool(fields))
        if names == self._shown:
            return
        self._shown = names
        self._clear()
        named = ", ".join(field.label for field in fields)
        self._add(label(_("No column is known for: {fields}").format(fields=named), "strong", wraps=True))
        how = (
            _("Click the head of the column that holds it, or say it here:")
            if self._is_required
            else _("It may stay open, or be said here:")
        )
        self._add(label(how, "small", wraps=True))
        for field in fields:
            self._ask(field)

    def _ask(self, field: Field) -> None:
        if field.key:
            return
        self._add(label(_("{field}, for all rows").format(field=field.label), "label"))
        editor = self._editor(field)
        self.editors[field.name] = editor
        self._add(editor)

    def _editor(self, field: Field) -> QWidget:
        typing = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        if field.name in _REFERENCES:
            reference = ReferenceField(self._session, _REFERENCES[field.name], self)
            reference.line.setAccessibleName(field.label)
            reference.edited.connect(typing.start)
            typing.timeout.connect(lambda: self.given.emit(field.name, reference.value() or ""))
            return reference
        line = CellEditor(field, self)
        line.textEdited.connect(lambda _text: typing.start())
        typing.timeout.connect(lambda: self.given.emit(field.name, line.text().strip()))
        return line

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def _clear(self) -> None:
        self.editors.clear()
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
