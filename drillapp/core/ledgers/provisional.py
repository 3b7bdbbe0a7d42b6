"""A first look and a first guess, until heads.py and guessing/ are there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drillapp.core.errors import InvalidInput
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.layout import Match, find_header, layout
from drillapp.core.ledgers.said import Said
from drillapp.core.ledgers.shapes import Glance, Guess
from drillapp.core.progress import Progress


class _Enough(InvalidInput):
    pass


def glances(path: Path, progress: Progress) -> list[Glance]:
    """The first rows of every sheet."""
    found: list[Glance] = []

    def choose(glance: Glance) -> reading.Choice:
        found.append(glance)
        raise _Enough("")

    try:
        with reading.opened(path, choose, progress):
            pass
    except _Enough:
        pass
    return found


def guess(shown: Sequence[Glance], said: Said) -> Guess:
    """The first sheet and kind of which most columns are there."""
    best = Guess(said.kind, said.sheet or shown[0].sheet, (0, 0), {}, {})
    for glance in shown:
        if said.sheet and glance.sheet != said.sheet:
            continue
        for kind in [said.kind] if said.kind else KINDS:
            found = _guess_sheet(glance, kind, said)
            if not best.header[0] or _worth(found) > _worth(best):
                best = found
    return best


def _worth(guess: Guess) -> int:
    return len(guess.columns) - 5 * len(guess.missing)


def _guess_sheet(glance: Glance, kind: str, said: Said) -> Guess:
    shape = layout(kind)
    rows = glance.rows
    if said.header is not None and said.header[1]:
        rows = [[] for _row in range(said.header[1] - 1)] + rows[said.header[1] - 1 : said.header[1]]
    try:
        match = find_header(shape, rows, said.words, frozenset(shape.names))
    except InvalidInput:
        match = Match(0, {})
    headers = {i: str(cell).strip() for i, cell in enumerate(rows[match.row]) if str(cell).strip()}
    columns = {name: column for name, column in match.columns.items() if column not in said.columns}
    columns |= {field: column for column, field in said.columns.items() if field}
    missing = tuple(
        f.name for f in shape.field if f.required and f.name not in columns and f.name not in said.given
    )
    return Guess(kind, glance.sheet, (match.row + 1, match.row + 1), columns, headers, missing)
