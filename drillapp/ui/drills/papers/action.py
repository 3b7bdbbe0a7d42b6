"""What the list of drills offers of a drill's documents; their dialog is brought when it is wanted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from drillapp.ui.drills.evaluation.action import Paper, print_paper
from drillapp.ui.parts.list_pane import Action, ListPane

SHEETS = (
    Paper("drill_file", label="Whole file of a drill"),
    Paper("drill_script_table", label="Script of injects"),
    Paper("drill_sign_in", label="Sign-in sheet"),
    Paper("drill_sign_in_blank", label="Sign-in sheet, blank"),
    Paper("drill_controllers", label="Controllers' sheets"),
    Paper("drill_record_form", label="Record form"),
    Paper("drill_costs", label="Cost table of a drill"),
    Paper("drill_slip", label="Report slip"),
    Paper("drill_cover", label="Cover of the drill's file"),
)
"""What is printed of the record itself, without a document being written."""

PRINTS = tuple(
    Action(label=paper.label, icon="print", done=partial(print_paper, paper), needs=1) for paper in SHEETS
)


def open_papers(pane: ListPane) -> None:
    """Show the documents of the drill under the cursor."""
    from drillapp.ui.drills.papers.dialog import PapersDialog  # its modules would slow the start

    row = pane.table.current_row()
    if row is not None:
        dialog = PapersDialog(pane.session, row, pane)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
