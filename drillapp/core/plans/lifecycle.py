"""What may happen to a version of a plan, and what does: each event is checked against those on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select

from drillapp.core import enumerations
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.dates import months_after
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.law import assessment_rule
from drillapp.core.office import Office
from drillapp.core.plans.answers import refuse_unanswered
from drillapp.core.plans.concerned import SUBJECT, Subject
from drillapp.core.plans.filing import answer_rule, filing_rule
from drillapp.core.plans.life_rules import EventRule, event_rules
from drillapp.core.plans.model import Plan, PlanAssessment, PlanEvent, PlanVersion
from drillapp.core.plans.record import Fault, Happened, Record, new_faults
from drillapp.core.units.model import Unit
from drillapp.core.work import Work
from drillapp.core.workdays.calendar import Calendar, Due, calendar_of

_TEXTS = ("reference", "authority", "people", "conclusion", "note")


class EventEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a version of a plan."""

    version_id: int
    kind: str
    happened_on: date
    reference: str = ""
    authority: str = ""
    people: str = ""
    """Reviewers or assessors, one a line."""
    conclusion: str = ""
    note: str = ""


class PossibleEvent(msgspec.Struct, frozen=True):
    """An event that a version could have, now or on an earlier day, or why it cannot."""

    kind: str
    allowed: bool
    latest_on: date | None = None
    """The last day on which it can have happened; the office's date unless later events leave only earlier ones."""
    why_not: str = ""
    article: str = ""
    due_on: date | None = None
    due_is_estimated: bool = False
    asks: tuple[str, ...] = ()
    """What must be said with it."""
    conclusions: str = ""
    """The enumeration that its conclusion is one of."""
    waits_for: tuple[str, ...] = ()
    """The events that have to be on record first; empty where something else stands in the way."""


class _Life(NamedTuple):
    """A version with all that is on record of its plan."""

    plan_id: int
    unit_id: int
    version_id: int
    ordinal: int
    record: Record


def record_event(office: Office, entry: EventEntry) -> Changes:
    """Write down what happened.

    Raises NotFound for an unknown version; InvalidInput, naming the article, for an event that the record does not
    allow: out of order, without what must come before it, of a version that is not in force.
    """
    if entry.happened_on > office.clock.today():
        raise InvalidInput(
            _("{day} is still to come.").format(day=entry.happened_on),
            _("Record an event when it has happened."),
            field="happened_on",
        )
    with office.write("record plan event") as work:
        write_event(work, entry)
        return work.changes


def write_event(work: Work, entry: EventEntry) -> int:
    """Check an event and write it inside the caller's transaction; returns its key."""
    rule = _checked_entry(entry)
    life = _life_of(work.connection, entry.version_id)
    event = _happened(life, entry.kind, entry.happened_on, entry.conclusion)
    if found := new_faults(life.record, life.record.having(event)):
        raise _refusal(found[0])
    if rule.kind == "approved":
        refuse_unanswered(work.connection, life.plan_id, life.version_id, life.ordinal)
    texts = {name: getattr(entry, name).strip() or None for name in _TEXTS}
    values = {"plan_id": life.plan_id, "version_id": life.version_id, "kind": entry.kind, **texts}
    values["happened_on"] = entry.happened_on
    key = work.connection.execute(insert(PlanEvent).values(values).returning(PlanEvent.id)).scalar_one()
    work.changed(
        "plan_events", key, {name: (None, value) for name, value in values.items() if value is not None}
    )
    work.touched("plans", {life.unit_id})
    return key


def withdraw_event(office: Office, event_id: int, reason: str) -> Changes:
    """Take back the last event of a version that was recorded by mistake; the journal keeps it with the reason.

    Raises NotFound; InvalidInput without reason, for an event that is not the last, or one that others rest on.
    """
    if not reason.strip():
        raise InvalidInput(_("Say why it is withdrawn."), field="reason")
    with office.write("withdraw plan event") as work:
        row = work.connection.execute(select(PlanEvent.__table__).where(PlanEvent.id == event_id)).first()
        if row is None:
            raise NotFound(_("This event is not on record any more."))
        life = _life_of(work.connection, row.version_id)
        last = life.record.of(life.ordinal)[-1]
        if last.id != event_id:
            text = _("Only the last event can be withdrawn: '{event}' on {day}.")
            label = enumerations.label("plan_event", last.kind)
            raise InvalidInput(text.format(event=label, day=last.happened_on))
        if found := new_faults(life.record, life.record.without(event_id)):
            raise _refusal(found[0])
        _delete(work, row, reason.strip())
        work.touched("plans", {life.unit_id})
        return work.changes


def possible_events(office: Office, version_id: int) -> list[PossibleEvent]:
    """What could be recorded of a version by the office's date, in the order of a life, with what is due.

    What was forgotten counts too: a ledger tells of approval and publication, and the review before is added later.
    """
    with office.read() as connection:
        life = _life_of(connection, version_id)
        calendar = calendar_of(connection)
    return [_possible(life, calendar, rule, office.as_of) for rule in event_rules().values()]


def steps_before(events: Iterable[PossibleEvent], kind: str) -> list[PossibleEvent]:
    """What has to be recorded before an event, and before that, in the order of a life; `events` are a version's possible ones."""
    known = {event.kind: event for event in events}
    wanted: set[str] = set()
    ahead = list(known[kind].waits_for)
    while ahead:
        if (step := ahead.pop()) not in wanted:
            wanted.add(step)
            ahead.extend(known[step].waits_for)
    return [event for event in known.values() if event.kind in wanted]


def _possible(life: _Life, calendar: Calendar, rule: EventRule, as_of: date) -> PossibleEvent:
    days = {event.happened_on for event in life.record.of(life.ordinal) if event.happened_on < as_of}
    tried = [(day, _faults_on(life, rule.kind, day)) for day in (as_of, *sorted(days, reverse=True))]
    latest = next((day for day, found in tried if not found), None)
    now = tried[0][1]
    least = min(
        (found for _day, found in tried), key=len
    )  # what is missing on whichever day it is entered for
    due = None if now else _due(life, calendar, rule.kind)
    return PossibleEvent(
        rule.kind,
        latest is not None,
        latest,
        "" if latest else least[0].sentence,
        "" if latest else least[0].article,
        due.day if due else None,
        due.is_estimated if due else False,
        rule.asks,
        rule.conclusions,
        () if latest else tuple(fault.needed[0] for fault in least if fault.needed),
    )


def _faults_on(life: _Life, kind: str, day: date) -> list[Fault]:
    return list(new_faults(life.record, life.record.having(_happened(life, kind, day, ""))))


def _due(life: _Life, calendar: Calendar, kind: str) -> Due | None:
    """By when an event is due that is allowed now."""
    record, version = life.record, life.ordinal
    if kind == "filed":
        rule = filing_rule(record.subject)
        published = record.of(version, "published")
        return (
            calendar.after(published[0].happened_on, rule.days) if rule and rule.days and published else None
        )
    if kind == "filing_answered":
        return calendar.after(record.of(version, "filed")[-1].happened_on, answer_rule().days)
    if kind == "assessed":
        begin = record.begin(version)
        days = [event.happened_on for event in record.of(version, "assessed")]
        last = max([*days, *([begin] if begin else [])])
        return Due(months_after(last, assessment_rule().months), False)
    return None


def _checked_entry(entry: EventEntry) -> EventRule:
    """The rule of an entry whose own words are right."""
    rule = event_rules().get(entry.kind)
    if rule is None:
        codes = " ".join(event_rules())
        message = _("'{value}' is not allowed; allowed: {codes}").format(value=entry.kind, codes=codes)
        raise InvalidInput(message, field="kind")
    for name in _TEXTS:
        value = getattr(entry, name)
        if problem := text_problem(value):
            raise InvalidInput(problem, field=name)
        if name in rule.asks and not value.strip():
            raise InvalidInput(_("Must not be empty."), field=name)
    codes_of_conclusion = enumerations.codes(rule.conclusions) if rule.conclusions else []
    if entry.conclusion and entry.conclusion not in codes_of_conclusion:
        message = _("'{value}' is not allowed; allowed: {codes}")
        message = message.format(value=entry.conclusion, codes=" ".join(codes_of_conclusion))
        raise InvalidInput(message, field="conclusion")
    return rule


def _life_of(connection: Connection, version_id: int) -> _Life:
    version = connection.execute(
        select(PlanVersion.plan_id, PlanVersion.ordinal).where(PlanVersion.id == version_id)
    ).first()
    if version is None:
        raise NotFound(_("There is no such version of a plan."))
    plan = connection.execute(
        select(Plan.unit_id, Plan.retired_on, *SUBJECT)
        .join(Unit, Unit.id == Plan.unit_id)
        .where(Plan.id == version.plan_id)
    ).one()
    rows = connection.execute(
        select(PlanEvent.happened_on, PlanEvent.id, PlanVersion.ordinal, PlanEvent.kind, PlanEvent.conclusion)
        .join(PlanVersion, PlanVersion.id == PlanEvent.version_id)
        .where(PlanEvent.plan_id == version.plan_id)
    )
    events = tuple(Happened(*row[:4], row.conclusion or "") for row in rows)
    record = Record(Subject(*plan[2:]), plan.retired_on, events)
    return _Life(version.plan_id, plan.unit_id, version_id, version.ordinal, record)


def _happened(life: _Life, kind: str, day: date, conclusion: str) -> Happened:
    """A further event, the last of its day."""
    key = max((event.id for event in life.record.events), default=0) + 1
    return Happened(day, key, life.ordinal, kind, conclusion)


def _refusal(fault: Fault) -> InvalidInput:
    return InvalidInput(fault.sentence, fault.article, field="happened_on")


def _delete(work: Work, row: Row[Any], reason: str) -> None:
    work.connection.execute(delete(PlanAssessment).where(PlanAssessment.event_id == row.id))
    work.connection.execute(delete(PlanEvent).where(PlanEvent.id == row.id))
    fields = {
        name: (value, None) for name, value in row._mapping.items() if value is not None and name != "id"
    }
    work.changed("plan_events", row.id, {**fields, "reason": (None, reason)})
