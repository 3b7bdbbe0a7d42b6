"""What is asked of plans, swept over many days: told by the days of their events and by which version is in force."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import exists, func, select

from drillapp.core.database.base import table_of
from drillapp.core.dates import earliest_begin
from drillapp.core.law import Rule
from drillapp.core.plans.filing import filing_column
from drillapp.core.plans.model import Plan, PlanEvent, PlanSection, PlanVersion
from drillapp.core.plans.standing import REVIEWS, begin_of
from drillapp.core.readiness.packed import MET, MISSED, UNKNOWN
from drillapp.core.readiness.sweeping import Places, Span, Standing, Sweep, covered, steps
from drillapp.core.units.model import Unit

_LOOKED_AT = ("published", "assessed", "approved")


def in_force(sweep: Sweep) -> Iterator[Span]:
    """Each unit has a plan in force; without data before the first event of any plan of it."""
    held: dict[int, list[Places]] = {}
    for one in standing(sweep):
        held.setdefault(one.unit_id, []).append((one.begin, one.end))
    recorded = _recorded(sweep)
    last = len(sweep.days)
    for rule in sweep.rules("plan_in_force"):
        for unit_id in sweep.asked(rule):
            known = recorded.get(unit_id, last)
            for begin, end, is_met in covered(0, last, held.get(unit_id, ())):
                if is_met:
                    yield Span(unit_id, begin, end, MET)
                else:
                    yield from steps(unit_id, (begin, UNKNOWN), (known, MISSED), end=end)


def assessed(sweep: Sweep) -> Iterator[Span]:
    """Each plan in force was assessed, or issued, within the rule's months."""
    events = _days_by_plan(sweep, _LOOKED_AT)
    for rule in sweep.rules("plan_assessed"):
        limits = [earliest_begin(day, rule.months) for day in sweep.days]
        lasting = {
            plan: [(sweep.from_day(day), bisect_right(limits, day)) for day in days]
            for plan, days in events.items()
        }
        for one in _asked(sweep, rule):
            for begin, end, is_met in covered(one.begin, one.end, lasting.get(one.plan_id, ())):
                yield Span(one.unit_id, begin, end, MET if is_met else MISSED)


def filed(sweep: Sweep) -> Iterator[Span]:
    """Each version in force that was published is filed, by the rule that concerns it."""
    asked = {rule.id for rule in sweep.rules("plan_filed")}
    statement = select(Plan.id, filing_column("id"), filing_column("days")).join(
        Unit, Unit.id == Plan.unit_id
    )
    rules = {plan: (rule, days) for plan, rule, days in sweep.rows(statement, Plan.unit_id) if rule in asked}
    firsts = {
        count: [sweep.calendar.first_start(day, count) for day in sweep.days]
        for count in {days for _rule, days in rules.values()}
        if count
    }
    filings = _filings(sweep)
    for one in standing(sweep):
        if one.published_on is None or one.plan_id not in rules:
            continue
        count = rules[one.plan_id][1]
        over = bisect_right(firsts[count], one.published_on) if count else len(sweep.days)
        asked_from = max(one.begin, sweep.from_day(one.published_on))
        for begin, end, is_met in covered(asked_from, one.end, filings.get(one.id, ())):
            if is_met:
                yield Span(one.unit_id, begin, end, MET)
            else:
                yield from steps(one.unit_id, (begin, 0), (over, MISSED), end=end)


def outlined(sweep: Sweep) -> Iterator[Span]:
    """Each version in force says something in every section of its outline; a text has no dates."""
    has_text = exists().where(PlanSection.version_id == PlanVersion.id)
    versions = select(PlanVersion.id).join(Plan, Plan.id == PlanVersion.plan_id).where(has_text)
    written = {version for (version,) in sweep.rows(versions, Plan.unit_id)}
    for rule in sweep.rules("plan_outlined"):
        for one in _asked(sweep, rule):
            worth = UNKNOWN if one.id not in written else MISSED if one.id in sweep.incomplete else MET
            yield Span(one.unit_id, one.begin, one.end, worth)


def reviewed(sweep: Sweep) -> Iterator[Span]:
    """Each version in force was reviewed before it was signed; without data before the first review in the unit."""
    approvals = (
        select(PlanEvent.version_id, func.min(PlanEvent.happened_on))
        .join(Plan, Plan.id == PlanEvent.plan_id)
        .where(PlanEvent.kind == "approved")
        .group_by(PlanEvent.version_id)
    )
    signed: dict[int, date] = dict(iter(sweep.rows(approvals, Plan.unit_id)))
    reviews: dict[int, list[tuple[date, bool]]] = {}
    first: dict[int, date] = {}
    statement = (
        select(PlanEvent.version_id, PlanEvent.happened_on, PlanEvent.conclusion, Plan.unit_id)
        .join(Plan, Plan.id == PlanEvent.plan_id)
        .where(PlanEvent.kind.in_(REVIEWS))
    )
    for version, day, conclusion, unit_id in sweep.rows(statement, Plan.unit_id):
        reviews.setdefault(version, []).append((day, conclusion != "rejected"))
        first[unit_id] = min(day, first.get(unit_id, date.max))
    for rule in sweep.rules("plan_reviewed"):
        for one in _asked(sweep, rule):
            latest = min(signed.get(one.id, date.max), one.published_on or date.max)
            done = min(
                (day for day, good in reviews.get(one.id, ()) if good and day <= latest), default=date.max
            )
            met, known = sweep.from_day(done), sweep.from_day(first.get(one.unit_id, date.max))
            yield from steps(
                one.unit_id, (one.begin, UNKNOWN), (min(known, met), MISSED), (met, MET), end=one.end
            )


def revised(sweep: Sweep) -> Iterator[Span]:
    """A plan that there was cause to revise has a newer version in force within the rule's months."""
    first: dict[int, date] = {}
    of_version: dict[int, date] = {}
    statement = (
        select(PlanEvent.plan_id, PlanEvent.version_id, PlanEvent.happened_on)
        .join(Plan, Plan.id == PlanEvent.plan_id)
        .where(PlanEvent.kind == "revision_triggered")
    )
    for plan, version, day in sweep.rows(statement, Plan.unit_id):
        first[plan] = min(day, first.get(plan, date.max))
        of_version[version] = min(day, of_version.get(version, date.max))
    for rule in sweep.rules("plan_revised"):
        limits = [earliest_begin(day, rule.months) for day in sweep.days]
        for one in _asked(sweep, rule):
            if one.plan_id not in first:
                continue
            begin = max(one.begin, sweep.from_day(first[one.plan_id]))
            cause = of_version.get(one.id, date.max)
            open_from, over = sweep.from_day(cause), bisect_right(limits, cause)
            yield from steps(
                one.unit_id, (begin, MET), (open_from, 0), (max(open_from, over), MISSED), end=one.end
            )


def _asked(sweep: Sweep, rule: Rule) -> Iterator[Standing]:
    """The versions that a rule is asked of, by their unit and by the kind of their plan."""
    units = sweep.concerned(rule)
    for one in standing(sweep):
        is_of_kind = not rule.plan_kinds or one.kind in rule.plan_kinds
        if is_of_kind and (units is None or one.unit_id in units):
            yield one


def standing(sweep: Sweep) -> Sequence[Standing]:
    """All versions while they are in force; read once."""
    if sweep.versions is None:
        sweep.versions = list(_read_standing(sweep))
    return sweep.versions


def _read_standing(sweep: Sweep) -> Iterator[Standing]:
    """The versions with the days on which each is in force: until a later one has begun, or the plan is retired."""
    versions = table_of(PlanVersion)
    published = (
        select(func.min(PlanEvent.happened_on))
        .where(PlanEvent.version_id == versions.c.id, PlanEvent.kind == "published")
        .scalar_subquery()
    )
    statement = (
        select(
            versions.c.plan_id, versions.c.id, Plan.unit_id, Plan.kind, Plan.retired_on,
            begin_of(versions).label("begin"), published.label("published_on"),
        )
        .join(Plan, Plan.id == versions.c.plan_id)
        .order_by(versions.c.plan_id, versions.c.ordinal.desc())
    )  # fmt: skip
    plan, end = None, 0
    for row in sweep.rows(statement, Plan.unit_id):
        if row.plan_id != plan:
            plan, end = row.plan_id, sweep.from_day(row.retired_on or date.max)
        if row.begin is None:
            continue
        begin = sweep.from_day(row.begin)
        if begin < end:
            yield Standing(row.plan_id, row.id, row.unit_id, row.kind, row.published_on, begin, end)
        end = min(end, begin)


def _recorded(sweep: Sweep) -> dict[int, int]:
    """For each unit the place of the first day on which anything was known of a plan of it."""
    first = select(func.min(PlanEvent.happened_on)).where(PlanEvent.plan_id == Plan.id).scalar_subquery()
    found: dict[int, int] = {}
    for unit_id, day in sweep.rows(select(Plan.unit_id, first), Plan.unit_id):
        place = sweep.from_day(day or date.min)
        found[unit_id] = min(place, found.get(unit_id, place))
    return found


def _days_by_plan(sweep: Sweep, kinds: Sequence[str]) -> dict[int, list[date]]:
    statement = (
        select(PlanEvent.plan_id, PlanEvent.happened_on)
        .join(Plan, Plan.id == PlanEvent.plan_id)
        .where(PlanEvent.kind.in_(kinds))
    )
    found: dict[int, list[date]] = {}
    for plan, day in sweep.rows(statement, Plan.unit_id):
        found.setdefault(plan, []).append(day)
    return found


def _filings(sweep: Sweep) -> dict[int, list[Places]]:
    """For each version when a filing of it stands: until it is sent back."""
    statement = (
        select(
            PlanEvent.id, PlanEvent.version_id, PlanEvent.kind, PlanEvent.happened_on, PlanEvent.conclusion
        )
        .join(Plan, Plan.id == PlanEvent.plan_id)
        .where(PlanEvent.kind.in_(("filed", "filing_answered")))
        .order_by(PlanEvent.happened_on.desc(), PlanEvent.id.desc())
    )
    found: dict[int, list[Places]] = {}
    sent_back: dict[int, date] = {}
    for row in sweep.rows(statement, Plan.unit_id):
        if row.kind == "filed":
            end = sweep.from_day(sent_back.get(row.version_id, date.max))
            found.setdefault(row.version_id, []).append((sweep.from_day(row.happened_on), end))
        elif row.conclusion == "incomplete":
            sent_back[row.version_id] = row.happened_on
    return found
