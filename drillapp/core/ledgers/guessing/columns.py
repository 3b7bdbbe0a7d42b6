"""Which column of a table holds which field of a kind of ledger, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from drillapp.core.i18n import _
from drillapp.core.ledgers.guessing.contents import FEWEST, Content
from drillapp.core.ledgers.guessing.headers import Grid, Header
from drillapp.core.ledgers.guessing.vocabulary import OFFICIAL, seldom, serial_words, users
from drillapp.core.ledgers.layout import BRACKETS, Field, Layout, layout, plain_word, words_of
from drillapp.core.ledgers.shapes import Reason

ENOUGH = 0.5
"""What is less certain is not taken for a field that need not be there."""
LEAST = 0.3
"""What is less certain is not taken at all."""
_TELLING = 0.7
"""Cells that say so much bear out a name that may mean the field."""
_SERIAL = 0.6
"""What numbers the rows of the file is a number of a record only where nothing else is."""
_OTHERWISE = 0.15
_OTHERS = 0.7
_BELIEVED = 0.92
"""An official header is believed whatever stands below it: what does not fit is refused by its cell."""
_SHORTEST_END = 2
_ENDS = (0.0, 0.0, 0.45, 0.65, 0.75)
"""How sure a field is whose word of so many letters is but the end of a header."""


class Said(NamedTuple):
    """What is known of the columns before anything is guessed."""

    fields: dict[int, str]
    """Column to its field, '' for one that is left out: said by people."""
    remembered: dict[int, str]
    """The same from the last file of this shape."""


class Columns(NamedTuple):
    """Fields and their columns, with the reasons."""

    fields: dict[str, int]
    because: tuple[Reason, ...]

    def certainty(self, field: str) -> float:
        """How sure the field's column is; 0 for a field without one."""
        return max(
            (reason.certainty for reason in self.because if reason.field == field and field), default=0.0
        )


def assign(kind: str, grid: Grid, header: Header, said: Said) -> Columns:
    """The best column for each field: no column twice but for ranges of dates."""
    of = layout(kind)
    weak = {field.name for field in of.field if field.required} - seldom(kind)
    fields: dict[str, int] = {}
    because: list[Reason] = []
    taken: set[int] = set()
    candidates = sorted(_candidates(of, grid, header, said), key=lambda one: -one.certainty)
    for reason in candidates:
        column = reason.column
        if column is None or reason.field in fields or column in taken:
            continue
        if reason.certainty < (LEAST if reason.field in weak else ENOUGH):
            continue
        fields[reason.field] = column
        taken.add(column)
        because.append(reason)
    for reason in _other_ends(of, grid, header, fields):
        fields[reason.field] = reason.column or 0
        because.append(reason)
    because.extend(_doubtful(of, candidates, {*taken, *fields.values()}))
    ordered = {name: fields[name] for name in of.names if name in fields}
    return Columns(ordered, tuple(because))


def _doubtful(of: Layout, candidates: list[Reason], taken: set[int]) -> Iterator[Reason]:
    """What columns might have been that are left out since it is not sure enough."""
    labels = {field.name: field.label for field in of.field}
    for reason in candidates:
        if reason.column is not None and reason.column not in taken and reason.certainty >= LEAST:
            taken.add(reason.column)
            words = _("perhaps {field}, but not surely").format(field=labels[reason.field])
            yield Reason("column", "", reason.column, f"{words}: {reason.words}", reason.certainty)


def _candidates(of: Layout, grid: Grid, header: Header, said: Said) -> Iterator[Reason]:
    names = set(of.names)
    said_fields = set(filter(None, said.fields.values()))
    for column in range(grid.width):
        if column in said.fields:
            if said.fields[column] in names:
                yield Reason("column", said.fields[column], column, _("said"), 1.0)
            continue
        if column in said.remembered:
            if said.remembered[column] in names - said_fields:
                words = _("as in the last file of this shape")
                yield Reason("column", said.remembered[column], column, words, 0.97)
            continue
        for reason in _guesses(of, grid, header, column):
            if reason.field not in said_fields:
                yield reason


def _guesses(of: Layout, grid: Grid, header: Header, column: int) -> Iterator[Reason]:
    content = grid.content(header.last, column)
    words = header.words.get(column, ())
    if header.words and not words and not _is_within(header, column):
        return
    by_name = {field.name: field for field in of.field}
    by_words = list(_by_words(of, header.readings(column))) if words else []
    for name, certainty, why in by_words:
        fitting = _fitting(by_name[name], content, certainty)
        yield Reason("column", name, column, why, certainty * fitting)
    is_serial = plain_word("".join(words)) in serial_words() or content.looks == "serial"
    if not is_serial and all(certainty <= _ENDS[-1] for _name, certainty, _why in by_words):
        meant = by_words[0][0] if by_words else ""
        yield from _by_content(of, content, column, meant if words else None)


def _is_within(header: Header, column: int) -> bool:
    """Whether a column without a name belongs to the table; beside it may stand another one."""
    return min(header.words) <= column <= max(header.words) + 1


def _by_words(of: Layout, readings: list[str]) -> Iterator[tuple[str, float, str]]:
    """The field that a header means, with how sure that is and why."""
    for text in readings:
        less = 0.0 if text is readings[0] else 0.02
        for plain, still_less in ((plain_word(text), 0.0), (plain_word(BRACKETS.sub("", text)), 0.03)):
            if plain in words_of(of):
                field, rank = words_of(of)[plain]
                certainty = 0.95 if rank < OFFICIAL else max(0.75, 0.92 - rank * 0.006)
                certainty = min(certainty, _SERIAL) if plain in serial_words() else certainty
                yield field, certainty - less - still_less, _("header '{words}'").format(words=text)
                return
    found = end_of(of, plain_word(BRACKETS.sub("", readings[-1])))
    if found is not None:
        word, field = found
        # What other kinds of ledgers have as a word of its own is hardly this kind's.
        is_others = plain_word(BRACKETS.sub("", readings[-1])) in users()
        certainty = _ENDS[min(len(word), len(_ENDS) - 1)] * (_OTHERS if is_others else 1.0)
        yield field, certainty, _("header '{words}' ends like '{end}'").format(words=readings[-1], end=word)


def end_of(of: Layout, plain: str) -> tuple[str, str] | None:
    """The longest word of a field with which a header ends, and the field."""
    words = words_of(of)
    for start in range(len(plain) - _SHORTEST_END + 1):
        end = plain[start:]
        if end in words and not end.isascii():
            return end, words[end][0]
    return None


def _fitting(field: Field, content: Content, certainty: float) -> float:
    """How far what is in the column bears the header out; an official header is believed."""
    share = content.fitting(field)
    if field.type == "choice" and not field.open and share == 0 and certainty < _BELIEVED:
        # A common word such as 'type' that has other things below it than this kind of ledger means.
        return 0.5
    return 1.0 if share >= 0.5 or certainty >= _BELIEVED else 0.9


def _by_content(of: Layout, content: Content, column: int, meant: str | None) -> Iterator[Reason]:
    """What the cells alone say of a column without a name (`meant` None), or with one that may mean a field or none."""
    if len(content.cells) < FEWEST:
        return
    for field in of.field:
        certainty, why = _content_says(of, field, content, content.looks)
        if certainty and meant != field.name:
            # A name that is not known here is probably that of something else.
            certainty -= _OTHERWISE if meant is not None else 0.0
        elif certainty >= _TELLING:
            certainty = max(certainty, _ENDS[-1]) + 0.05
        if certainty:
            yield Reason("column", field.name, column, why, certainty)


def _content_says(of: Layout, field: Field, content: Content, looks: str) -> tuple[float, str]:
    if field.type == "choice" and not field.open and content.are_words(field.enumeration):
        return 0.7, _("the cells are words for it")
    if looks == "credit_code" and field.name == "code" and field.key:
        return 0.75, _("the cells are credit codes")
    if looks == "phone" and field.name == "phone":
        return 0.75, _("the cells are phone numbers")
    if looks == "organisation" and field.required and field.name in ("name", "unit_code"):
        return 0.5, _("the cells are names of organisations")
    if looks == "date" and field.required and _only_one(of, "date"):
        return 0.48, _("the cells are dates")
    if looks == "number" and field.required and field.type in ("quantity", "interval", "number"):
        return 0.45, _("the cells are numbers")
    return 0.0, ""


def _only_one(of: Layout, type_: str) -> bool:
    return sum(field.type == type_ for field in of.field) == 1


def _other_ends(of: Layout, grid: Grid, header: Header, fields: Mapping[str, int]) -> Iterator[Reason]:
    """A column of ranges feeds both of its fields."""
    for span in of.span:
        names = {plain_word(word) for word in span.headers}
        for column, words in header.words.items():
            looks = grid.content(header.last, column).looks
            ends = [name for name in (span.first, span.last) if fields.get(name) == column]
            free = [name for name in (span.first, span.last) if name not in fields]
            named = plain_word(" ".join(words)) in names and column not in fields.values()
            if free and ((ends and looks == "range") or (named and looks not in ("date", "number"))):
                why = _("the cells are ranges of dates")
                yield from (Reason("column", name, column, why, 0.85) for name in free)
                break
