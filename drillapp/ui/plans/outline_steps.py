"""Steps in an outline that is a flat list of sections with levels: each gives the new list and where the cursor goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from drillapp.core.plans.content import Section

DEEPEST = 9
_LAST_NUMBER = re.compile(r"^(.*?)(\d+)(\D*)$")


class Outlined(NamedTuple):
    """The sections after a step, and the place of the one that was meant."""

    sections: list[Section]
    place: int


def end_of(sections: Sequence[Section], place: int) -> int:
    """Behind a section and all below it."""
    level = sections[place].level
    later = range(place + 1, len(sections))
    return next((other for other in later if sections[other].level <= level), len(sections))


def added(sections: Sequence[Section], place: int, title: str, *, below: bool = False) -> Outlined:
    """A new section behind that at a place and all below it, or the last one below it."""
    if not sections:
        return Outlined([Section(1, title, "1")], 0)
    level = min(DEEPEST, sections[place].level + below)
    at = end_of(sections, place)
    number = _number(sections, place, at, level)
    return Outlined([*sections[:at], Section(level, title, number), *sections[at:]], at)


def removed(sections: Sequence[Section], place: int) -> Outlined:
    """Without a section and all below it."""
    left = [*sections[:place], *sections[end_of(sections, place) :]]
    return Outlined(left, max(0, min(place, len(left) - 1)))


def moved(sections: Sequence[Section], place: int, step: int) -> Outlined:
    """With a section and all below it before (-1) or behind (+1) its neighbour of the same level."""
    end = end_of(sections, place)
    part = list(sections[place:end])
    if step < 0:
        other = _neighbour_before(sections, place)
        if other is None:
            return Outlined(list(sections), place)
        return Outlined([*sections[:other], *part, *sections[other:place], *sections[end:]], other)
    if end >= len(sections) or sections[end].level != sections[place].level:
        return Outlined(list(sections), place)
    behind = end_of(sections, end)
    return Outlined(
        [*sections[:place], *sections[end:behind], *part, *sections[behind:]], place + behind - end
    )


def deepened(sections: Sequence[Section], place: int, step: int) -> Outlined:
    """With a section and all below it one level deeper (+1) or higher (-1)."""
    end = end_of(sections, place)
    levels = [section.level + step for section in sections[place:end]]
    above = sections[place - 1].level if place else 0
    if min(levels) < 1 or max(levels) > DEEPEST or (step > 0 and levels[0] > above + 1):
        return Outlined(list(sections), place)
    part = [replace(one, level=one.level + step) for one in sections[place:end]]
    return Outlined([*sections[:place], *part, *sections[end:]], place)


def _neighbour_before(sections: Sequence[Section], place: int) -> int | None:
    level = sections[place].level
    for other in range(place - 1, -1, -1):
        if sections[other].level < level:
            return None
        if sections[other].level == level:
            return other
    return None


def _number(sections: Sequence[Section], place: int, at: int, level: int) -> str:
    """The number after that of the neighbour before, or the first below the section."""
    siblings = [one for one in sections[place:at] if one.level == level]
    if not siblings:
        parent = sections[place].number
        return f"{parent}.1" if parent and parent[-1].isdigit() else ""
    found = _LAST_NUMBER.match(siblings[-1].number)
    return f"{found[1]}{int(found[2]) + 1}{found[3]}" if found else ""
