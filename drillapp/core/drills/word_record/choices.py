"""Ticked boxes and words for codes: form, content and purpose of a drill, and how well it went."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drillapp.core import enumerations
from drillapp.core.drills.word_record.labels import plain, word_pattern, words

_ENUMERATIONS = {"form": "drill_form", "content": "drill_content", "purpose": "drill_purpose"}


def chosen(text: str) -> str:
    """Of a text with boxes what is ticked, one a line; another text as it is.

    Boxes stand before what they are for, behind it, or in brackets behind it; where that is not clear nothing is taken.
    """
    if not any(mark in text for mark in (*words()["ticked"], *words()["unticked"])):
        return text
    return "\n".join(option for line in text.split("\n") for option in _ticked(line))


def codes_in(text: str) -> dict[str, str]:
    """The codes of form, content and purpose that a text names, by the field; none of a field with two of them."""
    found: dict[str, set[str]] = {}
    for word in _words_of(text):
        known = words()["codes"].get(word)
        if known is not None:
            found.setdefault(known[0], set()).add(known[1])
            continue
        for field, enumeration in _ENUMERATIONS.items():
            code = enumerations.parse(enumeration, word)
            if code is not None:
                found.setdefault(field, set()).add(code)
    return {field: next(iter(codes)) for field, codes in found.items() if len(codes) == 1}


def rating_in(text: str) -> str | None:
    """The rating that a text gives in a word of its own."""
    ratings = [code for word in _words_of(text) if (code := enumerations.parse("drill_rating", word))]
    return ratings[0] if len(set(ratings)) == 1 else None


def _ticked(line: str) -> list[str]:
    ticked, unticked = (re.escape("".join(words()[name])) for name in ("ticked", "unticked"))
    in_brackets = re.findall(rf"([^\s()\uff08\uff09]+)\s*[(\uff08]\s*[{ticked}]\s*[)\uff09]", line)
    if in_brackets:
        return in_brackets
    mark = rf"[{ticked}{unticked}]"
    pieces = re.split(f"({mark})", re.sub(rf"^[^{ticked}{unticked}]*[:\uff1a]", "", line))
    if len(pieces) == 1:
        return []
    is_before, is_behind = not pieces[0].strip(), not pieces[-1].strip()
    if is_before == is_behind:
        return []
    options = pieces[2::2] if is_before else pieces[0:-1:2]
    pairs = zip(pieces[1::2], options, strict=True)
    return [option.strip() for found, option in pairs if found in words()["ticked"] and option.strip()]


def _words_of(text: str) -> Iterator[str]:
    for piece in word_pattern("separators").split(plain(chosen(text))):
        yield piece.strip(" .:()\u3002\uff08\uff09\uff1a")
