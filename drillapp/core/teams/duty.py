"""What can be done with duty rosters: filled shift by shift, by copying a week, by rotation, or from a ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, select, update

from drillapp.core import enumerations
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.database.uid import new_uid
from drillapp.core.errors import Conflict, InvalidInput, NotFound, Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.teams.model import DutyShift, Team
from drillapp.core.teams.roster import hands_of
from drillapp.core.teams.shifts import (
    HALVES,
    WEEK,
    DutyLine,
    Hand,
    Rotation,
    Slot,
    monday_of,
    overlaps,
    rotated,
)
from drillapp.core.work import Work

_TABLE = table_of(DutyShift)
_MOST_DAYS = 366


class DutyWarning(msgspec.Struct, frozen=True):
    """Something about a member on duty that is told, but does not forbid it."""

    day: date
    member: str
    concern: str
    """A code of the enumeration duty_concern."""

    @property
    def words(self) -> str:
        """In one sentence."""
        reason = enumerations.label("duty_concern", self.concern)
        return _("{day} {member}: {reason}").format(day=self.day, member=self.member, reason=reason)


class DutyDone(msgspec.Struct, frozen=True):
    """What came of a change to a roster."""

    put: int = 0
    """Lines that are new."""
    off: int = 0
    """Lines that are gone."""
    warnings: tuple[DutyWarning, ...] = ()
    changes: Changes = Changes()


class _Roster:
    """The roster of a team on the days that a change concerns."""

    def __init__(self, work: Work, team_id: int, days: Collection[date]) -> None:
        self.work, self.team_id = work, team_id
        connection = work.connection
        team = connection.execute(
            select(Team.name, Team.unit_id).where(Team.id == team_id, Team.owner_id == work.office_id)
        ).first()
        if team is None:
            raise NotFound(_("This team is not there any more."), _("Look at the list of teams again."))
        self.unit_id: int = team.unit_id
        self.hands = hands_of(connection, team_id)
        chosen = select(DutyShift.id, DutyShift.day, DutyShift.shift, DutyShift.member_id, DutyShift.leads)
        if days:
            chosen = chosen.where(DutyShift.team_id == team_id, DutyShift.day.between(min(days), max(days)))
        rows = connection.execute(chosen).all() if days else []
        self.ids = {Slot(row.day, row.shift, row.member_id): row.id for row in rows}
        self.leads = {slot for slot, row in zip(self.ids, rows, strict=True) if row.leads}

    def change(self, put: Sequence[DutyLine], off: Iterable[Slot]) -> DutyDone:
        put = list({line.slot: line for line in put}.values())
        gone = {slot: self.ids[slot] for slot in off if slot in self.ids}
        problems = sorted(self._problems(put, gone), key=lambda problem: problem.index)
        refuse_if_any(problems, partial=False)
        self._remove(gone)
        new = [line for line in put if line.slot not in self.ids]
        known = [line for line in put if line.slot in self.ids]
        self._insert(new)
        self._say_who_leads(new, known)
        warnings = tuple(self._warnings(new))
        self.work.touched("duty_shifts", {self.unit_id})
        return DutyDone(len(new), len(gone), warnings, self.work.changes)

    def _problems(self, put: Sequence[DutyLine], gone: Collection[Slot]) -> list[Problem]:
        problems = []
        for i, line in enumerate(put):
            if line.shift not in HALVES:
                words = _("'{value}' is not allowed; allowed: {codes}")
                problems.append(
                    Problem(i, "shift", line.shift, words.format(value=line.shift, codes=" ".join(HALVES)))
                )
            elif line.member_id not in self.hands:
                problems.append(Problem(i, "member", "", _("Is no member of this team.")))
        if problems:
            return problems
        places = {line.slot: i for i, line in reversed(list(enumerate(put)))}
        kept = [slot for slot in self.ids if slot not in gone]
        for first, second in overlaps([*kept, *places]):
            name = self.hands[second.member_id].name
            problems.append(Problem(places.get(second, 0), "member", name, clash_words(name, first, second)))
        leading = [line for line in put if line.leads]
        if len({(line.day, line.shift) for line in leading}) < len({line.slot for line in leading}):
            problems.append(Problem(0, "leads", "", _("A shift has one leader, not several.")))
        return problems

    def _remove(self, gone: Mapping[Slot, int]) -> None:
        keys = list(gone.values())
        for start in range(0, len(keys), 500):
            self.work.connection.execute(delete(_TABLE).where(_TABLE.c.id.in_(keys[start : start + 500])))
        for slot, key in gone.items():
            del self.ids[slot]
            self.leads.discard(slot)
            fields = {name: (getattr(slot, name), None) for name in ("day", "shift", "member_id")}
            self.work.changed("duty_shifts", key, fields)

    def _insert(self, new: Sequence[DutyLine]) -> None:
        if not new:
            return
        ids = next_ids(self.work.connection, _TABLE, len(new))
        columns: dict[str, list[Any]] = {
            "id": ids,
            "uid": [new_uid() for _line in new],
            "owner_id": [self.work.office_id] * len(new),
            "revision": [1] * len(new),
            "team_id": [self.team_id] * len(new),
            **{
                name: [getattr(line, name) for line in new] for name in ("day", "shift", "member_id", "leads")
            },
        }
        insert_rows(self.work.connection, _TABLE, columns)
        for key, line in zip(ids, new, strict=True):
            fields = {name: (None, getattr(line, name)) for name in ("day", "shift", "member_id", "leads")}
            self.work.changed("duty_shifts", key, fields)

    def _say_who_leads(self, new: Sequence[DutyLine], known: Sequence[DutyLine]) -> None:
        """Of a shift one leads: who is said to lead takes over from who did."""
        taken_over = {(line.day, line.shift) for line in (*new, *known) if line.leads}
        now = {line.slot: line.leads for line in known}
        for slot, key in self.ids.items():
            led = slot in self.leads
            leads = now.get(slot, led and (slot.day, slot.shift) not in taken_over)
            if leads != led:
                values = {"leads": leads, "revision": _TABLE.c.revision + 1}
                self.work.connection.execute(update(_TABLE).where(_TABLE.c.id == key).values(values))
                self.work.changed("duty_shifts", key, {"leads": (led, leads)})

    def _warnings(self, new: Sequence[DutyLine]) -> Iterable[DutyWarning]:
        for line in sorted(new, key=lambda line: line.slot):
            hand = self.hands[line.member_id]
            if concern := hand.concern(line.day):
                yield DutyWarning(line.day, hand.name, concern)


def clash_words(name: str, first: Slot, second: Slot) -> str:
    """That somebody would be on duty twice at once."""
    return _("{member} would be on duty twice at once on {day}: {first} and {second}.").format(
        member=name, day=second.day, first=enumerations.label("duty_shift", first.shift),
        second=enumerations.label("duty_shift", second.shift),
    )  # fmt: skip


def change_duty(
    office: Office, team_id: int, put: Sequence[DutyLine] = (), off: Collection[Slot] = ()
) -> DutyDone:
    """Put members on duty and take others off, all at once; what is there already stays, and may change who leads.

    Who has left, has not joined yet or is not insured on that day is told, not refused. Raises InvalidInput naming
    everybody who would be on duty twice at once, and what is no shift or no member; NotFound for the team.
    """
    days = [line.day for line in put] + [slot.day for slot in off]
    with office.write("change duty") as work:
        return _Roster(work, team_id, days).change(put, off)


def copy_week(office: Office, team_id: int, source: date, target: date, *, replace: bool = False) -> DutyDone:
    """Fill the week of `target` as the week of `source` was; who is not there any more by then is left out and told.

    Raises InvalidInput when there is nothing to copy, Conflict when the week is not empty and not to be replaced.
    """
    begin, onto = monday_of(source), monday_of(target)
    if begin == onto:
        raise InvalidInput(_("A week cannot be copied onto itself."), field="target")
    apart = onto - begin
    with office.write("copy duty") as work:
        before = _Roster(work, team_id, _week(begin))
        if not before.ids:
            raise InvalidInput(
                _("Nobody is on duty in the week from {day}.").format(day=begin), field="source"
            )
        lines = [
            DutyLine(slot.day + apart, slot.shift, slot.member_id, slot in before.leads)
            for slot in before.ids
        ]
        left_out = [line for line in lines if not before.hands[line.member_id].is_there(line.day)]
        kept = [line for line in lines if line not in left_out]
        done = _fill(_Roster(work, team_id, _week(onto)), kept, _week(onto), replace=replace)
        told = tuple(_told(before.hands[line.member_id], line.day) for line in left_out)
        return msgspec.structs.replace(done, warnings=(*told, *done.warnings))


def rotate(
    office: Office, team_id: int, rotation: Rotation, member_ids: Sequence[int] = (), *, replace: bool = False
) -> DutyDone:
    """Fill a stretch of days with groups in turn, of these members in their order, or of all that are there.

    Raises InvalidInput for what cannot be filled, Conflict when somebody is on duty then and is not to be replaced.
    """
    if (rotation.last - rotation.first).days >= _MOST_DAYS:
        raise InvalidInput(_("At most {count} days at once.").format(count=_MOST_DAYS), field="last")
    days = [rotation.first, rotation.last]
    with office.write("rotate duty") as work:
        found = _Roster(work, team_id, days)
        unknown = [key for key in member_ids if key not in found.hands]
        if unknown:
            raise InvalidInput(_("Is no member of this team."), field="member")
        hands = [found.hands[key] for key in dict.fromkeys(member_ids)] or list(found.hands.values())
        return _fill(found, rotated(rotation, hands), days, replace=replace)


def _fill(found: _Roster, lines: Sequence[DutyLine], days: Sequence[date], *, replace: bool) -> DutyDone:
    if found.ids and not replace:
        raise Conflict(
            _("{count} shifts are filled from {first} to {last} already.").format(
                count=len(found.ids), first=min(days), last=max(days)
            ),
            _("Say that they are to be replaced, or choose other days."),
        )
    return found.change(lines, list(found.ids))


def _week(monday: date) -> list[date]:
    return [monday, monday + timedelta(days=WEEK - 1)]


def _told(hand: Hand, day: date) -> DutyWarning:
    return DutyWarning(day, hand.name, hand.concern(day))
