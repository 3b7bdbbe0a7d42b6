"""Which teams are asked about."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from drillapp.core.teams.model import Team
from drillapp.core.units.references import in_scope


class Chosen(NamedTuple):
    """Which teams are asked about."""

    unit_id: int | None = None
    """Those of a unit and those below it; None for all."""
    team_id: int | None = None

    def where(self, team_id: Any) -> ColumnElement[bool]:
        """Whether a column holds one of them."""
        if self.team_id is not None:
            only: ColumnElement[bool] = team_id == self.team_id
            return only
        teams = select(Team.id).where(in_scope(Team.unit_id, self.unit_id))
        within: ColumnElement[bool] = team_id.in_(teams)
        return within


EVERY = Chosen()
