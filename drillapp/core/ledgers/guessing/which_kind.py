"""Which kind of ledger a table is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.guessing.columns import Columns, Said, assign, end_of
from drillapp.core.ledgers.guessing.headers import Grid, Header
from drillapp.core.ledgers.guessing.vocabulary import QUANTITIES, quantity_words, seldom, serial_words, users
from drillapp.core.ledgers.layout import BRACKETS, layout, plain_word, words_of
from drillapp.core.resources import load_toml

_WITHOUT_QUANTITY = 0.85
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
        columns = assign(kind, grid, header, said)
        clue = _clue(kind, titles)
        found.append(Fit(kind, columns, _certainty(kind, grid, header, columns, clue), clue))
    return sorted(found, key=lambda fit: -fit.certainty)


def _certainty(kind: str, grid: Grid, header: Header, columns: Columns, clue: str) -> float:
    """By three things: are the required columns there, are the columns that are there known, what do titles say."""
    if not columns.fields:
        return 0.0
    sure = {name: columns.certainty(name) for name in columns.fields}
    own = {name: _specific(kind, header, column) for name, column in columns.fields.items()}
    there = _required_share(kind, {name: sure[name] * (0.6 + 0.4 * own[name]) for name in sure})
    weights = {column: _weight(grid, header, column) for column in header.words}
    by_column = {column: sure[name] * weights.get(column, 1.0) for name, column in columns.fields.items()}
    share = sum(by_column.values()) / max(sum(weights.values()), 1.0, sum(by_column.values()))
    own_share = min(1.0, sum(own.values()) / 2)
    titled = min(1.0, 0.4 + 0.15 * len(clue)) if clue else 0.0
    prior = load_toml("ledgers/guessing.toml")["prior"].get(kind, 1.0)
    if _loses_quantities(kind, header, columns):
        prior *= _WITHOUT_QUANTITY
    return float(prior * (0.4 * there + 0.3 * share + 0.15 * own_share + 0.15 * titled))


def _loses_quantities(kind: str, header: Header, columns: Columns) -> bool:
    """Whether the table has quantities and the kind none: then it is hardly meant."""
    types = {field.type for field in layout(kind).field if field.name in columns.fields}
    if types & {*QUANTITIES, "number"}:
        return False
    return any(plain in quantity_words() for column in header.words for plain in _forms(header, column))


def _required_share(kind: str, certainties: Mapping[str, float]) -> float:
    weights = {
        field.name: _SELDOM if field.name in seldom(kind) else 1.0
        for field in layout(kind).field
        if field.required
    }
    there = sum(weight * certainties.get(name, 0.0) for name, weight in weights.items())
    return there / sum(weights.values()) if weights else 0.5


def _weight(grid: Grid, header: Header, column: int) -> float:
    """How much it matters that a column is known: one that numbers the rows or is empty says nothing."""
    if plain_word("".join(header.words[column])) in serial_words():
        return 0.0
    return 1.0 if grid.content(header.last, column).cells else 0.3


def _specific(kind: str, header: Header, column: int) -> float:
    """How much a column's name tells the kind from others, 0 to 1: by the kinds that know the word too."""
    for plain in _forms(header, column):
        having = users().get(plain, {})
        if kind in having:
            return _share(having, kind)
    readings = header.readings(column)
    end = end_of(layout(kind), plain_word(BRACKETS.sub("", readings[-1]))) if readings else None
    return _share(users().get(end[0], {}), kind) * len(end[0]) / len(readings[-1]) if end else 0.0


def _forms(header: Header, column: int) -> Iterator[str]:
    """What the column may be called, in the plain forms that words are known by."""
    for text in header.readings(column):
        yield plain_word(text)
        yield plain_word(BRACKETS.sub("", text))


def _share(having: Mapping[str, float], kind: str) -> float:
    return float((having.get(kind, 0.0) / (sum(having.values()) or 1.0)) ** 0.5)


def _clue(kind: str, titles: str) -> str:
    """The longest word for the kind that stands in the titles."""
    plain = plain_word(titles)
    words = [*load_toml("ledgers/guessing.toml")["clues"].get(kind, ()), *layout(kind).label.values()]
    return max((word for word in words if plain_word(word) in plain), key=len, default="")


def known_share(header: Header, kind: str | None) -> float:
    """Which share of a header's names (0 to 1) are words of the kind, or of any kind."""
    words = words_of(layout(kind)) if kind else users()
    found = [any(plain in words for plain in _forms(header, column)) for column in header.words]
    return sum(found) / len(found) if found else 0.0
