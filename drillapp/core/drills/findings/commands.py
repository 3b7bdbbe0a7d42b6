"""What is done about findings: assigned, put right, verified, accepted as a risk, opened again. Every step stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, insert, select, update

from drillapp.core.attachments.store import keep
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import in_blocks, table_of
from drillapp.core.drills.findings.model import FindingStep
from drillapp.core.drills.findings.proof import Proof
from drillapp.core.drills.findings.steps import Correction, Taken, after, refusal
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.enumerations import codes
from drillapp.core.errors import InvalidInput, NotFound, Problem
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.office import Office
from drillapp.core.plans.model import PlanSection
from drillapp.core.saving import refuse_if_any
from drillapp.core.work import Work

_FINDINGS: Table = table_of(Finding)
_NOW = ("owner", "action", "action_kind", "due_on", "done_on", "verified_on", "verified_by", "verified_drill_id",
        "effect", "accepted_until")  # fmt: skip


class Assignment(NamedTuple):
    """Who does what until when."""

    action: str
    owner: str
    due_on: date
    action_kind: str | None = None


def assign(
    office: Office, finding_ids: Sequence[int], assignment: Assignment, *, day: date, note: str = ""
) -> Changes:
    """Give the correction of findings to somebody, with its action and its last day.

    Where no kind of action is given, each keeps its own. Raises InvalidInput for findings that are not open, an empty
    action or owner, a last day before `day`.
    """
    _check_assignment(assignment, day)
    values = {
        "action": assignment.action.strip(),
        "owner": assignment.owner.strip(),
        "due_on": assignment.due_on,
    }
    if assignment.action_kind is not None:
        values["action_kind"] = assignment.action_kind
    return _take(office, finding_ids, Taken("assigned", day, assignment.owner, note), None, values)


def put_right(
    office: Office,
    finding_ids: Sequence[int],
    *,
    day: date,
    who: str = "",
    note: str = "",
    proof: Proof | None = None,
) -> Changes:
    """Note that the action was done, with what shows it: words, a file, or both.

    Raises InvalidInput where no action was set.
    """
    shown = note.strip() or (proof.name if proof is not None else "")
    return _take(office, finding_ids, Taken("done", day, who, shown), proof)


def verify(
    office: Office,
    finding_ids: Sequence[int],
    *,
    day: date,
    who: str,
    effect: str,
    drill_number: str | None = None,
    proof: Proof | None = None,
) -> Changes:
    """Close findings: somebody else than who put them right saw that it works, by itself or in a later drill.

    Raises InvalidInput without an effect, by the same person, for a drill that ended before the action was done.
    """
    return _take(office, finding_ids, Taken("verified", day, who, effect), proof, drill=drill_number)


def reject(
    office: Office,
    finding_ids: Sequence[int],
    *,
    day: date,
    who: str,
    reason: str,
    due_on: date | None = None,
) -> Changes:
    """Find that what was done does not put it right: it is open again, by a further last day where one is given.

    Raises InvalidInput without a reason, for a last day before `day`.
    """
    return _take(office, finding_ids, Taken("rejected", day, who, reason), None, _further(day, due_on))


def accept_risk(
    office: Office, finding_ids: Sequence[int], *, day: date, who: str, reason: str, until: date
) -> Changes:
    """Bear the risk until a day, instead of putting it right; after that day the finding is open again."""
    return _take(office, finding_ids, Taken("accepted", day, who, reason, until), None)


def reopen(
    office: Office,
    finding_ids: Sequence[int],
    *,
    day: date,
    who: str,
    reason: str,
    due_on: date | None = None,
) -> Changes:
    """Open findings again that were put right, verified or accepted; what was done before stays among the steps.

    Raises InvalidInput without a reason, for a last day before `day`.
    """
    return _take(office, finding_ids, Taken("reopened", day, who, reason), None, _further(day, due_on))


def relate_to_section(office: Office, finding_id: int, section_id: int | None) -> Changes:
    """Say which section of a plan a finding is about, or that it is about none; raises NotFound."""
    with office.write("relate finding") as work:
        finding = _found(work.connection, [finding_id])[0]
        if section_id is not None:
            there = select(PlanSection.id).where(PlanSection.id == section_id)
            if work.connection.execute(there).first() is None:
                raise NotFound(_("There is no such section of a plan."))
        if section_id == finding.section_id:
            return Changes()
        _write(work, finding, {"section_id": section_id})
        work.touched("findings", {finding.unit_id})
        return work.changes


def _further(day: date, due_on: date | None) -> dict[str, Any]:
    """A further last day, where one is given."""
    if due_on is None:
        return {}
    refuse_if_any(_early(day, due_on), partial=False)
    return {"due_on": due_on}


def _early(day: date, due_on: date) -> list[Problem]:
    if due_on >= day:
        return []
    return [Problem(0, "due_on", str(due_on), _("Lies before {day}.").format(day=day))]


def _check_assignment(assignment: Assignment, day: date) -> None:
    problems = [
        Problem(0, field, text[:80], problem)
        for field, text in (("action", assignment.action), ("owner", assignment.owner))
        if (problem := text_problem(text) or ("" if text.strip() else _("Must not be empty.")))
    ]
    problems += _early(day, assignment.due_on)
    if assignment.action_kind is not None and assignment.action_kind not in codes("action_kind"):
        allowed = _("'{value}' is not allowed; allowed: {codes}").format(
            value=assignment.action_kind, codes=" ".join(codes("action_kind"))
        )
        problems.append(Problem(0, "action_kind", assignment.action_kind, allowed))
    refuse_if_any(problems, partial=False)


def _take(
    office: Office,
    finding_ids: Sequence[int],
    step: Taken,
    proof: Proof | None,
    values: dict[str, Any] | None = None,
    drill: str | None = None,
) -> Changes:
    _check_texts(office, step)
    step = step._replace(who=step.who.strip(), note=step.note.strip())
    with office.write(f"finding {step.kind}") as work:
        findings = _found(work.connection, finding_ids)
        if drill:
            step = _with_drill(work, step, drill)
        corrections = _corrections(work.connection, findings)
        refuse_if_any(list(_refusals(findings, corrections, step)), partial=False)
        attachment = keep(work.connection, proof.content, proof.media_type) if proof is not None else None
        for finding in findings:
            done = after(corrections[finding.id], step)
            _write(work, finding, _columns(done) | (values or {}))
            _add_step(office, work, finding.id, step, attachment, proof)
        work.touched("findings", {finding.unit_id for finding in findings})
        return work.changes


def _check_texts(office: Office, step: Taken) -> None:
    if step.day > office.clock.today():
        raise InvalidInput(_("This day has not come yet."), field="day")
    for field, text in (("who", step.who), ("note", step.note)):
        if problem := text_problem(text):
            raise InvalidInput(problem, field=field)


def _found(connection: Connection, ids: Sequence[int]) -> list[Row[Any]]:
    statement = select(
        Finding.id, Finding.drill_id, Finding.unit_id, Finding.number, Finding.section_id, Finding.revision,
        *(_FINDINGS.c[name] for name in _NOW),
        Drill.number.label("drill_number"), Drill.planned_on, Drill.started_at,
    ).join(Drill, Drill.id == Finding.drill_id).where(Finding.retired_on.is_(None))  # fmt: skip
    rows = {row.id: row for row in in_blocks(connection, statement, Finding.id, list(set(ids)))}
    if len(rows) < len(set(ids)):
        raise NotFound(
            _("This record is not there any more."), _("Close the form and look at the list again.")
        )
    return [rows[key] for key in dict.fromkeys(ids)]


def _corrections(connection: Connection, findings: Sequence[Row[Any]]) -> dict[int, Correction]:
    statement = select(
        FindingStep.finding_id, FindingStep.kind, FindingStep.who, FindingStep.happened_on, FindingStep.id
    )
    ids = [finding.id for finding in findings]
    steps = sorted(in_blocks(connection, statement, FindingStep.finding_id, ids), key=lambda row: row.id)
    done_by = {row.finding_id: row.who for row in steps if row.kind == "done"}
    last_on = {row.finding_id: row.happened_on for row in steps}
    return {
        finding.id: Correction(
            local_day(finding.started_at) if finding.started_at is not None else finding.planned_on,
            finding.owner, finding.action, finding.due_on, finding.done_on,
            done_by.get(finding.id) or finding.owner, finding.verified_on, finding.verified_by,
            finding.verified_drill_id, finding.effect, finding.accepted_until, last_on.get(finding.id),
        )
        for finding in findings
    }  # fmt: skip


def _refusals(findings: Sequence[Row[Any]], corrections: dict[int, Correction], step: Taken) -> list[Problem]:
    problems = []
    for place, finding in enumerate(findings):
        refused = refusal(corrections[finding.id], step) or _own_drill(finding, step)
        if refused is not None:
            name = f"{finding.drill_number}/{finding.number}"
            text = refused[1] if len(findings) == 1 else f"{name}: {refused[1]}"
            problems.append(Problem(place, refused[0], name, text))
    return problems


def _own_drill(finding: Row[Any], step: Taken) -> tuple[str, str] | None:
    if step.drill_id != finding.drill_id:
        return None
    return "drill", _("The drill in which it was found cannot show that it is put right.")


def _with_drill(work: Work, step: Taken, number: str) -> Taken:
    statement = select(Drill.id, Drill.ended_at).where(Drill.number == number, Drill.retired_on.is_(None))
    own_first = statement.order_by((Drill.owner_id == work.office_id).desc()).limit(1)
    drill = work.connection.execute(own_first).first()
    if drill is None:
        raise NotFound(_("There is no drill with the number '{value}'.").format(value=number))
    if drill.ended_at is None:
        raise InvalidInput(_("The drill {number} has not ended yet.").format(number=number), field="drill")
    return step._replace(drill_id=drill.id, drill_day=local_day(drill.ended_at))


def _columns(correction: Correction) -> dict[str, Any]:
    fields = ("done_on", "verified_on", "verified_by", "verified_drill_id", "effect", "accepted_until")
    return {name: getattr(correction, name) for name in fields}


def _write(work: Work, finding: Row[Any], values: dict[str, Any]) -> None:
    changed = {
        name: (getattr(finding, name), value)
        for name, value in values.items()
        if getattr(finding, name) != value
    }
    new = {name: pair[1] for name, pair in changed.items()}
    statement = update(_FINDINGS).where(_FINDINGS.c.id == finding.id)
    work.connection.execute(statement.values(**new, revision=finding.revision + 1))
    work.changed("findings", finding.id, changed)


def _add_step(
    office: Office, work: Work, finding_id: int, step: Taken, attachment: int | None, proof: Proof | None
) -> None:
    values = {
        "finding_id": finding_id, "kind": step.kind, "happened_on": step.day, "recorded_at": office.clock.now(),
        "who": step.who or None, "note": step.note or None, "attachment_id": attachment,
        "attachment_name": proof.name if proof is not None else None, "drill_id": step.drill_id,
    }  # fmt: skip
    key = work.connection.execute(insert(FindingStep).values(**values).returning(FindingStep.id)).scalar_one()
    work.created("finding_steps", [key])
