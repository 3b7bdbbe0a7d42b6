"""How a title becomes searchable: single characters, first letters, and pinyin syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from drillapp.core.resources import load_toml, resource_path

# A run is cut after 100 letters: PostgreSQL takes no word longer than 2,046 bytes.
_WORD = re.compile(r"[a-z0-9]{1,100}|[^\W_a-z0-9]")


def words(text: str) -> list[str]:
    """Each Chinese character and each run of Latin letters or digits, in order, in lower case."""
    return _WORD.findall(text.lower())


class Tokens(NamedTuple):
    """A title in the three ways in which it is found; tokens are separated by spaces."""

    words: str
    syllables: str
    """The words with each Chinese character as its pinyin syllable, without tones."""
    initials: str
    """The first letter of each syllable; Latin letters one by one, numbers whole."""


def tokens(title: str) -> Tokens:
    """The tokens under which a title is stored in the index."""
    plain = words(title)
    spelled = _as_read(title)
    read = plain if spelled == title else words(spelled)
    readings, firsts = _readings(), _first_letters()
    syllables = " ".join([readings.get(word, word) for word in read])
    return Tokens(" ".join(plain), syllables, " ".join([firsts[word] for word in read]))


class _FirstLetters(dict[str, str]):
    """The first letter of each character's syllable; other words letter by letter."""

    def __missing__(self, word: str) -> str:
        return word if word.isdecimal() else " ".join(word)


def segments(letters: str) -> list[str] | None:
    """Latin letters read as pinyin syllables, the last perhaps unfinished; None when they cannot be."""
    return next(_segmented(letters), None)


def _segmented(letters: str) -> Iterator[list[str]]:
    if not letters:
        yield []
        return
    whole, beginnings = _syllables()
    for length in range(min(6, len(letters)), 0, -1):
        if letters[:length] in whole:
            for rest in _segmented(letters[length:]):
                yield [letters[:length], *rest]
    if letters in beginnings:
        yield [letters]


def _as_read(text: str) -> str:
    """The text with the phrases that are read unlike their characters put in characters that are read so."""
    phrases, pattern = _phrases()
    return pattern.sub(lambda match: phrases[match[0]], text)


@cache
def _readings() -> dict[str, str]:
    readings: dict[str, str] = {}
    for line in resource_path("pinyin.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            syllable, characters = line.split(" ", 1)
            readings.update(dict.fromkeys(characters, syllable))
    return readings


@cache
def _first_letters() -> _FirstLetters:
    return _FirstLetters({character: syllable[0] for character, syllable in _readings().items()})


@cache
def _syllables() -> tuple[frozenset[str], frozenset[str]]:
    whole = frozenset(_readings().values())
    return whole, frozenset(syllable[:length] for syllable in whole for length in range(1, len(syllable)))


@cache
def _phrases() -> tuple[dict[str, str], re.Pattern[str]]:
    usual = {syllable: character for character, syllable in reversed(_readings().items())}
    phrases = {
        phrase: "".join(usual[syllable] for syllable in reading.split())
        for phrase, reading in load_toml("pinyin_phrases.toml")["phrases"].items()
    }
    return phrases, re.compile("|".join(sorted(map(re.escape, phrases), key=len, reverse=True)))
