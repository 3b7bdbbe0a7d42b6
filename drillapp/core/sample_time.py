"""The sample's facts written at the moments at which they happened, and found again by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from sqlalchemy import select

from drillapp.core.clock import FixedClock
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan, PlanLevel, PlanSection
from drillapp.core.plans.versions import version_in_force
from drillapp.core.teams.model import Team
from drillapp.core.units.model import Person, Unit

_NOON = time(12)


class Deed(NamedTuple):
    """Something that is done on a day."""

    day: date
    do: Callable[[], None]


@contextmanager
def at(office: Office, moment: datetime) -> Iterator[None]:
    """Let the office's clock stand at a moment meanwhile."""
    clock = office.clock
    office.clock = FixedClock(moment.astimezone(UTC))
    try:
        yield
    finally:
        office.clock = clock


@contextmanager
def on(office: Office, day: date) -> Iterator[None]:
    """Let the office's clock stand at noon of a day meanwhile."""
    with at(office, beijing(day, _NOON)):
        yield


def beijing(day: date, moment: time) -> datetime:
    """A moment by the clock on the wall."""
    return datetime.combine(day, moment, BEIJING)


def in_order(office: Office, deeds: Iterable[Deed]) -> None:
    """Do all of it, each on its day: what is done may need what was done before."""
    for deed in sorted(deeds, key=lambda one: one.day):
        with on(office, deed.day):
            deed.do()


class Names:
    """Keys of units, teams, and of what stands in the plan of a drill, on the office's date."""

    def __init__(self, office: Office, plan_number: str) -> None:
        with office.read() as connection:
            self._units = dict(connection.execute(select(Unit.code, Unit.id)).all())
            self._teams = dict(connection.execute(select(Team.name, Team.id)).all())
            people = select(Person.name, Unit.name, Person.id, Person.phone).join(Unit)
            self._people = {(row[0], row[1]): (row[2], row[3]) for row in connection.execute(people)}
            plan_id = connection.execute(select(Plan.id).where(Plan.number == plan_number)).scalar_one()
        self.version = version_in_force(office, plan_id) or 0
        with office.read() as connection:
            sections = select(PlanSection.number, PlanSection.id).where(
                PlanSection.version_id == self.version
            )
            levels = select(PlanLevel.name, PlanLevel.id).where(PlanLevel.version_id == self.version)
            self._sections = dict(connection.execute(sections).all())
            self._levels = dict(connection.execute(levels).all())

    def unit(self, code: str) -> int | None:
        """The unit with a code; None for no code."""
        return self._units[code] if code else None

    def team(self, name: str) -> int | None:
        """The team with a name; None for no name."""
        return self._teams[name] if name else None

    def person(self, name: str, organisation: str) -> tuple[int | None, str | None]:
        """Key and telephone number of somebody of a unit; none of people the office does not know."""
        return self._people.get((name, organisation), (None, None))

    def section(self, number: str) -> int | None:
        """The section of the plan with a number; None for no number."""
        return self._sections[number] if number else None

    def level(self, name: str) -> int | None:
        """The response level of the plan with a name; None for no name."""
        return self._levels[name] if name else None
