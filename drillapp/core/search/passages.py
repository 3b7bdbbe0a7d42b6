"""What of a text is looked for, and the line around what was found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LINE_END = "¶"
"""Stands between the lines of a squeezed text; no phrase holds it, so that none is found across lines."""
_SHOWN = 100
"""Characters of a line that are shown."""
_SEEN = 40
"""So many of them are seen where there is little room: a hit behind them is brought forward,"""
_BEFORE = 24
"""with so many characters before it."""
_OTHER = re.compile(r"[^\u4e00-\u9fffa-z0-9\n]")
"""What may be another character when it is squeezed: usual ones stay as they are."""
_MOST_CHANGES = 64
"""So many characters are replaced one after the other."""


class Passage(NamedTuple):
    """The line around a hit, or as much of it as tells enough."""

    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    """Where in it the words are: first character and the one behind the last."""


class _Table(dict[str, str]):
    """What each character becomes, worked out when it first occurs."""

    def __missing__(self, character: str) -> str:
        if character == "\n":
            kept = LINE_END
        else:
            kept = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", character).lower()))
        self[character] = kept
        return kept


_keep = _Table().__getitem__


def squeezed(text: str) -> str:
    """The characters, letters and digits alone: in lower case, full-width ones as usual ones, without signs and spaces."""
    return "".join(map(_keep, text))


class _Lines(dict[int, str]):
    """The same by the number of a character, for texts that stand on lines of their own."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        self[number] = kept = character if character == "\n" else _keep(character)
        return kept


_lines = _Lines()


def squeezed_all(texts: Sequence[str]) -> list[str]:
    """The same of many texts, in a fraction of the time: of all their characters few are others than these keep."""
    joined = "\n".join(texts)
    if joined.count("\n") != len(texts) - 1:
        return list(map(squeezed, texts))  # one of them has lines of its own
    place, changes = 0, 0
    while found := _OTHER.search(joined, place):
        kept = _keep(found[0])
        if kept == found[0]:
            place = found.end()
            continue
        if changes == _MOST_CHANGES:
            return joined.translate(_lines).split("\n")
        joined, place, changes = joined.replace(found[0], kept), found.start(), changes + 1
    return joined.split("\n")


def passage(text: str, phrases: Sequence[str]) -> Passage:
    """The first line that holds the most of some squeezed phrases, with them marked; else how the text begins."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return Passage()
    line = max(lines, key=lambda line: sum(phrase in squeezed(line) for phrase in phrases))
    return _window(line, _merged(_marks(line, phrases)))


def _marks(line: str, phrases: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand in a line."""
    plain = squeezed(line)
    origins = [place for place, character in enumerate(line) for _kept in _keep(character)]
    for phrase in phrases:
        found = plain.find(phrase)
        while found >= 0:
            behind = found + len(phrase)
            yield origins[found], origins[behind - 1] + 1
            found = plain.find(phrase, behind)


def _merged(marks: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, behind in sorted(marks):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(behind, merged[-1][1]))
        else:
            merged.append((first, behind))
    return merged


def _window(line: str, marks: Sequence[tuple[int, int]]) -> Passage:
    first = max(0, marks[0][0] - _BEFORE) if marks and marks[0][1] > _SEEN else 0
    behind = min(len(line), first + _SHOWN)
    before = "…" if first else ""
    shown = f"{before}{line[first:behind]}{'…' if behind < len(line) else ''}".replace("\t", " ")
    shift = len(before) - first
    seen = ((start + shift, min(end, behind) + shift) for start, end in marks if start < behind)
    return Passage(shown, tuple(seen))
