"""The plan that is drilled, as it is in force on the day: its version and its response levels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from sqlalchemy import String, cast, func, select

from drillapp.core.database.base import table_of
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan, PlanLevel, PlanVersion
from drillapp.core.plans.standing import begin_of, version_in_force_as_of
from drillapp.core.teams.model import Team
from drillapp.core.units.model import Unit

_PLANS = table_of(Plan)


class LevelChoice(Struct, frozen=True):
    """A response level that can be drilled."""

    id: int
    name: str
    trigger: str | None


class DrilledPlan(Struct, frozen=True):
    """A plan in force on a day."""

    id: int
    number: str
    title: str
    version_id: int
    version: str
    begin: date
    levels: tuple[LevelChoice, ...]


def drilled_plan(office: Office, number: str, day: date) -> DrilledPlan | None:
    """The plan with a number as it is in force on a day; None when it is not."""
    version = version_in_force_as_of(_PLANS.c.id, day)
    table = table_of(PlanVersion)
    label = func.coalesce(table.c.label, cast(table.c.ordinal, String))
    statement = (
        select(_PLANS.c.id, _PLANS.c.number, _PLANS.c.title, table.c.id, label, begin_of(table))
        .select_from(_PLANS)
        .join(table, table.c.id == version)
        .where(_PLANS.c.number == number, _PLANS.c.retired_on.is_(None) | (_PLANS.c.retired_on > day))
    )
    with office.read() as connection:
        row = connection.execute(statement).first()
        if row is None:
            return None
        levels = select(PlanLevel.id, PlanLevel.name, PlanLevel.trigger).where(PlanLevel.version_id == row[3])
        rows = connection.execute(levels.order_by(PlanLevel.position))
        return DrilledPlan(*row, tuple(LevelChoice(*level) for level in rows))


def level_named(office: Office, plan_number: str | None, day: date, name: str) -> int:
    """A response level of the plan in force on a day by its name; raises NotFound naming those there are."""
    plan = drilled_plan(office, plan_number, day) if plan_number else None
    levels = {} if plan is None else {level.name: level.id for level in plan.levels}
    if name not in levels:
        raise NotFound(
            _("The drill's plan has no response level '{name}'.").format(name=name), _listed(levels)
        )
    return levels[name]


def team_named(office: Office, name: str, unit_code: str | None = None) -> int:
    """A team by its name, of a unit where several have the same; raises NotFound."""
    statement = (
        select(Team.id, Unit.code)
        .join(Unit, Unit.id == Team.unit_id)
        .where(Team.name == name, Team.retired_on.is_(None))
        .order_by(Unit.code)
    )
    with office.read() as connection:
        found = connection.execute(statement).all()
    chosen = [row for row in found if unit_code is None or row.code == unit_code]
    if len(chosen) != 1:
        text = _("There is no team '{name}'.") if not chosen else _("Several units have a team '{name}'.")
        raise NotFound(text.format(name=name), _listed(row.code for row in found))
    key: int = chosen[0].id
    return key


def _listed(names: Iterable[str]) -> str:
    told = ", ".join(names)
    return _("There are: {names}").format(names=told) if told else ""
