"""The list of teams: the state of each one's standard, its tabs, its papers."""

from __future__ import annotations

from functools import partial

from drillapp.core.i18n import _
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.fields import hinted
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.teams.duty_tab import DutyTab
from drillapp.ui.teams.part_tab import AGREEMENTS, EQUIPMENT, MEMBERS, part_tab
from drillapp.ui.teams.roster_dialog import RosterDialog
from drillapp.ui.teams.standard_tab import StandardTab
from drillapp.ui.teams.training_tab import TrainingTab


def teams_spec() -> ListSpec:
    """What the page says about it."""
    return ListSpec(
        "teams",
        label="Teams",
        record_label="Team",
        chips=(
            Chip("state", label="Standard", enumeration="standard_state"),
            Chip("kind", label="Kind", enumeration="team_kind"),
        ),
        tones=tones.TEAMS,
        fields={
            "members": hinted(hint_label="Only where the members are not named one by one."),
            "storehouse": hinted(hint_label="Where the team's equipment is booked."),
            "response_minutes": hinted(hint_label="From the call to being there."),
            "insured_until": hinted(
                hint_label="Of the team as a whole; a member's own insurance counts beside it."
            ),
            "note": {"type": "long", "wide": True},
        },
        tabs=(
            Tab(label="Standard", make=StandardTab),
            Tab(label="Members of the team", make=part_tab(MEMBERS)),
            Tab(label="Equipment", make=part_tab(EQUIPMENT)),
            Tab(label="Duty roster", make=DutyTab),
            Tab(label="Trainings and drills", make=TrainingTab),
            Tab(label="Agreements", make=part_tab(AGREEMENTS)),
        ),
        actions=(Action(label="Duty roster …", icon="calendar", done=edit_roster, needs=1),),
        prints=(
            Action(label="Sheet of the team", icon="print", done=_sheet, needs=1),
            Action(label="Duty roster of the month", icon="print", done=_month, needs=1),
            Action(label="Call-out list of the scope", icon="print", done=_call_out),
            Action(label="Sheets of all teams of the scope", icon="print", done=_sheets),
        ),
        empty_label="Import the teams from a ledger, or enter them one by one.",
        panel=460,
        widens=True,
    )


def edit_roster(pane: ListPane) -> None:
    """Open the duty roster of the team under the cursor."""
    row = pane.table.current_row()
    if row is not None:
        RosterDialog(pane.session, row, pane).open()


def _of_row(name: str, pane: ListPane) -> None:
    """A paper about the team under the cursor."""
    row = pane.table.current_row()
    if row is not None:
        preview_report(pane.session, name, row.name, pane, number=row.name, unit_code=row.unit_code)


_sheet = partial(_of_row, "team_sheet")
_month = partial(_of_row, "team_duty_roster")


def _of_scope(name: str, title: str, pane: ListPane) -> None:
    scope = pane.session.scope
    preview_report(pane.session, name, f"{scope.name} {title}".strip(), pane, unit_code=scope.code or None)


def _call_out(pane: ListPane) -> None:
    _of_scope("team_call_out", _("Call-out list of teams"), pane)


def _sheets(pane: ListPane) -> None:
    _of_scope("team_sheet", _("Sheets of teams"), pane)
