"""Drills of the sample evaluated, rated and reported upward."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from drillapp.core.drills.evaluation.objectives import Judgement, judge_objectives
from drillapp.core.drills.evaluation.overall import evaluation_of
from drillapp.core.drills.evaluation.rows import Answer, SheetEntry
from drillapp.core.drills.evaluation.sheets import add_sheet, save_answers, submit_sheet
from drillapp.core.drills.evaluation.stored import sheets_of
from drillapp.core.drills.evaluation.verdict import VerdictEntry, give_verdict
from drillapp.core.drills.reporting.commands import accept_report, report, return_report
from drillapp.core.office import Office
from drillapp.core.sample_drill_texts import DrillText, ReportText, SheetText
from drillapp.core.sample_time import Deed


def evaluation_deeds(office: Office, drill_id: int, text: DrillText) -> Iterator[Deed]:
    """The evaluators' sheets, then the verdict."""
    for sheet in text.sheet:
        yield Deed(sheet.submitted_on, partial(_evaluate, office, drill_id, sheet))
    if text.verdict is not None:
        yield Deed(text.verdict.on, partial(_rate, office, drill_id, text))


def report_deeds(office: Office, drill_id: int, text: DrillText) -> Iterator[Deed]:
    """The papers on their way upward."""
    for step in text.report:
        yield Deed(step.day, partial(_report, office, drill_id, step))


def _evaluate(office: Office, drill_id: int, text: SheetText) -> None:
    entry = SheetEntry(
        form=text.form, evaluator=text.evaluator, institution=text.institution, qualification=text.qualification,
        contract=text.contract, groups=text.groups, place=text.place,
    )  # fmt: skip
    added = add_sheet(office, drill_id, entry)
    sheet = next(one for one in sheets_of(office, drill_id) if one.id == added.id)
    answers = {item.code: Answer("yes") for item in sheet.asked}
    answers |= {one.code: Answer(one.value, one.reason) for one in text.answer}
    saved = save_answers(office, sheet.id, added.revision, answers, text.comment)
    submit_sheet(office, sheet.id, saved.revision, day=text.submitted_on)


def _rate(office: Office, drill_id: int, text: DrillText) -> None:
    """Judge the objectives, and rate the drill as the rule says."""
    assert text.verdict is not None
    judged = zip(evaluation_of(office, drill_id).objectives, text.objective, strict=True)
    judge_objectives(office, drill_id, [Judgement(one.id, said.met, said.note) for one, said in judged])
    rating = evaluation_of(office, drill_id).rating.code
    assert rating is not None, text.number
    verdict = VerdictEntry(rating=rating, decided_by=text.verdict.by, decided_on=text.verdict.on)
    give_verdict(office, drill_id, verdict)


def _report(office: Office, drill_id: int, step: ReportText) -> None:
    if step.kind == "reported":
        report(office, drill_id, day=step.day, to=step.who, document=step.document, note=step.note)
    elif step.kind == "returned":
        return_report(office, drill_id, day=step.day, who=step.who, note=step.note)
    else:
        accept_report(office, drill_id, day=step.day, who=step.who, note=step.note)
