"""A line of the stock ledger: asks what its kind needs, and says what is there now and after it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.numbering import next_document
from drillapp.core.office import Office
from drillapp.core.supplies.balance import EFFECTS
from drillapp.core.supplies.dates.picking import LotBalance, lots_at
from drillapp.core.supplies.listings import ITEMS
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.fields import fields_of
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.words import button, card, label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_SHOWN_FOR = {
    "to_storehouse": {"transfer"},
    "produced_on": {"in"},
    "expires_on": {"in"},
    "lot": {"in", "out", "transfer", "lend", "return", "scrap", "count"},
}
"""Fields that only some kinds of movement have."""
_ASK_MS = 200
_LOTS = 6


class MovementDialog(FormDialog):
    """The kind is chosen above; what else is asked follows from it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        kind = KINDS["movements"]
        fields = fields_of(kind, {"recorded_at": {"type": None}, "kind": {"type": None}})
        order = (
            "storehouse", "item_code", "lot", "quantity", "to_storehouse", "produced_on", "expires_on", "occurred_on",
            "document", "reason", "reference",
        )  # fmt: skip
        by_name = {field.name: field for field in fields}
        super().__init__(session, _("Book a movement"), kind, tuple(by_name[name] for name in order), parent)
        self._session = session
        self._lots: list[LotBalance] = []
        self._unit = ""
        self.kind = "in"
        self._asking = QTimer(self, singleShot=True, interval=_ASK_MS)
        self._asking.timeout.connect(self._ask)
        self.body.insertLayout(1, self._kinds())
        self.body.insertWidget(3, self._balance())
        for name in ("storehouse", "item_code", "lot", "quantity", "occurred_on"):
            self.form.editor(name).edited.connect(self._asking.start)
        self.resize(720, 640)

    def begin_new(self, values: Any) -> None:
        """Start a line; `kind` among the values chooses the kind."""
        self.choose_kind(values.get("kind") or "in")
        super().begin_new({"occurred_on": self._session.today, **values})
        self.choose_kind(self.kind)
        self._ask()

    def choose_kind(self, kind: str) -> None:
        """Ask for what a kind needs."""
        self.kind = kind
        self._buttons[kind].setChecked(True)
        self.form.keep({"kind": kind})
        for name, kinds in _SHOWN_FOR.items():
            self.form.show_field(name, kind in kinds)
        self._ask()

    def _kinds(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        group = QButtonGroup(self)
        self._buttons = {}
        for kind in (code for code in enumerations.codes("movement_kind") if code in _SHOWN_FOR["lot"]):
            made = button(enumerations.label("movement_kind", kind), role="chip", checkable=True, parent=self)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _checked=False, kind=kind: self.choose_kind(kind))
            group.addButton(made)
            self._buttons[kind] = made
            line.addWidget(made)
        line.addStretch(1)
        return line

    def _balance(self) -> QWidget:
        frame, layout = card(self, GRID + 4)
        self.now = label("", parent=frame)
        self.after = label("", "muted", parent=frame)
        self._lot_line = QHBoxLayout()
        self._lot_line.setSpacing(GRID)
        words = QHBoxLayout()
        words.addWidget(self.now)
        words.addStretch(1)
        words.addWidget(self.after)
        inner = QVBoxLayout()
        inner.addLayout(words)
        inner.addLayout(self._lot_line)
        layout.addLayout(inner)
        return frame

    def _ask(self) -> None:
        """Look up what is there, and the number of the next document."""
        storehouse, item = self.form.editor("storehouse").value(), self.form.editor("item_code").value()
        day, kind = self._day(), self.kind
        self._session.tasks.run_read(
            lambda office, _progress: (
                next_document(office, kind, day),
                lots_at(office, storehouse, item, day) if storehouse and item else None,
                _unit_of(office, item) if item else "",
            ),
            self._on_answer,
            owner=self,
            replaces="balance",
        )

    def _day(self) -> date:
        try:
            day = self.form.editor("occurred_on").value()
        except ValueError:
            day = None
        return day or self._session.as_of

    def _on_answer(self, answer: tuple[str, list[LotBalance] | None, str]) -> None:
        document, lots, self._unit = answer
        if not self.form.is_field_touched("document"):
            self.form.editor("document").set_value(document)
        self._lots = lots or []
        self._show_lots()
        if lots is None:
            self.now.setText(_("Choose storehouse and item to see what is there."))
            self.after.setText("")
            return
        now = sum(lot.quantity for lot in self._chosen())
        self.now.setText(_("There on this day: {quantity}").format(quantity=self._words(now)))
        after = self._after(now)
        self.after.setText(
            "" if after is None else _("After it: {quantity}").format(quantity=self._words(after))
        )

    def _chosen(self) -> list[LotBalance]:
        code = self.form.editor("lot").value()
        return [lot for lot in self._lots if code is None or lot.lot == code]

    def _after(self, now: float) -> float | None:
        try:
            quantity: float | None = self.form.editor("quantity").value()
        except ValueError:
            return None
        if quantity is None:
            return None
        return quantity if self.kind == "count" else now + EFFECTS[self.kind] * quantity

    def _words(self, quantity: float) -> str:
        return f"{number_words(quantity)} {self._unit}".strip()

    def _show_lots(self) -> None:
        while (item := self._lot_line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        numbered = [lot for lot in self._lots if lot.lot]
        for lot in numbered[:_LOTS]:
            expires = _("expires {day}").format(day=lot.expires_on) if lot.expires_on else ""
            words = " · ".join(part for part in (lot.lot, self._words(lot.quantity), expires) if part)
            made = button(words, role="chip", parent=self)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _checked=False, lot=lot: self._take(lot))
            self._lot_line.addWidget(made)
        self._lot_line.addStretch(1)

    def _take(self, lot: LotBalance) -> None:
        self.form.editor("lot").set_value(lot.lot)
        self._ask()


def _unit_of(office: Office, item: str) -> str:
    """In what an item is measured."""
    found = first_rows(office, ITEMS, View(conditions=(Condition("code", "=", item),)), 1)
    return found[0].unit_of_measure or "" if found else ""
