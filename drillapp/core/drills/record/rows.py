"""One whole record of a drill as rows, for the window, the papers and the command line."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from drillapp.core.drills.rows import DrillRow


class DesignRow(Struct, frozen=True, kw_only=True):
    """The texts that say what a drill is to be."""

    organiser: str | None = None
    scenario: str | None = None
    subjects: str | None = None
    """One a line."""
    safety: str | None = None
    stop_conditions: str | None = None
    budget: float | None = None
    level_id: int | None = None
    level: str | None = None
    """The name of the response level."""


class PartyRow(Struct, frozen=True, kw_only=True):
    """Somebody who takes part: a unit, a team, or an outside body."""

    id: int
    position: int
    unit_id: int | None = None
    unit_code: str | None = None
    team_id: int | None = None
    name: str
    """The unit's or team's own, or that of the outside body."""
    role: str | None = None
    expected: int | None = None
    present: int | None = None


class ObjectiveRow(Struct, frozen=True, kw_only=True):
    """An aim by which the drill is measured."""

    id: int
    position: int
    who: str | None = None
    condition: str | None = None
    task: str
    standard: str | None = None
    met: str | None = None
    note: str | None = None


class TestedRow(Struct, frozen=True, kw_only=True):
    """A version of a plan that is tested, or one section of it."""

    id: int
    position: int
    plan_id: int
    plan_number: str
    plan_title: str
    version_id: int
    version: str
    """Its label, or else its place among the plan's versions."""
    section_id: int | None = None
    section: str | None = None
    """Number and title of the section; None for the whole version."""


class PersonRow(Struct, frozen=True, kw_only=True):
    """A line of the roll."""

    id: int
    person_id: int | None = None
    name: str
    organisation: str | None = None
    post: str | None = None
    role: str | None = None
    phone: str | None = None
    count: int = 1
    checked_in_at: datetime | None = None


class RollSums(Struct, frozen=True, kw_only=True):
    """How many stand on the roll, and how many of them checked in."""

    lines: int = 0
    people: int = 0
    present: int = 0


class FileRow(Struct, frozen=True, kw_only=True):
    """A file of the drill; `attachments.store.content_of(office, digest)` has its bytes."""

    id: int
    kind: str
    name: str
    media_type: str
    digest: str
    size: int
    added_at: datetime


class SupplyRow(Struct, frozen=True, kw_only=True):
    """What of a lot is set aside for the drill, and what of it was used."""

    id: int
    position: int
    storehouse_id: int
    storehouse: str
    storehouse_name: str
    item_id: int
    item: str
    item_name: str
    unit_of_measure: str | None = None
    lot_id: int
    lot: str | None = None
    expires_on: date | None = None
    reserved: float
    available: float
    """What can be set aside for this drill in all: its own part included, that of others not."""
    used: float | None = None
    document: str | None = None

    @property
    def left(self) -> float | None:
        """What came back, once it is known."""
        return None if self.used is None else round(self.reserved - self.used, 3)


class CostRow(Struct, frozen=True, kw_only=True):
    """A cost, in yuan."""

    id: int
    position: int
    kind: str
    planned: float | None = None
    actual: float | None = None
    payee: str | None = None
    note: str | None = None


class CostSum(Struct, frozen=True):
    """The costs of a kind together; of all kinds with an empty kind."""

    kind: str
    planned: float
    actual: float


class DrillRecord(Struct, frozen=True, kw_only=True):
    """All that belongs to one drill but its log, injects, evaluations and findings, which have their own questions."""

    drill: DrillRow
    design: DesignRow
    parties: tuple[PartyRow, ...] = ()
    objectives: tuple[ObjectiveRow, ...] = ()
    tested: tuple[TestedRow, ...] = ()
    roll: RollSums = RollSums()
    people: tuple[PersonRow, ...] = ()
    """The roll itself, where it was asked for."""
    files: tuple[FileRow, ...] = ()
    supplies: tuple[SupplyRow, ...] = ()
    costs: tuple[CostRow, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """What is exercised, one by one."""
        lines = (line.strip() for line in (self.design.subjects or "").splitlines())
        return tuple(line for line in lines if line)

    @property
    def expected(self) -> int:
        """How many are expected of all that take part."""
        return sum(party.expected or 0 for party in self.parties)
