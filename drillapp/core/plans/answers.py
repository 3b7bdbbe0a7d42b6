"""What a new version of a plan does about the findings against the plan: addressed, or declined with a reason."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select

from drillapp.core import enumerations
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.drafts import refuse_unless_draft
from drillapp.core.plans.model import FindingAnswer, Plan, PlanSection, PlanVersion
from drillapp.core.plans.standing import begin_of


class OpenFinding(msgspec.Struct, frozen=True):
    """A finding that stays with a plan until its revision, with the newest version's answer where there is one."""

    id: int
    drill_number: str
    drill_title: str
    number: str
    text: str
    severity: str | None
    section_title: str | None
    """The section that it is about, as it was called in its version."""
    decision: str | None
    answer_section_id: int | None
    reason: str | None


def open_findings(office: Office, plan_id: int) -> list[OpenFinding]:
    """The findings that stay with a plan on the office's date.

    Those about a section stay until a version in force has addressed or declined them, for what was done meanwhile
    does not mend the text; those of its drills that name no section, until they are put right, if that is sooner.
    """
    newest = (
        select(PlanVersion.id)
        .where(PlanVersion.plan_id == plan_id)
        .order_by(PlanVersion.ordinal.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement: AnySelect = (
        select(
            Finding.id, Drill.number, Drill.title, Finding.number, Finding.text, Finding.severity, PlanSection.title,
            FindingAnswer.decision, FindingAnswer.section_id, FindingAnswer.reason,
        )
        .join(Drill, Drill.id == Finding.drill_id)
        .outerjoin(PlanSection, PlanSection.id == Finding.section_id)
        .outerjoin(FindingAnswer, (FindingAnswer.finding_id == Finding.id) & (FindingAnswer.version_id == newest))
        .where(_stays(plan_id, office.as_of))
        .order_by(Drill.planned_on, Finding.id)
    )  # fmt: skip
    with office.read() as connection:
        return [OpenFinding(*row) for row in connection.execute(statement)]


def answer_finding(
    office: Office,
    version_id: int,
    finding_id: int,
    decision: str,
    section_id: int | None = None,
    reason: str = "",
) -> Changes:
    """Say what a version does about a finding; a further answer takes the place of the one before.

    Raises InvalidInput: addressed needs the section of this version, declined a reason, an approved version is not
    changed any more; NotFound.
    """
    _check(decision, section_id, reason)
    with office.write("answer finding") as work:
        unit, finding = _looked_up(work.connection, version_id, finding_id, section_id)
        refuse_unless_draft(work.connection, version_id)
        place = (FindingAnswer.version_id == version_id) & (FindingAnswer.finding_id == finding_id)
        before = work.connection.execute(select(FindingAnswer.decision).where(place)).scalar()
        work.connection.execute(delete(FindingAnswer).where(place))
        values = {
            "version_id": version_id,
            "finding_id": finding,
            "decision": decision,
            "section_id": section_id if decision == "addressed" else None,
            "reason": reason.strip() or None,
        }
        work.connection.execute(insert(FindingAnswer).values(values))
        work.changed(
            "findings", finding, {"decision": (before, decision), "reason": (None, values["reason"])}
        )
        work.touched("plans", {unit})
        return work.changes


def refuse_unanswered(connection: Connection, plan_id: int, version_id: int, ordinal: int) -> None:
    """Raise InvalidInput when a version that revises an earlier one leaves a finding against the plan unanswered."""
    if ordinal == 1:
        return
    answers = select(FindingAnswer.finding_id).where(FindingAnswer.version_id == version_id)
    statement = _unanswered(plan_id).where(Finding.id.not_in(answers))
    rows = connection.execute(statement.order_by(Finding.id)).all()
    if rows:
        text = _(
            "{count} findings against this plan are neither put right nor answered, such as {drill}: {text}"
        )
        raise InvalidInput(
            text.format(count=len(rows), drill=rows[0].number, text=rows[0].text),
            _("For each say which section addresses it, or why it is declined."),
            field="findings",
        )


def _unanswered(plan_id: int) -> AnySelect:
    """By all that is on record, whatever day the version is approved on."""
    open_ones = select(Drill.number, Finding.text).join(Drill, Drill.id == Finding.drill_id)
    return open_ones.where(_stays(plan_id, date.max))


def _against(plan_id: int) -> ColumnElement[bool]:
    """Of a drill of the plan, or about a section of one of its versions."""
    return or_(Drill.plan_id == plan_id, _about_section(plan_id))


def _about_section(plan_id: int) -> ColumnElement[bool]:
    sections = (
        select(PlanSection.id)
        .join(PlanVersion, PlanVersion.id == PlanSection.version_id)
        .where(PlanVersion.plan_id == plan_id)
    )
    return Finding.section_id.in_(sections)


def _stays(plan_id: int, as_of: date) -> ColumnElement[bool]:
    """Whether a finding is still to be answered by a version of the plan."""
    undone = or_(Finding.done_on.is_(None), Finding.done_on > as_of)
    kept = or_(Finding.retired_on.is_(None), Finding.retired_on > as_of)
    return and_(_against(plan_id), or_(undone, _about_section(plan_id)), kept, ~_is_settled(plan_id, as_of))


def _is_settled(plan_id: int, as_of: date) -> ColumnElement[bool]:
    """Whether a version that has come into force says what it does about it."""
    versions = table_of(PlanVersion)
    return (
        select(FindingAnswer.id)
        .join(versions, versions.c.id == FindingAnswer.version_id)
        .where(
            FindingAnswer.finding_id == Finding.id,
            versions.c.plan_id == plan_id,
            begin_of(versions) <= as_of,
        )
        .correlate(Finding)
        .exists()
    )


def _check(decision: str, section_id: int | None, reason: str) -> None:
    codes = enumerations.codes("finding_decision")
    if decision not in codes:
        message = _("'{value}' is not allowed; allowed: {codes}").format(
            value=decision, codes=" ".join(codes)
        )
        raise InvalidInput(message, field="decision")
    if decision == "addressed" and section_id is None:
        raise InvalidInput(_("Say in which section it is addressed."), field="section_id")
    if decision == "declined" and not reason.strip():
        raise InvalidInput(_("Say why it is declined."), field="reason")
    if problem := text_problem(reason):
        raise InvalidInput(problem, field="reason")


def _looked_up(
    connection: Connection, version_id: int, finding_id: int, section_id: int | None
) -> tuple[int, int]:
    """The plan's unit and the finding, when both and the section belong together."""
    version = connection.execute(
        select(Plan.id, Plan.unit_id)
        .join(PlanVersion, PlanVersion.plan_id == Plan.id)
        .where(PlanVersion.id == version_id)
    ).first()
    if version is None:
        raise NotFound(_("There is no such version of a plan."))
    against = select(Finding.id).join(Drill, Drill.id == Finding.drill_id).where(_against(version.id))
    finding = connection.execute(against.where(Finding.id == finding_id)).scalar()
    if finding is None:
        raise NotFound(_("There is no such finding against this plan."))
    if section_id is not None:
        own = select(PlanSection.id).where(PlanSection.id == section_id, PlanSection.version_id == version_id)
        if connection.execute(own).first() is None:
            raise InvalidInput(_("This section does not belong to the version."), field="section_id")
    return version.unit_id, finding
