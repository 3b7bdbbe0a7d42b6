"""The arithmetic of the stock ledger: what each line adds or takes, and that nothing is taken that is not there."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Collection, Container, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

EFFECTS = {
    "in": 1, "return": 1, "receive": 1, "out": -1, "lend": -1, "scrap": -1, "transfer": -1, "send": -1, "count": 0,
}  # fmt: skip
"""What a line of each kind does at its storehouse: adds, takes, or sets what was found."""

_DAY = 10**12
"""More than twice the seconds that a calendar has on either side of 1970."""


class Shortage(NamedTuple):
    """Why a line cannot be booked: it takes more than is there, or leaves too little for a booked line."""

    available: int
    blocked: int | None = None
    """The booked line that would then take more than is there."""


class Lines:
    """Lines of the stock ledger, one value each in every column; quantities in thousandths.

    First the new ones, then, from `first_booked` on, those that are in the ledger already. Holdings are numbered from 0.
    """

    def __init__(self) -> None:
        self.moments = array("q")
        self.documents: list[str] = []
        self.numbers = array("q")
        """Order of the lines within a document."""
        self.effects = array("b")
        self.quantities = array("q")
        self.holdings = array("q")
        self.targets = array("q")
        """The holding that a transfer adds to; -1 for all other lines."""
        self.deltas = array("q")
        """What each line does to its holding: the answer of `settle`."""
        self.first_booked = 0
        self.openings: dict[int, int] = {}
        """What was in a holding before the first of its lines; 0 where nothing is said."""
        self.floors: dict[int, int] = {}
        """How much a line must leave, where that is more than nothing: what is in quarantine is not issued."""
        self.unexplained: dict[int, Shortage] = {}
        """Where a booked line takes too much although no new one takes anything: an answer of `settle`."""

    def extend(
        self, moments: Iterable[int], documents: Iterable[str], numbers: Iterable[int], effects: Iterable[int],
        quantities: Iterable[int], holdings: Iterable[int], targets: Iterable[int] | None = None,
    ) -> None:  # fmt: skip
        """Add lines by columns of equal length; without `targets` none of them is a transfer that goes out of sight."""
        self.moments.extend(moments)
        self.documents.extend(documents)
        self.numbers.extend(numbers)
        self.effects.extend(effects)
        self.quantities.extend(quantities)
        self.holdings.extend(holdings)
        count = len(self.documents)
        self.targets.extend([-1] * (count - len(self.targets)) if targets is None else targets)
        self.deltas.extend([0] * (count - len(self.deltas)))

    def order(self, reference: int) -> tuple[int, str, int]:
        """Where in time a line stands: by day, then moment of recording, then document and line."""
        row = reference if reference >= 0 else ~reference
        return self.moments[row], self.documents[row], self.numbers[row]

    def day(self, row: int) -> date:
        """When a line occurred."""
        return date.fromordinal(self.moments[row] // _DAY)


def moment_of(occurred_on: date, recorded_at: datetime) -> int:
    """Day and moment of recording as one number that sorts like them."""
    return occurred_on.toordinal() * _DAY + _DAY // 2 + int(recorded_at.timestamp())


def settle(lines: Lines, holding_count: int, left_out: Collection[int] = ()) -> dict[int, Shortage]:
    """Work out `deltas`, and which new lines cannot be booked: without them no balance is ever below zero.

    The lines in `left_out` do nothing, as if they were not there. What booked lines are short of without them, and new
    lines are not to blame for, is `unexplained`.
    """
    lines.unexplained.clear()
    found_timelines = timelines(lines, holding_count, left_out)
    refused: dict[int, Shortage] = {}
    waiting = deque(range(holding_count))
    while waiting:
        holding = waiting.popleft()
        found = _refusals(lines, found_timelines[holding], refused, lines.openings.get(holding, 0))
        refused.update(found)
        # Where a refused transfer was going there is now less than was counted on.
        waiting.extend(lines.targets[row] for row in found if lines.targets[row] >= 0)
    return refused


def timelines(lines: Lines, holding_count: int, left_out: Collection[int] = ()) -> list[list[int]]:
    """For each holding its lines in order of time; those that arrive by transfer are complemented (~row)."""
    found: list[list[int]] = [[] for _number in range(holding_count)]
    for row, holding in enumerate(lines.holdings):
        found[holding].append(row)
    for row, target in enumerate(lines.targets):
        if target >= 0:
            found[target].append(~row)
    for holding, timeline in enumerate(found):
        if left_out:
            found[holding] = timeline = [one for one in timeline if max(one, ~one) not in left_out]
        if len(timeline) > 1:
            timeline.sort(key=lines.order)
    return found


def _refusals(
    lines: Lines, timeline: Sequence[int], refused: dict[int, Shortage], opening: int
) -> dict[int, Shortage]:
    """The new lines of one holding that cannot be booked, beside those refused before."""
    blamed: dict[int, Shortage] = {}
    while True:
        short, blame = _walk(lines, timeline, refused.keys() | blamed.keys() if blamed else refused, opening)
        if blame is None:
            return short | blamed
        blamed.update(blame)


def _walk(
    lines: Lines, timeline: Sequence[int], left_out: Container[int], opening: int
) -> tuple[dict[int, Shortage], dict[int, Shortage] | None]:
    """Go through a timeline once: the new lines that take too much, and one that leaves too little, if any does."""
    effects, quantities, deltas, first_booked, floors = (
        lines.effects,
        lines.quantities,
        lines.deltas,
        lines.first_booked,
        lines.floors,
    )
    short: dict[int, Shortage] = {}
    suspects: list[int] = []
    balance = opening
    for reference in timeline:
        row = reference if reference >= 0 else ~reference
        if row in left_out:
            continue
        effect = effects[row] if reference >= 0 else 1
        after = balance + effect * quantities[row] if effect else quantities[row]
        if row < first_booked and (after < 0 or (floors and after < floors.get(row, 0))):
            short[row] = Shortage(balance)
            continue
        if after < 0 and suspects:
            return short, {_worst(lines, suspects): Shortage(balance, row)}
        if after < 0:
            lines.unexplained.setdefault(lines.holdings[row], Shortage(balance, row))
        if not effect:
            suspects.clear()
        if row < first_booked and effect <= 0:
            suspects.append(row)
        if reference >= 0:
            deltas[row] = after - balance
        balance = after
    return short, None


def _worst(lines: Lines, suspects: Sequence[int]) -> int:
    """Of the new lines that may be to blame the one that takes most; a count only when there is no other."""
    return max(suspects, key=lambda row: (lines.effects[row] < 0, lines.quantities[row]))
