"""Findings of the sample's drills and what was done about them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from drillapp.core.drills.commands import save_findings
from drillapp.core.drills.entries import FindingEntry
from drillapp.core.drills.findings import commands as correcting
from drillapp.core.drills.findings.commands import Assignment, relate_to_section
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.office import Office
from drillapp.core.sample_drill_texts import DrillText, FindingText, StepText
from drillapp.core.sample_time import Deed, Names


def correction_deeds(office: Office, text: DrillText) -> Iterator[Deed]:
    """The findings of a drill, then each step of their correction; one may need what a later drill showed."""
    if text.finding:
        yield Deed(text.planned_on, partial(_enter, office, text))
    for finding in text.finding:
        for step in finding.step:
            yield Deed(step.day, partial(_take, office, text.number, finding.number, step))


def _enter(office: Office, text: DrillText) -> None:
    save_findings(office, [_entry(text.number, one) for one in text.finding])
    names = Names(office, text.plan)
    for one in text.finding:
        if one.section:
            finding_id = _finding(office, text.number, one.number)
            relate_to_section(office, finding_id, names.section(one.section))


def _finding(office: Office, drill_number: str, number: str) -> int:
    statement = (
        select(Finding.id)
        .join(Drill, Drill.id == Finding.drill_id)
        .where(Drill.number == drill_number, Finding.number == number)
    )
    with office.read() as connection:
        return connection.execute(statement).scalar_one()


def _entry(drill_number: str, text: FindingText) -> FindingEntry:
    return FindingEntry(
        drill_number=drill_number, number=text.number, text=text.text, severity=text.severity, cause=text.cause,
        item_code=text.item, evaluation_item=text.evaluation_item,
    )  # fmt: skip


def _take(office: Office, drill_number: str, number: str, step: StepText) -> None:
    ids = [_finding(office, drill_number, number)]
    day, who, note = step.day, step.who, step.note
    if step.kind == "assigned":
        assert step.due_on is not None
        correcting.assign(
            office, ids, Assignment(step.action, who, step.due_on, step.action_kind), day=day, note=note
        )
    elif step.kind == "done":
        correcting.put_right(office, ids, day=day, who=who, note=note)
    elif step.kind == "verified":
        correcting.verify(office, ids, day=day, who=who, effect=note, drill_number=step.drill)
    elif step.kind == "rejected":
        correcting.reject(office, ids, day=day, who=who, reason=note, due_on=step.due_on)
    elif step.kind == "accepted":
        assert step.until is not None
        correcting.accept_risk(office, ids, day=day, who=who, reason=note, until=step.until)
