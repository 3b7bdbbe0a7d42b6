"""The stock ledger with all its kinds, told in the simplest way: a list of lines, replayed from the beginning each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from drillapp.core.supplies.entries import MovementEntry

ADDING = ("in", "return", "receive")
ANSWERED = {"return": "lend", "receive": "send"}
Place = tuple[str, str]
"""Storehouse and lot."""


@dataclass(frozen=True)
class PlainLine:
    """A booked line, its quantity in thousandths."""

    name: str
    document: str
    number: int
    kind: str
    storehouse: str
    target: str
    lot: str
    quantity: int
    day: date
    answers: str
    reverses: str

    @property
    def order(self) -> tuple[date, str, int]:
        """Where it stands; all lines of these tests are recorded at the same moment."""
        return self.day, self.document, self.number


class PlainLedger:
    """Lines that were booked; nothing is remembered but the lines themselves."""

    def __init__(self, lines: Iterable[PlainLine] = ()) -> None:
        self.lines = list(lines)

    def read(self, entries: Sequence[MovementEntry]) -> list[PlainLine]:
        """Entries as lines, numbered on within their documents."""
        found: list[PlainLine] = []
        for entry in entries:
            number = 1 + sum(line.document == entry.document for line in (*self.lines, *found))
            named = entry.answers or entry.reverses
            like = next((line for line in (*self.lines, *found) if line.name == named), None)
            lot = like.lot if like is not None else str(entry.lot or "")
            target = like.target if like is not None and entry.reverses else str(entry.to_storehouse or "")
            found.append(
                PlainLine(
                    f"{entry.document}/{number}", entry.document, number, entry.kind, entry.storehouse, target, lot,
                    round(entry.quantity * 1000), entry.occurred_on, str(entry.answers or ""), str(entry.reverses or ""),
                )
            )  # fmt: skip
        return found

    def live(self) -> list[PlainLine]:
        """The lines that do something, in their order."""
        reversed_names = {line.reverses for line in self.lines}
        living = [line for line in self.lines if line.kind != "reverse" and line.name not in reversed_names]
        return sorted(living, key=lambda line: line.order)

    def balances(self, until: date = date.max) -> dict[Place, int] | None:
        """What lies where after a day; None when more was taken than there was at some moment."""
        found: dict[Place, int] = {}
        for line in self.live():
            if line.day > until:
                continue
            place = line.storehouse, line.lot
            there = found.get(place, 0)
            if line.kind == "count":
                found[place] = line.quantity
            elif line.kind in ADDING:
                found[place] = there + line.quantity
            elif there < line.quantity:
                return None
            else:
                found[place] = there - line.quantity
                if line.kind == "transfer":
                    there = found.get((line.target, line.lot), 0)
                    found[line.target, line.lot] = there + line.quantity
        return {place: quantity for place, quantity in found.items() if quantity}

    def open(self, kind: str, until: date = date.max) -> dict[str, int]:
        """How much of each line of a kind (lend, send) is not answered."""
        living = [line for line in self.live() if line.day <= until]
        return {
            line.name: line.quantity - sum(other.quantity for other in living if other.answers == line.name)
            for line in living
            if line.kind == kind
        }

    def is_possible(self) -> bool:
        """Whether all rules hold that lines have to fulfil together."""
        if self.balances() is None or any(
            left < 0 for kind in ANSWERED.values() for left in self.open(kind).values()
        ):
            return False
        by_name = {line.name: line for line in self.lines}
        taken_back = [line.reverses for line in self.lines if line.reverses]
        if len(set(taken_back)) < len(taken_back):
            return False
        living = {line.name for line in self.live()}
        for line in self.lines:
            named = by_name.get(line.answers or line.reverses)
            if not line.answers and not line.reverses:
                continue
            if named is None or line.day < named.day:
                return False
            if line.reverses and (named.kind == "reverse" or named.quantity != line.quantity):
                return False
            if line.reverses and named.storehouse != line.storehouse:
                return False
            if line.answers and named.kind != ANSWERED[line.kind]:
                return False
            if line.kind == "receive" and named.target != line.storehouse:
                return False
        return all(line.answers in living for line in self.live() if line.answers)
