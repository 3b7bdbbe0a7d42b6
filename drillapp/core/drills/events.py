"""The reporting clock of a real emergency: which report is due by when, and which was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Literal

import msgspec
from sqlalchemy import func, select

from drillapp.core import enumerations
from drillapp.core.database.base import AnySelect
from drillapp.core.drills.conduct.commands import log_entry
from drillapp.core.drills.conduct.lines import Entered
from drillapp.core.drills.conduct.queries import ConductView, conduct_view
from drillapp.core.drills.model import Drill
from drillapp.core.errors import Damaged, InvalidInput
from drillapp.core.i18n import _, language
from drillapp.core.office import Office
from drillapp.core.plans.hazards import hazard_category
from drillapp.core.plans.model import Plan
from drillapp.core.resources import load_toml
from drillapp.core.units.model import Unit

_FILE = "rules/events/reporting.toml"
_Said = Annotated[str, msgspec.Meta(min_length=1)]
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


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[ClockRule, ...]


@cache
def clock_rules() -> tuple[ClockRule, ...]:
    """All rules of the clock; raises Damaged naming file and field when one is not well-formed."""
    try:
        rules = msgspec.convert(load_toml(_FILE), _File).rule
        for rule in rules:
            unknown = set(rule.units) - set(enumerations.codes("unit_kind"))
            unknown |= set(rule.hazards) - set(enumerations.codes("hazard_category"))
            if unknown:
                raise ValueError(f"{rule.id}: {' '.join(sorted(unknown))}")
    except ValueError as error:
        raise Damaged(
            _("The rule file {file} cannot be read: {reason}").format(file=_FILE, reason=error),
            _("Install the program again, or correct the file."),
        ) from error
    return rules


def reporting_clock(office: Office, drill_id: int) -> list[ReportDue]:
    """The reports that a running or ended event asks for, the soonest first; none for a drill or one not begun.

    Of a report that is asked again and again the next one stands here.
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
    now = view.timeline.ended_at or office.clock.now()
    rows = [_due(rule, started_at, list(_made(view, rule.id)), now) for rule in asked]
    return sorted(rows, key=lambda row: row.due_at)


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


def _due(rule: ClockRule, started_at: datetime, made: list[datetime], now: datetime) -> ReportDue:
    due_at = started_at + timedelta(minutes=rule.minutes)
    done_at = made[0] if made else None
    if rule.every_hours is not None and made:
        due_at, done_at = made[-1] + timedelta(hours=rule.every_hours), None
    # Nobody reports within the very second: what is asked at once is late after a quarter of an hour.
    last = due_at + timedelta(minutes=15) if rule.minutes == 0 else due_at
    if done_at is not None:
        state: State = "done" if done_at <= last else "done_late"
    else:
        state = "late" if now > last else "due"
    return ReportDue(rule.id, rule.title, rule.article, due_at, rule.minutes == 0, done_at, state)
