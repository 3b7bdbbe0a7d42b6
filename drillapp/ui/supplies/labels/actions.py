"""Labels of what is selected in a list: of items, lots, storehouses and their shelves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.parts.list_pane import Action, ListPane

if TYPE_CHECKING:
    from drillapp.core.reports.labels.drawing import Label
    from drillapp.ui.supplies.labels.print_dialog import Source


def label_action() -> Action:
    """Among what a list can print: labels of the rows selected."""
    return Action(label="Labels …", icon="print", done=print_labels, needs=2)


def shelf_label_action() -> Action:
    """Labels of all shelves of the storehouse under the cursor."""
    return Action(label="Labels of its shelves …", icon="print", done=_print_shelves, needs=1)


def print_labels(pane: ListPane) -> None:
    """Ask how labels of the rows selected are to be printed: lots of the stock, items, storehouses, shelves."""
    keys, kind = pane.table.selected_keys(), pane.spec.kind
    if not keys:
        return
    source = pane.table.model.source

    def labels(office: Office) -> list[Label]:
        from drillapp.core.reports.labels import source as made

        if kind == "stock":
            return made.lot_labels(office, holdings=keys)
        rows = source.rows(office, keys)
        if kind == "items":
            return made.item_labels(office, [row.code for row in rows])
        if kind == "shelves":
            return [one for row in rows for one in made.shelf_labels(office, row.storehouse, [row.code])]
        return made.storehouse_labels(office, [row.code for row in rows])

    _ask(pane, labels, _("{count} rows are selected.").format(count=len(keys)))


def _print_shelves(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is None:
        return

    def labels(office: Office) -> list[Label]:
        from drillapp.core.reports.labels.source import shelf_labels

        return shelf_labels(office, row.code)

    _ask(pane, labels, _("All shelves of {storehouse}.").format(storehouse=row.name))


def _ask(pane: ListPane, labels: Source, about: str) -> None:
    from drillapp.ui.supplies.labels.print_dialog import LabelDialog  # brings the report kit

    dialog = LabelDialog(pane.session, labels, about, pane)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
