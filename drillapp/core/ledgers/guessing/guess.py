"""How a ledger file is understood at first sight: its sheet, its kind, its header, its columns, each with the reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.guessing.columns import Said
from drillapp.core.ledgers.guessing.contents import is_value
from drillapp.core.ledgers.guessing.headers import Grid, Header, has_values, header_at
from drillapp.core.ledgers.guessing.remembering import Remembered, shape
from drillapp.core.ledgers.guessing.said import check_columns, check_fields, mapped_columns
from drillapp.core.ledgers.guessing.which_kind import Fit, fits, known_share
from drillapp.core.ledgers.layout import layout, plain_word
from drillapp.core.ledgers.own_files import is_own
from drillapp.core.ledgers.shapes import Glance, Guess, Reason, Region

CERTAIN = 0.28
"""From here on a kind counts as recognised."""
_LIKELIEST = 3
"""So many possible headers of a sheet are looked at closely."""
_FAR = 0.35
"""What looks so much less like a header than another row is not looked at."""
_SEEN = 0.75
"""What looks so much like a header begins another table."""
_FEWEST_CELLS = 3
_FEWEST_ROWS = 2
"""So many rows of so many cells are data, whatever stands above them."""
_ENOUGH_WORDS = 3
"""So many known names in a row say as much for it as all."""
_AS_GOOD = 0.1
_HIDDEN = 0.5
"""What a hidden sheet is worth beside others."""
NO_HEADER = (0, 0)


class Wanted(NamedTuple):
    """What is said before anything is guessed."""

    kind: str | None = None
    header: tuple[int, int] | None = None
    """First and last row; (0, 0) for none."""
    column_map: Mapping[str, str] = {}
    said: Mapping[int, str] = {}
    known: Mapping[str, Remembered] = {}
    file_name: str = ""


class _Table(NamedTuple):
    grid: Grid
    header: Header
    form: float
    """How much the header looks like one, 0 to 1."""
    fits: list[Fit]
    remembered: bool
    said: Said

    @property
    def certainty(self) -> float:
        fit = self.fits[0].certainty if self.fits else 0.0
        return (0.5 * fit + 0.5 * self.form) * (_HIDDEN if self.grid.glance.is_hidden else 1.0)


def guess(
    glances: Sequence[Glance],
    *,
    kind: str | None = None,
    sheet: str | None = None,
    header: tuple[int, int] | None = None,
    column_map: Mapping[str, str] | None = None,
    said: Mapping[int, str] | None = None,
    known: Mapping[str, Remembered] | None = None,
    given: Collection[str] = (),
    file_name: str = "",
) -> Guess:
    """How the file is understood, where `kind`, `sheet`, `header` and columns are what people said of it.

    `column_map` names columns by their header or letter, `said` by their position ('' as field: left out); `known` is
    what was remembered, `given` the fields that are said for the file as a whole. `header` (0, 0) says there is none. Never fails for what it cannot find out.
    Raises InvalidInput for a sheet, a column or a field that there is not.
    """
    wanted = Wanted(kind, header, column_map or {}, said or {}, known or {}, file_name)
    if kind is not None:
        check_fields(layout(kind), wanted.column_map)
    grids = [Grid(glance) for glance in glances]
    tables = [table for grid in _chosen(grids, sheet) for table in _tables(grid, wanted)]
    if not tables:
        return Guess(kind, sheet or (glances[0].sheet if glances else ""), NO_HEADER, {}, {})
    most = max(table.certainty for table in tables)
    # Of several that are ledgers, the first: by the order of the sheets, then from the top.
    best = next(table for table in tables if table.certainty >= most - _AS_GOOD)
    check_columns(best.header, best.grid.width, wanted.column_map)
    return _told(best, grids, wanted, frozenset(given))


def _chosen(grids: Sequence[Grid], sheet: str | None) -> list[Grid]:
    if sheet is None:
        return [grid for grid in grids if grid.widest]
    found = [grid for grid in grids if grid.glance.sheet == sheet]
    if not found:
        raise InvalidInput(
            _("There is no sheet '{sheet}' in the file.").format(sheet=sheet),
            _("The sheets are: {sheets}.").format(sheets=", ".join(grid.glance.sheet for grid in grids)),
        )
    return found


def _tables(grid: Grid, wanted: Wanted) -> list[_Table]:
    """The likeliest tables of a sheet, with what each would be."""
    headers = [_said_header(grid, wanted.header)] if wanted.header else grid.headers
    ranked = sorted(((_rank(grid, header, wanted), header) for header in headers), key=lambda one: -one[0])
    likely = [one for one in ranked[:_LIKELIEST] if one[0] >= ranked[0][0] - _FAR]
    ranked = sorted(likely, key=lambda one: one[1].first)
    tables = [_table(grid, header, form, wanted) for form, header in ranked]
    if wanted.header is None and all(_is_data(table) for table in tables):
        return [_table(grid, Header(0, 0, {}), 0.5, wanted)]
    return tables


def _said_header(grid: Grid, rows: tuple[int, int]) -> Header:
    return Header(0, 0, {}) if rows == NO_HEADER else header_at(grid, *rows)


def _rank(grid: Grid, header: Header, wanted: Wanted) -> float:
    """How much a row looks like the header wanted: by its form, and by the words in it that are known."""
    if header.first == 0:
        return 1.0
    form = grid.likeness(header)
    if shape(header.joined) in wanted.known:
        return form + 1
    mapped = mapped_columns(header, 0, wanted.column_map)
    known = min(1.0, known_share(header, wanted.kind) * len(header.words) / _ENOUGH_WORDS)
    return form * 0.7 + known * 0.3 + (len(mapped) / len(wanted.column_map) if wanted.column_map else 0.0)


def _is_data(table: _Table) -> bool:
    """Whether what would be the header is a row of data like those below it."""
    return has_values(table.grid, table.header) and known_share(table.header, None) == 0


def _table(grid: Grid, header: Header, form: float, wanted: Wanted) -> _Table:
    said = mapped_columns(header, grid.width, wanted.column_map) | dict(wanted.said)
    titles = _titles(grid, header, wanted.file_name)
    recalled = wanted.known.get(shape(header.joined)) if header.words else None
    # What this program wrote is meant as it stands there, whatever was said of such a file once.
    if recalled is not None and (
        wanted.kind not in (None, recalled.kind) or is_own(grid.glance, header.last)
    ):
        recalled = None
    kind = wanted.kind
    if recalled is not None and kind is None:
        kind = recalled.kind
        free = fits(grid, header, Said(said, {}), titles)
        if _is_titled_otherwise(kind, free):
            return _Table(grid, header, min(form, 1.0), free, False, Said(said, {}))
    known = Said(said, _remembered(header, recalled))
    found = fits(grid, header, known, titles, (kind,) if kind else ())
    return _Table(grid, header, min(form, 1.0), found, recalled is not None, known)


def _is_titled_otherwise(remembered: str, found: Sequence[Fit]) -> bool:
    """Whether this file's own titles say that it is something else than the last one with such a header."""
    clues = {fit.kind: fit.clue for fit in found}
    best = found[0]
    is_other = best.kind != remembered and best.certainty >= CERTAIN
    return is_other and len(best.clue) > len(clues[remembered])


def _remembered(header: Header, recalled: Remembered | None) -> dict[int, str]:
    if recalled is None:
        return {}
    plain = {column: plain_word(words) for column, words in header.joined.items()}
    return {column: recalled.columns[word] for column, word in plain.items() if word in recalled.columns}


def _titles(grid: Grid, header: Header, file_name: str) -> str:
    """What stands above the table and on the outside of it."""
    above = [grid.text(row, column) for row in range(1, header.first) for column in grid.filled(row)]
    return " ".join([file_name, grid.glance.sheet, *above])


def _told(table: _Table, grids: Sequence[Grid], wanted: Wanted, given: frozenset[str]) -> Guess:
    best = table.fits[0] if table.fits else None
    is_sure = best is not None and (wanted.kind is not None or table.remembered or best.certainty >= CERTAIN)
    kind = best.kind if best is not None and is_sure else None
    columns = dict(best.columns.fields) if best is not None and kind else {}
    reasons = best.columns.because if best is not None and kind else ()
    required = [field.name for field in layout(kind).field if field.required] if kind else []
    return Guess(
        kind,
        table.grid.glance.sheet,
        (table.header.first, table.header.last),
        columns,
        table.header.joined,
        tuple(name for name in required if name not in columns and name not in given),
        (*_reasons(table, grids, wanted, kind), *reasons),
        tuple(_others(table, grids, wanted)),
        tuple((fit.kind, round(fit.certainty, 3)) for fit in table.fits[:5]),
        tuple(column for column, field in (table.said.remembered | table.said.fields).items() if not field),
    )


def _reasons(table: _Table, grids: Sequence[Grid], wanted: Wanted, kind: str | None) -> list[Reason]:
    reasons = []
    if kind is not None:
        fit = table.fits[0]
        if wanted.kind is not None:
            reasons.append(Reason("kind", "", None, _("said"), 1.0))
        elif table.remembered:
            reasons.append(Reason("kind", "", None, _("as in the last file of this shape"), 0.97))
        else:
            reasons.append(Reason("kind", "", None, _kind_words(fit), fit.certainty))
    if len(grids) > 1:
        reasons.append(
            Reason("sheet", "", None, _("the table that looks most like a ledger"), table.certainty)
        )
    if wanted.header:
        reasons.append(Reason("header", "", None, _("said"), 1.0))
    elif table.header.first:
        reasons.append(Reason("header", "", None, _("names above the columns"), table.form))
    else:
        reasons.append(Reason("header", "", None, _("no row holds names of columns"), table.form))
    return reasons


def _kind_words(fit: Fit) -> str:
    count = len(fit.columns.fields)
    if fit.clue:
        return _("{count} columns are known; the title says '{clue}'").format(count=count, clue=fit.clue)
    return _("{count} columns are known").format(count=count)


def _others(table: _Table, grids: Sequence[Grid], wanted: Wanted) -> list[Region]:
    """Tables further down on the same sheet, and those of other sheets."""
    found = []
    free = wanted._replace(kind=None, header=None, column_map={}, said={})
    for grid in grids:
        is_same = grid is table.grid
        for header in grid.headers:
            if is_same and not _is_apart(header, table.header):
                continue
            if grid.likeness(header) >= _SEEN and known_share(header, None) >= 0.5 and len(header.words) > 1:
                other = _table(grid, header, 1.0, free)
                kind = other.fits[0].kind if other.fits[0].certainty >= CERTAIN else None
                below = sum(bool(grid.filled(row)) for row in range(header.last + 1, grid.count + 1))
                words = tuple(header.joined.values())
                found.append(Region(grid.glance.sheet, (header.first, header.last), kind, below, words))
        if not is_same and (not found or found[-1].sheet != grid.glance.sheet):
            found.extend(_unknown(grid))
    return found


def _unknown(grid: Grid) -> list[Region]:
    """What looks like data on a sheet of which no header is known: rows of several cells with values among them."""
    rows = [row for row in range(1, grid.count + 1) if len(grid.filled(row)) >= _FEWEST_CELLS]
    values = [row for row in rows if any(is_value(grid.cell(row, column)) for column in grid.filled(row))]
    if len(values) < _FEWEST_ROWS:
        return []
    first = rows[0]
    words = tuple(grid.text(first, column) for column in grid.filled(first))
    return [Region(grid.glance.sheet, (first, first), None, len(rows) - 1, words)]


def _is_apart(header: Header, chosen: Header) -> bool:
    """Whether it begins a table of its own: below the chosen one and no repetition of it, or beside it."""
    if header.first <= chosen.last:
        return (header.first, header.last) == (chosen.first, chosen.last) and not (
            header.words.keys() & chosen.words.keys()
        )
    return header.words != chosen.words
