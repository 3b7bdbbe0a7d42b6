"""How a title becomes searchable: single characters, first letters, and pinyin syllables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import add
from typing import NamedTuple

from drillapp.core.resources import load_toml, resource_path

_LONGEST = 100
"""A run of letters is cut after so many: PostgreSQL takes no word longer than 2,046 bytes."""
_LONGEST_SYLLABLE = 6
_LONGEST_PIECE = 3
"""Titles are taken apart into pieces of so many characters: longer ones are too many, shorter ones take longer."""
_MOST_PIECES = 20_000
"""So many are remembered."""
_WORD = re.compile(rf"[a-z0-9]{{1,{_LONGEST}}}|[^\W_a-z0-9]")
_OVERLONG = re.compile(rf"[a-z0-9]{{{_LONGEST}}}(?=[a-z0-9])")
_PARTED = {code: " " for code in range(128) if not chr(code).isalnum()}
_PARTED_IN_LINES = {code: space for code, space in _PARTED.items() if chr(code) != "\n"}


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


def title_tokens(title: str) -> Tokens:
    """The tokens of a title alone."""
    plain = title.lower()
    if len(plain) > _LONGEST:
        plain = _OVERLONG.sub(r"\g<0> ", plain)
    pieces, become = _pieces()
    found = zip(*map(become, pieces(plain) or ("",)), strict=True)
    words, syllables, initials = map("".join, found)
    # Half as many spaces: what is passed on and indexed by the 100,000 is a fifth shorter.
    return Tokens(words.replace("  ", " "), syllables.replace("  ", " "), initials[2:])


def tokens(title: str, number: str = "", of_title: Callable[[str], Tokens] = title_tokens) -> Tokens:
    """The tokens under which a record is stored in the index; a number without Chinese is not looked for by pinyin.

    `of_title` may remember titles whose tokens were worked out before.
    """
    if not number.isascii() or len(number) > _LONGEST:
        return title_tokens(f"{title} {number}")
    found = of_title(title)
    if not number:
        return found
    words, syllables, initials = found
    return Tokens(f"{words} {number.lower().translate(_PARTED)}", syllables, initials)


def all_tokens(
    found_by: Iterable[Sequence[str]], of_title: Callable[[str], Tokens] = title_tokens
) -> list[tuple[str, str, str]]:
    """The tokens of many records, each by its title and perhaps further words, as `tokens` has them."""
    each = list(found_by)
    numbers = [
        "" if len(one) == 1 else one[1] if len(one) == 2 else " ".join(filter(None, one[1:])) for one in each
    ]
    # A line for each: so the numbers of all are translated at once.
    lines = "\n".join(numbers)
    spaced = lines.lower().translate(_PARTED_IN_LINES).split("\n")
    if not lines.isascii() or len(spaced) != len(each) or max(map(len, numbers), default=0) > _LONGEST:
        return [tokens(one[0], number, of_title) for one, number in zip(each, numbers, strict=True)]
    titles = map(of_title, (one[0] for one in each))
    return [
        (f"{words} {number}" if number else words, syllables, initials)
        for (words, syllables, initials), number in zip(titles, spaced, strict=True)
    ]


def readings(wanted: str) -> list[tuple[str, list[str]]]:
    """The ways to read what was typed: which of the three, and the tokens that follow each other there."""
    typed = words(wanted)
    if not typed:
        return []
    letters = "".join(typed)
    if not (letters.isascii() and letters.isalpha()):
        return [("words", typed)]
    spelled = [part for token in typed for part in segments(token) or [token]]
    return [("words", typed), ("syllables", spelled), ("initials", pairs(letters) or [letters])]


def sounds_like(wanted: str, title: str) -> bool:
    """Whether a title holds the words as the index would find them: '消防', 'xiaofang' and 'xf'; for short lists."""
    found = title_tokens(title)
    return any(_holds(getattr(found, column).split(), asked) for column, asked in readings(wanted))


def _holds(tokens: list[str], asked: list[str]) -> bool:
    """Whether these tokens follow each other there; the last may go on."""
    *whole, last = asked
    return any(
        tokens[start : start + len(whole)] == whole and tokens[start + len(whole)].startswith(last)
        for start in range(len(tokens) - len(whole))
    )


class _Pieces(dict[str, Tokens]):
    """What pieces of titles become, worked out when they first occur: titles of a kind are made of the same ones."""

    def __init__(self, readings: Mapping[str, str], phrases: Mapping[str, str]) -> None:
        super().__init__()
        self._readings = readings
        self._phrases = phrases

    def __missing__(self, piece: str) -> Tokens:
        if len(self) >= _MOST_PIECES:
            self.clear()
        read = self._phrases.get(piece, piece)
        syllables, initials = "".join(map(self._syllable, read)), "".join(map(self._initial, read))
        became = self[piece] = Tokens("".join(map(_word, piece)), syllables, initials)
        return became

    def _syllable(self, character: str) -> str:
        reading = self._readings.get(character)
        return f" {reading} " if reading else _word(character)

    def _initial(self, character: str) -> str:
        """The letter that ends a pair and begins the next: 'x x' and 'f f' make the pair 'xf'."""
        letter = self._readings.get(character, character)[0]
        return f"{letter} {letter}" if letter.isascii() and letter.isalpha() else ""


def _word(character: str) -> str:
    if not character.isalnum():
        return " "
    return character if character.isascii() else f" {character} "


@cache
def _pieces() -> tuple[Callable[[str], list[str]], Callable[[str], Tokens]]:
    """How to take a title apart, and what its pieces become: a phrase with a reading of its own is one piece."""
    phrases = _phrases()
    first = "".join(sorted({phrase[0] for phrase in phrases}))
    longest_first = "|".join(sorted(phrases, key=len, reverse=True))
    pieces = re.compile(rf"[^{first}]{{1,{_LONGEST_PIECE}}}|{longest_first}|[{first}]")
    return pieces.findall, _Pieces(_readings(), phrases).__getitem__


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


def _phrases() -> dict[str, str]:
    """Phrases that are read unlike their characters, as other characters that are read so."""
    usual = {syllable: character for character, syllable in reversed(_readings().items())}
    return {
        phrase: "".join(usual[syllable] for syllable in reading.split())
        for phrase, reading in load_toml("pinyin_phrases.toml")["phrases"].items()
    }
