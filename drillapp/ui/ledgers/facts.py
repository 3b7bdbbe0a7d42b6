"""What the window shows of a check, worked out beside the window's thread: refused cells, problems alike, left-out rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from drillapp.core.ledgers.checked import Checked, DraftRow
from drillapp.core.ledgers.rows import LedgerError
from drillapp.core.ledgers.shapes import GLANCE_ROWS

_LOOKED_AT = 5_000
"""So many refused rows are gone through for what stands in their cells; behind them problems repeat themselves."""


class Trouble(NamedTuple):
    """One thing that is wrong, in all the rows in which just this is written."""

    field: str
    """'' for a row as a whole."""
    label: str
    written: str
    message: str
    rows: tuple[int, ...]


class Told(NamedTuple):
    """One thing that is told of some rows."""

    column: str
    message: str
    rows: tuple[int, ...]


class Facts(NamedTuple):
    """A check and what is looked up in it."""

    checked: Checked
    counts: Mapping[str, int]
    troubles: tuple[Trouble, ...]
    """The most frequent first."""
    faults: Mapping[tuple[int, str], str]
    """Row (from 1) and field to what is wrong."""
    left_out: Mapping[int, str]
    """Rows of the glance that are left out, and why."""
    notes: tuple[Told, ...]
    like: tuple[int, ...]
    """Rows that are much like a record of the ledger or another row."""


def facts_of(checked: Checked) -> Facts:
    """Everything that the window shows of a check."""
    errors = checked.result.errors
    written = _written(checked)
    left_out = {
        row.row: row.why for row in checked.rows(0, GLANCE_ROWS, "left_out") if row.row <= GLANCE_ROWS
    }
    return Facts(
        checked,
        checked.counts(),
        _grouped(errors, written),
        {(error.row, error.field): error.message for error in reversed(errors)},
        left_out,
        _told(checked.result.notes),
        tuple(row.row for row in checked.rows(0, checked.count, "like")),
    )


def _written(checked: Checked) -> dict[tuple[int, str], str]:
    names = [field.name for field in checked.fields]
    rows: Sequence[DraftRow] = checked.rows(0, _LOOKED_AT, "refused")
    return {(row.row, name): text for row in rows for name, text in zip(names, row.written, strict=True)}


def _told(notes: Iterable[LedgerError]) -> tuple[Told, ...]:
    rows: dict[tuple[str, str], list[int]] = {}
    for note in notes:
        rows.setdefault((note.column, note.message), []).append(note.row)
    return tuple(Told(*key, tuple(found)) for key, found in rows.items())


def _grouped(errors: Iterable[LedgerError], written: Mapping[tuple[int, str], str]) -> tuple[Trouble, ...]:
    rows: dict[tuple[str, str, str, str], list[int]] = {}
    for error in errors:
        text = written.get((error.row, error.field), error.value)
        rows.setdefault((error.field, error.column, text, error.message), []).append(error.row)
    troubles = [Trouble(*key, tuple(found)) for key, found in rows.items()]
    return tuple(sorted(troubles, key=lambda trouble: (-len(trouble.rows), trouble.rows[0])))
