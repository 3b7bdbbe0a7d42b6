"""What can be asked about drills, their logs and findings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from drillapp.core.cards.model import Card
from drillapp.core.database.base import AnySelect, still
from drillapp.core.drills.findings.again import are_again, is_again
from drillapp.core.drills.held import is_drill
from drillapp.core.drills.model import Drill, DrillLogEntry, Finding
from drillapp.core.drills.rows import DrillFile, DrillRow, FindingRow, LogRow, PlannedDrill
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Column, Listing
from drillapp.core.localtime import end_of_day
from drillapp.core.office import Office
from drillapp.core.plans.hazards import hazard_category
from drillapp.core.plans.model import Plan, PlanSection
from drillapp.core.supplies.model import Item
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope


def drill_rows(as_of: date) -> AnySelect:
    """Drills as rows of their list, as of a date."""
    findings = select(func.count()).select_from(Finding).where(Finding.drill_id == Drill.id).scalar_subquery()
    return (
        select(
            Drill.id, Drill.unit_id, Drill.revision, Drill.number, Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), Drill.title, Drill.kind, Plan.number.label("plan_number"),
            Plan.title.label("plan_title"), Drill.hazard, Drill.evacuation, Drill.unannounced, Drill.content,
            Drill.form, Drill.purpose, Drill.planned_on, Drill.started_at, Drill.ended_at, Drill.place, Drill.leader, Drill.expected, Drill.participants,
            Drill.rating, Drill.third_party, Drill.reported_on, findings.label("findings"),
            drill_state(as_of).label("state"), Drill.retired_on,
            hazard_category(func.coalesce(Drill.hazard, Plan.hazard, Drill.title)).label("hazard_category"),
        )
        .outerjoin(Unit, Unit.id == Drill.unit_id)
        .outerjoin(Plan, Plan.id == Drill.plan_id)
    )  # fmt: skip


def drill_state(as_of: date) -> Any:
    """A code of the enumeration drill_state."""
    now = end_of_day(as_of)
    return case(
        ((Drill.ended_at <= now) & (Drill.reported_on <= as_of), "reported"),
        (Drill.ended_at <= now, "held"),
        (Drill.started_at <= now, "running"),
        (Drill.planned_on < as_of, "overdue"),
        else_="planned",
    )


def _log(as_of: date) -> AnySelect:
    return select(
        DrillLogEntry.id, Drill.unit_id, DrillLogEntry.revision, Drill.number.label("drill_number"), DrillLogEntry.at,
        DrillLogEntry.text, DrillLogEntry.who, DrillLogEntry.retired_on,
    ).outerjoin(Drill, Drill.id == DrillLogEntry.drill_id)  # fmt: skip


def _findings(as_of: date) -> AnySelect:
    later = aliased(Drill)
    state = case(
        (Finding.verified_on <= as_of, "verified"),
        (Finding.done_on <= as_of, "done"),
        (Finding.accepted_until >= as_of, "accepted"),
        (Finding.due_on < as_of, "overdue"),
        else_="open",
    )
    return (
        select(
            Finding.id, Finding.unit_id, Finding.revision, Drill.number.label("drill_number"),
            Drill.title.label("drill_title"), Finding.number, Finding.text, Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), Finding.severity, Finding.cause, Finding.action_kind, Finding.action,
            Finding.owner, Finding.due_on, Finding.done_on, Finding.verified_on, Finding.verified_by,
            later.number.label("verified_drill"), Finding.effect, Finding.accepted_until, Finding.section_id,
            PlanSection.title.label("section"), Card.number.label("card_number"), Item.code.label("item_code"),
            Finding.evaluation_item, state.label("state"), is_again().label("again"),
            case((state.in_(("open", "overdue")), Finding.due_on)).label("waits_until"), Finding.retired_on,
        )
        .outerjoin(Drill, Drill.id == Finding.drill_id)
        .outerjoin(Unit, Unit.id == Finding.unit_id)
        .outerjoin(later, later.id == Finding.verified_drill_id)
        .outerjoin(PlanSection, PlanSection.id == Finding.section_id)
        .outerjoin(Card, Card.id == Finding.card_id)
        .outerjoin(Item, Item.id == Finding.item_id)
    )  # fmt: skip


DRILLS = Listing(
    "drills",
    DrillRow,
    (
        Column("number", "Drill number", width=190),
        Column("title", "Drill title", width=220),
        Column("state", "State", "choice", 100, "drill_state"),
        Column("unit_name", "Unit", width=140),
        Column("planned_on", "Planned on", "date", 100),
        Column("form", "Form", "choice", 90, "drill_form"),
        Column("content", "Content", "choice", 90, "drill_content"),
        Column("purpose", "Purpose", "choice", 80, "drill_purpose"),
        Column("started_at", "Started at", "moment", 140),
        Column("ended_at", "Ended at", "moment", 140),
        Column("participants", "Participants", "number", 80),
        Column("expected", "Expected", "number", 80),
        Column("rating", "Rating", "choice", 70, "drill_rating"),
        Column("findings", "Findings", "number", 70),
        Column("third_party", "Third-party evaluation", "flag", 110),
        Column("reported_on", "Reported on", "date", 100),
        Column("plan_number", "Plan number", width=150),
        Column("plan_title", "Plan title", width=220),
        Column("place", "Place", width=160),
        Column("leader", "Commander", width=90),
        Column("kind", "Kind", "choice", 90, "drill_kind"),
        Column("hazard", "Hazard", width=100),
        Column("hazard_category", "Category of emergency", "choice", 100, "hazard_category"),
        Column("evacuation", "With evacuation", "flag", 90),
        Column("unannounced", "Unannounced", "flag", 90),
    ),
    drill_rows,
    searched=("title", "number", "unit_name"),
    sort=(("planned_on", True),),
)
LOG = Listing(
    "drill_log",
    LogRow,
    (
        Column("drill_number", "Drill number", width=150),
        Column("at", "At", "moment", 150),
        Column("text", "Entry", width=420),
        Column("who", "Who", width=120),
    ),
    _log,
    searched=("text", "who", "drill_number"),
    sort=(("drill_number", False), ("at", False)),
)
FINDINGS = Listing(
    "findings",
    FindingRow,
    (
        Column("drill_number", "Drill number", width=190),
        Column("number", "Finding number", width=70),
        Column("text", "What was found", width=300),
        Column("state", "State", "choice", 90, "finding_state"),
        Column("unit_name", "Responsible unit", width=180),
        Column("severity", "Severity", "choice", 80, "finding_severity"),
        Column("cause", "Cause", "choice", 120, "finding_cause"),
        Column("action", "Corrective action", width=260),
        Column("owner", "Owner", width=100),
        Column("due_on", "Due on", "date", 100),
        Column("done_on", "Done on", "date", 100),
        Column("verified_on", "Verified on", "date", 100),
        Column("verified_by", "Verified by", width=100),
        Column("drill_title", "Drill title", width=220),
        Column("action_kind", "Kind of action", "choice", 110, "action_kind"),
        Column("section", "Plan section", width=180),
        Column("card_number", "Card number", width=140),
        Column("item_code", "Item code", width=110),
        Column("evaluation_item", "Evaluation item", width=80),
        Column("verified_drill", "Verified by drill", width=150),
        Column("accepted_until", "Risk accepted until", "date", 110),
        Column("again", "Found again", "flag", 80),
    ),
    _findings,
    searched=("text", "action", "owner", "drill_number", "drill_title", "unit_name"),
    sort=(("waits_until", False), ("due_on", False)),
    over_all={"again": are_again},
)


def next_drills(
    office: Office, unit_id: int | None, limit: int = 8, within_days: int = 90
) -> list[PlannedDrill]:
    """The drills planned from the office's date on, the soonest first."""
    last = office.as_of + timedelta(days=within_days)
    statement = (
        select(Drill.id, Drill.number, Drill.title, Unit.name, Drill.planned_on)
        .join(Unit, Unit.id == Drill.unit_id)
        .where(
            Drill.planned_on.between(office.as_of, last),
            Drill.started_at.is_(None),
            is_drill(),
        )
        .where(in_scope(Drill.unit_id, unit_id))
        .order_by(Drill.planned_on, Drill.id)
        .limit(limit)
    )
    with office.read() as connection:
        return [PlannedDrill(*row) for row in connection.execute(statement)]


def drill_file(office: Office, number: str) -> DrillFile:
    """A drill with its log and its findings, those retired left out; raises NotFound."""
    day = office.as_of
    drills = drill_rows(day).where(Drill.number == number).order_by(Drill.id).limit(1)
    with office.read() as connection:
        row = connection.execute(drills).first()
        if row is None:
            raise NotFound(
                _("There is no drill with the number '{value}'.").format(value=number),
                _("'drillapp list drills' shows the numbers there are."),
            )
        drill = DrillRow(*row)
        log = _log(day).where(Drill.id == drill.id, still(DrillLogEntry.retired_on, day))
        findings = _findings(day).where(Drill.id == drill.id, still(Finding.retired_on, day))
        return DrillFile(
            drill,
            tuple(
                LogRow(*row) for row in connection.execute(log.order_by(DrillLogEntry.at, DrillLogEntry.id))
            ),
            tuple(FindingRow(*row) for row in connection.execute(findings.order_by(Finding.id))),
        )
