"""The events of a plan and what is wrong with them: plain values, no database, one rule a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.plans.concerned import Subject
from drillapp.core.plans.life_rules import event_rules, needs

_REVIEWS = ("reviewed", "appraised")


class Happened(NamedTuple):
    """An event of a version, which is known by its place among the plan's versions."""

    happened_on: date
    id: int
    version: int
    kind: str
    conclusion: str = ""


class Fault(NamedTuple):
    """Why a record is not as the rules want it, and by which article."""

    sentence: str
    article: str = ""
    needed: tuple[str, ...] = ()
    """The events of which one has to be on record first."""


class Record:
    """All events of a plan in the order in which they happened."""

    def __init__(self, subject: Subject, retired_on: date | None, events: tuple[Happened, ...]) -> None:
        self.subject = subject
        self.retired_on = retired_on
        self.events = tuple(sorted(events))
        self._begins = {version: self._begin(version) for version in {event.version for event in self.events}}

    def having(self, event: Happened) -> Record:
        """The record with one more event."""
        return Record(self.subject, self.retired_on, (*self.events, event))

    def without(self, event_id: int) -> Record:
        """The record with one event less."""
        kept = tuple(event for event in self.events if event.id != event_id)
        return Record(self.subject, self.retired_on, kept)

    def of(self, version: int, *kinds: str) -> list[Happened]:
        """A version's events of these kinds, or all of them."""
        return [
            event for event in self.events if event.version == version and (not kinds or event.kind in kinds)
        ]

    def begin(self, version: int) -> date | None:
        """The day a version comes into force: first published, or first approved when no publication is on record."""
        return self._begins.get(version)

    def replaced(self, version: int) -> date | None:
        """The day a later version takes a version's place."""
        later = [day for other, day in self._begins.items() if other > version and day is not None]
        return min(later, default=None)

    def _begin(self, version: int) -> date | None:
        beginnings = self.of(version, "published") or self.of(version, "approved")
        return beginnings[0].happened_on if beginnings else None


def new_faults(before: Record, after: Record) -> list[Fault]:
    """What a change makes wrong that was not wrong before; old records lack things, which is no reason to stop."""
    known = faults(before)
    return [fault for place, fault in faults(after).items() if place not in known]


def faults(record: Record) -> dict[tuple[object, ...], Fault]:
    """What is wrong with a record, each under the place where it is."""
    return {
        (event.id, number, *place): fault
        for event in record.events
        for number, rule in enumerate(_RULES)
        for place, fault in rule(record, event)
    }


_Found = Iterator[tuple[tuple[object, ...], Fault]]


def _retired(record: Record, event: Happened) -> _Found:
    if record.retired_on is not None and event.happened_on > record.retired_on:
        yield (), Fault(_("The plan was retired on {day}.").format(day=record.retired_on))


def _once(record: Record, event: Happened) -> _Found:
    first = record.of(event.version, event.kind)[0]
    if event_rules()[event.kind].once and first is not event:
        text = _("'{event}' is on record already, on {day}.")
        yield (), Fault(text.format(event=_label(event.kind), day=first.happened_on))


def _needs(record: Record, event: Happened) -> _Found:
    for number, need in enumerate(needs()):
        if need.event != event.kind or not need.concerns(record.subject):
            continue
        by_then = [one.happened_on <= event.happened_on for one in record.of(event.version, *need.any_of)]
        if not any(by_then):
            wanted = _(" or ").join(map(_label, need.any_of))
            text = _("'{event}' needs '{needed}' on record by {day}.")
            text = text.format(event=_label(event.kind), needed=wanted, day=event.happened_on)
            yield (number,), Fault(text, need.article, need.any_of)


def _rejected(record: Record, event: Happened) -> _Found:
    """A version whose last review rejected it is not approved."""
    reviews = record.of(event.version, *_REVIEWS) if event.kind == "approved" else []
    by_then = [review for review in reviews if review.happened_on <= event.happened_on]
    if by_then and by_then[-1].conclusion == "rejected":
        text = _("The review of {day} rejected it: it must be reviewed again.")
        yield (), Fault(text.format(day=by_then[-1].happened_on))


def _order(record: Record, event: Happened) -> _Found:
    rules = event_rules()
    stage = rules[event.kind].stage
    for other in record.of(event.version):
        if 0 < rules[other.kind].stage < stage and other.happened_on > event.happened_on:
            text = _("'{event}' on {day} cannot lie before '{earlier}' on {earlier_day}.")
            text = text.format(
                event=_label(event.kind),
                day=event.happened_on,
                earlier=_label(other.kind),
                earlier_day=other.happened_on,
            )
            yield (other.id,), Fault(text)


def _replaced(record: Record, event: Happened) -> _Found:
    replaced = record.replaced(event.version)
    if event_rules()[event.kind].during and replaced is not None and replaced <= event.happened_on:
        text = _("'{event}' on {day}: a later version is in force since {begin}.")
        yield (), Fault(text.format(event=_label(event.kind), day=event.happened_on, begin=replaced))


def _in_force(record: Record, event: Happened) -> _Found:
    begin = record.begin(event.version)
    is_asked = event_rules()[event.kind].during == "in_force"
    if is_asked and begin is not None and event.happened_on < begin:
        text = _("'{event}' on {day}: the version comes into force on {begin} only.")
        yield (), Fault(text.format(event=_label(event.kind), day=event.happened_on, begin=begin))


def _filing(record: Record, event: Happened) -> _Found:
    """Filings and their answers take turns; what was found complete is not filed again."""
    if event.kind not in ("filed", "filing_answered"):
        return
    turns = record.of(event.version, "filed", "filing_answered")
    place = turns.index(event)
    before = turns[place - 1] if place else None
    if event.kind == "filing_answered" and (before is None or before.kind != "filed"):
        yield (), Fault(_("No filing waits for an answer on {day}.").format(day=event.happened_on))
    elif event.kind == "filed" and before is not None and before.conclusion != "incomplete":
        yield (), Fault(_("It was filed on {day} already.").format(day=turns[0].happened_on))


_RULES: tuple[Callable[[Record, Happened], _Found], ...] = (
    _retired, _once, _needs, _rejected, _order, _replaced, _in_force, _filing,
)  # fmt: skip


def _label(kind: str) -> str:
    return enumerations.label("plan_event", kind)
