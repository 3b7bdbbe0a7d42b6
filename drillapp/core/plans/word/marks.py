"""Numbers before headings as people type them: '第一章', '一、', '（一）', '1.1', '1　总则', '附件1'."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from drillapp.core.plans.grammar import any_of, grammar, numeral, spaced
from drillapp.core.plans.word.counting import chinese_value

_GAP = r"[ \t\u3000\xa0]*"
_DOT = r"[.．]"
ITEM_KINDS = frozenset({"1.", "(1)", "1)", "(cn)"})
"""Numbers that lists in the text have as often as headings."""
_LONGEST = {"chapter": 50, "part": 50, "section": 50, "decimal": 40, "annex": 60, "1": 30, "cn": 40}
_LONGEST_ITEM = 30
_ENDS = "。；;，,、！!？?…"
_INSIDE = re.compile(r"[。；！？]")


class Mark(NamedTuple):
    """The number at the beginning of a line."""

    kind: str
    path: tuple[int, ...]
    """(1, 2) for 1.2, (3,) for 第三章 and 三、; (0,) for an annex without a number."""
    number: str
    """As it is written."""
    gap: str
    """What stands between it and the title."""
    title: str

    @property
    def group(self) -> tuple[str, tuple[int, ...]]:
        """The same for those that count on from one another."""
        return self.kind, self.path[:-1]


def mark_of(text: str) -> Mark | None:
    """The number that the text begins with; None when it begins with none."""
    if not text or not _may_begin(text[0]):
        return None
    plain = _in_ascii_digits(text[:24]) + text[24:]
    for kind, pattern in _patterns():
        found = pattern.fullmatch(plain)
        if found:
            number = text[: found.end(1)]
            return Mark(
                kind, _path(found["n"] or ""), number.strip(), found["gap"], text[found.start("title") :]
            )
    return None


def reads_as_title(mark: Mark) -> bool:
    """Whether what follows the number is short and no sentence."""
    title = mark.title
    if not title:
        return mark.kind in ("part", "chapter", "annex")
    if len(title) > _LONGEST.get(mark.kind, _LONGEST_ITEM) or not any(map(str.isalpha, title)):
        return False
    if title[-1] in _ENDS or _INSIDE.search(title):
        return False
    is_item = mark.kind in ITEM_KINDS or mark.kind in ("cn", "1")
    return not is_item or not any(sign in title for sign in "，：:")


def _may_begin(character: str) -> bool:
    return character in _first_characters() or character.isdecimal() or "A" <= character <= "Z"


@cache
def _first_characters() -> frozenset[str]:
    numbers, numerals = grammar().numbers, grammar().numerals
    first = {word[0] for word in (numbers.ordinal, *numbers.annex)}
    return frozenset(first.union("（(", numerals.characters))


def _in_ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)


def _path(number: str) -> tuple[int, ...]:
    return tuple(_value(part) for part in re.split(r"[.．-]", number))


def _value(part: str) -> int:
    if part.isdecimal():
        return int(part)
    return ord(part) if "A" <= part <= "Z" else chinese_value(part)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds of numbers in the order in which they are tried; the number is the first group."""
    numbers, no_quantity, in_words = grammar().numbers, _no_quantity(), f"{numeral()}+"
    either = rf"(?:{in_words}|\d{{1,3}})"
    ordinal = rf"{numbers.ordinal}{_GAP}(?P<n>{either}){_GAP}"
    annex = "|".join(spaced(word, _GAP) for word in numbers.annex)
    no_count = rf"(?!{any_of(grammar().quantities.counters)})"
    patterns = [
        *(
            (kind, rf"({ordinal}{any_of(words)})(?P<gap>{_GAP}[：:、]?{_GAP})(?P<title>.*)")
            for kind, words in numbers.counted.items()
        ),
        (
            "annex",
            rf"((?:{annex}){_GAP}(?P<n>[A-Z](?![a-z])|{either}(?:[-.．]\d{{1,2}})?)?)"
            rf"(?P<gap>{_GAP}[：:、.．]?{_GAP})(?P<title>.*)",
        ),
        ("cn", rf"((?P<n>{in_words}){_GAP}[、．.])(?P<gap>{_GAP})(?P<title>.*)"),
        ("(cn)", rf"([（(](?P<n>{in_words})[）)][、.．]?)(?P<gap>{_GAP})(?P<title>.*)"),
        (
            "decimal",
            rf"((?P<n>(?:\d{{1,3}}|[A-Z])(?:{_DOT}\d{{1,3}}){{1,8}}))(?P<gap>[.．、]?{_GAP})"
            rf"{no_quantity}(?P<title>\D.*)",
        ),
        ("1.", rf"((?P<n>\d{{1,3}})[.．、])(?P<gap>{_GAP})(?P<title>\D.*)"),
        ("1", r"((?P<n>\d{1,3}))(?P<gap>[ \t\u3000\xa0]+)(?P<title>\D.*)"),
        ("1", rf"((?P<n>\d{{1,2}}))(?P<gap>){no_quantity}{no_count}(?P<title>[\u4e00-\u9fff《“].*)"),
        ("(1)", rf"([（(](?P<n>\d{{1,3}})[）)][、.．]?)(?P<gap>{_GAP})(?P<title>.*)"),
        ("1)", rf"((?P<n>\d{{1,3}})[）)])(?P<gap>{_GAP})(?P<title>.*)"),
    ]
    return tuple((kind, re.compile(pattern)) for kind, pattern in patterns)


def _no_quantity() -> str:
    """Behind a figure: it is not one with its unit, such as 2.5米以上水深 or 119报警电话."""
    words = grammar().quantities
    quantities = (
        any_of(words.multiples),
        rf"{any_of(words.scales)}?{any_of(words.units)}",
        r"[%％‰℃°+×/~～—-]",
        rf"{any_of(words.latin_units)}\b",
        rf"{any_of(words.ambiguous_units)}(?:{any_of(words.behind_ambiguous_units)}|[，、\d]|$)",
    )
    return rf"(?!{'|'.join(quantities)})"
