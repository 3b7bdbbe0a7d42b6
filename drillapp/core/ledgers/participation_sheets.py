"""Who took part in drills as a spreadsheet: by unit, and by person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from drillapp.core.drills.participation import participation, people_taking_part
from drillapp.core.ledgers.exporting import write_rows
from drillapp.core.ledgers.layout import layout
from drillapp.core.office import Office


def export_participation(office: Office, unit_id: int | None, year: int, path: Path) -> int:
    """Write the units of a scope to .xlsx or .csv; returns how many rows, raises what `export_ledger` raises."""
    return _write("participation", participation(office, unit_id, year), path)


def export_people_taking_part(
    office: Office, unit_id: int | None, year: int, path: Path, *, never_only: bool = False
) -> int:
    """Write the people of a scope, or those who never took part, to .xlsx or .csv; returns how many rows."""
    people = people_taking_part(office, unit_id, year, never_only=never_only)
    return _write("people_taking_part", people, path)


def _write(name: str, rows: Sequence[msgspec.Struct], path: Path) -> int:
    shape = layout(name)
    write_rows(path, shape, ([getattr(row, column) for column in shape.names] for row in rows))
    return len(rows)
