"""What would come of a file: every row as it is written, as it is understood, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from msgspec import UNSET

from drillapp.core import enumerations
from drillapp.core.ledgers.dates import show_moment
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.reading import Cell
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.table import Table
from drillapp.core.ledgers.values import Column, Fault
from drillapp.core.ledgers.words import word

State = Literal["new", "changed", "same", "refused", "left_out", "like"]
STATES: tuple[State, ...] = ("new", "like", "changed", "same", "refused", "left_out")


class DraftRow(NamedTuple):
    """A row of the file and what becomes of it."""

    row: int
    state: State
    written: tuple[str, ...]
    """What stands in the file, in the order of the fields."""
    understood: tuple[str, ...]
    """What it is taken for, as an export would show it; '' where the cell is refused or empty."""
    why: str
    """What is wrong, what it is like, or why it is left out; '' when there is nothing to say."""


class Checked:
    """What came of one check; a later check makes another."""

    def __init__(
        self,
        result: ImportResult,
        fields: Sequence[Field],
        columns: Mapping[str, int],
        table: Table,
        cells: Mapping[tuple[int, str], Cell],
        entries: Mapping[int, Any],
        states: Mapping[int, State],
        why: Mapping[int, str],
    ) -> None:
        """`entries` and `states` go by the sheet's rows, `cells` are those that the clerk corrected."""
        self.result = result
        self.fields = tuple(fields)
        self._columns = dict(columns)
        self._table = table
        self._cells = cells
        self._entries = entries
        self._states = dict(sorted(states.items()))
        self._why = why
        self._readers = [Column(field) for field in fields]
        self._by_state: dict[str | None, list[int]] = {None: list(self._states)}

    @property
    def count(self) -> int:
        """How many rows there are, those that are left out among them."""
        return len(self._states)

    def counts(self) -> dict[str, int]:
        """State to how many rows are in it."""
        counted = Counter(self._states.values())
        return {state: counted.get(state, 0) for state in STATES}

    def rows(self, start: int, stop: int, state: str | None = None) -> list[DraftRow]:
        """Some of the rows, in the sheet's order, of all or of those in one state."""
        if state not in self._by_state:
            self._by_state[state] = [row for row, found in self._states.items() if found == state]
        return [self._row(row) for row in self._by_state[state][start:stop]]

    def _row(self, row: int) -> DraftRow:
        cells = [self._cell(row, field) for field in self.fields]
        entry = self._entries.get(row)
        if entry is None:
            values = [reader.read([cell])[0] for reader, cell in zip(self._readers, cells, strict=True)]
        else:
            values = [getattr(entry, field.name) for field in self.fields]
        return DraftRow(
            row,
            self._states[row],
            tuple(map(_written, cells)),
            tuple(shown_value(field, value) for field, value in zip(self.fields, values, strict=True)),
            self._why.get(row, ""),
        )

    def _cell(self, row: int, field: Field) -> Cell:
        said = self._cells.get((row, field.name))
        if said is not None:
            return said
        column = self._columns.get(field.name)
        return "" if column is None else self._table.cell(row, column)


def shown_value(field: Field, value: Any) -> str:
    """A field's value as a person reads it in an exported ledger."""
    if value is None or value is UNSET or isinstance(value, Fault):
        return ""
    if isinstance(value, datetime):
        return show_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return enumerations.label("yes_no", "yes" if value else "no")
    if field.type == "choice":
        return enumerations.label(field.enumeration, value)
    if field.type == "list":
        return str(word("joint")).join(enumerations.label(field.enumeration, code) for code in value)
    return str(value)


def _written(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)
