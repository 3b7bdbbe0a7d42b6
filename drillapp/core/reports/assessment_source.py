"""The report on a plan's last assessment, as of the office's date."""

from __future__ import annotations

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.assessment import Assessment, assessment_form, newest_assessment
from drillapp.core.reports.assessment_report import AssessedGroup, AssessedItem, AssessmentReport
from drillapp.core.reports.plan_source import plan_file, version_words


def assessment_report(office: Office, number: str) -> AssessmentReport:
    """What the report says; raises NotFound for an unknown plan and one that was never assessed."""
    plan = plan_file(office, number)
    found = newest_assessment(office, plan.id)
    version = next(each for each in plan.versions if each.id == found.version_id)
    return AssessmentReport(
        office=plan.unit,
        title=_("{unit}:\nreport on the assessment of “{plan}”").format(unit=plan.unit, plan=plan.title),
        plan=plan.title,
        number=plan.number,
        version=version_words(version),
        unit=plan.unit,
        assessed_on=found.happened_on,
        day=office.as_of,
        assessors=found.assessors,
        standard=assessment_form().standard,
        basis=found.basis,
        process=found.process,
        groups=_groups(found),
        conclusion=found.conclusion,
        suggestions=found.suggestions,
    )


def _groups(found: Assessment) -> tuple[AssessedGroup, ...]:
    answers = {answer.item: answer for answer in found.answers}
    return tuple(
        AssessedGroup(
            group.zh,
            tuple(
                AssessedItem(
                    item.text,
                    answers[item.id].needs_revision if item.id in answers else None,
                    answers[item.id].note if item.id in answers else "",
                )
                for item in group.item
            ),
        )
        for group in assessment_form().group
    )
