"""Telephone numbers as people write them down: several in a field, with dashes, brackets, extensions, words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import msgspec

from drillapp.core.datafile import read_data_file

_WHOLE = re.compile(
    r"""(?:86)?1[3-9]\d{9}                 # mobile
    | (?:(?:86)?0\d{2,3})?[2-9]\d{6,7}     # landline, with or without its area
    | (?:86)?0\d{2,3}(?:1\d{4}|96\d{3,4})  # a short number of another city
    | [48]00\d{7}                          # paid by the one who is called
    | 1[12]\d | 1[012]\d{3} | 95\d{3,4} | 96\d{3,4}  # 110 119 120 12345 95598 96777
    | \d{3,6}                              # a switchboard's own number
    """,
    re.VERBOSE,
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")


def numbers_in(text: str) -> tuple[str, ...]:
    """The telephone numbers in a text, each as its digits alone (an extension after a comma)."""
    found: list[str] = []
    for part in _parts(text):
        whole = _number(part)
        found.extend([whole] if whole else filter(None, map(_number, part.split())))
    return tuple(found)


def is_phone(text: str) -> bool:
    """Whether at least one number in the text can be called."""
    return bool(numbers_in(text))


def _parts(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return [
        part for piece in re.split(r"[/、,，;；\n]|\s{2,}", plain) for part in _like_a_number().findall(piece)
    ]


def _number(part: str) -> str:
    main, _mark, extension = _extension().sub(",", part).partition(",")
    digits = re.sub(r"\D", "", main)
    if not extension:  # 010-83976000-8012
        pieces = main.strip("()+ ").split("-")
        if len(pieces) > 2 and len(pieces[-1]) <= 6 and not _WHOLE.fullmatch(digits):
            digits, extension = re.sub(r"\D", "", "".join(pieces[:-1])), pieces[-1]
    digits = digits.removeprefix("00") if digits.startswith("0086") else digits
    if not _WHOLE.fullmatch(digits):
        return ""
    own = re.sub(r"\D", "", extension)
    return f"{digits},{own}" if own else digits


class _Words(msgspec.Struct, forbid_unknown_fields=True):
    extension: tuple[str, ...]


@cache
def _extension() -> re.Pattern[str]:
    """What stands before an extension."""
    words = read_data_file("phones.toml", _Words).extension
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)


@cache
def _like_a_number() -> re.Pattern[str]:
    return re.compile(rf"\+?\(?\d[\d\-() ]*\d(?:\s*(?:{_extension().pattern})\s*\d{{1,6}})?", re.IGNORECASE)
