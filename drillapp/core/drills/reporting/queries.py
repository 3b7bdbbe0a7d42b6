"""What can be asked about the reports of drills: which are due, what their files lack, how reliably units report."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, cast

import msgspec
from sqlalchemy import ColumnElement, Text, and_, case, exists, false, func, literal, null, or_, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect
from drillapp.core.drills.evaluation.model import Evaluation
from drillapp.core.drills.held import is_drill
from drillapp.core.drills.model import Drill, DrillLogEntry
from drillapp.core.drills.papers.model import DrillPaper
from drillapp.core.drills.record.model import DrillFile, DrillPerson
from drillapp.core.drills.reporting.model import ReportStep
from drillapp.core.drills.reporting.rows import ReportRate, ReportRow, ReportStepRow
from drillapp.core.drills.reporting.rules import ReportRule, must_report, report_rules
from drillapp.core.listing import Column, Listing
from drillapp.core.localtime import end_of_day, local_day
from drillapp.core.office import Office
from drillapp.core.units.model import Unit, UnitAncestor
from drillapp.core.units.references import in_effect, in_scope, or_all
from drillapp.core.workdays.calendar import office_calendar

_DAY = timedelta(days=1)


def _reports(office: Office) -> AnySelect:
    """Drills that ended by the office's date, with how far their report is."""
    rules = report_rules(office)
    return (
        select(
            Drill.id, Drill.unit_id, Drill.number, Drill.title, Unit.name.label("unit_name"), Drill.ended_at,
            _rule(rules).label("rule"), Drill.ended_at.label("due_on"), literal(False).label("due_estimated"),
            _state(office, rules).label("state"), missing_papers().label("missing"), Drill.reported_on,
            Drill.retired_on,
        )
        .join(Unit, Unit.id == Drill.unit_id)
        .where(Drill.kind == "drill", Drill.ended_at <= end_of_day(office.as_of))
    )  # fmt: skip


def _rule(rules: list[ReportRule]) -> ColumnElement[Any]:
    return (
        case(*((rule.concerns(), rule.id) for rule in rules), else_=None) if rules else sql_cast(null(), Text)
    )


def _state(office: Office, rules: list[ReportRule]) -> ColumnElement[Any]:
    last = (
        select(ReportStep.kind)
        .where(ReportStep.drill_id == Drill.id, ReportStep.happened_on <= office.as_of)
        .order_by(ReportStep.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    # Steps are looked up only where there are any: the first of them wrote its day into the drill.
    return case(
        (Drill.reported_on <= office.as_of, func.coalesce(last, "reported")), (_is_late(office, rules), "late"),
        (must_report(rules), "due"), else_="not_asked",
    )  # fmt: skip


def _is_late(office: Office, rules: list[ReportRule]) -> ColumnElement[bool]:
    """Whether the term of a row's drill is over."""
    calendar = office_calendar(office)
    bounds = ((rule, calendar.first_start(office.as_of, rule.days) - _DAY) for rule in rules)
    late = (and_(rule.concerns(), Drill.ended_at <= end_of_day(bound)) for rule, bound in bounds)
    return or_(false(), *late)


def late_reports(office: Office, unit_id: int | None) -> int:
    """How many drills of a scope should have been reported by now."""
    with office.read() as connection:
        statement = (
            select(func.count())
            .select_from(Drill)
            .join(Unit, Unit.id == Drill.unit_id)
            .where(
                is_drill(), in_scope(Drill.unit_id, or_all(connection, unit_id)),
                or_(Drill.reported_on.is_(None), Drill.reported_on > office.as_of),
                _is_late(office, report_rules(office)),
            )
        )  # fmt: skip
        return int(connection.execute(statement).scalar_one())


def missing_papers() -> ColumnElement[Any]:
    """What the file of a row's drill lacks: codes of the enumeration report_paper, joined with commas."""

    def has_file(kind: str) -> ColumnElement[bool]:
        return exists().where(DrillFile.drill_id == Drill.id, DrillFile.kind == kind)

    def has_paper(kind: str) -> ColumnElement[bool]:
        return exists().where(DrillPaper.drill_id == Drill.id, DrillPaper.kind == kind)

    checked_in = exists().where(DrillPerson.drill_id == Drill.id, DrillPerson.checked_in_at.is_not(None))
    logged = exists().where(DrillLogEntry.drill_id == Drill.id, DrillLogEntry.retired_on.is_(None))
    judged = exists().where(Evaluation.drill_id == Drill.id, Evaluation.submitted_on.is_not(None))
    there = {
        "plan": or_(has_file("plan"), has_paper("working_plan")),
        "sign_in": or_(has_file("sign_in"), checked_in),
        "log": or_(has_file("log"), logged),
        "photo": has_file("photo"),
        "evaluation": or_(has_file("evaluation"), has_paper("evaluation_report"), judged),
        "summary": or_(has_file("summary"), has_paper("summary")),
    }
    parts = [case((found, ""), else_=f"{code},") for code, found in there.items()]
    text: ColumnElement[Any] = parts[0]
    for part in parts[1:]:
        text = text.op("||", return_type=Text())(part)
    return func.rtrim(text, ",")


def _finished(office: Office, rows: list[Any]) -> list[ReportRow]:
    days = {rule.id: rule.days for rule in report_rules(office)}
    calendar = office_calendar(office)
    finished = []
    for row in rows:
        due = calendar.after(local_day(row.ended_at), days[row.rule]) if row.rule is not None else None
        finished.append(
            msgspec.structs.replace(
                row,
                due_on=due.day if due is not None else None,
                due_estimated=due is not None and due.is_estimated,
            )
        )
    return finished


DRILL_REPORTS = Listing(
    "drill_reports",
    ReportRow,
    (
        Column("number", "Drill number", width=190),
        Column("title", "Drill title", width=220),
        Column("state", "Report", "choice", 100, "report_state"),
        # Sorts by the end of the drill: the terms of the rules keep that order as long as they are equally long.
        Column("due_on", "To be reported by", "date", 110),
        Column("missing", "Papers missing", "choice", 230, "report_paper"),
        Column("unit_name", "Unit", width=160),
        Column("reported_on", "Reported on", "date", 100),
        Column("ended_at", "Ended at", "moment", 140),
    ),
    lambda _as_of: select(),
    searched=("title", "number", "unit_name"),
    joined=("missing",),
    sort=(("ended_at", True),),
    for_office=_reports,
    finished=_finished,
)  # fmt: skip


def report_steps(office: Office, drill_id: int) -> list[ReportStepRow]:
    """The way of a drill's report in the order in which its steps were entered."""
    statement = (
        select(ReportStep.id, ReportStep.kind, ReportStep.happened_on, ReportStep.who, ReportStep.document,
               ReportStep.note)
        .where(ReportStep.drill_id == drill_id)
        .order_by(ReportStep.id)
    )  # fmt: skip
    with office.read() as connection:
        return [ReportStepRow(*row) for row in connection.execute(statement)]


def reporting_rates(office: Office, unit_id: int | None, begin: date, end: date) -> list[ReportRate]:
    """How reliably a unit and each one directly below it reported the drills that ended in a period, both days in it.

    A report is expected once its last day has come by the office's date, or once it is there. The unit itself comes
    first, with all below it; then those directly below by their codes, also such as were to report nothing. Without a
    unit the uppermost ones.
    """
    rules = report_rules(office)
    days = {rule.id: rule.days for rule in rules}
    group = aliased(Unit)
    statement = (
        select(group.id, _rule(rules), Drill.ended_at, Drill.reported_on)
        .select_from(group)
        .join(UnitAncestor, UnitAncestor.ancestor_id == group.id)
        .join(Unit, Unit.id == UnitAncestor.unit_id)
        .join(Drill, Drill.unit_id == Unit.id)
        .where(
            or_(group.parent_id == unit_id, and_(group.id == unit_id, Unit.id == unit_id)),
            is_drill(), must_report(rules),
            Drill.ended_at > end_of_day(begin - _DAY), Drill.ended_at <= end_of_day(end),
        )
    )  # fmt: skip
    groups = (
        select(Unit.id, Unit.code, Unit.name)
        .where(or_(Unit.parent_id == unit_id, Unit.id == unit_id), in_effect(office.as_of))
        .order_by(Unit.id != unit_id, Unit.code)
    )
    calendar = office_calendar(office)
    last_days: dict[tuple[date, int], date] = {}
    with office.read() as connection:
        units = connection.execute(groups).all()
        counted = {unit.id: [0, 0, 0] for unit in units}
        for key, rule, ended_at, reported_on in connection.execute(statement):
            term = (local_day(cast(datetime, ended_at)), days[rule])
            last = last_days.get(term) or last_days.setdefault(term, calendar.after(*term).day)
            is_there = reported_on is not None and reported_on <= office.as_of
            if last > office.as_of and not is_there:
                continue
            for counts in (
                counted[one] for one in {key, unit_id} & counted.keys()
            ):  # the unit has all below it
                counts[0] += 1
                counts[1] += is_there
                counts[2] += is_there and reported_on <= last
    return [ReportRate(*unit, *counted[unit.id]) for unit in units]
