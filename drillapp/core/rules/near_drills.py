"""Drills, reports, sheets and findings that nearly settle what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import func, select

from drillapp.core.database.base import AnySelect
from drillapp.core.drills.evaluation.model import Evaluation
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.drills.reporting.queries import missing_papers
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.plans.model import Plan
from drillapp.core.rules.near_miss import MOST, Asked, NearMiss, sentence, words
from drillapp.core.rules.terms import Term, limits

_LOOKED_AT = 24
"""So many of the latest drills of a unit are looked at for those that come nearest."""


def near_drills(asked: Asked) -> list[NearMiss]:
    """The drills of the unit that lack least of what the rule asks, of those the latest first."""
    statement: AnySelect = (
        select(
            Drill.id, Drill.number, Drill.kind, Drill.planned_on, Drill.ended_at, Drill.retired_on, Drill.plan_id,
            Drill.evacuation, func.coalesce(Drill.hazard, Plan.hazard).label("hazard"), Plan.kind.label("plan_kind"),
        )
        .outerjoin(Plan, Plan.id == Drill.plan_id)
        .where(Drill.unit_id == asked.row.unit_id)
        .order_by(Drill.planned_on.desc(), Drill.id.desc())
        .limit(_LOOKED_AT)
    )  # fmt: skip
    # What was planned for an earlier time would settle nothing, were its end noted.
    could = [row for row in asked.rows(statement) if _held_on(asked, row) or row.planned_on >= _begin(asked)]
    found = [(reasons, row) for row in could if (reasons := list(_lacks(asked, row)))]
    found.sort(key=lambda one: len(one[0]))
    return [
        NearMiss("drills", row.id, row.number, sentence(reasons), _held_on(asked, row) or row.planned_on)
        for reasons, row in found[:MOST]
    ]


def _begin(asked: Asked) -> date:
    """The first day on which a drill settles it."""
    return limits(Term.of(asked.rule), asked.as_of).met_from


def _held_on(asked: Asked, row: Any) -> date | None:
    day = local_day(row.ended_at) if row.ended_at is not None else None
    return day if day is not None and day <= asked.as_of else None


def _lacks(asked: Asked, row: Any) -> Iterator[str]:
    """What a drill lacks of what the rule asks."""
    rule, begin = asked.rule, _begin(asked)
    held_on = _held_on(asked, row)
    if row.kind != "drill":
        yield _("it was a real emergency, not a drill")
    if row.retired_on is not None:
        yield _("its record was taken back")
    if held_on is None:
        ahead = row.planned_on >= asked.as_of
        text = (
            _("it is planned for {day}") if ahead else _("it was planned for {day}, and its end is not noted")
        )
        yield text.format(day=row.planned_on)
    elif held_on < begin:
        yield _("it was held on {day}, before {begin}").format(day=held_on, begin=begin)
    if rule.per == "plan" and row.plan_id != asked.row.subject_id:
        yield _("it was a drill of another plan") if row.plan_id else _("it names no plan")
    elif rule.plan_kinds and row.plan_kind not in rule.plan_kinds:
        kind = words("plan_kind", [row.plan_kind]) if row.plan_kind else ""
        told = _("its plan is of another kind: {kind}") if kind else _("it names no plan of the kind asked")
        yield told.format(kind=kind)
    if rule.hazards and not any(word in (row.hazard or "") for word in rule.hazards):
        told = _("it was held against {hazard}") if row.hazard else _("it does not say against what")
        yield told.format(hazard=row.hazard)
    if rule.evacuation and not row.evacuation:
        yield _("nobody was evacuated in it")


def near_attendance(asked: Asked) -> list[NearMiss]:
    """The drill with how many came."""
    statement = select(Drill.expected, Drill.participants).where(Drill.id == asked.row.subject_id)
    ((expected, came),) = asked.rows(statement)
    if expected is None or came is None:
        unknown = expected is None
        why = _("how many were expected is not noted") if unknown else _("how many came is not noted")
    else:
        text = _("{came} of {expected} came, {share} %; {percent} % are asked")
        share = came * 100 // expected if expected else 0
        why = text.format(came=came, expected=expected, share=share, percent=asked.rule.percent)
    return [asked.same("drills", why)]


def near_evaluations(asked: Asked) -> list[NearMiss]:
    """Sheets of the drill that were begun, but not handed in by the day."""
    statement = (
        select(Evaluation.evaluator, Evaluation.submitted_on)
        .where(Evaluation.drill_id == asked.row.subject_id)
        .order_by(Evaluation.position)
        .limit(MOST)
    )
    open_one, later = (
        _("the sheet of {name} was begun, but not handed in"),
        _("the sheet of {name} was handed in on {day}, not before"),
    )
    return [
        asked.same("drills", (open_one if day is None else later).format(name=name, day=day), day)
        for name, day in asked.rows(statement)
        if day is None or day > asked.as_of or asked.row.late
    ]


def near_reports(asked: Asked) -> list[NearMiss]:
    """The report that was made late, or the papers that the drill's file still lacks for one."""
    statement = select(Drill.reported_on, missing_papers()).where(Drill.id == asked.row.subject_id)
    ((reported_on, missing),) = asked.rows(statement)
    if reported_on is not None and asked.row.due_on is not None and reported_on > asked.row.due_on:
        text = _("it was reported on {day}, the last day was {due}")
        return [asked.same("drills", text.format(day=reported_on, due=asked.row.due_on), reported_on)]
    if not missing:
        return [asked.same("drills", _("its file is complete, but was not handed up"))]
    papers = words("report_paper", missing.split(","))
    return [asked.same("drills", _("its file still lacks: {papers}").format(papers=papers))]


def near_corrections(asked: Asked) -> list[NearMiss]:
    """How far the correction of the finding is."""
    statement = select(
        Finding.action, Finding.owner, Finding.due_on, Finding.done_on, Finding.accepted_until
    ).where(Finding.id == asked.row.subject_id)
    (row,) = asked.rows(statement)
    if asked.row.late:
        text = _("it was put right on {day}, the last day was {due}")
        return [asked.same("findings", text.format(day=row.done_on, due=asked.row.due_on), row.done_on)]
    reasons = []
    if row.accepted_until is not None and row.accepted_until < asked.as_of:
        reasons.append(_("the risk was accepted until {day} only").format(day=row.accepted_until))
    if row.action:
        names = _("{owner} has something to do about it, and it is not done").format(owner=row.owner or "")
        reasons.append(names if row.owner else _("it is said what to do, and it is not done"))
    return [asked.same("findings", sentence(reasons))] if reasons else []


def near_verifications(asked: Asked) -> list[NearMiss]:
    """That a finding was put right, but not verified, or only after its day."""
    statement = select(Finding.done_on, Finding.verified_on).where(Finding.id == asked.row.subject_id)
    ((done_on, verified_on),) = asked.rows(statement)
    if asked.row.late:
        text = _("it was verified on {day}, the last day was {due}")
        return [asked.same("findings", text.format(day=verified_on, due=asked.row.due_on), verified_on)]
    why = _("it was put right on {day}, but nobody verified it").format(day=done_on)
    return [asked.same("findings", why, done_on)]
