"""Contingency plans, their versions with what is written in them, and the dated events of their life."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed, Travelling
from drillapp.core.database.types import Uid


class Plan(Base, Travelling):
    """A plan of a unit; `retired_on` is the day it was abolished."""

    __tablename__ = "plans"
    __table_args__ = (
        UniqueConstraint("owner_id", "number"),
        Index("ix_plans_unit_id_retired_on", "unit_id", "retired_on"),
    )

    number: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    tier: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    hazard: Mapped[str | None] = mapped_column(Text)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"), index=True)


class PlanVersion(Base, Travelling):
    """One text of a plan; every plan has at least one, and at most one is in force on a day."""

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("plan_id", "ordinal"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    ordinal: Mapped[int]
    """1, 2, 3 … in the order in which they were begun."""
    label: Mapped[str | None] = mapped_column(Text)
    """What people call it: '2026版', '3.0'."""
    summary: Mapped[str | None] = mapped_column(Text)
    """What was changed against the version before, and why."""


class PlanSection(Base, Keyed):
    """A section of a version; `position` orders all of them, `level` (1 to 9) nests them."""

    __tablename__ = "plan_sections"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"))
    position: Mapped[int]
    level: Mapped[int]
    number: Mapped[str | None] = mapped_column(Text)
    """As it stands before the title: '1.1', '第一章', '（一）'."""
    title: Mapped[str] = mapped_column(Text)
    blocks: Mapped[str] = mapped_column(Text)
    """Paragraphs, tables and pictures as JSON (plans.content.Block)."""
    lineage: Mapped[str] = mapped_column(Uid, index=True)
    """The same in every version that carries the section on, so that versions can be compared."""


class PlanLevel(Base, Keyed):
    """A response level of a version: the plan's own, usually two to four (GB/T 29639-2020, 6.1)."""

    __tablename__ = "plan_levels"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    trigger: Mapped[str | None] = mapped_column(Text)
    starter: Mapped[str | None] = mapped_column(Text)
    """Who starts the response."""


class PlanLevelAction(Base, Keyed):
    """What somebody does on a response level, within so many minutes."""

    __tablename__ = "plan_level_actions"
    __table_args__ = (UniqueConstraint("level_id", "position"),)

    level_id: Mapped[int] = mapped_column(ForeignKey("plan_levels.id"))
    position: Mapped[int]
    actor: Mapped[str | None] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    within_minutes: Mapped[int | None]


class PlanPerson(Base, Keyed):
    """Somebody whom a version names: in the command roster, or among the contacts."""

    __tablename__ = "plan_people"
    __table_args__ = (UniqueConstraint("version_id", "list", "position"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"))
    list: Mapped[str] = mapped_column(Text)
    """roster or contacts."""
    position: Mapped[int]
    role: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    organisation: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    duty: Mapped[str | None] = mapped_column(Text)


class PlanResource(Base, Keyed):
    """What a version counts on: supplies, equipment, teams."""

    __tablename__ = "plan_resources"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    quantity: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    keeper: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)


class PlanPaper(Base, Keyed):
    """A document that belongs to a version: risk assessment, resource survey, minutes, receipt, annex."""

    __tablename__ = "plan_papers"
    __table_args__ = (Index("ix_plan_papers_version_id_kind", "version_id", "kind"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"))
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"))


class PlanEvent(Base, Keyed):
    """Something that happened to a version of a plan on a day: a code of the enumeration plan_event."""

    __tablename__ = "plan_events"
    __table_args__ = (
        Index("ix_plan_events_plan_id_kind_on", "plan_id", "kind", "happened_on"),
        Index("ix_plan_events_version_id_kind_on", "version_id", "kind", "happened_on"),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    """The version's plan, so that what asks about plans needs no look at their versions."""
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"))
    kind: Mapped[str] = mapped_column(Text)
    happened_on: Mapped[date]
    reference: Mapped[str | None] = mapped_column(Text)
    """The filing number, the number of the approving or publishing document."""
    authority: Mapped[str | None] = mapped_column(Text)
    """Who approved, with whom it was filed, who answered."""
    people: Mapped[str | None] = mapped_column(Text)
    """Reviewers or assessors, one a line."""
    conclusion: Mapped[str | None] = mapped_column(Text)
    """A code: of a review, a filing's answer, an assessment; for a revision what triggered it."""
    note: Mapped[str | None] = mapped_column(Text)


class PlanAssessment(Base, Keyed):
    """The assessment form behind an event `assessed` (YJ/T 9011-2019)."""

    __tablename__ = "plan_assessments"

    event_id: Mapped[int] = mapped_column(ForeignKey("plan_events.id"), unique=True)
    answers: Mapped[str] = mapped_column(Text)
    """For each item of the form whether it needs revision, and why, as JSON."""
    basis: Mapped[str | None] = mapped_column(Text)
    process: Mapped[str | None] = mapped_column(Text)
    suggestions: Mapped[str | None] = mapped_column(Text)


class FindingAnswer(Base, Keyed):
    """What a version does about a drill's finding against its plan: addressed in a section, or declined."""

    __tablename__ = "plan_finding_answers"
    __table_args__ = (UniqueConstraint("version_id", "finding_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    decision: Mapped[str] = mapped_column(Text)
    """addressed or declined."""
    section_id: Mapped[int | None] = mapped_column(ForeignKey("plan_sections.id"), index=True)
    reason: Mapped[str | None] = mapped_column(Text)
