"""What is wrong with a script of injects, and what is only worth telling."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from drillapp.core import enumerations
from drillapp.core.batch import text_problem
from drillapp.core.drills.injects.offsets import show_offset
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.errors import Problem
from drillapp.core.i18n import _
from drillapp.core.resources import load_toml

FURTHEST = 60 * 24 * 3600
"""Seconds: no inject is planned further from the start."""
_TEXTS = ("number", "content", "stage", "sender", "addressee", "expected_action", "subject")
_MOST = 10_000


class Told(NamedTuple):
    """Something about one inject that is allowed but may not be meant."""

    place: int
    """Of the inject in the script, from 0."""
    field: str
    value: str
    message: str


def problems_of(entries: Sequence[InjectEntry]) -> list[Problem]:
    """Why a script cannot be saved, by inject in its order."""
    found = [problem for i, entry in enumerate(entries) for problem in _own_problems(i, entry)]
    found += _repeated(entries)
    found += _wrong_conditions(entries)
    return sorted(found, key=lambda problem: problem.index)


def told_of(entries: Sequence[InjectEntry], names: Collection[str]) -> list[Told]:
    """What is worth telling: two at one second, one before the limit of another ran out, an addressee unknown.

    `names` are those who take part; where nobody is named yet, nobody is unknown.
    """
    return sorted([*_at_once(entries), *_overlapping(entries), *_unknown(entries, names)])


def _own_problems(i: int, entry: InjectEntry) -> Iterator[Problem]:
    for field in ("number", "content"):
        if not getattr(entry, field).strip():
            yield Problem(i, field, "", _("Must not be empty."))
    for field in _TEXTS:
        if message := text_problem(getattr(entry, field), _MOST):
            yield Problem(i, field, getattr(entry, field)[:80], message)
    if entry.means and entry.means not in enumerations.codes("inject_means"):
        allowed = ", ".join(
            enumerations.label("inject_means", code) for code in enumerations.codes("inject_means")
        )
        yield Problem(i, "means", entry.means, _("Must be one of: {allowed}.").format(allowed=allowed))
    if entry.within_seconds is not None and not 0 < entry.within_seconds <= FURTHEST:
        yield Problem(i, "within", str(entry.within_seconds), _("The time limit must be more than nothing."))
    if entry.offset_seconds is not None and abs(entry.offset_seconds) > FURTHEST:
        message = _("Lies more than 60 days from the start.")
        yield Problem(i, "offset", show_offset(entry.offset_seconds), message)


def _repeated(entries: Sequence[InjectEntry]) -> Iterator[Problem]:
    seen = Counter[str]()
    for i, entry in enumerate(entries):
        seen[entry.number.strip()] += 1
        if seen[entry.number.strip()] == 2:
            yield Problem(i, "number", entry.number, _("Another inject has this number."))


def _wrong_conditions(entries: Sequence[InjectEntry]) -> Iterator[Problem]:
    after = {entry.number.strip(): entry.after.strip() for entry in entries if entry.after.strip()}
    numbers = {entry.number.strip() for entry in entries}
    for i, entry in enumerate(entries):
        before = entry.after.strip()
        if not before:
            continue
        if before not in numbers:
            text = _("There is no inject with the number '{value}' in the script.")
            yield Problem(i, "after", before, text.format(value=before))
        elif cycle := _cycle(entry.number.strip(), after):
            text = _("The injects wait for each other in a circle: {numbers}")
            yield Problem(i, "after", before, text.format(numbers=" → ".join(cycle)))


def _cycle(number: str, after: Mapping[str, str]) -> list[str]:
    """The circle that an inject is part of, back to itself; empty where it is in none."""
    way = [number]
    while (before := after.get(way[-1])) is not None:
        way.append(before)
        if before == number:
            return way
        if before in way[:-1]:
            return []  # a circle further back, told of those in it
    return []


def _at_once(entries: Sequence[InjectEntry]) -> Iterator[Told]:
    first: dict[int, str] = {}
    for i, entry in enumerate(entries):
        if entry.offset_seconds is None:
            continue
        other = first.setdefault(entry.offset_seconds, entry.number)
        if other != entry.number:
            text = _("Is planned for the same second as inject {number}.")
            yield Told(i, "offset", show_offset(entry.offset_seconds), text.format(number=other))


def _overlapping(entries: Sequence[InjectEntry]) -> Iterator[Told]:
    """Injects to somebody who has still time for the action on one before."""
    timed: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, entry in enumerate(entries):
        if entry.offset_seconds is not None and entry.addressee.strip():
            timed[entry.addressee.strip()].append((entry.offset_seconds, i))
    text = _("{addressee} has still time for the action on inject {number} then.")
    for addressee, places in timed.items():
        busy_from, busy_until, busy = 0, -FURTHEST - 1, ""
        for offset, i in sorted(places):
            if busy_from < offset < busy_until:
                yield Told(i, "offset", show_offset(offset), text.format(addressee=addressee, number=busy))
            until = offset + (entries[i].within_seconds or 0)
            if until > busy_until:
                busy_from, busy_until, busy = offset, until, entries[i].number


def _unknown(entries: Sequence[InjectEntry], names: Collection[str]) -> Iterator[Told]:
    if not names:
        return
    known = {_plain(name) for name in names}
    everybody = {_plain(word) for word in load_toml("drills/offsets.toml")["everybody"]}
    known |= everybody
    for i, entry in enumerate(entries):
        for name in filter(None, re.split(_separators(), entry.addressee)):
            if name.strip() and _plain(name) not in known:
                text = _("Nobody who takes part in the drill is called '{value}'.")
                yield Told(i, "addressee", name.strip(), text.format(value=name.strip()))


def _separators() -> str:
    return "|".join(map(re.escape, load_toml("drills/offsets.toml")["separators"]))


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold()
