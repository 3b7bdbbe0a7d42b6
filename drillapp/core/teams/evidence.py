"""Whether teams meet their standard, with the arithmetic in words: what was found, who, how many, which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import select

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.teams.chosen import EVERY, Chosen
from drillapp.core.teams.clauses import Clause, clause_of
from drillapp.core.teams.details import Cover, Details, Insured, details
from drillapp.core.teams.figures import duty_days
from drillapp.core.teams.model import Team
from drillapp.core.teams.standards import team_standards, team_states
from drillapp.core.units.model import Unit

_NAMES = 12
"""So many names are told, then how many more there are."""
_TIMES = 6
"""So many of the times at which too few are on duty."""


class ClauseResult(msgspec.Struct, frozen=True):
    """A clause of a standard for a team."""

    clause: str
    title: str
    state: str
    """A code of the enumeration standard_state."""
    counts: bool
    """Whether it decides if the team meets its standard."""
    evidence: str
    """What was found, in a sentence."""
    source: str
    mark: str
    """How far the source was verified: V, V2, M or C."""


class TeamStandard(msgspec.Struct, frozen=True):
    """A team and each clause of its standard."""

    team_id: int
    unit_code: str
    unit_name: str
    team: str
    kind: str | None
    state: str
    met: int
    asked: int
    """Clauses that count, and those of them that are met."""
    clauses: tuple[ClauseResult, ...]


class _Found(NamedTuple):
    """What a sentence is made of."""

    row: Any
    clause: Clause
    details: Details
    as_of: date


def standards(office: Office, chosen: Chosen = EVERY) -> list[TeamStandard]:
    """The standards of teams in use as of the office's date, by unit and name."""
    as_of = office.as_of
    states, each = team_states(as_of).subquery(), team_standards(as_of).subquery()
    teams = (
        select(
            Team.id, Unit.code, Unit.name, Team.name, Team.kind, states.c.state, states.c.met, states.c.asked,
        )
        .join(Unit, Unit.id == Team.unit_id)
        .join(states, states.c.team_id == Team.id)
        .where(chosen.where(Team.id))
        .order_by(Unit.code, Team.name)
    )  # fmt: skip
    clauses = (
        select(each, Team.leader, Team.phone, Team.members)
        .join(Team, Team.id == each.c.team_id)
        .where(chosen.where(each.c.team_id))
        .order_by(each.c.place)
    )
    with office.read() as connection:
        heads = connection.execute(teams).all()
        known = details(connection, chosen, as_of)
        results: dict[int, list[ClauseResult]] = {}
        for row in connection.execute(clauses):
            found = _Found(row, clause_of(row.clause), known, as_of)
            results.setdefault(row.team_id, []).append(_result(found))
    return [TeamStandard(*(*head, tuple(results.get(head.id, ())))) for head in heads]


def standard_of(office: Office, team_id: int) -> TeamStandard | None:
    """The standard of a team; None when it is not in use."""
    return next(iter(standards(office, Chosen(team_id=team_id))), None)


def _result(found: _Found) -> ClauseResult:
    clause = found.clause
    words = _WORDS[clause.measure](found)
    return ClauseResult(
        clause.code, clause.title, found.row.state, clause.counts, words, clause.source, clause.mark
    )


def _leader(found: _Found) -> str:
    members = found.details.members.get(found.row.team_id, [])
    name = found.row.leader or next((one.name for one in members if one.role == "leader"), "")
    return _("Leader: {name}").format(name=name) if name else _("No leader is named.")


def _phone(found: _Found) -> str:
    return found.row.phone or _("No telephone number is recorded.")


def _members(found: _Found) -> str:
    members = found.details.members.get(found.row.team_id, [])
    if members:
        names = _joined(one.name for one in members)
        return _("{count} named members are there (asked: {asked}): {names}").format(
            count=len(members), asked=found.row.asked, names=names
        )
    if found.row.value is None:
        return _("Nobody is named, and no number is given.")
    return _("{count} people as given, not named one by one (asked: {asked}).").format(
        count=found.row.value, asked=found.row.asked
    )


def _on_duty(found: _Found) -> str:
    cover, last = (
        found.details.cover.get(found.row.team_id, []),
        found.as_of + timedelta(days=duty_days() - 1),
    )
    if not cover:
        return _("No duty roster from {first} to {last}.").format(first=found.as_of, last=last)
    low = [one for one in cover if one.on_duty < found.row.asked]
    if not low:
        return _("At least {count} on duty at any time from {first} to {last} (asked: {asked}).").format(
            count=found.row.value, first=found.as_of, last=last, asked=found.row.asked
        )
    return _("Fewer than {asked} on duty in {low} of {all} half days from {first} to {last}: {which}").format(
        asked=found.row.asked, low=len(low), all=len(cover), first=found.as_of, last=last,
        which=_joined(map(_cover_words, low), _TIMES),
    )  # fmt: skip


def _cover_words(cover: Cover) -> str:
    half = enumerations.label("duty_shift", cover.half)
    return _("{day} {half} {count}").format(day=f"{cover.day:%m-%d}", half=half, count=cover.on_duty)


def _response(found: _Found) -> str:
    if found.row.value is None:
        return _("No response time is recorded.")
    return _("{count} minutes as the team promises, not measured (asked: at most {asked}).").format(
        count=found.row.value, asked=found.row.asked
    )


def _equipment(found: _Found) -> str:
    lines = found.details.equipment.get(found.row.team_id, [])
    if not lines:
        return _("No required equipment is listed.")
    if any(line.available is None for line in lines):
        return _(
            "{count} kinds of equipment are required; no storehouse is named where they are booked."
        ).format(count=len(lines))
    short = [
        _("{item} {available} of {required} {unit}").format(
            item=line.item, available=line.available, required=line.required, unit=line.unit_of_measure
        ).strip()
        for line in lines
        if (line.available or 0) < line.required
    ]  # fmt: skip
    share = 100 * (len(lines) - len(short)) // len(lines)
    words = _("{full} of {all} kinds are there in full, in date: {share} % (asked: {asked} %).").format(
        full=len(lines) - len(short), all=len(lines), share=share, asked=found.clause.least
    )
    return _both(words, _("Short: {items}").format(items=_joined(short))) if short else words


def _insured(found: _Found) -> str:
    members = found.details.members.get(found.row.team_id, [])
    if found.row.state == "no_data":
        return _("No insurance is recorded.")
    if not members:
        return _("The team is insured until {day}.").format(day=found.row.day)
    missing = [one for one in members if one.until is None or one.until < found.as_of]
    words = _("{insured} of {all} members are insured on {day}.").format(
        insured=len(members) - len(missing), all=len(members), day=found.as_of
    )
    more = _("Not: {names}").format(names=_joined(map(_uninsured, missing)))
    return _both(words, more) if missing else words


def _uninsured(one: Insured) -> str:
    if one.until is None:
        return _("{name} (nothing recorded)").format(name=one.name)
    return _("{name} (until {day})").format(name=one.name, day=one.until)


def _training(found: _Found) -> str:
    if found.row.day is None:
        return _("No training is recorded.")
    subject = found.details.trained.get(found.row.team_id, "")
    return _("Last trained on {day}: {subject}").format(day=found.row.day, subject=subject)


def _drill(found: _Found) -> str:
    if found.row.day is None:
        return _("No drill with this team is recorded.")
    title = found.details.drilled.get(found.row.team_id, "")
    return _("Last drill on {day}: {title}").format(day=found.row.day, title=title)


def _agreement(found: _Found) -> str:
    partners = found.details.agreements.get(found.row.team_id, [])
    if not partners:
        return _("No agreement is in force.")
    return _("{count} in force: {partners}").format(count=len(partners), partners=_joined(partners))


def _both(words: str, more: str) -> str:
    """Two sentences."""
    return _("{words} {more}").format(words=words, more=more)


def _joined(words: Iterable[str], most: int = _NAMES) -> str:
    """The first of them, and how many more."""
    every = list(words)
    text = _(", ").join(every[:most])
    return (
        text
        if len(every) <= most
        else _("{text} and {count} more").format(text=text, count=len(every) - most)
    )


_WORDS: dict[str, Callable[[_Found], str]] = {
    "leader": _leader, "phone": _phone, "members": _members, "on_duty": _on_duty, "response": _response,
    "equipment": _equipment, "insured": _insured, "training": _training, "drill": _drill, "agreement": _agreement,
}  # fmt: skip
