"""Which columns a ledger of a kind has, and which header words mean which of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import msgspec

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _, language
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.shapes import Cell
from drillapp.core.resources import load_toml

FieldType = Literal[
    "text",
    "date",
    "moment",
    "number",
    "integer",
    "flag",
    "choice",
    "list",
    "quantity",
    "interval",
    "expiry",
    "production",
]
HEADER_SEARCH_ROWS = 20
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NOT_LETTERS = re.compile(r"[\s*★_:\-]+")


class Field(msgspec.Struct, frozen=True, cache_hash=True):
    """One column of a ledger; `headers` begins with the official Chinese word and the English one."""

    name: str
    type: FieldType
    headers: tuple[str, ...]
    enumeration: str = ""
    open: bool = False
    """Words outside the enumeration are passed on, since the office may extend it."""
    required: bool = False
    key: bool = False
    multiline: bool = False

    @property
    def label(self) -> str:
        """The header that export writes, in the language spoken now."""
        return self.headers[0 if language() == "zh_CN" else 1]


class Span(msgspec.Struct, frozen=True):
    """Two dates that real ledgers write in one column, as from and to."""

    first: str
    last: str
    headers: tuple[str, ...]


class Layout(msgspec.Struct, frozen=True):
    """The columns of a kind of ledger, key first."""

    label: dict[str, str]
    field: tuple[Field, ...]
    span: tuple[Span, ...] = ()

    @property
    def title(self) -> str:
        """What the ledger is called, in the language spoken now."""
        return self.label[language()]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(field.name for field in self.field)


class Match(NamedTuple):
    """Where the header stands and which column holds which field."""

    row: int
    """Position of the header among the rows looked at, from 0."""
    columns: dict[str, int]
    """Field name to position of its column, from 0."""


@cache
def layout(kind: str) -> Layout:
    """The layout of a kind of ledger (resources/ledgers/<kind>.toml)."""
    return msgspec.convert(load_toml(f"ledgers/{kind}.toml"), Layout)


def find_header(
    layout: Layout,
    rows: Sequence[Sequence[Cell]],
    column_map: Mapping[str, str] | None = None,
    given: frozenset[str] = frozenset(),
) -> Match:
    """The first of the rows that names all required columns but for those that are given otherwise.

    Raises InvalidInput saying what is missing.
    """
    mapped = _checked_map(layout, column_map or {})
    best: tuple[list[str], dict[str, int]] = ([], {})
    for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        headers = [unicodedata.normalize("NFKC", cell_text(cell)).strip() for cell in row]
        columns = _columns(layout, headers, mapped)
        if columns and not _missing(layout, columns, given):
            _refuse_twice(layout, headers, mapped)
            _refuse_unused(headers, column_map or {})
            return Match(index, columns)
        best = max(best, (headers, columns), key=_likeness)
    _refuse_unused(best[0], column_map or {})
    raise _not_found(layout, *best, given)


def _likeness(row: tuple[list[str], dict[str, int]]) -> tuple[int, int]:
    """How much a row looks like the header: by the columns it names, then by its filled cells."""
    headers, columns = row
    return len(columns), sum(1 for header in headers if header)


def _columns(layout: Layout, headers: Sequence[str], mapped: Mapping[str, str]) -> dict[str, int]:
    ranked: dict[str, tuple[int, int]] = {}
    for position, header in enumerate(headers):
        field, rank = _meaning(layout, header, mapped)
        if field and (field not in ranked or rank < ranked[field][0]):
            ranked[field] = (rank, position)
    return {field: position for field, (_rank, position) in ranked.items()}


def _meaning(layout: Layout, header: str, mapped: Mapping[str, str]) -> tuple[str, int]:
    """The field that a header means ('' for none) and how far down its list of words the header stands."""
    plain = plain_word(header)
    if not plain:
        return "", 0
    if plain in mapped:
        return mapped[plain], -1
    words = words_of(layout)
    found = words.get(plain) or words.get(plain_word(BRACKETS.sub("", header)))
    if found is None or found[0] in mapped.values():
        return "", 0
    return found


def words_of(layout: Layout) -> dict[str, tuple[str, int]]:
    """Each word that a header may be, in its plain form: its field, and how far down the field's list it stands."""
    return _words_of(layout.field)


@cache
def _words_of(fields: tuple[Field, ...]) -> dict[str, tuple[str, int]]:
    words: dict[str, tuple[str, int]] = {}
    for field in fields:
        words[plain_word(field.name)] = (field.name, 0)
    for field in fields:
        for rank, header in enumerate(field.headers):
            words.setdefault(plain_word(header), (field.name, rank))
    return words


@lru_cache(maxsize=4096)
def plain_word(header: str) -> str:
    """A header in the form in which headers are compared: half-width, without case, spaces and stars."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", header).casefold())


def _missing(layout: Layout, columns: Mapping[str, int], given: frozenset[str]) -> list[str]:
    return [
        field.label
        for field in layout.field
        if field.required and field.name not in columns and field.name not in given
    ]


def _checked_map(layout: Layout, column_map: Mapping[str, str]) -> dict[str, str]:
    for field in column_map.values():
        # A column that is mapped to nothing is left out, whatever its header means.
        if field and field not in layout.names:
            raise InvalidInput(
                _("There is no field '{field}' in this ledger.").format(field=field),
                _("The fields are: {fields}.").format(fields=", ".join(layout.names)),
                field=field,
            )
    return {plain_word(header): field for header, field in column_map.items()}


def _refuse_unused(headers: Sequence[str], column_map: Mapping[str, str]) -> None:
    plain = {plain_word(header) for header in headers}
    for header in column_map:
        if plain_word(header) not in plain:
            raise InvalidInput(
                _("There is no column '{header}' in the file.").format(header=header),
                _("The columns are: {headers}.").format(headers=_listed(headers)),
                field=column_map[header],
            )


def _refuse_twice(layout: Layout, headers: Sequence[str], mapped: Mapping[str, str]) -> None:
    seen: dict[str, str] = {}
    for header in headers:
        field, _rank = _meaning(layout, header, mapped)
        plain = plain_word(header)
        if field and seen.get(plain) == field:
            raise InvalidInput(
                _("The column '{header}' is there twice.").format(header=header),
                _("Keep one of them, or give the other a different header."),
                field=field,
            )
        seen[plain] = field


def _not_found(
    layout: Layout, headers: Sequence[str], columns: Mapping[str, int], given: frozenset[str]
) -> InvalidInput:
    missing = _missing(layout, columns, given)
    return InvalidInput(
        _("No header row with all required columns was found. Missing: {missing}. Seen: {headers}.").format(
            missing=", ".join(missing), headers=_listed(headers) or _("nothing")
        ),
        _("Give the column in the file that header; or it is another ledger's file."),
    )


def _listed(headers: Sequence[str]) -> str:
    named = [header for header in headers if header]
    return ", ".join(named[:20]) + (" …" if len(named) > 20 else "")
