"""What of teams lapses or has lapsed, the earliest first."""

from __future__ import annotations

from typing import Any

from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.teams.lapses import LAPSES
from drillapp.core.teams.queries import TEAMS
from drillapp.ui.parts import record_lines, tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Target


def lapses_spec() -> ListSpec:
    """What the page says about it."""
    return ListSpec(
        "team_lapses",
        label="Team dates",
        chips=(
            Chip("state", label="State", enumeration="lapse_state"),
            Chip("what", label="What lapses", enumeration="team_lapse"),
        ),
        tones=tones.TEAM_LAPSES,
        tabs=(Tab(label="Team", make=sections_tab(_team)),),
        actions=(Action(label="Go to the team", icon="teams", done=_go, needs=1),),
        listing=LAPSES,
        editable=False,
        empty_label="Nothing of the teams lapses within 90 days.",
    )


def _team(office: Office, row: Any) -> list[Section]:
    found = first_rows(office, TEAMS, View(conditions=(Condition("id", "=", row.team_id),)), 1)
    return [Section(row.unit_name, [record_lines.team_line(team) for team in found], total=0)]


def _go(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        pane.session.go(Target("units", "teams", row.team_id))
