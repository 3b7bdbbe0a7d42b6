"""How the texts of plans are built, as data: numerals, numbers before headings, names of styles, endings of titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Annotated, Literal

import msgspec

from drillapp.core.datafile import read_data_file

Said = Annotated[str, msgspec.Meta(min_length=1)]
Words = Annotated[tuple[Said, ...], msgspec.Meta(min_length=1)]
Ten = Annotated[str, msgspec.Meta(min_length=10, max_length=10)]
Three = Annotated[str, msgspec.Meta(min_length=3, max_length=3)]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of resources/plan_text.toml, whose comments say what each list is."""


class Numerals(_Table, frozen=True):
    """How numbers are written in characters."""

    digits: Ten
    zeros: Said
    places: Three
    formal_digits: Ten
    formal_places: Three
    stems: Said
    branches: Said

    @property
    def characters(self) -> str:
        """All that a number is written with."""
        return self.digits + self.zeros + self.places


class Numbers(_Table, frozen=True):
    """What numbers before headings are made of."""

    ordinal: Said
    counted: dict[Literal["part", "chapter", "section", "clause"], Words]
    annex: Words
    annexes: Words


class Quantities(_Table, frozen=True):
    """What stands behind a figure that is no heading's number."""

    multiples: Words
    scales: Words
    units: Words
    latin_units: Words
    ambiguous_units: Said
    behind_ambiguous_units: Said
    counters: Said


class Styles(_Table, frozen=True):
    """Names of paragraph styles."""

    heading: Words
    heading_behind: Said
    contents: Words
    contents_heading: Words
    title: Words
    subtitle: Words
    caption: Words


class Front(_Table, frozen=True):
    """What stands before a plan's text."""

    contents: Words
    issuing: Said
    plan: Words
    like_a_plan: Words


class Captions(_Table, frozen=True):
    """What captions begin with."""

    picture: Words
    table: Words


class Titles(_Table, frozen=True):
    """What makes no difference between titles."""

    alike: Said
    empty: Said


class Fonts(_Table, frozen=True):
    """Typefaces by their names in Word."""

    fang: Said
    kai: Said
    hei: Said
    song: Said


class Grammar(_Table, frozen=True):
    """All of it."""

    source: Said
    numerals: Numerals
    numbers: Numbers
    quantities: Quantities
    styles: Styles
    front: Front
    captions: Captions
    titles: Titles
    fonts: Fonts


@cache
def grammar() -> Grammar:
    """What is recognised; raises Damaged naming file, line and field of what is wrong in it."""
    return read_data_file("plan_text.toml", Grammar)


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, or for one of the characters of a text."""
    return f"(?:{'|'.join(map(re.escape, words))})"


def spaced(word: str, gap: str) -> str:
    """A pattern for a word whose characters may stand apart."""
    return gap.join(map(re.escape, word))


def numeral() -> str:
    """A pattern for one character of a number; digits are not among them."""
    return any_of(grammar().numerals.characters)


@cache
def caption_begin(words: Words) -> re.Pattern[str]:
    """The beginning of a caption: one of the words and a number."""
    return re.compile(rf"{any_of(words)}\s*(?:\d|{numeral()})", re.IGNORECASE)
