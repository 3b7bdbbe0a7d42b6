"""From a sheet's cells to entries: the cells that a guess names, with what the clerk said in the place of some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple

from msgspec import structs

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kinds import kind_of
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.layout import Field, layout
from drillapp.core.ledgers.naming import NAMINGS
from drillapp.core.ledgers.reading import Block, Cell, Sheet
from drillapp.core.ledgers.rows import Rows
from drillapp.core.ledgers.said import Said
from drillapp.core.ledgers.shapes import Glance, Guess
from drillapp.core.ledgers.table import Place, Source, Table, open_table, refuse_changed
from drillapp.core.progress import Progress
from drillapp.core.search.rebuild import SEARCHED

MOST_COLUMNS = 64
"""So many columns are kept in memory for corrections, besides those that are needed."""
NO_COLUMN = -1
"""The place of what no column of the file holds."""


class Converted(NamedTuple):
    """The rows of a file, and its cells."""

    rows: Rows
    table: Table


class Wanted(NamedTuple):
    """Which fields are read, and the column of each."""

    kind: str
    entry: type[Any]
    fields: tuple[Field, ...]
    columns: tuple[int, ...]
    headers: tuple[str, ...]
    ignored: tuple[str, ...]

    @property
    def once(self) -> frozenset[int]:
        """Columns of quantities: a merged cell is not there once for each of its rows."""
        return frozenset(
            column
            for field, column in zip(self.fields, self.columns, strict=True)
            if field.type in ("quantity", "interval")
        )

    @property
    def title(self) -> int:
        """The column of what records are found by first; `NO_COLUMN` for none."""
        name = SEARCHED.get(self.kind, ("",))[0]
        columns = zip(self.fields, self.columns, strict=True)
        return next((column for field, column in columns if field.name == name), NO_COLUMN)


def own_code(kind: str) -> str:
    """The field of the code or number that the office itself gives new records of a kind; '' for none."""
    return NAMINGS[kind].code if kind in NAMINGS else ""


def wanted_of(guess: Guess, kind: str, said: Said) -> Wanted:
    """What a guess says is to be read; a code that no column holds is among it, for the clerk or the office to say."""
    code = own_code(kind)
    is_open = code not in guess.columns or said.number
    columns = {code: NO_COLUMN, **guess.columns} if code else guess.columns
    entry = kind_of(kind).entry
    names = [
        name
        for name in entry.__struct_fields__
        if name in columns and (columns[name] != NO_COLUMN or name not in said.given)
    ]
    return wanted_for(kind, entry, guess._replace(columns=columns), names, code if is_open else "")


def wanted_for(
    kind: str, entry: type[Any], guess: Guess, names: Sequence[str], open_field: str = ""
) -> Wanted:
    """These fields of a layout, in the order of the entry's own, which is what rows are made by.

    `open_field` is required by the layout but may be empty.
    """
    by_name = {field.name: field for field in layout(kind).field}
    columns = tuple(guess.columns[name] for name in names)
    return Wanted(
        kind,
        entry,
        tuple(structs.replace(by_name[n], required=False) if n == open_field else by_name[n] for n in names),
        columns,
        tuple(guess.headers.get(guess.columns[name]) or by_name[name].label for name in names),
        tuple(words for column, words in sorted(guess.headers.items()) if column not in columns and words),
    )  # fmt: skip


def convert(
    source: Source,
    glances: Sequence[Glance],
    guess: Guess,
    said: Said,
    wanted: Wanted,
    table: Table | None,
    progress: Progress,
    open_files: ExitStack,
    *,
    keep: bool,
) -> Converted:
    """The rows of a file, from memory where `table` holds them; `keep` reads more columns, for corrections.

    A file that is read stays open until `open_files` is closed. Raises what `open_table` raises, Conflict for a file
    that was changed while it was read, and InvalidInput for a sheet without rows.
    """
    needed = set(wanted.columns) - {NO_COLUMN}
    columns = _kept_columns(glances, guess, needed) if keep else tuple(sorted(needed))
    place = Place(guess.sheet, guess.header, columns, wanted.title)
    is_held = table is not None and table.holds(place._replace(columns=tuple(needed)))
    found = table if table is not None and is_held else open_table(source, place, progress, open_files)
    sheet = _sheet(found.sheet, wanted)
    rows = Rows(
        sheet, wanted.fields, wanted.headers, wanted.ignored, wanted.entry, said.given,
        {field.name: field.label for field in layout(wanted.kind).field}, frozenset(said.taken_in),
    )  # fmt: skip
    for block in found.blocks():
        chosen = _chosen(found, block, wanted)
        rows.add(_corrected(chosen, wanted.fields, said), _beside(chosen, wanted.fields, said))
    if not is_held:
        refuse_changed(source)
    rows.finish()
    if not rows.read:
        raise InvalidInput(
            _("There are no rows below the header in '{sheet}'.").format(sheet=sheet.name),
            _("Choose the sheet that holds the ledger, or fill it in first."),
        )
    return Converted(rows, found)


def _kept_columns(glances: Sequence[Glance], guess: Guess, needed: set[int]) -> tuple[int, ...]:
    """The columns in which something stands, the first of them at least."""
    rows = next((glance.rows for glance in glances if glance.sheet == guess.sheet), [])
    filled = {column for row in rows for column, cell in enumerate(row) if cell != ""}
    return tuple(sorted({*sorted(filled | guess.headers.keys())[:MOST_COLUMNS], *needed}))


def _sheet(sheet: Sheet, wanted: Wanted) -> Sheet:
    choice = sheet.choice._replace(columns=wanted.columns, once=wanted.once)
    return sheet._replace(choice=choice)


def _chosen(table: Table, block: Block, wanted: Wanted) -> Block:
    """The block as if only the wanted columns had been asked for."""
    count = len(block.others)
    there = [column for column in wanted.columns if column != NO_COLUMN]
    chosen = table.chosen(block, there, wanted.once)
    cells = iter(chosen.columns)
    columns: list[list[Cell]] = [
        [""] * count if column == NO_COLUMN else next(cells) for column in wanted.columns
    ]
    return chosen._replace(columns=columns)


def _corrected(block: Block, fields: Sequence[Field], said: Said) -> Block:
    """The block with what the clerk said in the place of what the file has."""
    rows = range(block.first_row, block.first_row + len(block.others))
    out = [row - rows.start for row in said.left_out if row in rows]
    cells = {key: text for key, text in said.cells.items() if key[0] in rows}
    alike = _alike(said)
    if not out and not cells and alike.keys().isdisjoint(field.name for field in fields):
        return block
    columns: list[list[Cell]] = [
        [alike[field.name].get(cell_text(cell), cell) for cell in column]
        if field.name in alike
        else list(column)
        for field, column in zip(fields, block.columns, strict=True)
    ]
    place = {field.name: i for i, field in enumerate(fields)}
    for (row, name), text in cells.items():
        if name in place:
            columns[place[name]][row - rows.start] = text
    others = list(block.others)
    for offset in out:
        others[offset] = ""
        for column in columns:
            column[offset] = ""
    return block._replace(columns=columns, others=others)


def _beside(block: Block, fields: Sequence[Field], said: Said) -> dict[tuple[int, str], Cell]:
    """What the file has in rows that are left out; '' for cells that were empty before somebody said what they mean."""
    rows = range(block.first_row, block.first_row + len(block.others))
    columns = {field.name: column for field, column in zip(fields, block.columns, strict=True)}
    out = [row for row in said.left_out if row in rows]
    beside = {(row, name): column[row - rows.start] for row in out for name, column in columns.items()}
    single = [(row, name) for row, name in said.cells if row in rows and name in columns]
    return beside | {(row, name): "" for row, name in single if columns[name][row - rows.start] == ""}


def _alike(said: Said) -> Mapping[str, Mapping[str, str]]:
    by_field: dict[str, dict[str, str]] = {}
    for (field, written), text in said.alike.items():
        by_field.setdefault(field, {})[written] = text
    return by_field
