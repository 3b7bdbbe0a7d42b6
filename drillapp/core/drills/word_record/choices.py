"""Ticked boxes and words for codes: form, content and purpose of a drill, and how well it went."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drillapp.core import enumerations
from drillapp.core.drills.word_record.labels import plain, word_pattern, words

_ENUMERATIONS = {"form": "drill_form", "content": "drill_content", "purpose": "drill_purpose"}


def chosen(text: str) -> str:
    """Of a text with boxes what is ticked, one a line; another text as it is."""
    marks = [*words()["ticked"], *words()["unticked"]]
    boxes = "|".join(map(re.escape, marks))
    pieces = re.split(f"({boxes})", text)
    if len(pieces) == 1 or not any(piece in words()["unticked"] for piece in pieces):
        return text
    ticked = [
        piece.strip()
        for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True)
        if mark in words()["ticked"]
    ]
    return "\n".join(filter(None, ticked))


def codes_in(text: str) -> dict[str, str]:
    """The codes of form, content and purpose that a text names, by the field."""
    found: dict[str, str] = {}
    for word in _words_of(text):
        known = words()["codes"].get(word)
        if known is not None:
            found.setdefault(known[0], known[1])
            continue
        for field, enumeration in _ENUMERATIONS.items():
            code = enumerations.parse(enumeration, word)
            if code is not None:
                found.setdefault(field, code)
    return found


def rating_in(text: str) -> str | None:
    """The rating that a text gives in a word of its own."""
    ratings = [code for word in _words_of(text) if (code := enumerations.parse("drill_rating", word))]
    return ratings[0] if len(set(ratings)) == 1 else None


def _words_of(text: str) -> Iterator[str]:
    for piece in word_pattern("separators").split(plain(chosen(text))):
        yield piece.strip(" .:()\u3002\uff08\uff09\uff1a")
