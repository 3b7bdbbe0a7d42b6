"""What is handed in about parts of a drill's record: each part as a whole, its lines in their order."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType


class Design(Struct, frozen=True, kw_only=True):
    """The texts of a drill's design; what is not said stays."""

    organiser: str | None | UnsetType = UNSET
    scenario: str | None | UnsetType = UNSET
    subjects: str | None | UnsetType = UNSET
    safety: str | None | UnsetType = UNSET
    stop_conditions: str | None | UnsetType = UNSET
    budget: float | None | UnsetType = UNSET
    level_id: int | None | UnsetType = UNSET


class PartyLine(Struct, frozen=True, kw_only=True):
    """Who takes part; `id` is that of the line it takes the place of."""

    id: int | None = None
    unit_id: int | None = None
    team_id: int | None = None
    name: str | None = None
    role: str | None = None
    expected: int | None = None
    present: int | None = None


class ObjectiveLine(Struct, frozen=True, kw_only=True):
    """An aim of the drill."""

    id: int | None = None
    who: str | None = None
    condition: str | None = None
    task: str = ""
    standard: str | None = None
    met: str | None = None
    note: str | None = None


class SectionLine(Struct, frozen=True, kw_only=True):
    """A version that is tested, or a section of it."""

    id: int | None = None
    version_id: int
    section_id: int | None = None


class SupplyLine(Struct, frozen=True, kw_only=True):
    """What of a lot in a storehouse is set aside for the drill."""

    id: int | None = None
    storehouse_id: int
    lot_id: int
    reserved: float


class CostLine(Struct, frozen=True, kw_only=True):
    """A cost, in yuan."""

    id: int | None = None
    kind: str
    planned: float | None = None
    actual: float | None = None
    payee: str | None = None
    note: str | None = None


class RecordParts(Struct, frozen=True, kw_only=True):
    """Parts of a record that are to be written; a part that is not said stays as it is."""

    design: Design | UnsetType = UNSET
    parties: tuple[PartyLine, ...] | UnsetType = UNSET
    objectives: tuple[ObjectiveLine, ...] | UnsetType = UNSET
    tested: tuple[SectionLine, ...] | UnsetType = UNSET
    supplies: tuple[SupplyLine, ...] | UnsetType = UNSET
    costs: tuple[CostLine, ...] | UnsetType = UNSET
