"""The list of findings: chips, steps, history, papers."""

from __future__ import annotations

from drillapp.core.i18n import _
from drillapp.ui.drills.findings.acting import ACTIONS
from drillapp.ui.drills.findings.form import finding_form
from drillapp.ui.drills.findings.history_tab import HistoryTab
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report


def findings_spec() -> ListSpec:
    """What the page says about it."""
    return ListSpec(
        "findings",
        label="Findings",
        record_label="Finding",
        chips=(
            Chip("state", label="State", enumeration="finding_state", codes=tuple(tones.FINDINGS["state"])),
            Chip("severity", label="Severity", enumeration="finding_severity"),
            Chip("cause", label="Cause", enumeration="finding_cause"),
            Chip("again", label="Found again", enumeration="yes_no"),
        ),
        tones=tones.FINDINGS,
        tabs=(Tab(label="History", make=HistoryTab),),
        actions=ACTIONS,
        prints=(
            Action(label="Correction notice", icon="print", done=_notice, needs=1),
            Action(label="Correction reply", icon="print", done=_reply, needs=1),
            Action(label="Correction ledger", icon="print", done=_ledger),
        ),
        form=finding_form,
        new_label="New finding",
        empty_label="Findings are entered when a drill is logged or evaluated.",
        panel=380,
    )


def _notice(pane: ListPane) -> None:
    _preview_of_drill(pane, "correction_notice", _("Correction notice"))


def _reply(pane: ListPane) -> None:
    _preview_of_drill(pane, "correction_reply", _("Correction reply"))


def _preview_of_drill(pane: ListPane, name: str, title: str) -> None:
    """The paper to the unit of the finding under the cursor, on all that its drill found there."""
    row = pane.table.current_row()
    if row is not None:
        preview_report(pane.session, name, title, pane, number=row.drill_number, unit_code=row.unit_code)


def _ledger(pane: ListPane) -> None:
    code = pane.session.scope.code
    preview_report(pane.session, "correction_ledger", _("Correction ledger"), pane, unit_code=code or None)
