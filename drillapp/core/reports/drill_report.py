"""The report of one drill as it is handed up: facts, participants, process, evaluation, findings, signatures."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences
from drillapp.core.reports.together import Space, Together


class Party(msgspec.Struct, frozen=True):
    """A unit or group that took part."""

    name: str
    role: str = ""
    people: int | None = None


class LogLine(msgspec.Struct, frozen=True):
    """One entry of the live log, at local time."""

    at: datetime
    text: str
    who: str = ""
    seconds: float | None = None
    """On the drill's clock, which stands still in pauses; None: counted from the start."""


class DrillFinding(msgspec.Struct, frozen=True):
    """A problem that the drill showed, and what is done about it; enumerations as words."""

    text: str
    severity: str = ""
    action: str = ""
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None
    verified_on: date | None = None
    verified_by: str = ""


class DrillReport(msgspec.Struct, frozen=True):
    """All that the paper says; enumerations as words, moments at local time."""

    office: str
    """Who hands the report up."""
    as_of: date
    number: str
    title: str
    unit: str
    planned_on: date
    organiser: str = ""
    """As the record names it; otherwise the unit."""
    plan: str = ""
    """Number and title of the plan that was drilled."""
    content: str = ""
    form: str = ""
    purpose: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    leader: str = ""
    expected: int | None = None
    participants: int | None = None
    rating: str = ""
    third_party: bool | None = None
    reported_on: date | None = None
    parties: tuple[Party, ...] = ()
    log: tuple[LogLine, ...] = ()
    evaluation: str = ""
    """What the evaluators wrote, one paragraph a line."""
    findings: tuple[DrillFinding, ...] = ()
    is_event: bool = False
    """A real emergency, of which other words are used."""
    level: str = ""
    """The response level that was started."""


def render_drill_report(
    data: DrillReport,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the report; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    title = report_title(data)
    document = Document(sentences(*title.splitlines()), author=data.office, fonts=fonts, progress=progress)
    styles = Styles(fonts)
    document.space(LEADING)
    document.add(
        Title(title, styles.title),
        Paragraph(_("No. {number}").format(number=data.number), styles.subtitle),
    )
    _add_facts(document, data, styles)
    _add_parties(document, data, styles)
    _add_process(document, data, styles)
    _add_evaluation(document, data, styles)
    leader = _("Commander" if data.is_event else "Drill leader")
    roles = (_("Prepared by"), _("Reviewed by"), _("Approved by"), leader)
    signature = Signature(data.office, data.as_of, roles, fonts)
    _add_findings(document, data, styles, signature.height(document.paper.text_width))
    document.add(signature)
    return document.close(target)


def report_title(data: DrillReport) -> str:
    """The paper's title, with a line end where it may be broken; the drill's name already says that it is one."""
    return _("{unit}:\nreport on {drill}").format(unit=data.unit, drill=data.title)


def _add_facts(document: Document, data: DrillReport, styles: Styles) -> None:
    document.add(styles.heading(1, 1, _("Basic facts")), styles.text(summary(data)))
    document.space(LEADING / 4)
    document.add(Form(facts(data), styles.fonts))
    document.space(LEADING / 3)


def summary(data: DrillReport) -> str:
    """The drill in a sentence or two."""
    day = data.started_at.date() if data.started_at else data.planned_on
    place = _(" at {place}").format(place=data.place) if data.place else ""
    text = _(
        "On {day}, {drill} happened to {unit}{place}."
        if data.is_event
        else "On {day}, {unit} held {drill}{place}."
    )
    if data.started_at is None and not data.is_event:
        text = _("{unit} planned {drill} for {day}{place}; it has not been held yet.")
    held = text.format(day=long_date(day), unit=data.unit, drill=data.title, place=place)
    going_on = _("It has not ended yet.") if data.started_at and data.ended_at is None else ""
    return sentences(held, going_on, _kinds(data))


def _kinds(data: DrillReport) -> str:
    if not (data.content and data.form and data.purpose):
        return ""
    return _("Its content: {content}; form: {form}; purpose: {purpose}.").format(
        content=data.content, form=data.form, purpose=data.purpose
    )


def attendance(data: DrillReport) -> str:
    """Who led the drill and how many took part."""
    leader = _("It was led by {leader}.").format(leader=data.leader) if data.leader else ""
    return sentences(leader, turnout(data))


def turnout(data: DrillReport) -> str:
    """How many took part of those that were expected."""
    if data.participants is None and not data.expected:
        return _("No number of participants was entered.")
    if data.participants is None:
        return _("{expected} people are expected.").format(expected=data.expected)
    if not data.expected:
        return _("{present} people took part.").format(present=data.participants)
    return _("{expected} people were expected and {present} took part, {share}%.").format(
        expected=data.expected,
        present=data.participants,
        share=f"{data.participants / data.expected * 100:.1f}",
    )


def facts(data: DrillReport) -> list[Fact]:
    """The basic facts in the order of the usual form."""
    return _facts_of_event(data) if data.is_event else _facts_of_drill(data)


def _facts_of_drill(data: DrillReport) -> list[Fact]:
    return [
        Fact(_("Title of the drill"), data.title, is_wide=True),
        Fact(_("Organised by"), data.organiser or data.unit, is_wide=True),
        Fact(_("Plan drilled"), data.plan, is_wide=True),
        Fact(_("Content of the drill"), data.content),
        Fact(_("Form of the drill"), data.form),
        Fact(_("Purpose of the drill"), data.purpose),
        Fact(_("Planned on"), long_date(data.planned_on)),
        Fact(_("Started at"), moment(data.started_at)),
        Fact(_("Ended at"), moment(data.ended_at)),
        Fact(_("Duration"), duration(data.started_at, data.ended_at)),
        Fact(_("Drill leader"), data.leader),
        Fact(_("Place"), data.place, is_wide=True),
        Fact(_("Expected people"), people(data.expected)),
        Fact(_("People present"), people(data.participants)),
        Fact(_("Third-party evaluation"), yes_no(data.third_party)),
        Fact(_("Reported on"), long_date(data.reported_on) if data.reported_on else ""),
    ]


def _facts_of_event(data: DrillReport) -> list[Fact]:
    return [
        Fact(_("Name of the event"), data.title, is_wide=True),
        Fact(_("Unit"), data.unit, is_wide=True),
        Fact(_("Plan started"), data.plan, is_wide=True),
        Fact(_("Response level started"), data.level),
        Fact(_("Commander"), data.leader),
        Fact(_("Started at"), moment(data.started_at)),
        Fact(_("Ended at"), moment(data.ended_at)),
        Fact(_("Duration"), duration(data.started_at, data.ended_at)),
        Fact(_("Assessed by a third party"), yes_no(data.third_party)),
        Fact(_("Place of the event"), data.place, is_wide=True),
    ]


def moment(at: datetime | None) -> str:
    """Date and time to the minute."""
    return f"{long_date(at.date())} {at:%H:%M}" if at else ""


def duration(start: datetime | None, end: datetime | None) -> str:
    """Hours and minutes between the two."""
    if start is None or end is None:
        return ""
    hours, minutes = divmod(int((end - start).total_seconds()) // 60, 60)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{minutes} min").format(minutes=minutes)


def people(count: int | None) -> str:
    """A number of people."""
    return "" if count is None else _("{count} people").format(count=count)


def yes_no(answer: bool | None) -> str:
    """The answer as a word; empty when nobody gave one."""
    return "" if answer is None else _("Yes") if answer else _("No")


def _add_parties(document: Document, data: DrillReport, styles: Styles) -> None:
    document.add(styles.heading(1, 2, _("Units and people taking part")), styles.text(attendance(data)))
    if not data.parties:
        return
    document.space(LEADING / 4)
    columns = (
        Column(_("#"), 36, "centre"), Column(_("Unit or group")), Column(_("Role in the drill")),
        Column(_("Head count"), 48, "right"),
    )  # fmt: skip
    rows = [
        (str(place), party.name, party.role, "" if party.people is None else str(party.people))
        for place, party in enumerate(data.parties, 1)
    ]
    document.add(Table(columns, rows, table_look(styles.fonts)))
    document.space(LEADING / 3)


def _add_process(document: Document, data: DrillReport, styles: Styles) -> None:
    document.add(styles.heading(1, 3, _("Course of the drill")))
    if not data.log:
        text = _("No log was kept during the drill.") if data.started_at else _("The drill has not begun.")
        document.add(styles.text(text))
        return
    document.space(LEADING / 4)
    start = data.started_at or data.log[0].at
    columns = (
        Column(_("Time of day"), 56, "centre"), Column(_("Elapsed"), 56, "centre"), Column(_("What happened")),
        Column(_("Logged by"), 76, "centre"),
    )  # fmt: skip
    rows = [(clock(start, line.at), elapsed(start, line), line.text, line.who) for line in data.log]
    document.add(Table(columns, rows, table_look(styles.fonts)))
    document.space(LEADING / 3)


def clock(start: datetime, at: datetime) -> str:
    """The time to the second, under its day when that is another than the start's."""
    return f"{at:%H:%M:%S}" if at.date() == start.date() else f"{at:%m-%d\n%H:%M:%S}"


def elapsed(start: datetime, line: LogLine) -> str:
    """Hours, minutes and seconds since the start, such as +0:05:30; before it with a minus."""
    seconds = int((line.at - start).total_seconds() if line.seconds is None else line.seconds)
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'+' if seconds >= 0 else '-'}{hours}:{minutes:02d}:{rest:02d}"


def _add_evaluation(document: Document, data: DrillReport, styles: Styles) -> None:
    document.add(styles.heading(1, 4, _("Evaluation of the drill")))
    if data.rating:
        rated = _("The drill is rated {rating}.").format(rating=data.rating)
        by_others = _("A third party evaluated it.") if data.third_party else ""
        document.add(styles.text(sentences(rated, by_others)))
    elif not data.evaluation:
        document.add(styles.text(_("The drill has not been evaluated yet.")))
    if data.evaluation:
        document.add(*(styles.text(line) for line in data.evaluation.splitlines() if line.strip()))


def _add_findings(document: Document, data: DrillReport, styles: Styles, keep: float) -> None:
    """The last section; its end stays with the signature that takes the points below it."""
    heading = styles.heading(1, 5, _("Findings and corrective actions"))
    if not data.findings:
        text = _("No problems were found.") if data.rating else _("No problems have been entered.")
        document.add(Together(heading, styles.text(text, keep_with_next=keep)))
        return
    columns = (
        Column(_("#"), 36, "centre"), Column(_("Problem found")), Column(_("Severity"), 52, "centre"),
        Column(_("Corrective action")), Column(_("Owner"), 62, "centre"), Column(_("To be done by"), 62, "centre"),
        Column(_("State of the action"), 62, "centre"),
    )  # fmt: skip
    rows = [_finding_row(place, each, data.as_of) for place, each in enumerate(data.findings, 1)]
    table = Table(columns, rows, table_look(styles.fonts, 10.5), keep_with_next=keep)
    document.add(Together(heading, styles.text(findings_summary(data)), Space(LEADING / 4), table))


def _finding_row(place: int, finding: DrillFinding, day: date) -> tuple[str, ...]:
    due = finding.due_on.isoformat() if finding.due_on else ""
    state = finding_state(finding, day)
    return str(place), finding.text, finding.severity, finding.action, finding.owner, due, state


def findings_summary(data: DrillReport) -> str:
    """How many problems there were and how far they are settled."""
    done = sum(each.done_on is not None and each.done_on <= data.as_of for each in data.findings)
    late = sum(is_overdue(each, data.as_of) for each in data.findings)
    return _("Problems found: {count}. By {day} settled: {done}, overdue: {late}.").format(
        count=len(data.findings), day=long_date(data.as_of), done=done, late=late
    )


def is_overdue(finding: DrillFinding, day: date) -> bool:
    """Whether the corrective action should be done by that day and is not."""
    is_done = finding.done_on is not None and finding.done_on <= day
    return not is_done and finding.due_on is not None and finding.due_on < day


def finding_state(finding: DrillFinding, day: date) -> str:
    """How far the corrective action is on that day, in words with the date that matters."""
    if finding.verified_on and finding.verified_on <= day:
        return _("Verified {date}").format(date=finding.verified_on)
    if finding.done_on and finding.done_on <= day:
        return _("Done {date}").format(date=finding.done_on)
    return _("Overdue") if is_overdue(finding, day) else _("Not done yet")
