"""The lines of a record as they can be handed in again, so that one of them can be added, changed or left out."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec import Struct

from drillapp.core.drills.record.parts import CostLine, ObjectiveLine, PartyLine, SectionLine, SupplyLine
from drillapp.core.drills.record.rows import DrillRecord, PartyRow

Line = TypeVar("Line", bound=Struct)


def party_lines(record: DrillRecord) -> tuple[PartyLine, ...]:
    """Who takes part; units and teams go by their key, not their name."""
    return tuple(_party(row) for row in record.parties)


def objective_lines(record: DrillRecord) -> tuple[ObjectiveLine, ...]:
    """The objectives."""
    return tuple(_line(row, ObjectiveLine) for row in record.objectives)


def section_lines(record: DrillRecord) -> tuple[SectionLine, ...]:
    """What is tested."""
    return tuple(_line(row, SectionLine) for row in record.tested)


def supply_lines(record: DrillRecord) -> tuple[SupplyLine, ...]:
    """What is set aside."""
    return tuple(_line(row, SupplyLine) for row in record.supplies)


def cost_lines(record: DrillRecord) -> tuple[CostLine, ...]:
    """The costs."""
    return tuple(_line(row, CostLine) for row in record.costs)


def _party(row: PartyRow) -> PartyLine:
    is_outside = row.unit_id is None and row.team_id is None
    return PartyLine(
        id=row.id,
        unit_id=row.unit_id,
        team_id=row.team_id,
        name=row.name if is_outside else None,
        role=row.role,
        expected=row.expected,
        present=row.present,
    )


def _line(row: Any, line: type[Line]) -> Line:
    return line(**{name: getattr(row, name) for name in line.__struct_fields__})
