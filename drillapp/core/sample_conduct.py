"""Drills of the sample that are over: conducted line by line at the moments of their files, then settled."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from drillapp.core.drills.conduct import commands as conducting
from drillapp.core.drills.conduct.queries import conduct_view
from drillapp.core.drills.events import report_made
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.roll import enrol
from drillapp.core.drills.record.settling import settle_supplies
from drillapp.core.office import Office
from drillapp.core.sample_drill_texts import DrillText, LineText
from drillapp.core.sample_papers import add_photos
from drillapp.core.sample_time import Names, at, beijing, on

_CONTROLS = {
    "start": conducting.start, "pause": conducting.pause, "resume": conducting.resume, "end": conducting.end,
}  # fmt: skip


def conduct(office: Office, drill_id: int, text: DrillText) -> None:
    """Let a drill happen; the day after its photographs are kept and its supplies settled."""
    _check_in(office, drill_id, text)
    injects = {one.number: one.id for one in injects_of(office, drill_id)}
    for line in text.log:
        with at(office, beijing(text.planned_on, line.at)):
            _write_line(office, drill_id, line, injects)
    with on(office, text.planned_on + timedelta(days=1)):
        add_photos(office, drill_id, text)
        _settle(office, drill_id, text)


def _check_in(office: Office, drill_id: int, text: DrillText) -> None:
    """Those who came were checked in before the start; who was called out to an event while it went on."""
    names = Names(office, text.plan)
    came = [
        msgspec.structs.replace(
            one.entry(*names.person(one.name, one.organisation)),
            checked_in_at=beijing(text.planned_on, one.at),
        )
        for one in text.person
        if one.at is not None
    ]
    with at(office, beijing(text.planned_on, text.log[0].at)):
        enrol(office, drill_id, came)


def _write_line(office: Office, drill_id: int, line: LineText, injects: dict[str, int]) -> None:
    if line.kind in _CONTROLS:
        _CONTROLS[line.kind](office, drill_id, text=line.text)
    elif line.kind == "release":
        conducting.release(office, drill_id, injects[line.inject], text=line.text, who=line.who)
    elif line.kind == "done":
        conducting.done(office, drill_id, injects[line.inject], text=line.text, who=line.who)
    elif line.kind == "correct":
        wrong = next(one.row for one in conduct_view(office, drill_id).log if one.row.text == line.of)
        conducting.correct(office, wrong.id, text=line.text)
    elif line.report:
        report_made(office, drill_id, line.report, to=line.to, text=line.text)
    else:
        conducting.log_entry(office, drill_id, line.text, who=line.who, subject=line.subject, kind=line.kind)


def _settle(office: Office, drill_id: int, text: DrillText) -> None:
    """Post what was used, from the lots that were set aside."""
    record = drill_record(office, drill_id)
    left = {one.item: one.used for one in text.supply}
    used = {}
    for line in record.supplies:
        used[line.id] = min(left[line.item], line.reserved)
        left[line.item] -= used[line.id]
    if used:
        settle_supplies(office, drill_id, record.drill.revision, used)
