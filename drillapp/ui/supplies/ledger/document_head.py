"""What a stock document says of all its lines: fields in columns, as many as its kind needs."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.ui.parts.beside import tell_beside, wrong_with
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.editors import ChoiceEditor, TextEditor
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.supplies.ledger.document_kinds import KINDS_OF_DOCUMENT
from drillapp.ui.theme import GRID

_COLUMNS = 5
_ALWAYS = frozenset({"storehouse", "occurred_on", "cause", "handler", "reason", "document"})
_ORDER = (
    "storehouse", "to_storehouse", "occurred_on", "cause", "counterparty", "due_on", "handler", "approved_by",
    "reference", "document", "reason",
)  # fmt: skip
_REQUIRED = frozenset({"storehouse", "occurred_on"})


class DocumentHead(QWidget):
    """Its fields by name; what is wrong stands below each."""

    edited = Signal(str)
    """The name of the field."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = "in"
        self.touched: set[str] = set()
        self._cells: dict[str, QWidget] = {}
        self._editors: dict[str, Any] = {}
        self._heads: dict[str, QLabel] = {}
        self._problems: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        for name in _ORDER:
            self._add(name, _made(session, name, self))

    def choose_kind(self, kind: str) -> None:
        """Ask for what a kind of document needs."""
        self.kind = kind
        about = KINDS_OF_DOCUMENT[kind]
        cause = self._editors["cause"]
        kept = cause.value()
        cause.clear()
        cause.addItem("", None)
        for code in about.causes:
            cause.addItem(enumerations.label("movement_cause", code), code)
        cause.setCurrentIndex(max(cause.findData(kept), 0))
        for name, head in self._heads.items():
            head.setText(_words(kind, name) + (" *" if name in _REQUIRED | about.required else ""))
            self._tell(name, "")
        self._arrange(_ALWAYS | about.fields)

    def editor(self, name: str) -> Any:
        """The control of a field."""
        return self._editors[name]

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show likely values; what is not said is left as it is."""
        for name, value in values.items():
            if name in self._editors and value is not None:
                self._editors[name].set_value(value)

    def value(self, name: str) -> Any:
        """What a field says; None where it says nothing, cannot be understood, or is not asked for."""
        if self._cells[name].isHidden():
            return None
        try:
            return self._editors[name].value()
        except ValueError:
            return None

    def values(self) -> dict[str, Any] | None:
        """What is entered; None, with words beside the fields, when something is wrong."""
        asked = [name for name in _ORDER if not self._cells[name].isHidden()]
        wrong = [name for name in asked if not self._check(name)]
        if wrong:
            self._editors[wrong[0]].setFocus()
            return None
        said = {name: self._editors[name].value() for name in asked}
        return said | ({} if "document" in self.touched else {"document": None})

    def tell(self, name: str, words: str) -> bool:
        """Say what is wrong with a field; False when it is not asked for here."""
        if name not in self._cells or self._cells[name].isHidden():
            return False
        self._tell(name, words)
        return True

    def problem(self, name: str) -> str:
        """What is said beside a field now."""
        return self._problems[name].text()

    def _add(self, name: str, editor: Any) -> None:
        cell = QWidget(self)
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        head, problem = label("", "label", parent=cell), label("", "problem", wraps=True, parent=cell)
        problem.hide()
        head.setBuddy(editor)
        getattr(editor, "line", editor).setAccessibleName(_words("in", name))
        for widget in (head, editor, problem):
            layout.addWidget(widget)
        layout.addStretch(1)
        editor.edited.connect(lambda: self._on_edited(name))
        self._cells[name], self._editors[name] = cell, editor
        self._heads[name], self._problems[name] = head, problem

    def _arrange(self, asked: frozenset[str]) -> None:
        shown = [name for name in _ORDER if name in asked]
        for cell in self._cells.values():
            self._grid.removeWidget(cell)
        for place, name in enumerate(shown):
            line, column = divmod(place, _COLUMNS)
            wide = _COLUMNS - column if name == shown[-1] else 1  # the reason takes what is left of its line
            self._grid.addWidget(self._cells[name], line, column, 1, wide)
        for name, cell in self._cells.items():
            cell.setVisible(name in asked)
        for before, after in pairwise(shown):
            self.setTabOrder(self._editors[before], self._editors[after])

    def _on_edited(self, name: str) -> None:
        self.touched.add(name)
        self._check(name)
        self.edited.emit(name)

    def _check(self, name: str) -> bool:
        required = name in _REQUIRED | KINDS_OF_DOCUMENT[self.kind].required
        words = wrong_with(self._editors[name], required=required)
        self._tell(name, words)
        return not words

    def _tell(self, name: str, words: str) -> None:
        tell_beside(self._editors[name], self._problems[name], words)


def _made(session: Session, name: str, parent: QWidget) -> Any:
    if name in ("storehouse", "to_storehouse"):
        return ReferenceField(session, "storehouses", parent)
    if name in ("occurred_on", "due_on"):
        return DateField(parent)
    return ChoiceEditor("movement_cause", parent) if name == "cause" else TextEditor(parent)


def _words(kind: str, name: str) -> str:
    counterparties = {"out": _("Issued to (unit or person)"), "lend": _("Lent to")}
    reference = _("Reference") if kind in ("in", "transfer") else _("Drill or event number")
    return {
        "storehouse": _("From storehouse") if kind in ("transfer", "send") else _("Storehouse"),
        "to_storehouse": _("To storehouse"), "occurred_on": _("Occurred on"), "cause": _("Cause of movement"),
        "counterparty": counterparties.get(kind, _("From whom")), "due_on": _("To be back by"),
        "handler": _("Handled by"), "approved_by": _("Approved by"), "reference": reference,
        "document": _("Document"), "reason": _("Reason"),
    }[name]  # fmt: skip
