"""Which sections of plans a finding can be about: those that its drill tests, then the others of the drill's plan."""

from __future__ import annotations

from sqlalchemy import case, func, or_, select

from drillapp.core.database.base import table_of
from drillapp.core.drills.findings.rows import SectionChoice
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import TestedSection
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan, PlanSection, PlanVersion
from drillapp.core.plans.standing import version_in_force_as_of


def sections_to_choose(office: Office, drill_number: str) -> list[SectionChoice]:
    """The sections of the versions that the drill tests and of its plan as it was in force on its day."""
    drills = table_of(Drill)
    with office.read() as connection:
        drill = connection.execute(
            select(drills.c.id, drills.c.plan_id, drills.c.planned_on).where(drills.c.number == drill_number)
        ).first()
        if drill is None:
            return []
        tested = select(TestedSection.section_id).where(TestedSection.drill_id == drill.id)
        versions = select(TestedSection.version_id).where(TestedSection.drill_id == drill.id)
        in_force = version_in_force_as_of(table_of(Plan).c.id, drill.planned_on)
        is_tested = case((PlanSection.id.in_(tested), 1), else_=0).label("tested")
        title = func.trim(func.coalesce(PlanSection.number, "").concat(" ").concat(PlanSection.title))
        statement = (
            select(PlanSection.id, title, Plan.title, is_tested)
            .join(PlanVersion, PlanVersion.id == PlanSection.version_id)
            .join(Plan, Plan.id == PlanVersion.plan_id)
            .where(
                or_(
                    PlanVersion.id.in_(versions),
                    (Plan.id == drill.plan_id) & (PlanVersion.id == in_force),
                )
            )
            .order_by(is_tested.desc(), Plan.id, PlanVersion.ordinal.desc(), PlanSection.position)
        )
        rows = connection.execute(statement)
        return [SectionChoice(key, words, plan, bool(tested)) for key, words, plan, tested in rows]


def section_called(office: Office, drill_number: str, title: str) -> int:
    """The section to choose with this title, with or without its number; raises NotFound naming those there are."""
    choices = sections_to_choose(office, drill_number)
    for one in choices:
        if title.strip() in (one.title, one.title.partition(" ")[2]):
            return one.id
    names = "; ".join(one.title for one in choices)
    raise NotFound(
        _("There is no section '{value}' to choose.").format(value=title),
        _("There are: {names}").format(names=names) if names else "",
    )
