"""What moved between two days among the duties of a unit and those below it, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection

from drillapp.core.law import Settlement
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Scope
from drillapp.core.rules.queries import obligation_columns, obligation_of
from drillapp.core.rules.rows import Obligation

CAUSES = ("gone", "asked", "known", "missed", "met")
"""In the order in which they are reckoned one after another; codes of the enumeration readiness_cause."""
FIRST = 5
"""So many rows are named of each."""


class Key(NamedTuple):
    """A duty by keys only."""

    unit_id: int
    rule: str
    subject_kind: str
    subject_id: int


class Counts(NamedTuple):
    """Changes of counts, of all and of the unit's own."""

    met: int = 0
    known: int = 0
    asked: int = 0
    own_met: int = 0
    own_known: int = 0
    own_asked: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(mine + its for mine, its in zip(self, other, strict=True)))


@dataclass
class Movement:
    """Duties of one rule that moved by one cause."""

    count: int = 0
    own: int = 0
    """How many of them are the unit's own."""
    counts: Counts = field(default_factory=Counts)
    first: list[Key] = field(default_factory=list)


def movements(
    connection: Connection, before: Scope | None, after: Scope | None, settled_by: Settlement, unit_id: int
) -> dict[tuple[str, str], Movement]:
    """What moved among the duties that one kind of fact settles, by rule and cause; None: nothing was asked that day."""
    earlier = dict(_states(connection, before, settled_by))
    found: dict[tuple[str, str], Movement] = {}
    for key, new in _states(connection, after, settled_by):
        old = earlier.pop(key, None)
        if old != new:
            _add(found, key, old, new, unit_id)
    for key, old in earlier.items():
        _add(found, key, old, None, unit_id)
    return found


def first_rows(
    connection: Connection, scope: Scope, settled_by: Settlement, keys: Collection[Key]
) -> dict[Key, Obligation]:
    """The obligations with these keys as of the scope's day."""
    found: dict[Key, Obligation] = {}
    for duty in duties(settled_by, scope) if keys else ():
        statement = obligation_columns(duty).where(
            duty.unit_id.in_({key.unit_id for key in keys}),
            duty.subject_id.in_({key.subject_id for key in keys}),
        )
        for row in connection.execute(statement):
            found[Key(row.unit_id, row.rule, row.subject_kind, row.subject_id)] = obligation_of(row, scope)
    return found


def _states(connection: Connection, scope: Scope | None, settled_by: Settlement) -> Iterator[tuple[Key, str]]:
    """Each duty that is asked, with its state as readiness counts it."""
    for duty in duties(settled_by, scope) if scope is not None else ():
        statement = duty.base.with_only_columns(
            duty.unit_id, duty.rule, duty.subject_kind, duty.subject_id, duty.counted_state
        )
        for *key, state in connection.execute(statement):
            if state != "due":
                yield Key(*key), state


def _add(
    found: dict[tuple[str, str], Movement], key: Key, old: str | None, new: str | None, unit_id: int
) -> None:
    movement = found.setdefault((key.rule, _cause(old, new)), Movement())
    is_own = key.unit_id == unit_id
    change = [mine - its for mine, its in zip(_counted(new), _counted(old), strict=True)]
    movement.count += 1
    movement.own += is_own
    movement.counts = movement.counts.plus(Counts(*change, *(change if is_own else (0, 0, 0))))
    if len(movement.first) < FIRST:
        movement.first.append(key)


def _counted(state: str | None) -> tuple[int, int, int]:
    """What a duty in a state adds to what is met, known and asked."""
    return int(state == "met"), int(state in ("met", "overdue")), int(state is not None)


def _cause(old: str | None, new: str | None) -> str:
    if new is None:
        return "gone"
    if old is None:
        return "asked"
    if new == "met":
        return "met"
    return "missed" if old == "met" else "known"
