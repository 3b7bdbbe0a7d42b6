"""A line of a stock document as it is written: item, lot, quantity, with what is there and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.supplies.proposing import ItemThere, LotKey, Share
from drillapp.core.supplies.quantities import from_float, in_own_unit
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.editors import TextEditor
from drillapp.ui.parts.words import icon_button, label, restyle
from drillapp.ui.session import Session
from drillapp.ui.supplies.ledger.document_kinds import DocumentKind
from drillapp.ui.supplies.ledger.item_field import ItemField
from drillapp.ui.supplies.ledger.lot_field import LotField
from drillapp.ui.theme import GRID

WIDTHS = {
    "lot": 180,
    "expires_on": 134,
    "produced_on": 134,
    "there": 80,
    "quantity": 84,
    "unit": 76,
    "after": 84,
}
"""Of each column in pixels; the item takes the rest."""
WIDE_LOT = 330
"""Width of the lot where no dates stand beside it."""
REMOVE = 28
"""Width of the button that takes a line away."""
_FIELD = 32
"""Height of a field, in pixels: what stands beside it is as high."""
_TOP = Qt.AlignmentFlag.AlignTop


class LineRow(QWidget):
    """Enter goes on to the next field; Delete in an empty field, or Ctrl+Delete, takes the line away."""

    edited = Signal()
    done = Signal()
    """Enter in its last field."""
    removed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = ItemField(session, self)
        self.lot = LotField(self)
        self.expires_on, self.produced_on = DateField(self), DateField(self)
        self.there, self.after = label("", parent=self), label("", "strong", parent=self)
        self.quantity = TextEditor(self)
        self.unit = QComboBox(self)
        self.only_unit = label("", "muted", parent=self)
        """The unit of measure, where there is none to choose from."""
        self.share_words = label("", "small", wraps=True, parent=self)
        self.message = label("", "problem", wraps=True, parent=self)
        self.remove = icon_button("close", _("Take the line away (Ctrl+Delete)"), parent=self)
        self.about: ItemThere | None = None
        self._lay_out()
        self._connect()

    def begin(self, item: str, key: LotKey | None = None, quantity: float | None = None) -> None:
        """Start with likely values."""
        if item:
            self.item.set_value(item)
        self.lot.choose(key)
        self.quantity.set_value(None if quantity is None else from_float(quantity))

    @property
    def code(self) -> str:
        """The item's code as it is entered."""
        return self.item.value() or ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return not self.code and not self.quantity.text().strip()

    def number(self) -> tuple[float | None, str]:
        """The quantity in the item's unit of measure, or what is wrong with it; None for nothing."""
        text = self.quantity.text().strip()
        if not text:
            return None, ""
        own = None if self.about is None else self.about.unit_of_measure
        packs = {} if self.about is None else self.about.packs
        pack = self.unit.currentData()
        number, problem = in_own_unit(text, own, packs)
        typed_unit = not text[-1].isdigit()
        if number is None or pack is None or typed_unit:
            return number, problem
        return number * float(packs[pack]) / 1000, ""

    def count_up(self) -> None:
        """One more, as a further scan wants it."""
        number, problem = self.number()
        if not problem:
            self.unit.setCurrentIndex(0)
            self.quantity.set_value(from_float((number or 0) + 1))

    def show_kind(self, kind: DocumentKind) -> None:
        """Ask for what the document's kind needs."""
        for field in (self.expires_on, self.produced_on):
            field.setVisible(kind.dated)
        self.lot.setFixedWidth(WIDTHS["lot"] if kind.dated else WIDE_LOT)

    def show_item(self, about: ItemThere | None, day: date, first: str) -> None:
        """Show what is known of the item, and which lots are there."""
        packs = () if about is None else tuple(about.packs)
        if self.about is None or about is None or packs != tuple(self.about.packs):
            self._offer_units(about)
        elif self.unit.count():
            self.unit.setItemText(0, about.unit_of_measure or "")
            self.only_unit.setText(about.unit_of_measure or "")
        self.about = about
        if about is not None:
            self.item.say_name(" ".join(filter(None, (about.name, about.spec))))
        unit = "" if about is None else about.unit_of_measure or ""
        if not self.lot.view().isVisible() and not self.lot.line.isModified():
            self.lot.offer(() if about is None else about.lots, unit, day, first)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Say below the lot which lots are taken, or until when the one chosen is good."""
        lot = self.lot.lot()
        if self.lot.key() is not None:
            day = None if lot is None else lot.expires_on
            words = "" if day is None else _("expires {day}").format(day=day)
        else:
            words = _(", ").join(f"{_lot_words(share)} × {number_words(share.quantity)}" for share in shares)
        self.share_words.setText(words)
        self.share_words.setVisible(bool(words))

    def show_figures(self, there: str, after: str, *, is_short: bool = False) -> None:
        """Say what is there now, and after the document; too little stands out."""
        self.there.setText(there)
        self.after.setText(after)
        restyle(self.after, "type", "problem" if is_short else "strong")

    def tell(self, words: str, field: str = "quantity") -> None:
        """Say what is wrong with the line, and which field is meant; nothing takes it back."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        for name, editor in self._fields().items():
            restyle(editor, "wrong", "true" if words and name == field else "false")

    def focus(self, field: str = "item_code") -> None:
        """Put the keyboard into a field; what is typed takes the place of a quantity that stands there."""
        found = self._fields().get(field, self.quantity)
        found.setFocus()
        if found is self.quantity:
            self.quantity.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            empty = isinstance(watched, QLineEdit) and not watched.text()
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Delete and (empty or held):
                self.removed.emit()
                return True
        return super().eventFilter(watched, event)

    def _fields(self) -> dict[str, Any]:
        return {
            "item_code": self.item.line, "lot": self.lot, "expires_on": self.expires_on.line,
            "produced_on": self.produced_on.line, "quantity": self.quantity,
        }  # fmt: skip

    def _offer_units(self, about: ItemThere | None) -> None:
        kept = self.unit.currentData()
        self.unit.clear()
        if about is not None:
            self.unit.addItem(about.unit_of_measure or "", None)
            for pack in about.packs:
                self.unit.addItem(pack, pack)
        self.only_unit.setText("" if about is None else about.unit_of_measure or "")
        self.unit.setVisible(self.unit.count() > 1)
        self.only_unit.setVisible(self.unit.count() <= 1)
        self.unit.setCurrentIndex(max(self.unit.findData(kept), 0) if kept else 0)

    def _connect(self) -> None:
        self.item.picked.connect(lambda: self.quantity.setFocus())
        self.item.unknown.connect(lambda: self.tell(_("There is no such item."), "item_code"))
        self.lot.line.returnPressed.connect(lambda: self.quantity.setFocus())
        self.quantity.returnPressed.connect(self.done)
        self.unit.activated.connect(lambda _place: self._on_edited())
        for field in (self.item, self.lot, self.expires_on, self.produced_on, self.quantity):
            field.edited.connect(self._on_edited)
        for date_field in (self.expires_on, self.produced_on):
            date_field.line.returnPressed.connect(lambda: self.quantity.setFocus())
        self.remove.clicked.connect(lambda: self.removed.emit())
        for line in (
            self.item.line,
            self.lot.line,
            self.expires_on.line,
            self.produced_on.line,
            self.quantity,
        ):
            line.installEventFilter(self)

    def _on_edited(self) -> None:
        self.tell("")
        self.edited.emit()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        layout.setSpacing(2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        columns: tuple[tuple[str, QWidget], ...] = (
            ("lot", self.lot), ("expires_on", self.expires_on), ("produced_on", self.produced_on), ("there", self.there),
            ("quantity", self.quantity), ("unit", self.unit), ("after", self.after),
        )  # fmt: skip
        grid.addWidget(self.item, 0, 0, 2, 1, _TOP)
        for place, (name, widget) in enumerate(columns, 1):
            widget.setFixedWidth(WIDTHS[name])
            grid.addWidget(widget, 0, place, _TOP)
        place = [name for name, _widget in columns].index("unit") + 1
        grid.addWidget(self.only_unit, 0, place, _TOP)
        self.only_unit.setMinimumHeight(_FIELD)
        self.only_unit.setFixedWidth(WIDTHS["unit"])
        self.unit.hide()
        grid.addWidget(self.share_words, 1, 1, _TOP)
        self.remove.setFixedWidth(REMOVE)
        grid.addWidget(self.remove, 0, len(columns) + 1, _TOP)
        layout.addLayout(grid)
        layout.addWidget(self.message)  # within the grid it would give room to columns that are hidden
        for figure in (self.there, self.after):
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            figure.setMinimumHeight(_FIELD)
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.quantity.setAccessibleName(_("Quantity"))
        self.unit.setAccessibleName(_("Unit of measure"))
        self.share_words.hide()
        self.message.hide()


def head_labels(kind: DocumentKind, parent: QWidget) -> dict[str, QLabel]:
    """The words above the columns, by column."""
    words = {
        "item": _("Item"), "lot": _("Lot"), "expires_on": _("Expires on"), "produced_on": _("Produced on"),
        "there": _("There now"), "quantity": _("Quantity"), "unit": "", "after": _("After it"),
    }  # fmt: skip
    return {name: label(text, "label", parent=parent) for name, text in words.items()}


def _lot_words(share: Share) -> str:
    """A lot by its number and the day until which it is good."""
    lot = share.lot
    expires = "" if lot.expires_on is None else _("expires {day}").format(day=lot.expires_on)
    number = lot.lot or ("" if expires else _("no number"))
    return " ".join(filter(None, (number, expires)))
