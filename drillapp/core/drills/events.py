"""The reporting clock of a real emergency: which report is due by when, and which was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Literal, NamedTuple

import msgspec
from sqlalchemy import func, select

from drillapp.core import enumerations
from drillapp.core.database.base import AnySelect
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.drills.conduct.commands import log_entry
from drillapp.core.drills.conduct.lines import Entered
from drillapp.core.drills.conduct.queries import ConductView, conduct_view
from drillapp.core.drills.model import Drill
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _, language
from drillapp.core.office import Office
from drillapp.core.plans.hazards import hazard_category
from drillapp.core.plans.model import Plan
from drillapp.core.units.model import Unit

_FILE = "rules/events/reporting.toml"
_Said = Annotated[str, msgspec.Meta(min_length=1)]
_AT_ONCE = timedelta(minutes=15)
State = Literal["due", "late", "done", "done_late"]


class ClockRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report that the law asks for after the start of an emergency."""

    id: _Said
    zh: _Said
    en: _Said
    article: _Said
    mark: Literal["V", "V2", "M", "C"]
    minutes: Annotated[int, msgspec.Meta(ge=0)]
    """After the start; 0 for at once."""
    every_hours: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """How often again while it goes on; None for once."""
    hazards: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What is asked, in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en


class ReportDue(msgspec.Struct, frozen=True):
    """A report of an emergency: by when, and when it was made."""

    rule: str
    title: str
    article: str
    due_at: datetime
    at_once: bool
    done_at: datetime | None
    state: State


class _Course(NamedTuple):
    """From when to when an emergency lasted."""

    started_at: datetime
    ended_at: datetime | None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[ClockRule, ...]


@cache
def clock_rules() -> tuple[ClockRule, ...]:
    """All rules of the clock; raises Damaged naming file, line and field when one is not well-formed."""
    return read_data_file(_FILE, _File, _check).rule


def _check(file: _File) -> None:
    for place, rule in enumerate(file.rule):
        for name, enumeration in (("units", "unit_kind"), ("hazards", "hazard_category")):
            if unknown := set(getattr(rule, name)) - set(enumerations.codes(enumeration)):
                raise BadField(f"rule[{place}].{name}", f"`{name}` of {rule.id}: {' '.join(sorted(unknown))}")


def reporting_clock(office: Office, drill_id: int) -> list[ReportDue]:
    """The reports that a running or ended event asks for, the soonest first; none for a drill or one not begun.

    Of a report that is asked again and again the next one stands here, and after the end the last that was asked.
    """
    view = conduct_view(office, drill_id)
    started_at = view.timeline.started_at
    if view.drill.kind != "event" or started_at is None:
        return []
    kind, category = _subject(office, drill_id)
    asked = [
        rule
        for rule in clock_rules()
        if (not rule.units or kind in rule.units) and (not rule.hazards or category in rule.hazards)
    ]
    now, ended_at = office.clock.now(), view.timeline.ended_at
    rows = [_due(rule, _Course(started_at, ended_at), list(_made(view, rule.id)), now) for rule in asked]
    return sorted((row for row in rows if row is not None), key=lambda row: row.due_at)


def report_made(
    office: Office, drill_id: int, rule_id: str, *, to: str, text: str = "", at: datetime | None = None
) -> Entered:
    """Note in the log that a report was made; raises InvalidInput for an unknown rule or nobody told."""
    rule = next((one for one in clock_rules() if one.id == rule_id), None)
    if rule is None:
        raise InvalidInput(
            _("There is no rule '{rule}' on reporting events.").format(rule=rule_id), field="rule"
        )
    if not to.strip():
        raise InvalidInput(_("Say to whom it was reported."), field="to")
    said = _("Reported to {to}: {text}").format(to=to.strip(), text=text.strip() or rule.title)
    return log_entry(office, drill_id, said, subject=rule.id, kind="report", at=at)


def _subject(office: Office, drill_id: int) -> tuple[str | None, str | None]:
    """The kind of unit that has the event, and the category of the emergency where that is known."""
    statement: AnySelect = (
        select(Unit.kind, hazard_category(func.coalesce(Drill.hazard, Plan.hazard, Drill.title)))
        .select_from(Drill)
        .join(Unit, Unit.id == Drill.unit_id)
        .outerjoin(Plan, Plan.id == Drill.plan_id)
        .where(Drill.id == drill_id)
    )
    with office.read() as connection:
        kind, category = connection.execute(statement).one()
    return kind, category


def _made(view: ConductView, rule_id: str) -> Iterator[datetime]:
    for line in view.log:
        if line.row.kind == "report" and line.row.subject == rule_id and not line.is_struck:
            yield line.row.at


def _due(rule: ClockRule, course: _Course, made: list[datetime], now: datetime) -> ReportDue | None:
    """How a report stands by its moments so far, the earliest first; None where the end came before it was asked."""
    due_at = course.started_at + timedelta(minutes=rule.minutes)
    done_at = made[0] if made else None
    if rule.every_hours is not None:
        every = timedelta(hours=rule.every_hours)
        if made:
            due_at, done_at = made[-1] + every, None
        if course.ended_at is not None and due_at > course.ended_at:
            if not made:
                return None
            due_at, done_at = made[-1], made[-1]  # it is over: what was reported last was the last
    # Nobody reports within the very second: what is asked at once is late after a quarter of an hour.
    last = due_at + _AT_ONCE if rule.minutes == 0 else due_at
    if done_at is not None:
        state: State = "done" if done_at <= last else "done_late"
    else:
        state = "late" if now > last else "due"
    return ReportDue(rule.id, rule.title, rule.article, due_at, rule.minutes == 0, done_at, state)
