"""What the stores can give a drill: what expires first at the top, or so much of an item from whatever expires first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from drillapp.core.drills.record.available import Offer, offers
from drillapp.core.drills.record.reserving import suggest
from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import NumberEditor
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session

_COLUMNS = (
    Column("item_name", "Item name", width=200),
    Column("lot", "Lot", width=110),
    Column("expires_on", "Expires on", "date", 110),
    Column("available", "Free", "number", 90),
    Column("unit_of_measure", "Unit of measure", width=80),
    Column("storehouse_name", "Storehouse", width=200),
)


class OffersDialog(Dialog):
    """Says what is free on the drill's day; what is selected, or proposed for a quantity, is handed over."""

    picked = Signal(object)
    """A list of Offer; `available` is how much is to be set aside."""

    def __init__(self, session: Session, drill: Any, parent: QWidget | None = None) -> None:
        super().__init__(_("Supplies for the drill"), parent, width=860)
        self._session = session
        self._drill = drill
        self._offers: dict[int, Offer] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(label(_("Supplies for the drill"), "heading", parent=self))
        words = _("Free on {day}, in the stores of the scope; what expires first comes first.")
        self.body.addWidget(label(words.format(day=drill.planned_on), "muted", wraps=True, parent=self))
        self.item = ReferenceField(session, "items", self)
        self.item.line.setAccessibleName(_("Item"))
        self.item.setMinimumWidth(280)
        self.quantity = NumberEditor(self)
        self.quantity.setPlaceholderText(_("Quantity"))
        self.quantity.setAccessibleName(_("Quantity"))
        self.quantity.setFixedWidth(120)
        self.propose = button(_("Propose"), parent=self)
        self.propose.setAutoDefault(False)
        self.propose.clicked.connect(self._on_propose)
        self.body.addLayout(row(self.item, self.quantity, self.propose, 1))
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self._source = FixedSource(_COLUMNS)
        self.table = Table(self._source, session, "drill-offers", parent=self)
        self.table.placeholder.empty_text = _("Nothing is free on that day")
        self.body.addWidget(self.table, 1)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Set aside"), accepts=True)
        self.go.setEnabled(False)
        self.table.selection_changed.connect(lambda count: self.go.setEnabled(bool(count)))
        self.resize(920, 560)
        self._ask()

    def accept(self) -> None:
        """Hand over what is selected."""
        self.picked.emit([self._offers[key] for key in self.table.selected_keys()])
        super().accept()

    def _ask(self) -> None:
        drill_id, unit_id = self._drill.id, self._session.scope.unit_id
        self._session.tasks.run_read(
            lambda office, _progress: offers(office, drill_id, unit_id=unit_id), self._on_offers, owner=self
        )

    def _on_offers(self, found: list[Offer]) -> None:
        self._offers = {one.id: one for one in found}
        self._source.fill(found)
        self.table.set_view(View())

    def _on_propose(self) -> None:
        try:
            quantity, code = self.quantity.value(), self.item.value()
            if code is None or quantity is None or quantity <= 0:
                raise ValueError(_("Say which item and how much of it."))
        except ValueError as error:
            self._tell(str(error))
            return
        self._tell("")
        drill_id, unit_id = self._drill.id, self._session.scope.unit_id
        self._session.tasks.run_read(
            lambda office, _progress: suggest(office, drill_id, {code: quantity}, unit_id=unit_id),
            lambda found: self._on_proposed(found, quantity),
            owner=self,
        )

    def _on_proposed(self, found: list[Offer], quantity: float) -> None:
        there = round(sum(one.available for one in found), 3)
        if there < quantity:
            self._tell(
                _("Only {there} of {quantity} are free.").format(there=f"{there:g}", quantity=f"{quantity:g}")
            )
        if found:
            self.picked.emit(found)
        if there >= quantity:
            super().accept()

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
