"""The inventory as a paper: of the storehouses of the scope, or of the one under the cursor."""

from __future__ import annotations

from drillapp.core.i18n import _
from drillapp.ui.parts.list_pane import Action, ListPane
from drillapp.ui.parts.printing import preview_report


def inventory_action() -> Action:
    """Among what a list prints: what lies in all storehouses of the scope."""
    return Action(label="Inventory of storehouses", icon="print", done=_print_all)


def inventory_of_action() -> Action:
    """Among what a list prints: what lies in the storehouse under the cursor."""
    return Action(label="Inventory of this storehouse", icon="print", done=_print_of, needs=1)


def _print_of(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        storehouse = getattr(row, "storehouse", None) or row.code
        name = getattr(row, "storehouse_name", None) or row.name
        title = _("{storehouse}: inventory").format(storehouse=name)
        preview_report(pane.session, "inventory", title, pane, number=storehouse)


def _print_all(pane: ListPane) -> None:
    title = _("Inventory of storehouses {day}").format(day=pane.session.as_of)
    preview_report(pane.session, "inventory", title, pane, unit_code=pane.session.scope.code or None)
