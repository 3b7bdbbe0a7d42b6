"""What was told of each version's completeness before: kept in the open office and, between starts, in its file."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from typing import TypeAlias
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection, Engine, select

from drillapp.core.database.model import RememberedFigure
from drillapp.core.office import Office
from drillapp.core.remembered import keep_if_free
from drillapp.core.resources import resource_path

Mark: TypeAlias = tuple[int, str | None, str | None]
"""A version's revision with its plan's kind and tier: while they are the same, so is what the version lacks."""
State: TypeAlias = tuple[tuple[int | None, ...], ...]
"""How many plans and versions there are, and how often they were changed."""
_Answer: TypeAlias = tuple[Mark, bool]
_Kept: TypeAlias = list[tuple[Mark, bool, list[int]]]
"""Versions by their answer, as it stands in the file."""

_NAME = "plan completeness "
_JUDGED_BY = 1
"""Counts up when the program judges the same text by the same outlines otherwise."""
_WORTH_KEEPING = 100
"""So many versions are read again at the next start sooner than the answers are written at once."""


class Judged:
    """The answers known in an open office. They are true in every seat and as of every state of the journal."""

    def __init__(self, kept: _Kept) -> None:
        self._answers = {version: (mark, lacks) for mark, lacks, versions in kept for version in versions}
        self._same: dict[_Answer, _Answer] = {}
        """One object for all versions with the same answer, of which there are few."""
        self._unkept = 0
        self.all_incomplete: tuple[State, frozenset[int]] | None = None
        """The answer for all plans, and as of which state of them."""

    def changed(self, marks: Mapping[int, Mark]) -> dict[int, Mark]:
        """Those versions that were never judged, or are not what they were then."""
        known = self._answers
        return {key: mark for key, mark in marks.items() if key not in known or known[key][0] != mark}

    def add(self, marks: Mapping[int, Mark], incomplete: Collection[int]) -> None:
        """Know from now on of these versions which are incomplete."""
        for version, mark in marks.items():
            answer = mark, version in incomplete
            self._answers[version] = self._same.setdefault(answer, answer)
        self._unkept += len(marks)

    def incomplete(self, versions: Collection[int]) -> frozenset[int]:
        """Those of some versions, all of them known, that lack content."""
        return frozenset(version for version in versions if self._answers[version][1])

    def keep(self, office: Office) -> None:
        """Write the answers into the office's file if there are many new ones, and nobody else writes just now."""
        if self._unkept < _WORTH_KEEPING:
            return
        by_answer: dict[_Answer, list[int]] = defaultdict(list)
        for version, answer in sorted(self._answers.items()):
            by_answer[answer].append(version)
        kept: _Kept = [(*answer, versions) for answer, versions in by_answer.items()]
        if keep_if_free(office, _NAME, _edition(), msgspec.msgpack.encode(kept)):
            self._unkept = 0


_of_offices: WeakKeyDictionary[Engine, Judged] = WeakKeyDictionary()


def judged_before(connection: Connection) -> Judged:
    """What is known in the office that a connection reads."""
    known = _of_offices.get(connection.engine)
    if known is None:
        known = _of_offices.setdefault(connection.engine, Judged(_kept(connection)))
    return known


def keep_judged(office: Office) -> None:
    """Keep for the next start what was judged in this one; an office that is read-only keeps nothing."""
    known = _of_offices.get(office.engine)
    if known is not None:
        known.keep(office)


def _kept(connection: Connection) -> _Kept:
    name = RememberedFigure.name == f"{_NAME}{_edition()}"
    value = connection.execute(select(RememberedFigure.value).where(name)).scalar()
    if value is None:
        return []
    try:
        return msgspec.msgpack.decode(value, type=_Kept)
    except msgspec.DecodeError:
        return []  # kept by another version of the program


@cache
def _edition() -> str:
    """Tells one set of outlines, and of rules by which titles are read, from another."""
    digest = hashlib.sha256(b"%d" % _JUDGED_BY)
    for path in (*sorted(resource_path("standards").glob("*.toml")), resource_path("plan_text.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
