"""How many took part, and who."""

from __future__ import annotations

from typing import NamedTuple

from drillapp.core.drills.word_record.labels import pattern, plain, word_pattern, words
from drillapp.core.i18n import _
from drillapp.core.resources import load_toml


class Count(NamedTuple):
    """How many were expected and how many came; None where it is not told."""

    expected: int | None = None
    present: int | None = None
    how: str = ""
    """How it was reckoned, where it is not just written there."""


def count_in(text: str) -> Count:
    """What a text tells of how many took part: a number, numbers with words, or names."""
    written = plain(text)
    expected, present = _first("expected", written), _first("present", written)
    if present is not None:
        return Count(expected, present)
    if written.isdigit():
        return Count(expected, int(written))
    total = _first("total", written)
    if total is not None:
        return Count(expected, total)
    counts = [_number(found["count"]) for found in pattern("count").finditer(written)]
    if len(counts) == 1:
        return Count(expected, counts[0])
    if counts and (counts[0] == sum(counts[1:]) or words()["of_these"] in written):
        return Count(expected, counts[0])
    if counts:
        added = _("Those who took part were added up: {numbers}.")
        return Count(expected, sum(counts), added.format(numbers=" + ".join(map(str, counts))))
    names = names_in(written)
    counted = _("The names of those who took part were counted: {count}.").format(count=len(names))
    return Count(expected, len(names), counted) if len(names) > 1 else Count(expected)


def names_in(text: str) -> list[str]:
    """The names of a list of people; none where the text is anything else."""
    longest = load_toml("word_record.toml")["patterns"]["longest_name"]
    pieces = [piece for piece in word_pattern("separators").split(text) if piece]
    is_list = all(1 < len(piece) <= longest and not any(map(str.isdigit, piece)) for piece in pieces)
    return pieces if is_list else []


def parts_in(text: str) -> list[str]:
    """The bodies that a list names."""
    pieces = (piece.strip() for piece in word_pattern("separators").split(plain(text)))
    return [piece for piece in pieces if piece and not any(map(str.isdigit, piece))]


def _first(name: str, text: str) -> int | None:
    found = pattern(name).search(text)
    return None if found is None else _number(found["count"])


def _number(text: str) -> int:
    return int(text.replace(",", ""))
