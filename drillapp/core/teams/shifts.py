"""Shifts of a duty roster as plain values: which overlap, and how a rotation fills them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

HALVES = {"day": ("day",), "night": ("night",), "whole": ("day", "night")}
"""Which halves of a day (08:00 to 20:00, and on to the next morning) each shift takes; the night is the night after its day."""
WEEK = 7


class Slot(msgspec.Struct, frozen=True, order=True):
    """A member in a shift of a day."""

    day: date
    shift: str
    """A code of the enumeration duty_shift."""
    member_id: int


class DutyLine(msgspec.Struct, frozen=True):
    """A member put on duty."""

    day: date
    shift: str
    member_id: int
    leads: bool = False

    @property
    def slot(self) -> Slot:
        """Without who leads."""
        return Slot(self.day, self.shift, self.member_id)


class Hand(msgspec.Struct, frozen=True):
    """A member as far as duty goes."""

    id: int
    name: str
    role: str | None = None
    joined_on: date | None = None
    gone_on: date | None = None
    """The first day on which the member is not there any more: left, or taken out of use."""
    insured_until: date | None = None
    """The later of the member's own insurance and that of the team; None where neither is known."""

    def is_there(self, day: date) -> bool:
        """Whether the member belongs to the team on a day."""
        return not self.concern(day) or self.concern(day) == "uninsured"

    def concern(self, day: date) -> str:
        """What speaks against duty on a day: a code of the enumeration duty_concern, or nothing."""
        if self.joined_on is not None and day < self.joined_on:
            return "not_joined"
        if self.gone_on is not None and day >= self.gone_on:
            return "left"
        return "uninsured" if self.insured_until is not None and day > self.insured_until else ""


class Rotation(msgspec.Struct, frozen=True):
    """How a stretch of days is filled: groups of so many in turn."""

    first: date
    last: date
    shifts: tuple[str, ...]
    size: int
    """Members in each shift, from 1."""


def monday_of(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def days_between(first: date, last: date) -> Iterator[date]:
    """Both and every day between them."""
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def overlaps(slots: Iterable[Slot]) -> list[tuple[Slot, Slot]]:
    """Pairs of different slots in which one member would be in two places at once, each with the earlier one first."""
    taken: dict[tuple[int, date, str], Slot] = {}
    found: dict[tuple[Slot, Slot], None] = {}
    for slot in dict.fromkeys(slots):
        for half in HALVES[slot.shift]:
            before = taken.setdefault((slot.member_id, slot.day, half), slot)
            if before != slot:
                found[before, slot] = None
    return list(found)


def rotated(rotation: Rotation, hands: Sequence[Hand]) -> list[DutyLine]:
    """The lines of a rotation: members in their order, each shift going on where the one before ended.

    Who has not joined yet or has left is passed over. The leader or deputy of a group leads it, or its first member.
    Raises InvalidInput for days the wrong way round, overlapping shifts and days with too few members.
    """
    _check(rotation)
    lines: list[DutyLine] = []
    at = 0
    for day in days_between(rotation.first, rotation.last):
        there = [place for place, hand in enumerate(hands) if hand.is_there(day)]
        if len(there) < rotation.size:
            raise InvalidInput(
                _("On {day} there are {count} members, fewer than the {size} of a shift.").format(
                    day=day, count=len(there), size=rotation.size
                ),
                _("Choose smaller shifts, or more members."),
                field="size",
            )
        for shift in rotation.shifts:
            group, at = _next(there, at, rotation.size, len(hands))
            lines.extend(_led([hands[place] for place in group], day, shift))
    return lines


def _check(rotation: Rotation) -> None:
    if rotation.last < rotation.first:
        raise InvalidInput(_("The last day lies before the first."), field="last")
    if rotation.size < 1:
        raise InvalidInput(_("A shift needs at least one member."), field="size")
    halves = [half for shift in rotation.shifts for half in HALVES[shift]]
    if not halves or len(halves) > len(set(halves)):
        raise InvalidInput(_("Choose day, night or both, or the whole day."), field="shifts")


def _next(there: Sequence[int], at: int, size: int, of: int) -> tuple[list[int], int]:
    """The next so many places from a place on, going round, and where to go on."""
    order = sorted(there, key=lambda place: (place - at) % of)
    group = order[:size]
    return group, (group[-1] + 1) % of


def _led(group: Sequence[Hand], day: date, shift: str) -> Iterator[DutyLine]:
    by_role = {hand.role: hand.id for hand in reversed(group)}
    leader = by_role.get("leader", by_role.get("deputy", group[0].id))
    return (DutyLine(day, shift, hand.id, hand.id == leader) for hand in group)
