"""What was put in and taken out of a text, in words and characters that people read as such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, TypeAlias, TypeVar

import msgspec

SpanKind = Literal["same", "inserted", "deleted"]
Step: TypeAlias = tuple[str, int, int, int, int]
Item = TypeVar("Item", bound=Hashable)

_CLAUSES = re.compile(r"[^。；！？;!?\n]*[。；！？;!?\n]|[^。；！？;!?\n]+$")
# Latin words, numbers and white space whole; every other character by itself.
_WORDS = re.compile(r"[0-9A-Za-z\u00C0-\u024F]+(?:[.:'’_-][0-9A-Za-z\u00C0-\u024F]+)*|\s+|.", re.DOTALL)
_MOST_PAIRS = 1_000_000
"""So many pairs of equal items are looked through before a passage counts as written anew."""


class Span(msgspec.Struct, frozen=True):
    """A piece of text that stands in both, only in the new or only in the old."""

    kind: SpanKind
    text: str


def spans(old: str, new: str) -> tuple[Span, ...]:
    """The old text with what was taken out and put in; without the insertions it is the old, else the new."""
    if old == new:
        return (Span("same", old),) if old else ()
    if not old or not new:
        return (Span("deleted", old) if old else Span("inserted", new),)
    pieces: list[tuple[SpanKind, str]] = []
    for a, b in _passages(old, new):
        pieces.extend([("same", a)] if a == b else _words(a, b))
    return tuple(_joined(pieces))


def steps(old: Sequence[Item], new: Sequence[Item]) -> list[Step]:
    """How one sequence becomes the other, as SequenceMatcher's operations; equal ends are taken off first."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    found: list[Step] = [("equal", 0, head, 0, head)] if head else []
    for kind, i, j, k, m in _middle(a, b):
        found.append((kind, head + i, head + j, head + k, head + m))
    if tail:
        found.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return found


def _middle(a: Sequence[Item], b: Sequence[Item]) -> list[Step]:
    if not a and not b:
        return []
    counts = Counter(b)
    if not a or not b or sum(map(counts.__getitem__, a)) > _MOST_PAIRS:
        return [("replace", 0, len(a), 0, len(b))]
    return list(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())


def _common(a: Sequence[Item], b: Sequence[Item]) -> int:
    """How many items two sequences begin with in common."""
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _passages(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The texts in passages that belong to each other: equal clauses, and what stands between them."""
    a, b = _CLAUSES.findall(old), _CLAUSES.findall(new)
    for kind, i, j, k, m in steps(a, b):
        if kind == "equal":
            yield "".join(a[i:j]), "".join(b[k:m])
        else:
            yield from _paired(a[i:j], b[k:m])


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Changed clauses one by one where there are as many of them and each resembles its like, else together."""
    if len(old) == len(new) > 1 and all(_alike(a, b) for a, b in zip(old, new, strict=True)):
        yield from zip(old, new, strict=True)
    else:
        yield "".join(old), "".join(new)


def _alike(a: str, b: str) -> bool:
    return 2 * len(set(a) & set(b)) > len(set(a) | set(b)) / 2


def _words(old: str, new: str) -> list[tuple[SpanKind, str]]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[tuple[SpanKind, str]] = []
    for kind, i, j, k, m in _readable(steps(a, b), a):
        if kind == "equal":
            pieces.append(("same", "".join(a[i:j])))
        else:
            pieces.extend(_rewritten("".join(a[i:j]), "".join(b[k:m])))
    return pieces


def _readable(operations: list[Step], old: list[str]) -> Iterator[Step]:
    """A single character that happens to be the same amid what was rewritten is not worth showing as kept."""
    pending: tuple[int, int, int, int] | None = None
    for place, (kind, i, j, k, m) in enumerate(operations):
        is_chance = (
            kind == "equal"
            and len("".join(old[i:j])) < 2
            and 0 < place < len(operations) - 1
            and _size(operations[place - 1]) + _size(operations[place + 1]) > 4
        )
        if kind != "equal" or is_chance:
            pending = (pending[0], j, pending[2], m) if pending else (i, j, k, m)
            continue
        if pending:
            yield ("replace", *pending)
            pending = None
        yield kind, i, j, k, m
    if pending:
        yield ("replace", *pending)


def _size(operation: Step) -> int:
    _kind, i, j, k, m = operation
    return j - i + m - k


def _rewritten(old: str, new: str) -> list[tuple[SpanKind, str]]:
    pieces: list[tuple[SpanKind, str]] = [("deleted", old), ("inserted", new)]
    return [piece for piece in pieces if piece[1]]


def _joined(pieces: list[tuple[SpanKind, str]]) -> Iterator[Span]:
    """Neighbours of one kind as one; of what changed, the deletions before the insertions."""
    order: tuple[SpanKind, ...] = ("same", "deleted", "inserted")
    for _is_same, group in groupby(pieces, key=lambda piece: piece[0] == "same"):
        run = list(group)
        for kind in order:
            text = "".join(words for its_kind, words in run if its_kind == kind)
            if text:
                yield Span(kind, text)
