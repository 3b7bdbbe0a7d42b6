"""Which items of an old list are which of a new one, and which of them changed their place."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Mapping, Sequence
from heapq import nlargest, nsmallest
from itertools import pairwise
from zlib import crc32

ALIKE = 0.5
_READ, _SHINGLE, _SKETCH, _LOOKED_AT = 300, 3, 24, 4


def match(
    stages: Sequence[tuple[Sequence[Hashable], Sequence[Hashable]]], old: Sequence[str], new: Sequence[str]
) -> dict[int, int]:
    """For each place in the new list that has one, its place in the old list.

    Each stage gives keys for both lists; items with equal keys are the same, the surest stage first, and an empty key
    says nothing. What is left is told by likeness of its words.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for old_keys, new_keys in stages:
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for place, key in enumerate(old_keys):
            if key and place not in taken:
                waiting[key].append(place)
        for place, key in enumerate(new_keys):
            if place not in found and waiting.get(key):
                found[place] = waiting[key].popleft()
                taken.add(found[place])
    found |= _by_likeness(
        {place: words[:_READ] for place, words in enumerate(old) if place not in taken and words},
        {place: words[:_READ] for place, words in enumerate(new) if place not in found and words},
    )
    return found


def likeness(a: str, b: str) -> float:
    """How much two texts share, 0 to 1: twice the pairs of neighbours in both, by those of each."""
    return _share(_pairs(a), _pairs(b))


def moved(found: Mapping[int, int]) -> set[int]:
    """The places in the new list of what no longer stands in the old order: as few as can be."""
    places = sorted(found)
    ends: list[int] = []
    at: list[int] = []
    before: list[int | None] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, found[place])
        before.append(at[length - 1] if length else None)
        ends[length : length + 1] = [found[place]]
        at[length : length + 1] = [index]
    kept: set[int] = set()
    step = at[-1] if at else None
    while step is not None:
        kept.add(places[step])
        step = before[step]
    return set(places) - kept


def _by_likeness(old: dict[int, str], new: dict[int, str]) -> dict[int, int]:
    """The most alike first; compared are only those that share some of the rarest pieces of their text."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, words in old.items():
        for piece in _sketch(words):
            holders[piece].append(place)
    old_pairs = {place: _pairs(words) for place, words in old.items()}
    scores: list[tuple[float, int, int]] = []
    for place, words in new.items():
        shared = Counter(holder for piece in _sketch(words) for holder in holders.get(piece, ()))
        own = _pairs(words)
        for candidate, _count in nlargest(_LOOKED_AT, shared.items(), key=lambda item: (item[1], -item[0])):
            score = _share(old_pairs[candidate], own)
            if score >= ALIKE:
                scores.append((-score, place, candidate))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _score, place, candidate in sorted(scores):
        if place not in found and candidate not in taken:
            found[place] = candidate
            taken.add(candidate)
    return found


def _sketch(words: str) -> list[int]:
    """The lowest of the numbers that its pieces are turned into: texts that share much share some of these."""
    text, width = words.encode("utf-16-le", "surrogatepass"), 2 * _SHINGLE
    pieces = {text[at : at + width] for at in range(0, max(2, len(text) - width + 2), 2)}
    return nsmallest(_SKETCH, map(crc32, pieces))


def _pairs(words: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(words))) or frozenset((words,))


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))
