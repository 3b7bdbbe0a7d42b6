"""The labels of a drill record: what a cell or the beginning of a line names."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from drillapp.core.resources import load_toml
from drillapp.core.search.passages import squeezed

_COLONS = ":\uff1a"
_USUAL = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_USUAL |= {0x3000: 0x20, 0xA0: 0x20, 0xFF0E: 0x2E, 0xFF0F: 0x2F}
_BRACKETS = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]")
_FIRST_COLON = re.compile(f"[{_COLONS}]")


class Label(NamedTuple):
    """A label as it was written, and the field that it names."""

    written: str
    field: str
    """Empty for a label that nobody knows."""


def words() -> dict[str, Any]:
    """The marks of a record (resources/word_record.toml)."""
    found: dict[str, Any] = load_toml("word_record.toml")["words"]
    return found


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of a record (resources/word_record.toml)."""
    return re.compile(load_toml("word_record.toml")["patterns"][name])


@cache
def word_pattern(name: str) -> re.Pattern[str]:
    """A pattern among the words of a record."""
    return re.compile(words()[name], re.MULTILINE)


def plain(text: str) -> str:
    """A text with full-width letters, digits and spaces as usual ones; all signs stay as they are written."""
    return "\n".join(line.strip() for line in text.translate(_USUAL).split("\n")).strip()


def known_label(text: str) -> Label | None:
    """The label that a whole cell is, if it is one that is known."""
    written = text.strip().rstrip(_COLONS).strip()
    field = _fields().get(squeezed(written)) or _fields().get(squeezed(_BRACKETS.sub("", written)))
    return None if field is None else Label(" ".join(written.split()), field)


def any_label(text: str) -> Label | None:
    """The label that a whole cell is, known or to all appearances one."""
    found = known_label(text)
    if found is not None:
        return found
    written, told = plain(text), squeezed(text)
    if not told or len(told) > words()["longest_label"] or "\n" in written:
        return None
    is_one = written.endswith(tuple(_COLONS)) or told.endswith(tuple(words()["label_endings"]))
    return Label(written.rstrip(_COLONS).strip(), "") if is_one else None


def short_label(text: str) -> Label | None:
    """The label that a short cell at the beginning of a row is, whatever it says; a cell with digits is none."""
    told = squeezed(text)
    is_one = 0 < len(told) <= words()["longest_label"] and not any(map(str.isdigit, told))
    return Label(" ".join(text.split()).rstrip(_COLONS), "") if is_one else None


def label_before(text: str, *, known: bool = True) -> tuple[Label, str] | None:
    """A label that a text begins with and ends with a colon, and what follows; a list's number may stand before.

    Without `known` any short beginning that looks like a label is one.
    """
    begin = word_pattern("enumerated").sub("", plain(text), count=1)
    found = _FIRST_COLON.search(begin)
    if found is None:
        return None
    head = begin[: found.start()]
    label = known_label(head) or (None if known else any_label(head))
    return None if label is None else (label, begin[found.end() :].strip())


@cache
def _fields() -> dict[str, str]:
    labels: dict[str, list[str]] = load_toml("word_record.toml")["labels"]
    return {squeezed(word): field for field, all_words in labels.items() for word in all_words}
