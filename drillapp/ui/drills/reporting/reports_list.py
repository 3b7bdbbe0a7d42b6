"""The list of drills that ended: by when each is to be reported, how far its report is, what its file lacks."""

from __future__ import annotations

from functools import partial

from drillapp.core.drills.reporting.queries import DRILL_REPORTS
from drillapp.core.i18n import _
from drillapp.ui.drills.reporting.report_tab import ReportTab
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report


def reports_spec() -> ListSpec:
    """What stands in the list and what can be done in it."""
    return ListSpec(
        "drill_reports",
        label="Drills to report",
        chips=(
            Chip("state", label="Report", enumeration="report_state"),
            Chip("missing", label="Papers missing", enumeration="report_paper"),
        ),
        tones=tones.DRILL_REPORTS,
        tabs=(Tab(label="Report", make=ReportTab),),
        actions=(
            Action(
                label="Report upward …", icon="export", done=partial(_step, "reported"), needs=1, writes=True
            ),
            Action(label="Returned …", icon="history", done=partial(_step, "returned"), needs=1, writes=True),
            Action(label="Accepted …", icon="check", done=partial(_step, "accepted"), needs=1, writes=True),
        ),
        prints=(
            Action(label="Report slip", icon="print", done=partial(_print, "drill_slip"), needs=1),
            Action(label="Whole file of a drill", icon="print", done=partial(_print, "drill_file"), needs=1),
        ),
        empty_label="Drills stand here once they have ended.",
        listing=DRILL_REPORTS,
        editable=False,
        retires=False,
    )


def _step(kind: str, pane: ListPane) -> None:
    from drillapp.ui.drills.reporting.step_dialog import ReportStepDialog

    row = pane.table.current_row()
    if row is not None:
        ReportStepDialog(pane.session, kind, row, pane).open()


def _print(report: str, pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        title = {"drill_slip": _("Report slip"), "drill_file": _("Whole file of a drill")}[report]
        preview_report(pane.session, report, f"{row.title} {title}", pane, number=row.number)
