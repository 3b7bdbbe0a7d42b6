"""A week of a duty roster while it is being changed: nothing is written before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from drillapp.core.teams.roster import DutyRow
from drillapp.core.teams.shifts import HALVES, WEEK, DutyLine, Hand, Slot

_CYCLE = (frozenset[str](), frozenset({"day"}), frozenset({"night"}), frozenset({"whole"}))
"""What a click makes of a cell, and the next one."""


class Week:
    """Who is in which shift on which day, and who leads."""

    def __init__(self, monday: date, hands: Sequence[Hand], rows: Sequence[DutyRow]) -> None:
        self.monday = monday
        self.hands = list(hands)
        self._stored = {Slot(row.day, row.shift, row.member_id): row.leads for row in rows}
        self._now = dict(self._stored)

    @property
    def days(self) -> list[date]:
        """From Monday to Sunday."""
        return [self.monday + timedelta(days=place) for place in range(WEEK)]

    @property
    def is_changed(self) -> bool:
        """Whether something is to be saved."""
        return self._now != self._stored

    @property
    def is_empty(self) -> bool:
        """Whether nobody is on duty."""
        return not self._now

    def shifts(self, hand: Hand, day: date) -> list[tuple[str, bool]]:
        """The shifts of a member on a day, each with whether the member leads it."""
        return [
            (shift, self._now[Slot(day, shift, hand.id)])
            for shift in HALVES
            if Slot(day, shift, hand.id) in self._now
        ]

    def next(self, hand: Hand, day: date) -> None:
        """Off duty becomes day, day becomes night, night the whole day, and that off duty."""
        now = frozenset(shift for shift, _leads in self.shifts(hand, day))
        place = _CYCLE.index(now) if now in _CYCLE else len(_CYCLE) - 1
        self._put(hand, day, _CYCLE[(place + 1) % len(_CYCLE)])

    def toggle(self, hand: Hand, day: date, shift: str) -> None:
        """Put a member into a shift or take him or her out of it; the whole day stands alone, so that none overlap."""
        now = {shift for shift, _leads in self.shifts(hand, day)}
        if shift in now:
            now.discard(shift)
        else:
            now = {shift} if shift == "whole" else (now - {"whole"}) | {shift}
        self._put(hand, day, frozenset(now))

    def clear(self, hand: Hand, day: date) -> None:
        """Take a member off duty on a day."""
        self._put(hand, day, frozenset())

    def lead(self, hand: Hand, day: date) -> None:
        """Let a member lead the shifts of that day, in the place of who did; or not any more."""
        mine = [shift for shift, _leads in self.shifts(hand, day)]
        leads = not all(self._now[Slot(day, shift, hand.id)] for shift in mine)
        for slot in [slot for slot in self._now if slot.day == day and slot.shift in mine]:
            self._now[slot] = leads and slot.member_id == hand.id

    def on_duty(self, day: date, half: str) -> int:
        """How many are there in a half of a day; who does not belong to the team then is not counted."""
        there = {hand.id for hand in self.hands if hand.is_there(day)}
        members = {slot.member_id for slot in self._now if slot.day == day and half in HALVES[slot.shift]}
        return len(members & there)

    @property
    def put(self) -> list[DutyLine]:
        """What is new, or led by somebody else."""
        return [
            DutyLine(slot.day, slot.shift, slot.member_id, leads)
            for slot, leads in self._now.items()
            if self._stored.get(slot) != leads
        ]

    @property
    def off(self) -> list[Slot]:
        """What is gone."""
        return [slot for slot in self._stored if slot not in self._now]

    def _put(self, hand: Hand, day: date, shifts: frozenset[str]) -> None:
        for shift in HALVES:
            slot = Slot(day, shift, hand.id)
            if shift not in shifts:
                self._now.pop(slot, None)
            elif slot not in self._now:
                self._now[slot] = self._stored.get(slot, False)
