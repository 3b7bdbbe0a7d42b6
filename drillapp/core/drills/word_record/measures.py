"""Who puts a problem right and until when, where a measure's text plainly says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec.structs import replace

from drillapp.core.drills.word_record.draft import FindingDraft
from drillapp.core.drills.word_record.labels import words
from drillapp.core.drills.word_record.times import due_in

_LONGEST_NAME = 12
_BETWEEN = r"\s,;\uff0c\uff1b\u3002"
_SET_APART = " ,;\uff0c\uff1b\u3001"
_COLON = r"\s*[:\uff1a]\s*"
_EMPTY_BRACKETS = re.compile(rf"[(\uff08][{_BETWEEN}\u3001]*[)\uff09]")


def with_owner_and_due(finding: FindingDraft) -> FindingDraft:
    """The finding with what its measure says of these; a text that says one of them twice, or unclearly, keeps it."""
    action, owner = _taken(finding.action, "owner_marks")
    owner = owner if _is_name(owner) else ""
    action = action if owner else finding.action
    rest, due = _taken(action, "due_marks")
    day = due_in(due) if due else None
    action = action if day is None else rest
    if not owner and day is None:
        return finding
    return replace(finding, action=_tidy(action), owner=owner, due="" if day is None else day.isoformat())


def with_owners(findings: Sequence[FindingDraft], told: str) -> tuple[FindingDraft, ...] | None:
    """The findings with owners that stand by themselves, one for all or one each; None where that is not clear."""
    names = _lines(told)
    if not all(map(_is_name, names)) or len(names) not in (1, len(findings)):
        return None
    each = names if len(names) == len(findings) else names * len(findings)
    return tuple(replace(one, owner=one.owner or name) for one, name in zip(findings, each, strict=True))


def with_dues(findings: Sequence[FindingDraft], told: str) -> tuple[FindingDraft, ...] | None:
    """The same with the days until when."""
    days = [day.isoformat() for day in map(due_in, _lines(told)) if day is not None]
    if len(days) != len(_lines(told)) or len(days) not in (1, len(findings)):
        return None
    each = days if len(days) == len(findings) else days * len(findings)
    return tuple(replace(one, due=one.due or day) for one, day in zip(findings, each, strict=True))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def joined_to_measures(items: Iterable[str]) -> list[str]:
    """The measures of a list, each with the lines behind it that but say who puts it right, or until when."""
    found: list[str] = []
    for item in items:
        if found and any(_pattern(marks).match(item) for marks in ("owner_marks", "due_marks")):
            found[-1] = f"{found[-1]}\n{item}"
        else:
            found.append(item)
    return found


def _taken(text: str, marks: str) -> tuple[str, str]:
    """A text without what stands behind one of the marks, and that; '' where that is not said just once."""
    found = list(_pattern(marks).finditer(text))
    if len(found) != 1:
        return text, ""
    [one] = found
    # What the mark was set apart by goes with it.
    return text[: one.start()].rstrip(_SET_APART) + text[one.end() :], one["value"].strip()


@cache
def _pattern(marks: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(words()[marks], key=len, reverse=True)))
    return re.compile(rf"(?<![\w])(?:{names}){_COLON}(?P<value>[^{_BETWEEN}()\uff08\uff09]+)")


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NAME and not any(map(str.isdigit, text))


def _tidy(text: str) -> str:
    lines = (line.strip(_SET_APART) for line in _EMPTY_BRACKETS.sub("", text).split("\n"))
    return "\n".join(re.sub(r"  +", " ", line) for line in lines if line).strip(" ;\uff1b\u3002.")
