"""What would come of a file: every row as it is written, as it is understood, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.reading import Cell
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.rows import Rows
from drillapp.core.ledgers.said import Said
from drillapp.core.ledgers.showing import shown_value
from drillapp.core.ledgers.table import Table

State = Literal["new", "changed", "same", "refused", "left_out", "like"]
STATES: tuple[State, ...] = ("new", "like", "changed", "same", "refused", "left_out")


class Told(NamedTuple):
    """What becomes of a row."""

    state: State
    why: str = ""
    """What is wrong, what it is like, what changes, why it is left out; '' when there is nothing to say."""


class DraftRow(NamedTuple):
    """A row of the file and what becomes of it."""

    row: int
    state: State
    written: tuple[str, ...]
    """What stands in the file or was said instead, in the order of the fields."""
    understood: tuple[str, ...]
    """What it is taken for, as an export would show it; '' where the cell is refused or empty."""
    why: str
    """What is wrong, what it is like, what changes, why it is left out; '' when there is nothing to say."""


class Checked:
    """What came of one check; a later check makes another."""

    def __init__(
        self,
        result: ImportResult,
        fields: Sequence[Field],
        columns: Mapping[str, int],
        table: Table,
        said: Said,
        rows: Rows,
        entries: Mapping[int, Any],
        told: Mapping[int, Told],
    ) -> None:
        """`entries` and `told` go by the sheet's rows."""
        self.result = result
        self.fields = tuple(fields)
        self.given = frozenset(said.given.keys() - columns.keys())
        """Fields that are said for the file as a whole: no cell of the file holds them."""
        self._columns = dict(columns)
        self._table = table
        self._said = said
        self._entries = entries
        self._told = dict(sorted(told.items()))
        self._readers = {column.field.name: column for column in rows.columns}
        self._by_state: dict[str | None, list[int]] = {None: list(self._told)}

    @property
    def count(self) -> int:
        """How many rows there are, those that are left out among them."""
        return len(self._told)

    def counts(self) -> dict[str, int]:
        """State to how many rows are in it."""
        counted = Counter(told.state for told in self._told.values())
        return {state: counted.get(state, 0) for state in STATES}

    def rows(self, start: int, stop: int, state: str | None = None) -> list[DraftRow]:
        """Some of the rows, in the sheet's order, of all or of those in one state."""
        if state not in self._by_state:
            self._by_state[state] = [row for row, told in self._told.items() if told.state == state]
        return [self._row(row) for row in self._by_state[state][start:stop]]

    def _row(self, row: int) -> DraftRow:
        cells = [self._cell(row, field) for field in self.fields]
        told, entry = self._told[row], self._entries.get(row)
        values = [self._value(entry, field, cell) for field, cell in zip(self.fields, cells, strict=True)]
        return DraftRow(
            row,
            told.state,
            tuple(map(cell_text, cells)),
            tuple(shown_value(field, value) for field, value in zip(self.fields, values, strict=True)),
            told.why,
        )

    def _value(self, entry: Any, field: Field, cell: Cell) -> Any:
        if entry is not None:
            return getattr(entry, field.name)
        if field.name in self.given:
            return self._said.given[field.name]
        reader = self._readers.get(field.name)
        return None if reader is None else reader.read([cell])[0]

    def _cell(self, row: int, field: Field) -> Cell:
        if field.name in self.given:
            return shown_value(field, self._said.given[field.name])
        said = self._said.cells.get((row, field.name))
        if said is not None:
            return said
        column = self._columns.get(field.name)
        written = "" if column is None else self._table.cell(row, column)
        return self._said.alike.get((field.name, cell_text(written)), written)
