"""The report of one drill from the office's ledgers, as of the office's date."""

from __future__ import annotations

from datetime import date, datetime

from drillapp.core.drills.queries import drill_file
from drillapp.core.drills.rows import DrillFile, DrillRow, FindingRow
from drillapp.core.enumerations import label
from drillapp.core.localtime import end_of_day, local_moment
from drillapp.core.office import Office
from drillapp.core.reports.drill_report import DrillFinding, DrillReport, LogLine


def drill_report(office: Office, number: str) -> DrillReport:
    """What the paper about a drill says; raises NotFound for a number that no drill has.

    What happened after the office's date is left out, so that the paper comes out as it would have on that day.
    """
    file, day = drill_file(office, number), office.as_of
    drill, now = file.drill, end_of_day(day)
    started_at, ended_at = _by(now, drill.started_at), _by(now, drill.ended_at)
    is_over = ended_at is not None
    organiser = office.name if drill.unit_id == office.unit_id else drill.unit_name
    return DrillReport(
        office=organiser,
        as_of=day,
        number=drill.number,
        title=drill.title,
        unit=organiser,
        planned_on=drill.planned_on,
        plan=_plan(drill),
        content=label("drill_content", drill.content),
        form=label("drill_form", drill.form),
        purpose=label("drill_purpose", drill.purpose),
        started_at=started_at,
        ended_at=ended_at,
        place=drill.place or "",
        leader=drill.leader or "",
        expected=drill.expected,
        participants=drill.participants if is_over else None,
        rating=label("drill_rating", drill.rating) if is_over else "",
        third_party=drill.third_party if is_over else None,
        reported_on=drill.reported_on if drill.reported_on and drill.reported_on <= day else None,
        log=_log(file, now),
        findings=tuple(_finding(row, drill, day) for row in file.findings) if is_over else (),
    )


def _by(now: datetime, moment: datetime | None) -> datetime | None:
    return local_moment(moment) if moment is not None and moment <= now else None


def _plan(drill: DrillRow) -> str:
    return " ".join(filter(None, (drill.plan_title, drill.plan_number)))


def _log(file: DrillFile, now: datetime) -> tuple[LogLine, ...]:
    return tuple(LogLine(local_moment(row.at), row.text, row.who or "") for row in file.log if row.at <= now)


def _finding(row: FindingRow, drill: DrillRow, day: date) -> DrillFinding:
    elsewhere = row.unit_name if row.unit_id != drill.unit_id else ""
    return DrillFinding(
        text=row.text,
        severity=label("finding_severity", row.severity),
        action=row.action or "",
        owner="\n".join(filter(None, (elsewhere, row.owner))),
        due_on=row.due_on,
        done_on=row.done_on,
        verified_on=row.verified_on,
        verified_by=row.verified_by or "",
    )
