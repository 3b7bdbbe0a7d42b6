"""Plans, their events, cards and teams that nearly settle what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import exists, select

from drillapp.core import enumerations
from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.cards.stale import reasons_of
from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.i18n import _
from drillapp.core.plans.events import in_force_on
from drillapp.core.plans.model import Plan, PlanEvent, PlanVersion
from drillapp.core.plans.standing import has_begun
from drillapp.core.rules.near_miss import MOST, Asked, NearMiss, last_day, sentence, words
from drillapp.core.teams.evidence import standard_of
from drillapp.core.teams.figures import is_agreed
from drillapp.core.teams.model import Team, TeamAgreement


def near_plans(asked: Asked) -> list[NearMiss]:
    """The unit's plans that are not in force: not published yet, sent back, only from a later day on, abolished."""
    events = select(PlanEvent).where(PlanEvent.plan_id == Plan.id, PlanEvent.happened_on <= asked.as_of)
    last = events.order_by(PlanEvent.happened_on.desc(), PlanEvent.id.desc()).limit(1)
    kind, on, conclusion = (
        last.with_only_columns(column).scalar_subquery()
        for column in (PlanEvent.kind, PlanEvent.happened_on, PlanEvent.conclusion)
    )
    statement: AnySelect = (
        select(
            Plan.id, Plan.number, Plan.retired_on, in_force_on(table_of(Plan)).label("begin"), kind.label("kind"),
            on.label("on"), conclusion.label("conclusion"),
        )
        .where(Plan.unit_id == asked.row.unit_id)
        .order_by(Plan.id.desc())
        .limit(MOST)
    )  # fmt: skip
    return [
        NearMiss("plans", row.id, row.number, sentence(_not_in_force(asked, row)), row.on)
        for row in asked.rows(statement)
    ]


def _not_in_force(asked: Asked, row: Any) -> Iterator[str]:
    if row.begin is not None and row.begin > asked.as_of:
        yield _("it comes into force on {day} only").format(day=row.begin)
    elif row.begin is None:
        yield _("it was neither approved nor published")
        if row.kind is not None:
            event = enumerations.label("plan_event", row.kind)
            yield _("last: {event} on {day}").format(event=event, day=row.on)
        if row.conclusion == "rejected":
            yield _("it was sent back")
    if row.retired_on is not None and row.retired_on <= asked.as_of:
        yield _("it was abolished on {day}").format(day=row.retired_on)


_EVENTS = {
    "plan_filed": ("filed", "filing_answered"),
    "plan_assessed": ("assessed", "published", "approved"),
    "plan_reviewed": ("reviewed", "appraised", "approved"),
    "plan_revised": ("revision_triggered",),
}
"""The events of a plan that come near to settling what is asked of it."""


def near_events(asked: Asked) -> list[NearMiss]:
    """What last happened to the plan of that sort: too long ago, sent back, too late."""
    of_plan = PlanEvent.plan_id == asked.row.subject_id
    statement: AnySelect = (
        select(PlanEvent.kind, PlanEvent.happened_on, PlanEvent.conclusion, PlanVersion.label, PlanVersion.ordinal)
        .join(PlanVersion, PlanVersion.id == PlanEvent.version_id)
        .where(of_plan, PlanEvent.kind.in_(_EVENTS[asked.row.settled_by]), PlanEvent.happened_on <= asked.as_of)
        .order_by(PlanEvent.happened_on.desc(), PlanEvent.id.desc())
        .limit(MOST)
    )  # fmt: skip
    text = _("{event} on {day}, version {version}")
    found = []
    for row in asked.rows(statement):
        event = enumerations.label("plan_event", row.kind)
        version = row.label or str(row.ordinal)
        reasons = [text.format(event=event, day=row.happened_on, version=version)]
        if row.conclusion:
            reasons += _conclusion(row.kind, row.conclusion)
        if asked.row.late:
            reasons.append(last_day(asked))
        found.append(asked.same("plans", sentence(reasons), row.happened_on))
    return found


_CONCLUSIONS = {
    "reviewed": "review_conclusion", "appraised": "review_conclusion", "filing_answered": "filing_conclusion",
    "assessed": "assessment_conclusion", "revision_triggered": "revision_trigger",
}  # fmt: skip


def _conclusion(kind: str, code: str) -> list[str]:
    enumeration = _CONCLUSIONS.get(kind)
    return [enumerations.label(enumeration, code)] if enumeration else []


def near_revisions(asked: Asked) -> list[NearMiss]:
    """Newer versions of the plan that are not in force yet."""
    versions = table_of(PlanVersion)
    statement = (
        select(versions.c.label, versions.c.ordinal)
        .where(versions.c.plan_id == asked.row.subject_id, ~has_begun(versions, asked.as_of))
        .order_by(versions.c.ordinal.desc())
        .limit(MOST)
    )
    text = _("version {version} was begun, but is not in force")
    return [
        asked.same("plans", text.format(version=label or str(ordinal)))
        for label, ordinal in asked.rows(statement)
    ]


def near_cards(asked: Asked) -> list[NearMiss]:
    """The cards of the post that nobody has in hand."""
    copies = select(CardCopy).where(CardCopy.card_id == Card.id, CardCopy.issued_on <= asked.as_of)
    last = copies.order_by(CardCopy.issued_on.desc(), CardCopy.id.desc()).limit(1)
    how, ended_on = (
        last.with_only_columns(column).scalar_subquery() for column in (CardCopy.ended_how, CardCopy.ended_on)
    )
    statement = (
        select(
            Card.id, Card.number, Card.retired_on, ended_on.label("ended_on"), how.label("how"),
            copies.exists().label("was_issued"),
        )
        .where(Card.post_id == asked.row.subject_id)
        .order_by(Card.id.desc())
        .limit(MOST)
    )  # fmt: skip
    return [
        NearMiss("cards", row.id, row.number, sentence(_not_in_hand(asked, row)), row.ended_on)
        for row in asked.rows(statement)
    ]


def _not_in_hand(asked: Asked, row: Any) -> Iterator[str]:
    if row.retired_on is not None and row.retired_on <= asked.as_of:
        yield _("it was withdrawn on {day}").format(day=row.retired_on)
    if not row.was_issued:
        yield _("no copy of it was handed out")
    elif row.ended_on is not None and row.ended_on <= asked.as_of:
        how = enumerations.label("copy_end", row.how) if row.how else ""
        text = (
            _("its last copy is in nobody's hand since {day}: {how}")
            if how
            else _("its last copy is in nobody's hand since {day}")
        )
        yield text.format(day=row.ended_on, how=how)


def near_teams(asked: Asked) -> list[NearMiss]:
    """The unit's teams that do not suffice: disbanded, or part-time rescuers without an agreement."""
    agreed = exists().where(TeamAgreement.team_id == Team.id, is_agreed(asked.as_of))
    statement = (
        select(Team.id, Team.name, Team.retired_on, agreed.label("agreed"))
        .where(Team.unit_id == asked.row.unit_id)
        .order_by(Team.id.desc())
        .limit(MOST)
    )
    found = []
    for row in asked.rows(statement):
        if row.retired_on is not None and row.retired_on <= asked.as_of:
            why = _("it was disbanded on {day}").format(day=row.retired_on)
        else:
            why = _("its rescuers are part-time, and no agreement with a team nearby is in force")
        found.append(NearMiss("teams", row.id, row.name, why, row.retired_on))
    return found


def near_standards(asked: Asked) -> list[NearMiss]:
    """The clauses of the standard that the team does not meet, or of which nothing is known."""
    found = standard_of(asked.office, asked.row.subject_id)
    lacking = [one for one in found.clauses if one.counts and one.state != "met"] if found else []
    return [asked.same("teams", sentence((one.title, one.evidence))) for one in lacking[:MOST]]


def near_stale_cards(asked: Asked) -> list[NearMiss]:
    """Why the card that is in use is no longer right."""
    reasons = reasons_of(asked.office, asked.row.subject_id)
    return [asked.same("cards", words("stale_reason", reasons))] if reasons else []
