"""What can be done with rescue teams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import table_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, save
from drillapp.core.teams.entries import TeamEntry
from drillapp.core.teams.model import Team
from drillapp.core.units.references import look_up_units

_TEAMS = Target(
    kind="teams",
    table=table_of(Team),
    key=("unit_id", "name"),
    fields=("name", "kind", "leader", "phone", "members"),
    required=("unit_code", "name"),
    choices={"kind": "team_kind"},
    searched=("name",),
    key_field="name",
)


def save_teams(office: Office, entries: Sequence[TeamEntry], saving: Saving = Saving()) -> Saved:
    """Create or update teams by unit and name; raises InvalidInput for unknown units and kinds."""
    return save(office, _TEAMS, entries, saving, _prepare)


def _prepare(batch: Batch) -> None:
    look_up_units(batch)
    for i, entry in enumerate(cast(Sequence[TeamEntry], batch.entries)):
        if isinstance(entry.members, int) and entry.members < 0:
            batch.refuse(i, "members", _("Must be 0 or more."))
