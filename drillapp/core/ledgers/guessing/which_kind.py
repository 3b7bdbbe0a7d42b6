"""Which kind of ledger a table is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.guessing.columns import Columns, Said, assign
from drillapp.core.ledgers.guessing.headers import Grid, Header
from drillapp.core.ledgers.layout import BRACKETS, Layout, layout, plain_word, words_of
from drillapp.core.resources import load_toml

_SELDOM = 0.2
"""What a required field counts that real files seldom have."""


class Fit(NamedTuple):
    """How well a table fits a kind."""

    kind: str
    columns: Columns
    certainty: float
    """0 to 1."""
    clue: str = ""
    """The word in the titles that speaks for the kind."""


def fits(grid: Grid, header: Header, said: Said, titles: str, kinds: Iterable[str] = ()) -> list[Fit]:
    """Each kind with what the table would be in it, the best first."""
    found = []
    for kind in kinds or KINDS:
        columns = assign(layout(kind), grid, header, said)
        clue = _clue(kind, titles)
        found.append(Fit(kind, columns, _certainty(kind, grid, header, columns, clue), clue))
    return sorted(found, key=lambda fit: -fit.certainty)


def _certainty(kind: str, grid: Grid, header: Header, columns: Columns, clue: str) -> float:
    """By three things: are the required columns there, are the columns that are there known, what do titles say."""
    sure = {reason.column: reason.certainty for reason in columns.because}
    if not sure:
        return 0.0
    named = {column: weight for column in header.words if (weight := _weight(grid, header, column))}
    known = sum(
        named.get(column, 1.0) * certainty for column, certainty in sure.items() if column is not None
    )
    share = known / max(sum(named.values()), known)
    there = _required_share(layout(kind), columns, kind)
    own = sum(_rarity(kind, field) * columns.certainty(field) for field in columns.fields)
    titled = min(1.0, 0.4 + 0.15 * len(clue)) if clue else 0.0
    return 0.45 * there + 0.3 * share + 0.1 * min(1.0, own / 2) + 0.15 * titled


def _required_share(of: Layout, columns: Columns, kind: str) -> float:
    seldom = load_toml("ledgers/guessing.toml")["seldom"].get(kind, ())
    weights = {field.name: _SELDOM if field.name in seldom else 1.0 for field in of.field if field.required}
    there = sum(weight * columns.certainty(name) for name, weight in weights.items())
    return there / sum(weights.values()) if weights else 0.5


def _weight(grid: Grid, header: Header, column: int) -> float:
    """How much it matters that a column is known: one that numbers the rows or is empty says nothing."""
    content = grid.content(header.last, column)
    plain = plain_word("".join(header.words[column]))
    if plain in map(plain_word, load_toml("ledgers/guessing.toml")["serial"]):
        return 0.0
    return 1.0 if content.cells else 0.3


def _rarity(kind: str, field: str) -> float:
    """How much a field tells the kind from others: by the kinds that share its official word."""
    official = next(one.headers[0] for one in layout(kind).field if one.name == field)
    return 1 / _users()[plain_word(official)]


@cache
def _users() -> Counter[str]:
    """Word to the number of kinds that have it."""
    return Counter(word for kind in KINDS for word in words_of(layout(kind)))


def _clue(kind: str, titles: str) -> str:
    """The longest word for the kind that stands in the titles."""
    plain = plain_word(titles)
    words = [*load_toml("ledgers/guessing.toml")["clues"].get(kind, ()), *layout(kind).label.values()]
    return max((word for word in words if plain_word(word) in plain), key=len, default="")


def known_share(header: Header, kind: str | None) -> float:
    """Which share of a header's names (0 to 1) are words of the kind, or of any kind."""
    words = words_of(layout(kind)) if kind else _users()
    names = [plain_word(part) for part in header.joined.values()]
    lasts = [plain_word(words[-1]) for words in header.words.values()]
    found = [
        name in words or last in words or plain_word(BRACKETS.sub("", name)) in words
        for name, last in zip(names, lasts, strict=True)
    ]
    return sum(found) / len(found) if found else 0.0
