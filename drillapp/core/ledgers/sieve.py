"""Which rows below a header are no data: the header again, totals, notes, headings, and the next table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.layout import layout, plain_word
from drillapp.core.ledgers.reading import Sheet
from drillapp.core.ledgers.row_parts import FEWEST_OF_A_TABLE
from drillapp.core.ledgers.shapes import Cell
from drillapp.core.ledgers.words import word

_LOOKED_AT = 3
"""What a row is tells itself in one of its first columns, so many of those that are read."""
_FEWEST_NAMES = 2
"""A header names at least so many columns."""
_OPENING = "(\uff08*"
"""What may stand before a note."""


class Left(NamedTuple):
    """Why a row is left out."""

    text: str
    """What it begins with."""
    why: str
    what: Literal["header", "other table", ""] = ""
    """Whether it is the header once more, or that of the next table."""


class Sieve:
    """Tells the rows of one table from what stands between them and below."""

    def __init__(self, sheet: Sheet) -> None:
        columns = sheet.choice.columns
        # A field that no column holds has a place below 0.
        self._order = [columns.index(column) for column in sorted(set(columns)) if column >= 0]
        self._headers = _header_rows(sheet, [columns[i] for i in self._order])
        self._names = _names() | {
            cell_text(cell).strip() for row in _shown_header(sheet) for cell in row if cell
        }

    def candidates(self, columns: Sequence[Sequence[Cell]], others: Sequence[str]) -> set[int]:
        """The rows (by offset) that deserve a look, found quickly."""
        found: set[int] = set()
        for i in self._order[:_LOOKED_AT]:
            found.update(_matching(columns[i], self._names))
        if any(others):
            found.update(_matching(others, self._names))
        return found

    def why(self, row: Sequence[Cell], other: str, *, is_refused: bool) -> Left | None:
        """Why a row, in the order of the choice, is no data; None for data.

        `is_refused`: it cannot be taken as a row of the table anyway, so that less is needed to call it something else.
        """
        cells = [cell_text(row[i]).strip() for i in self._order]
        filled = [cell for cell in cells if cell] or [other]
        if self._is_header(cells):
            return Left(filled[0], _("The header once more, left out."), "header")
        if _is_other_header([*filled, *other.split()], is_refused=is_refused):
            why = _("Another table begins here: it is left out, and all below.")
            return Left(filled[0], why, "other table")
        if _totals().match(filled[0]) or _totals().match(other):
            return Left(other or filled[0], _("A row of totals, left out."))
        is_line = len(cells) >= FEWEST_OF_A_TABLE and len(filled) == 1
        texts = [other, *filled] if is_refused and other else filled
        if _is_note(texts, is_bare=is_refused):
            return Left(texts[0], _("A note beside the table, left out."))
        if is_line and is_refused and _heading().match(filled[0]):
            return Left(filled[0], _("A heading within the table, left out: what it says is not brought in."))
        return None

    def _is_header(self, cells: Sequence[str]) -> bool:
        plain = [plain_word(cell) for cell in cells]
        count = sum(map(bool, plain))
        if count < min(_FEWEST_NAMES, len(plain)):
            return False
        return any(
            all(cell in ("", name) for cell, name in zip(plain, names, strict=True)) and any(names)
            for names in self._headers
        )


def _shown_header(sheet: Sheet) -> list[list[Cell]]:
    first, last = sheet.choice.header_first, sheet.choice.header_last
    return sheet.glance.rows[first - 1 : last] if first else []


def _header_rows(sheet: Sheet, columns: Sequence[int]) -> list[list[str]]:
    return [
        [plain_word(cell_text(row[column]).strip()) if column < len(row) else "" for column in columns]
        for row in _shown_header(sheet)
    ]


def _matching(cells: Sequence[Cell], names: frozenset[str]) -> list[int]:
    """The places of cells that are called as a column is, or begin as what is no data does."""
    may_begin, begins = _may_begin(), _telltale().match
    return [
        i
        for i, cell in enumerate(cells)
        if type(cell) is str
        and cell
        and ((text := cell.strip()) in names or (may_begin[text[:2]] and begins(cell)))
    ]


def _is_other_header(filled: Sequence[str], *, is_refused: bool) -> bool:
    """Whether a row names columns of some ledger: all its cells do or, where it is no row of this one, half of them."""
    known = sum(plain_word(cell) in _plain_names() for cell in filled)
    if any(map(_has_digits, filled)):
        return False
    if is_refused:
        return known >= _FEWEST_NAMES and 2 * known >= len(filled)
    return known > _FEWEST_NAMES and known == len(filled)


def _has_digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _is_note(filled: Sequence[str], *, is_bare: bool) -> bool:
    """Whether a row is a note: it begins as one, and has little else but further ones.

    `is_bare`: no colon is needed behind its words.
    """
    notes = [
        bool(found and (is_bare or found["colon"] or _plain(found["words"]) in _signatures()))
        for found in map(_note().match, filled)
    ]
    return notes[0] and len(filled) <= 2 * sum(notes)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


@cache
def _signatures() -> frozenset[str]:
    return frozenset(map(_plain, word("signatures")))


@cache
def _telltale() -> re.Pattern[str]:
    """What may begin a row that is no data."""
    words = sorted({*word("totals"), *word("notes")}, key=len, reverse=True)
    return re.compile(rf"[\s{_OPENING}]*(?:{'|'.join(map(_spaced, words))})", re.IGNORECASE)


class _MayBegin(dict[str, bool]):
    """Whether two letters may begin what is no data: so most cells are told by a look at their first ones."""

    def __missing__(self, letters: str) -> bool:
        begun, words = letters.casefold(), (*word("totals"), *word("notes"))
        self[letters] = may = letters[:1] in _OPENING or any(
            _may_go_on(begun, one.casefold()) for one in words
        )
        return may


def _may_go_on(begun: str, whole: str) -> bool:
    """Whether one or two letters are those of a word, between which there may be spaces."""
    first, second = begun[:1], begun[1:2]
    return whole.startswith(first) and (
        not second or second.isspace() or second == whole[1:2] or len(whole) == 1
    )


@cache
def _may_begin() -> _MayBegin:
    return _MayBegin()


@cache
def _totals() -> re.Pattern[str]:
    words = "|".join(map(_spaced, sorted(word("totals"), key=len, reverse=True)))
    return re.compile(rf"\s*(?:{words})\s*(?:$|[:\uff1a(\uff08\d])", re.IGNORECASE)


@cache
def _note() -> re.Pattern[str]:
    words = "|".join(map(_spaced, sorted(word("notes"), key=len, reverse=True)))
    brackets = r"(?:[(\uff08][^)\uff09]*[)\uff09])?"
    return re.compile(
        rf"[\s*]*{brackets}\s*(?P<words>(?:(?:{words})\s*)+)\d*\s*{brackets}\s*(?:$|(?P<colon>[:\uff1a]))",
        re.IGNORECASE,
    )


@cache
def _heading() -> re.Pattern[str]:
    digit, ordinal = f"[{word('numerals')}]+", word("ordinal")
    marks, parts = ("|".join(map(re.escape, word(name))) for name in ("heading_marks", "parts_of_a_list"))
    return re.compile(rf"\s*(?:{digit}(?:{marks})|[(\uff08]{digit}[)\uff09]|{ordinal}{digit}(?:{parts}))")


def _spaced(text: str) -> str:
    """A pattern for a word between whose letters there may be spaces, as people put them to fill a cell."""
    return r"\s*".join(map(re.escape, text.replace(" ", "")))


@cache
def _names() -> frozenset[str]:
    """What columns of ledgers are called, as written."""
    return frozenset(header for kind in KINDS for field in layout(kind).field for header in field.headers)


@cache
def _plain_names() -> frozenset[str]:
    return frozenset(map(plain_word, _names()))
