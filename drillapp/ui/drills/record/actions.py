"""What the list of drills offers for the drill under the cursor: its record, a copy, calling it off."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from drillapp.core.drills.record.copying import Copied
from drillapp.core.i18n import _
from drillapp.ui.drills.record.dialog import RecordDialog
from drillapp.ui.drills.record.step_dialogs import CancelDialog, CopyDialog
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.session import Target


def record_dialog(pane: ListPane) -> RecordDialog:
    """The dialog for a drill's whole record."""
    row: Any = pane.table.current_row()
    title = _("Edit the drill") if row is None else _("Drill: {title}").format(title=row.title)
    return RecordDialog(pane.session, title, pane)


def copy_drill(pane: ListPane) -> None:
    """Plan a drill like the one under the cursor, and show it."""
    row = pane.table.current_row()
    if row is not None:
        dialog = CopyDialog(pane.session, row, pane)
        dialog.copied.connect(lambda copied: _show(pane, copied))
        dialog.open()


def cancel_drill(pane: ListPane) -> None:
    """Call off the drill under the cursor."""
    row: Any = pane.table.current_row()
    if row is not None:
        dialog = CancelDialog(pane.session, row, pane)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _show(pane: ListPane, copied: Copied) -> None:
    pane.show_target(Target("drills", "drills", copied.id))
