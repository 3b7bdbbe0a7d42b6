"""By when a plan is to be filed and with whom, as data; whether it was, in SQL for all plans at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, FromClause, SQLColumnExpression, and_, case, func, or_, select

from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.office import Office
from drillapp.core.plans.concerned import SUBJECT, Concerned, Subject
from drillapp.core.plans.life_rules import Mark
from drillapp.core.plans.model import Plan, PlanEvent
from drillapp.core.units.model import Unit
from drillapp.core.workdays.calendar import Calendar

_FILE = "rules/plans/filing.toml"
_EVENTS = table_of(PlanEvent)


class Filing(Concerned, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With whom plans are filed, and within how many working days of their publication (0: no term)."""

    id: str
    zh: str
    en: str
    with_whom: str
    direct_to: str = ""
    copies: tuple[str, ...] = ()
    days: int
    article: str
    mark: Mark


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An authority by its place in the tree of units; the file's notes say what each field means."""

    zh: str
    en: str
    unit_kinds: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


class Answer(NamedTuple):
    """Within how many working days a filing is answered; silence means that it is filed."""

    days: int
    article: str


class _Filings(msgspec.Struct, forbid_unknown_fields=True):
    answer_days: int
    answer_article: str
    filing: tuple[Filing, ...]
    body: dict[str, Body]
    sector: dict[str, Body]


def filing_rule(subject: Subject) -> Filing:
    """The rule by which a plan is filed; the last rule of each family concerns all of it."""
    return next(rule for rule in _filings().filing if rule.concerns(subject))


def filings() -> tuple[Filing, ...]:
    """All rules on filing; of two that concern a plan the earlier one counts."""
    return _filings().filing


def answer_rule() -> Answer:
    """The term of the authority's answer."""
    return Answer(_filings().answer_days, _filings().answer_article)


def body(name: str) -> Body:
    """An authority that filing rules name."""
    return _filings().body[name]


def sector_body(sector: str) -> Body | None:
    """The authority of a sector."""
    return _filings().sector.get(sector)


def earliest_in_time(calendar: Calendar, as_of: date) -> tuple[date, ...]:
    """For each group of rules with the same term the earliest publication whose term is not over on a day."""
    return tuple(calendar.first_start(as_of, days) if days else date.min for days, _rules in _by_term())


def filing_state(
    version: SQLColumnExpression[Any], in_time: Sequence[date], as_of: date
) -> ColumnElement[Any]:
    """A code of the enumeration filing_state for a version, over plans joined with their units."""
    published = filing_from(version, as_of)
    return case(
        (standing_filing(version, as_of).exists(), "filed"),
        (published.is_(None), "not_asked"),
        (is_term_over(published, in_time), "late"),
        else_="due",
    )


def is_term_over(
    published: SQLColumnExpression[Any],
    in_time: Sequence[date],
    plan_kind: SQLColumnExpression[Any] = Plan.kind,
) -> ColumnElement[bool]:
    """Whether the term of what was published on a day is over, over plans joined with their units.

    A term that is over on a day began before one day that is the same for all plans: so a comparison is enough.
    """
    limits = (
        (or_(*(rule.condition(plan_kind) for rule in rules)), limit)
        for (_days, rules), limit in zip(_by_term(), in_time, strict=True)
    )
    return published < case(*limits)


def filing_column(column: str, plan_kind: SQLColumnExpression[Any] = Plan.kind) -> ColumnElement[Any]:
    """A column (id, days) of the rule by which a plan is filed, over plans joined with their units."""
    return case(*((rule.condition(plan_kind), getattr(rule, column)) for rule in filings()))


def filing_rules_of(office: Office, plan_ids: Collection[int]) -> dict[int, Filing]:
    """The rule by which each of these plans is filed."""
    statement = select(Plan.id, *SUBJECT).join(Unit, Unit.id == Plan.unit_id).where(Plan.id.in_(plan_ids))
    with office.read() as connection:
        return {row[0]: filing_rule(Subject(*row[1:])) for row in connection.execute(statement)}


def filing_from(version: SQLColumnExpression[Any], as_of: date) -> ColumnElement[Any]:
    """The day from which a version's term runs by a day: its publication."""
    events = _EVENTS.alias()
    chosen = and_(events.c.version_id == version, events.c.kind == "published", events.c.happened_on <= as_of)
    return select(func.min(events.c.happened_on)).where(chosen).correlate_except(events).scalar_subquery()


def standing_filing(version: SQLColumnExpression[Any], as_of: date) -> AnySelect:
    """The days on which a version was filed by a day, where it was not sent back since."""
    filed = _EVENTS.alias()
    answer = _EVENTS.alias()
    sent_back = select(answer.c.id).where(
        answer.c.version_id == filed.c.version_id,
        answer.c.kind == "filing_answered",
        answer.c.conclusion == "incomplete",
        answer.c.happened_on <= as_of,
        _follows(answer, filed),
    )
    of_version = and_(filed.c.version_id == version, filed.c.kind == "filed", filed.c.happened_on <= as_of)
    sent_back = sent_back.correlate_except(answer)
    return select(filed.c.happened_on).where(of_version, ~sent_back.exists()).correlate_except(filed)


def _follows(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    same_day = and_(one.c.happened_on == other.c.happened_on, one.c.id > other.c.id)
    return or_(one.c.happened_on > other.c.happened_on, same_day)


@cache
def _by_term() -> tuple[tuple[int, tuple[Filing, ...]], ...]:
    groups = groupby(_filings().filing, key=lambda rule: rule.days)
    return tuple((days, tuple(rules)) for days, rules in groups)


@cache
def _filings() -> _Filings:
    return read_data_file(_FILE, _Filings, _check)


def _check(filings: _Filings) -> None:
    for family in ("government", "unit"):
        *_others, last = (rule for rule in filings.filing if rule.family == family)
        if last.unit_kinds or last.plan_kinds or last.sectors or last.high_risk or last.crowded:
            place = filings.filing.index(last)
            raise BadField(
                f"filing[{place}].id", f"{last.id} is the last of its family and must concern all of it"
            )
    for i, rule in enumerate(filings.filing):
        for name in (rule.with_whom, rule.direct_to, *rule.copies):
            if name and name not in filings.body:
                raise BadField(f"filing[{i}].id", f"{rule.id} names the unknown body '{name}'")
