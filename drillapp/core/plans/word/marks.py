"""Numbers before headings as people type them: '第一章', '一、', '（一）', '1.1', '1　总则', '附件1'."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from drillapp.core.plans.word.counting import chinese_value

_C = "〇零一二三四五六七八九十百"
_N = rf"(?:[{_C}]+|\d{{1,3}})"
_GAP = r"[ \t\u3000\xa0]*"
_DOT = r"[.．]"
# A figure with its unit is no number of a heading: '2.5米以上水深', '119报警电话'.
_UNIT = (
    r"(?![万亿]|(?:千|百)?(?:元|米|公里|千米|吨|小时|分钟|秒|天|个|倍|度|毫米|厘米|平方|立方|公斤|千克|千瓦|伏)|[%％‰℃°+×/~～—-]"
    r"|(?:mm|cm|km|kg|kV|kW|MPa|m|h|t|min)\b|[年月日人级名次](?:以|内|前|后|度|，|、|至|到|[\d]|$))"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("part", rf"(第{_GAP}(?P<n>{_N}){_GAP}(?:编|篇|部分))(?P<gap>{_GAP}[：:、]?{_GAP})(?P<title>.*)"),
        ("chapter", rf"(第{_GAP}(?P<n>{_N}){_GAP}章)(?P<gap>{_GAP}[：:、]?{_GAP})(?P<title>.*)"),
        ("section", rf"(第{_GAP}(?P<n>{_N}){_GAP}[节節])(?P<gap>{_GAP}[：:、]?{_GAP})(?P<title>.*)"),
        ("clause", rf"(第{_GAP}(?P<n>{_N}){_GAP}[条條款])(?P<gap>{_GAP})(?P<title>.*)"),
        (
            "annex",
            rf"(附{_GAP}(?:件|录|錄|表|图){_GAP}(?P<n>[A-Z](?![a-z])|{_N}(?:[-.．]\d{{1,2}})?)?)"
            rf"(?P<gap>{_GAP}[：:、.．]?{_GAP})(?P<title>.*)",
        ),
        ("cn", rf"((?P<n>[{_C}]+){_GAP}[、．.])(?P<gap>{_GAP})(?P<title>.*)"),
        ("(cn)", rf"([（(](?P<n>[{_C}]+)[）)][、.．]?)(?P<gap>{_GAP})(?P<title>.*)"),
        (
            "decimal",
            rf"((?P<n>(?:\d{{1,3}}|[A-Z])(?:{_DOT}\d{{1,3}}){{1,8}}))(?P<gap>[.．、]?{_GAP}){_UNIT}(?P<title>\D.*)",
        ),
        ("1.", rf"((?P<n>\d{{1,3}})[.．、])(?P<gap>{_GAP})(?P<title>\D.*)"),
        ("1", r"((?P<n>\d{1,3}))(?P<gap>[ \t\u3000\xa0]+)(?P<title>\D.*)"),
        (
            "1",
            rf"((?P<n>\d{{1,2}}))(?P<gap>){_UNIT}(?![号时分秒名人个台辆套件条项种类次天级点])(?P<title>[\u4e00-\u9fff《“].*)",
        ),
        ("(1)", rf"([（(](?P<n>\d{{1,3}})[）)][、.．]?)(?P<gap>{_GAP})(?P<title>.*)"),
        ("1)", rf"((?P<n>\d{{1,3}})[）)])(?P<gap>{_GAP})(?P<title>.*)"),
    )
)
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
    for kind, pattern in _PATTERNS:
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
    return character in "第附（(" or character in _C or character.isdecimal() or "A" <= character <= "Z"


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
