"""Opens the conduct window of a drill, one for each; from the list of drills, or for one that is running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from drillapp.ui.drills.conduct.window import ConductWindow
    from drillapp.ui.parts.list_pane import ListPane
    from drillapp.ui.session import Session

_windows: dict[int, ConductWindow] = {}


def conduct_drill(pane: ListPane) -> None:
    """Conduct the drill under the cursor."""
    row = pane.table.current_row()
    if row is not None:
        open_conduct(pane.session, row.id)


def open_conduct(session: Session, drill_id: int) -> ConductWindow:
    """Show the window of a drill, the one that is open already where there is one."""
    from drillapp.ui.drills.conduct.window import ConductWindow  # its modules would slow the start

    known = _windows.get(drill_id)
    if known is None:
        known = _windows[drill_id] = ConductWindow(session, drill_id)
        known.closed.connect(lambda: _windows.pop(drill_id, None))
    known.show()
    known.raise_()
    known.activateWindow()
    return known


def write_script(pane: ListPane) -> None:
    """Write the script of the drill under the cursor."""
    from drillapp.ui.drills.injects.dialog import ScriptDialog  # as above

    row = pane.table.current_row()
    if row is not None:
        dialog = ScriptDialog(pane.session, row.id, pane)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
