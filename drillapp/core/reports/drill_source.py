"""The report of one drill from the office's ledgers, as of the office's date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from drillapp.core.drills.conduct.lines import LineRow
from drillapp.core.drills.conduct.queries import ConductView, conduct_view
from drillapp.core.drills.evaluation.overall import DrillEvaluation, evaluation_of
from drillapp.core.drills.queries import drill_file
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.rows import PartyRow
from drillapp.core.drills.rows import DrillRow, FindingRow
from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.localtime import end_of_day, local_moment
from drillapp.core.office import Office
from drillapp.core.reports.drill_report import DrillFinding, DrillReport, LogLine, Party


def drill_report(office: Office, number: str) -> DrillReport:
    """What the paper about a drill says; raises NotFound for a number that no drill has.

    What happened after the office's date is left out, so that the paper comes out as it would have on that day.
    """
    file, day = drill_file(office, number), office.as_of
    drill, now = file.drill, end_of_day(day)
    view, evaluation = conduct_view(office, drill.id), evaluation_of(office, drill.id)
    started_at, ended_at = _by(now, drill.started_at), _by(now, drill.ended_at)
    is_over = ended_at is not None
    record = drill_record(office, drill.id)
    organiser = office.name if drill.unit_id == office.unit_id else drill.unit_name
    return DrillReport(
        office=organiser,
        as_of=day,
        number=drill.number,
        title=drill.title,
        unit=organiser,
        planned_on=drill.planned_on,
        organiser=record.design.organiser or "",
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
        parties=tuple(map(_party, record.parties)),
        log=_log(view, now),
        evaluation="\n".join(_evaluation(evaluation, day)) if is_over else "",
        findings=tuple(_finding(row, drill, day) for row in file.findings) if is_over else (),
        is_event=drill.kind == "event",
        level=record.design.level or "",
    )


def _by(now: datetime, moment: datetime | None) -> datetime | None:
    return local_moment(moment) if moment is not None and moment <= now else None


def _plan(drill: DrillRow) -> str:
    return " ".join(filter(None, (drill.plan_title, drill.plan_number)))


def _party(party: PartyRow) -> Party:
    people = party.expected if party.present is None else party.present
    return Party(party.name, label("drill_role", party.role), people)


def _log(view: ConductView, now: datetime) -> tuple[LogLine, ...]:
    """The lines that hold; what was replaced, annulled, or contradicts what was before it, is not printed."""
    held = (line for line in view.log if not line.is_struck and not line.is_ignored and line.row.at <= now)
    return tuple(
        LogLine(local_moment(line.row.at), line_in_words(line.row), line.row.who or "", line.seconds)
        for line in held
    )


def line_in_words(row: LineRow) -> str:
    """What a line of the log says, with what it did where that is not a mere note."""
    kind = label("log_kind", row.kind)
    if row.kind == "note" or row.text == kind:
        return row.text
    return _("[{kind}] {text}").format(kind=kind, text=row.text)


def _evaluation(found: DrillEvaluation, day: date) -> Iterator[str]:
    for sheet in found.sheets:
        if sheet.comment and sheet.submitted_on is not None and sheet.submitted_on <= day:
            yield _("{who} on the spot: {comment}").format(who=sheet.who, comment=sheet.comment)
    verdict = found.verdict
    if verdict is not None and verdict.reason and verdict.decided_on <= day:
        yield _("Reason for the rating: {reason}").format(reason=verdict.reason)


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
