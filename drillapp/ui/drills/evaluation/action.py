"""What the list of drills offers of the evaluation; its dialog is brought when it is wanted."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt

from drillapp.core.i18n import _
from drillapp.ui.parts.list_pane import Action, ListPane
from drillapp.ui.parts.printing import preview_report


class Paper(NamedTuple):
    """A report on a drill."""

    name: str
    label: str
    """English message id."""


PAPERS = (
    Paper("evaluation_report", label="Report on a drill's evaluation"),
    Paper("evaluation_sheet", label="Evaluators' sheets"),
    Paper("evaluation_sheet_blank", label="Evaluators' sheets to fill in"),
)


def evaluate_drill(pane: ListPane) -> None:
    """Open the evaluation of the drill under the cursor."""
    from drillapp.ui.drills.evaluation.dialog import EvaluationDialog  # its modules would slow the start

    row = pane.table.current_row()
    if row is not None:
        dialog = EvaluationDialog(pane.session, row, pane)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def print_paper(paper: Paper, pane: ListPane) -> None:
    """Show one of the evaluation's papers about the drill under the cursor."""
    row = pane.table.current_row()
    if row is not None:
        preview_report(pane.session, paper.name, f"{row.title} {_(paper.label)}", pane, number=row.number)


PRINTS = tuple(
    Action(label=paper.label, icon="print", done=partial(print_paper, paper), needs=1) for paper in PAPERS
)
