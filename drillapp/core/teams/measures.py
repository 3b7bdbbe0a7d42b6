"""How each measure of a standard reads the figures of a team: value, figure asked, whether it is known, whether it is met."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, FromClause, Integer, and_, cast, literal, null, true

from drillapp.core.dates import months_before
from drillapp.core.teams.clauses import Clause


class Reading(NamedTuple):
    """A clause read on the figures, as SQL."""

    met: ColumnElement[bool]
    known: ColumnElement[bool]
    value: ColumnElement[Any]
    asked: ColumnElement[Any]
    day: ColumnElement[Any]


_NOTHING = cast(null(), Integer)
_NO_DAY = cast(null(), Date)


def reading(clause: Clause, figures: FromClause, as_of: date) -> Reading:
    """How a clause is read on the figures."""
    return _READINGS[clause.measure](clause, figures.c, as_of)


def _leader(_clause: Clause, of: Any, _as_of: date) -> Reading:
    return Reading(of.led, true(), _NOTHING, _NOTHING, _NO_DAY)


def _phone(_clause: Clause, of: Any, _as_of: date) -> Reading:
    return Reading(of.reachable, true(), _NOTHING, _NOTHING, _NO_DAY)


def _members(clause: Clause, of: Any, _as_of: date) -> Reading:
    return Reading(
        of.people >= clause.least, of.people.is_not(None), of.people, literal(clause.least), _NO_DAY
    )


def _on_duty(clause: Clause, of: Any, _as_of: date) -> Reading:
    known = of.least_on_duty.is_not(None)
    return Reading(of.least_on_duty >= clause.least, known, of.least_on_duty, literal(clause.least), _NO_DAY)


def _response(clause: Clause, of: Any, _as_of: date) -> Reading:
    value = of.response_minutes
    return Reading(value <= clause.most, value.is_not(None), value, literal(clause.most), _NO_DAY)


def _equipment(clause: Clause, of: Any, _as_of: date) -> Reading:
    known = and_(of.equipment > 0, of.storehouse_id.is_not(None))
    met = of.complete * 100 >= of.equipment * clause.least
    return Reading(met, known, of.complete, of.equipment, _NO_DAY)


def _insured(_clause: Clause, of: Any, as_of: date) -> Reading:
    """Without named members the insurance of the team stands for all."""
    of_team = of.insured_until >= as_of
    met = and_(of.named > 0, of.insured >= of.named) | and_(of.named == 0, of_team)
    return Reading(met, of.insurances > 0, of.insured, of.named, of.insured_until)


def _training(clause: Clause, of: Any, as_of: date) -> Reading:
    return _since(of.trained_on, clause, as_of)


def _drill(clause: Clause, of: Any, as_of: date) -> Reading:
    return _since(of.drilled_on, clause, as_of)


def _since(day: ColumnElement[Any], clause: Clause, as_of: date) -> Reading:
    """Nothing entered is no data: a team may train without an entry."""
    limit = months_before(as_of, clause.months or 0)
    return Reading(day >= limit, day.is_not(None), _NOTHING, literal(clause.months), day)


def _agreement(clause: Clause, of: Any, _as_of: date) -> Reading:
    return Reading(of.agreements >= clause.least, true(), of.agreements, literal(clause.least), _NO_DAY)


_READINGS: dict[str, Callable[[Clause, Any, date], Reading]] = {
    "leader": _leader, "phone": _phone, "members": _members, "on_duty": _on_duty, "response": _response,
    "equipment": _equipment, "insured": _insured, "training": _training, "drill": _drill, "agreement": _agreement,
}  # fmt: skip
