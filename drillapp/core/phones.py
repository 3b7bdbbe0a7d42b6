"""Telephone numbers as people write them down: several in a field, with dashes, brackets, extensions, words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal, NamedTuple

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
_LONG_ENOUGH = 7
"""So many digits in a row are meant as a number that can be called from anywhere."""
_LANDLINE = re.compile(r"(?:86)?0(?:(?:10|2\d)\d{8}|[3-9]\d{9,10})")
"""By the length of its area alone: numbers that are made up are of the right length."""
_SHORT_OF_A_DIGIT = re.compile(r"(?:86)?0(?:10|2\d)\d{7}")
"""In cities whose area has three digits all numbers have eight."""
_LIKE_DIGITS = str.maketrans("OoIl|\u25cb\u3007", "0011100")
_WITH_LETTERS = re.compile(
    r"(?<![A-Za-z])[+(]?[\dOoIl|\u25cb\u3007][\dOoIl|\u25cb\u3007\-() ]{5,}[\dOoIl|\u25cb\u3007](?![A-Za-z])"
)
_MASKED = re.compile(r"\d[*xX\u00d7]{2,}|[*xX\u00d7]{3,}")
_USUAL = re.compile(r"1[3-9]\d{9}|(?:0(?:10|2\d)-?)?[2-9]\d{7}")
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


class Doubt(NamedTuple):
    """Why a text is hardly a telephone number."""

    why: Literal["letters", "digits", "none"]
    """Letters that look like digits; too few or too many digits; no number at all."""
    meant: str = ""
    """The number with digits in the place of such letters."""


def is_usual(text: str) -> bool:
    """Whether it is one mobile or landline number and nothing else, which is quickly seen."""
    return _USUAL.fullmatch(text) is not None


def doubt_of(text: str) -> Doubt | None:
    """What is wrong with a text that is meant as one or more telephone numbers; None for nothing.

    Numbers of which digits are masked are none that can be called, but are meant so.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    if meant := _with_digits(plain):
        return Doubt("letters", meant)
    if _MASKED.search(plain):
        return None
    parts = [part for whole in _parts(text) for part in ([whole] if _number(whole) else whole.split())]
    if any(_is_wrong(part) for part in parts):
        return Doubt("digits")
    if any(map(_is_of_digits, parts)):
        return None
    return Doubt("digits" if any(map(str.isdigit, plain)) else "none")


def _with_digits(plain: str) -> str:
    """The first number in which letters stand for digits, with these digits; '' for none."""
    for found in _WITH_LETTERS.findall(plain):
        digits = found.translate(_LIKE_DIGITS)
        number = _number(digits)
        if (
            digits != found
            and len(number) >= _LONG_ENOUGH
            and sum(map(str.isdigit, found)) > len(number) // 2
        ):
            return str(digits.strip())
    return ""


def _is_of_digits(part: str) -> bool:
    return bool(_number(part)) or bool(_LANDLINE.fullmatch(re.sub(r"\D", "", part)))


def _is_wrong(part: str) -> bool:
    """Whether it is long enough for a number that can be called from anywhere, and is none."""
    digits = re.sub(r"\D", "", part)
    if len(digits) < _LONG_ENOUGH:
        return False
    return bool(_SHORT_OF_A_DIGIT.fullmatch(digits)) or not _is_of_digits(part)


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
