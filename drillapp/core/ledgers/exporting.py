"""Records become a ledger file that people can work on and that import reads back without loss."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import UnsetType
from sqlalchemy import select

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kinds import Kind, kind_of
from drillapp.core.ledgers.layout import Field, Layout, layout
from drillapp.core.ledgers.sheets import (
    Cell,
    CellKind,
    Head,
    refuse_too_many,
    replacing,
    write_delimited,
    write_workbook,
)
from drillapp.core.ledgers.showing import exported
from drillapp.core.listing import Listing, View, keys
from drillapp.core.listing import rows as fetch_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.uncollected import uncollected
from drillapp.core.units.references import unit_id

_BLOCK_ROWS = 2000
_WIDTHS = {
    "date": 12,
    "expiry": 12,
    "production": 12,
    "moment": 20,
    "number": 10,
    "quantity": 10,
    "interval": 10,
    "integer": 10,
    "flag": 10,
    "choice": 14,
    "list": 20,
    "text": 22,
}
_CELLS: dict[str, CellKind] = {
    "text": "text",
    "moment": "text",
    "date": "day",
    "expiry": "day",
    "production": "day",
}

_AS_THEY_ARE = frozenset({str, int, float, date, type(None)})
_REPEATED = frozenset({str, bool, type(None), UnsetType})


def export_ledger(
    office: Office,
    kind: str,
    path: Path,
    *,
    unit_code: str | None = None,
    progress: Progress = SILENT,
) -> int:
    """Write the records of a kind, of one unit and those under it if given, to .xlsx or .csv; returns how many.

    The file appears whole or not at all. Raises InvalidInput for another suffix, NotFound for an unknown kind or unit,
    Unavailable when the file cannot be written.
    """
    target = kind_of(kind)
    shape = layout(kind)
    suffix_of(path)
    ids = ledger_ids(office, target, unit_code)
    if path.suffix.lower() == ".xlsx":
        refuse_too_many(len(ids))
    write_blocks(path, shape, ledger_blocks(office, target, shape.names, ids, progress))
    return len(ids)


def write_rows(path: Path, shape: Layout, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows, each with a value for every field, to .xlsx or .csv; raises what `export_ledger` raises."""
    suffix_of(path)
    write_blocks(path, shape, iter([list(rows)]))


def suffix_of(path: Path) -> str:
    """Which of the forms of a ledger file a name stands for; raises InvalidInput for others."""
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise InvalidInput(
            _("A ledger cannot be written as '{suffix}'.").format(suffix=path.suffix),
            _("Choose a name that ends in .xlsx or .csv."),
        )
    return path.suffix.lower()


def ledger_ids(office: Office, kind: Kind, unit_code: str | None = None) -> array[int]:
    """The keys of all records of a kind, those out of use too, in the order of entry."""
    with office.read() as connection:
        unit = unit_id(connection, unit_code) if unit_code else None
    # In the order of entry: goods without lot number are told apart on re-import as they were on entry.
    return keys(office, kind.listing, View(unit_id=unit, sort=(("id", False),), retired=True))


def ledger_blocks(
    office: Office, kind: Kind, names: Sequence[str], ids: Sequence[int], progress: Progress = SILENT
) -> Iterator[list[tuple[Any, ...]]]:
    """The fields of these records, by the thousand."""
    read = _whole_rows if kind.listing.finished is not None else _columns_alone
    for start in range(0, len(ids), _BLOCK_ROWS):
        progress.step(start, len(ids), _("Writing the rows"))
        yield read(office, kind.listing, names, ids[start : start + _BLOCK_ROWS])


def _whole_rows(
    office: Office, listing: Listing, names: Sequence[str], ids: Sequence[int]
) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, name) for name in names) for row in fetch_rows(office, listing, ids)]


def _columns_alone(
    office: Office, listing: Listing, names: Sequence[str], ids: Sequence[int]
) -> list[tuple[Any, ...]]:
    """The columns of a ledger without those that a list works out beside them, which the database then leaves alone."""
    selected = listing.selected(office).subquery()
    by_name = dict(zip(listing.row.__struct_fields__, selected.c, strict=True))
    wanted = select(selected.c.id, *(by_name[name] for name in names)).where(selected.c.id.in_(list(ids)))
    with office.read() as connection:
        found = {row[0]: row[1:] for row in connection.execute(wanted)}
    return [found[key] for key in ids if key in found]


def heads_of(shape: Layout) -> list[Head]:
    """The header of a ledger file."""
    return [Head(field.label, _WIDTHS[field.type], _CELLS.get(field.type, "number")) for field in shape.field]


def cells_of(shape: Layout, block: Sequence[Sequence[Any]]) -> Iterable[tuple[Cell, ...]]:
    """Rows with a value for every field as they are written, worked out a column at a time."""
    columns = [
        _column(field, values) for field, values in zip(shape.field, zip(*block, strict=True), strict=True)
    ]
    return zip(*columns, strict=True)


def _column(field: Field, values: Sequence[Any]) -> Sequence[Cell]:
    kinds = set(map(type, values))
    if field.type not in ("choice", "list") and kinds <= _AS_THEY_ARE:
        return values
    if datetime in kinds or not kinds <= _REPEATED:
        return [exported(field, value) for value in values]
    # Codes repeat themselves: each is looked up once.
    words = {value: exported(field, value) for value in set(values)}
    return [words[value] for value in values]


def write_blocks(path: Path, shape: Layout, blocks: Iterable[Sequence[Sequence[Any]]]) -> None:
    """Write rows that come by the thousand; raises what `export_ledger` raises."""
    rows = chain.from_iterable(cells_of(shape, block) for block in blocks if block)
    with replacing(path) as temporary, uncollected():
        if path.suffix.lower() == ".xlsx":
            write_workbook(temporary, shape.title, heads_of(shape), rows)
        else:
            write_delimited(temporary, heads_of(shape), rows)
