"""The papers of a plan's filing from what is on record, as of the office's date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.authorities import authorities_of
from drillapp.core.plans.filing import answer_rule, filing_rule
from drillapp.core.plans.life import LifeEvent, life_of
from drillapp.core.plans.papers import papers_of
from drillapp.core.plans.versions import VersionRow, read_content
from drillapp.core.reports.filing_papers import FilingApplication, FilingReceipt, Material
from drillapp.core.reports.plan_source import PlanFile, filed_plan, filer, plan_file
from drillapp.core.workdays.calendar import Due, add_working_days

_REVIEWS = ("reviewed", "appraised")


class _Record(NamedTuple):
    """What is on record of one version."""

    version: VersionRow
    events: tuple[LifeEvent, ...]
    papers: frozenset[str]
    """The kinds of document that are kept with it."""

    def last(self, *kinds: str) -> LifeEvent | None:
        """Its last event of these kinds."""
        return next((each for each in reversed(self.events) if each.kind in kinds), None)

    def has(self, paper: str, *kinds: str) -> bool:
        """Whether there is such a document, or an event that tells of it."""
        return paper in self.papers or self.last(*kinds) is not None

    @property
    def published_on(self) -> date | None:
        """The day of its first publication."""
        return next((each.happened_on for each in self.events if each.kind == "published"), None)


def filing_application(office: Office, number: str) -> FilingApplication:
    """What the application for the version in force says, or for the newest while there is none.

    Raises NotFound for an unknown plan.
    """
    plan = plan_file(office, number)
    rule, record = filing_rule(plan.subject), _record(office, plan)
    bodies = authorities_of(office, plan.id)
    due = _due(office, record.published_on, rule.days)
    return FilingApplication(
        title=_application_title(plan),
        filer=filer(office, plan),
        plan=filed_plan(plan, record.version, record.published_on),
        authority=bodies.filed_with,
        direct_to=bodies.direct_to,
        copied_to=_(", ").join(bodies.copies),
        basis=rule.article,
        materials=_materials(office, plan, record),
        day=office.as_of,
        due_on=due.day if due else None,
        is_estimated=bool(due and due.is_estimated),
    )


def filing_receipt(office: Office, number: str) -> FilingReceipt:
    """What the receipt of the last filing says.

    Raises NotFound for an unknown plan, InvalidInput when no filing is on record, or none that was answered or is
    past its term.
    """
    plan = plan_file(office, number)
    record = _record(office, plan)
    filed = record.last("filed")
    if filed is None:
        raise InvalidInput(
            _("No filing of the plan {number} is on record.").format(number=number),
            _("Record the filing first."),
        )
    answered = record.last("filing_answered")
    if answered is not None and answered.happened_on < filed.happened_on:
        answered = None
    answer, day = _answer(office, filed, answered)
    return FilingReceipt(
        title=_receipt_title(plan, answer),
        authority=filed.authority or authorities_of(office, plan.id).filed_with,
        filer=filer(office, plan),
        plan=filed_plan(plan, record.version, record.published_on),
        filing_number=_number(filed, answered),
        received_on=filed.happened_on,
        day=day,
        answer=answer,
        missing=_missing(answered),
        basis=answer_rule().article,
    )


def _record(office: Office, plan: PlanFile) -> _Record:
    version = plan.shown
    events = tuple(each for each in life_of(office, plan.id) if each.version_id == version.id)
    return _Record(version, events, frozenset(paper.kind for paper in papers_of(office, version.id)))


def _due(office: Office, published_on: date | None, days: int) -> Due | None:
    return add_working_days(office, published_on, days) if published_on is not None and days else None


def _application_title(plan: PlanFile) -> str:
    if plan.subject.family == "unit":
        return _("Application for the filing of a work-safety contingency plan")
    return _("Application for the filing of an emergency plan")


def _receipt_title(plan: PlanFile, answer: str) -> str:
    if answer == "incomplete":
        return _("Notice of what is missing from a filing")
    if plan.subject.family == "unit":
        return _("Receipt for the filing of a work-safety contingency plan")
    return _("Receipt for the filing of an emergency plan")


def _materials(office: Office, plan: PlanFile, record: _Record) -> tuple[Material, ...]:
    """办法 article 27 for units; 国办发〔2024〕5号 article 26 for governments, streets and communities."""
    text = Material(_("electronic text of the plan"), bool(read_content(office, record.version.id).sections))
    if plan.subject.family == "government":
        formal = Material(_("formal text of the plan"), record.published_on is not None)
        return formal, text, Material(_("notes on how the plan was made"), "annex" in record.papers)
    assessed = record.has("risk_assessment", "risk_assessed")
    surveyed = record.has("resource_survey", "resources_surveyed")
    return (
        Material(_("application for the filing"), True),
        Material(_("opinion of the review or appraisal"), record.has("review_minutes", *_REVIEWS)),
        text,
        Material(_("result of the risk assessment, list of the resource survey"), assessed and surveyed),
    )


def _answer(office: Office, filed: LifeEvent, answered: LifeEvent | None) -> tuple[str, date]:
    """How the filing was answered, and when; a number given stands for an answer that nobody entered."""
    if answered is not None:
        return ("incomplete" if answered.conclusion == "incomplete" else "accepted"), answered.happened_on
    if filed.reference:
        return "accepted", filed.happened_on
    due = add_working_days(office, filed.happened_on, answer_rule().days)
    if office.as_of <= due.day:
        raise InvalidInput(
            _("The filing of {day} waits for its answer until {due}.").format(
                day=filed.happened_on, due=due.day
            ),
            _("Record the answer first."),
        )
    return "silent", due.day


def _number(filed: LifeEvent, answered: LifeEvent | None) -> str:
    numbers: Sequence[str | None] = (answered.reference if answered else None, filed.reference)
    return next(filter(None, numbers), "")


def _missing(answered: LifeEvent | None) -> tuple[str, ...]:
    """What the answer says is missing, one thing a line."""
    note = answered.note if answered is not None else None
    return tuple(filter(None, map(str.strip, (note or "").splitlines())))
