"""Quarantine: set aside from the list of stock, freed from its own list."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.quarantine import QUARANTINES, QuarantineRow, release, set_aside
from drillapp.core.supplies.rows import StockRow
from drillapp.ui.parts.cells import Tones, number_words
from drillapp.ui.parts.editors import ChoiceEditor, NumberEditor, TextEditor
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.step_dialog import StepDialog, Work
from drillapp.ui.session import Session, Target

_TONES: Tones = {"state": {"in_force": "problem", "announced": "blue", "released": "neutral"}}


def quarantines_spec() -> ListSpec:
    """What is in quarantine, and what was."""
    return ListSpec(
        "quarantines",
        label="In quarantine",
        chips=(
            Chip("state", label="State", enumeration="quarantine_state", chosen=("in_force", "announced")),
            Chip("kind", label="Kind", enumeration="quarantine_kind"),
        ),
        tones=_TONES,
        actions=(
            Action(label="Free …", icon="check", done=_free, needs=1, role="primary", writes=True),
            Action(label="Scrap …", icon="movement", done=_scrap, needs=1, writes=True),
        ),
        listing=QUARANTINES,
        editable=False,
        empty_label="Set goods aside from the list of stock: then nobody issues them.",
    )


def set_aside_action() -> Action:
    """For the list of stock."""
    return Action(label="Set aside …", icon="lock", done=_set_aside, needs=1, role="more", writes=True)


class SetAsideDialog(StepDialog):
    """Puts some of a lot into quarantine."""

    def __init__(self, session: Session, row: StockRow, parent: QWidget | None = None) -> None:
        self.row = row
        told = _(
            "{item}, {storehouse}: {quantity} are there. What is set aside stays where it is but is not issued."
        )
        quantity = f"{number_words(row.quantity)} {row.unit_of_measure or ''}".strip()
        item = " ".join(filter(None, (row.item_name, row.lot)))
        words = told.format(item=item, storehouse=row.storehouse_name, quantity=quantity)
        super().__init__(session, _("Into quarantine"), words, _("Set it aside"), parent)

    def add_fields(self) -> None:
        quantity, kind = NumberEditor(self), ChoiceEditor("quarantine_kind", self, required=True)
        quantity.set_value(number_words(self.row.quantity).replace(",", ""))
        kind.set_value("suspect")
        self.fields.add("quantity", _("Quantity"), quantity, required=True)
        self.fields.add("kind", _("Kind"), kind, required=True)
        self.fields.add("reason", _("Reason"), TextEditor(self))
        self.add_day(_("Set aside on"))

    def work(self, said: dict[str, Any]) -> Work:
        key = self.row.id
        return lambda office: _set_aside_now(office, key, said)


class FreeDialog(StepDialog):
    """Frees what is in quarantine, or a part of it."""

    def __init__(self, session: Session, row: QuarantineRow, parent: QWidget | None = None) -> None:
        self.row = row
        told = _("{item}, {storehouse}: {quantity} are in quarantine since {day}.")
        quantity = f"{number_words(row.quantity)} {row.unit_of_measure or ''}".strip()
        item = " ".join(filter(None, (row.item_name, row.lot)))
        words = told.format(item=item, storehouse=row.storehouse_name, quantity=quantity, day=row.from_on)
        super().__init__(session, _("Free from quarantine"), words, _("Free it"), parent)

    def add_fields(self) -> None:
        quantity = NumberEditor(self)
        quantity.set_value(number_words(self.row.quantity).replace(",", ""))
        self.fields.add("quantity", _("Quantity"), quantity, required=True)
        self.fields.add("by", _("Freed by"), TextEditor(self), required=True)
        self.add_day(_("Freed on"))

    def work(self, said: dict[str, Any]) -> Work:
        key = self.row.id
        return lambda office: release(office, key, said["by"], quantity=said["quantity"], day=said["day"])


def _set_aside_now(office: Office, key: int, said: dict[str, Any]) -> Any:
    from drillapp.core.changes import Changes

    set_aside(office, key, said["quantity"], said["kind"], reason=said["reason"], day=said["day"])
    return Changes(frozenset({"quarantines", "movements"}))


def _set_aside(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        SetAsideDialog(pane.session, row, pane).open()


def _free(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is None:
        return
    if row.until_on is not None:
        pane.session.said.emit(_("It was freed on {day} already.").format(day=row.until_on))
        return
    FreeDialog(pane.session, row, pane).open()


def _scrap(pane: ListPane) -> None:
    """Begin to scrap what is set aside."""
    row = pane.table.current_row()
    if row is None:
        return
    values: dict[str, object] = {
        "kind": "scrap", "storehouse": row.storehouse, "item_code": row.item_code, "lot": row.lot,
        "expires_on": row.expires_on, "quantity": row.quantity, "reason": row.reason,
    }  # fmt: skip
    if row.kind == "damaged":
        values["cause"] = "damaged"
    pane.session.go(Target("supplies", "movements", action="new", values=values))
