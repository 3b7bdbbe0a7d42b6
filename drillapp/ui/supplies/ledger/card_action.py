"""The ledger card from any list of supplies."""

from __future__ import annotations

from typing import Any

from drillapp.ui.parts.list_pane import Action, ListPane


def card_action() -> Action:
    """The ledger card of the item under the cursor."""
    return Action(label="Ledger card", icon="list", done=show_card, needs=1)


def show_card(pane: ListPane) -> None:
    """Open the card: of a lot in a storehouse where the row is of one, of an item otherwise."""
    from drillapp.ui.supplies.ledger.card_page import open_card  # not needed to show the list

    row = pane.table.current_row()
    if row is None:
        return
    lot = None
    if pane.spec.kind == "stock":
        lot = (row.lot, row.expires_on)
    storehouse = getattr(row, "storehouse", None)
    open_card(pane.session, item_of(row), pane, storehouse=storehouse, lot=lot)


def item_of(row: Any) -> str:
    """The code of the item that a row of any list of supplies is about."""
    return str(getattr(row, "item", None) or getattr(row, "item_code", None) or row.code)
