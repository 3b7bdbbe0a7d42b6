"""Supplies of a drill: set aside from the lots that expire first, and after the drill what was used of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from drillapp.core.drills.record.available import Offer
from drillapp.core.drills.record.parts import SupplyLine
from drillapp.core.drills.record.rows import DrillRecord, SupplyRow
from drillapp.core.drills.record.settling import settle_supplies
from drillapp.core.i18n import _
from drillapp.ui.drills.record.offers_dialog import OffersDialog
from drillapp.ui.drills.record.part_tab import PartTab, number_of
from drillapp.ui.errors import words_of
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.words import button, label
from drillapp.ui.session import Session

_LOCKED = ("what", "storehouse", "expires_on", "available", "left")


class _Row(NamedTuple):
    """A line as the table shows it."""

    id: int | None
    storehouse_id: int
    lot_id: int
    what: str
    storehouse: str
    expires_on: str
    available: str
    reserved: str
    used: str
    left: str


class _Said(NamedTuple):
    """A line as it was written: what is set aside, and what was used."""

    line: SupplyLine
    used: float | None


class SuppliesTab(PartTab):
    """A row a lot; what was used is posted by a button of its own."""

    part = "supplies"
    settled = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        columns = (
            ("what", _("Item and lot"), 260), ("storehouse", _("Storehouse"), 180), ("expires_on", _("Expires on"), 100),
            ("available", _("Free"), 90), ("reserved", _("Set aside"), 100), ("used", _("Used"), 100),
            ("left", _("Came back"), 100),
        )  # fmt: skip
        self.table = RecordsEditor(
            columns, _said, _("Supplies"), self, hidden=("id", "storehouse_id", "lot_id"), locked=lambda _row: _LOCKED,
            adds=False, empty=_("No supplies are set aside yet."),
        )  # fmt: skip
        self.table.edited.connect(self.touch)
        self.add = button(_("Near expiry first …"), icon="add", parent=self)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._on_add)
        self.settle = button(_("Post what was used"), icon="check", parent=self)
        self.settle.setAutoDefault(False)
        self.settle.clicked.connect(self.post_used)
        self.table.buttons.insertWidget(0, self.add)
        self.table.buttons.addWidget(self.settle)
        self.note = label("", "small", wraps=True, parent=self)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.note)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.problem)

    def fill(self, record: DrillRecord) -> None:
        self.table.fill([_row(supply) for supply in record.supplies])
        has_ended = record.drill.ended_at is not None
        self.settle.setVisible(has_ended and bool(record.supplies))
        ended = _(
            "Write down what was used and post it: the stock ledger then has it, and the rest is free again."
        )
        before = _(
            "What is set aside here is not free for other drills; nothing leaves the store before the drill."
        )
        self.note.setText(ended if has_ended else before)
        self._tell("")

    def value(self) -> tuple[SupplyLine, ...]:
        return tuple(said.line for said in self.table.records())

    def add_offers(self, offers: Sequence[Offer]) -> None:
        """Set aside what was chosen; of a lot that stands there already, so much in all."""
        known = {(said.line.storehouse_id, said.line.lot_id) for said in self._lines()}
        new = [one for one in offers if (one.storehouse_id, one.lot_id) not in known]
        self.table.add_records([_offered(one) for one in new])

    def post_used(self) -> None:
        """Post what was used to the stock ledger."""
        if self.record is None:
            return
        try:
            lines = self.table.records()
        except ValueError as error:
            self._tell(str(error))
            return
        kept = {one.id: one.reserved for one in self.record.supplies}
        if {said.line.id: said.line.reserved for said in lines} != kept:
            self._tell(_("Save what is set aside first."))
            return
        used = {
            said.line.id: said.used for said in lines if said.line.id is not None and said.used is not None
        }
        drill = self.record.drill
        self.session.tasks.run_write(
            lambda office, _progress: settle_supplies(office, drill.id, drill.revision, used),
            self._on_settled,
            owner=self,
            failed=self._on_failed,
            title=_("Posting"),
        )

    def _lines(self) -> tuple[_Said, ...]:
        try:
            return self.table.records()
        except ValueError:  # a number is being typed
            return ()

    def _on_add(self) -> None:
        if self.record is not None:
            dialog = OffersDialog(self.session, self.record.drill, self)
            dialog.picked.connect(self.add_offers)
            dialog.open()

    def _on_settled(self, _recorded: Any) -> None:
        self.is_touched = False
        self.session.said.emit(_("Posted to the stock ledger"))
        self.settled.emit()

    def _on_failed(self, error: BaseException) -> None:
        words = words_of(error)
        if not words:
            self.session.tasks.tell_error(error)
            return
        self._tell(words)

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def _row(supply: SupplyRow) -> _Row:
    what = " · ".join(part for part in (supply.item_name, supply.lot) if part)
    return _Row(
        supply.id, supply.storehouse_id, supply.lot_id, what, supply.storehouse_name, str(supply.expires_on or ""),
        _quantity(supply.available, supply.unit_of_measure), f"{supply.reserved:g}",
        "" if supply.used is None else f"{supply.used:g}", "" if supply.left is None else f"{supply.left:g}",
    )  # fmt: skip


def _offered(offer: Offer) -> _Row:
    what = " · ".join(part for part in (offer.item_name, offer.lot) if part)
    free = _quantity(offer.available, offer.unit_of_measure)
    return _Row(
        None, offer.storehouse_id, offer.lot_id, what, offer.storehouse_name, str(offer.expires_on or ""), free,
        f"{offer.available:g}", "", "",
    )  # fmt: skip


def _quantity(quantity: float, unit: str | None) -> str:
    return f"{number_words(quantity)} {unit or ''}".strip()


def _said(said: dict[str, Any]) -> _Said:
    reserved = number_of(said["reserved"])
    if reserved is None:
        raise ValueError(_("Say how much of '{item}' is set aside.").format(item=said["what"]))
    line = SupplyLine(
        id=said["id"], storehouse_id=said["storehouse_id"], lot_id=said["lot_id"], reserved=reserved
    )
    return _Said(line, number_of(said["used"]))
