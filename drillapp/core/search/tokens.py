"""How a title becomes searchable: single characters, first letters, and pinyin syllables."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from operator import add
from typing import NamedTuple

from drillapp.core.resources import load_toml, resource_path

_LONGEST = 100
"""A run of letters is cut after so many: PostgreSQL takes no word longer than 2,046 bytes."""
_LONGEST_SYLLABLE = 6
_WORD = re.compile(rf"[a-z0-9]{{1,{_LONGEST}}}|[^\W_a-z0-9]")
_OVERLONG = re.compile(rf"[a-z0-9]{{{_LONGEST}}}(?=[a-z0-9])")


def words(text: str) -> list[str]:
    """Each Chinese character and each run of Latin letters or digits, in order, in lower case."""
    return _WORD.findall(text.lower())


class Tokens(NamedTuple):
    """A title in the three ways in which it is found; tokens are separated by spaces."""

    words: str
    syllables: str
    """The words with each Chinese character as its pinyin syllable, without tones."""
    initials: str
    """The first letter of each syllable and all Latin letters in pairs, each letter with the next; no numbers."""


def pairs(letters: str) -> list[str]:
    """Each letter with the next: what is asked for by pairs is found ten times as fast as by single letters."""
    return list(map(add, letters, letters[1:]))


def tokens(title: str) -> Tokens:
    """The tokens under which a title is stored in the index."""
    plain = title.lower()
    if len(plain) > _LONGEST:
        plain = _OVERLONG.sub(r"\g<0> ", plain)
    words, syllables, initials = _tables()
    # As lists, so that each character is taken out of its text, and hashed, once for all tables.
    characters = list(plain)
    read = _as_read(plain, characters)
    in_pairs = "".join(map(initials, read))[2:]
    return Tokens("".join(map(words, characters)), "".join(map(syllables, read)), in_pairs)


class _Table(dict[str, str]):
    """What each character becomes, worked out when it first occurs: a letter at a time is the fastest way here."""

    def __init__(self, become: Callable[[str], str]) -> None:
        super().__init__()
        self._become = become

    def __missing__(self, character: str) -> str:
        token = self[character] = self._become(character)
        return token


@cache
def _tables() -> tuple[Callable[[str], str], Callable[[str], str], Callable[[str], str]]:
    """The tables for words, syllables and pairs of initials."""
    readings = _readings()

    def word(character: str) -> str:
        if not character.isalnum():
            return " "
        return character if character.isascii() else f" {character} "

    def syllable(character: str) -> str:
        return f" {readings[character]} " if character in readings else word(character)

    def initial(character: str) -> str:
        """The letter that ends a pair and begins the next: 'x x' and 'f f' make the pair 'xf'."""
        letter = readings.get(character, character)[0]
        return f"{letter} {letter}" if letter.isascii() and letter.isalpha() else ""

    return _Table(word).__getitem__, _Table(syllable).__getitem__, _Table(initial).__getitem__


def segments(letters: str) -> list[str] | None:
    """Latin letters read as pinyin syllables, the last perhaps unfinished; None when they cannot be."""
    whole, beginnings = _syllables()
    # From the end, so that each place is looked at once: read from the front, long nonsense would take for ever.
    readings: list[list[str] | None] = [*(None for _letter in letters), []]
    for start in range(len(letters) - 1, -1, -1):
        for end in range(min(start + _LONGEST_SYLLABLE, len(letters)), start, -1):
            rest = readings[end]
            if rest is not None and letters[start:end] in whole:
                readings[start] = [letters[start:end], *rest]
                break
        else:
            readings[start] = [letters[start:]] if letters[start:] in beginnings else None
    return readings[0]


def _as_read(text: str, characters: list[str]) -> Sequence[str]:
    """The characters of a text, those of phrases that are read unlike them as others that are read so."""
    phrases, pattern = _phrases()
    return pattern.sub(lambda match: phrases[match[0]], text) if pattern.search(text) else characters


@cache
def _readings() -> dict[str, str]:
    readings: dict[str, str] = {}
    for line in resource_path("pinyin.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            syllable, characters = line.split(" ", 1)
            readings.update(dict.fromkeys(characters, syllable))
    return readings


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
