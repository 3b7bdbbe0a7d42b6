"""What must hold of cards and their copies, whatever was done: for the check of the whole office."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, or_, select

from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.i18n import _
from drillapp.core.plans.model import PlanSection, PlanVersion


def wrong_copies(connection: Connection) -> Iterator[str]:
    """What is said of copies whose days are out of order, or that are of a version which their card never had."""
    ends_early = or_(
        CardCopy.ended_on < CardCopy.issued_on,
        CardCopy.ended_on < CardCopy.acknowledged_on,
        CardCopy.acknowledged_on < CardCopy.issued_on,
        CardCopy.ended_on.is_(None) != CardCopy.ended_how.is_(None),
    )
    statement = (
        select(CardCopy.id, Card.number, (CardCopy.version > Card.version).label("unknown"))
        .join(Card, Card.id == CardCopy.card_id)
        .where(or_(ends_early, CardCopy.version > Card.version, CardCopy.version < 1))
        .order_by(CardCopy.id)
    )
    for copy, number, unknown in connection.execute(statement):
        if unknown:
            yield _("Copy {copy} of card {number} is of a version that the card has not had.").format(
                copy=copy, number=number
            )
        else:
            yield _("The days of copy {copy} of card {number} are out of order.").format(
                copy=copy, number=number
            )


def wrong_sources(connection: Connection) -> Iterator[str]:
    """What is said of cards written from a version of another plan, or from a section of another version."""
    statement = (
        select(Card.number)
        .outerjoin(PlanVersion, PlanVersion.id == Card.plan_version_id)
        .outerjoin(PlanSection, PlanSection.id == Card.section_id)
        .where(
            or_(
                PlanVersion.plan_id.is_distinct_from(Card.plan_id),
                PlanSection.version_id != Card.plan_version_id,
            )
        )
        .order_by(Card.id)
    )
    for (number,) in connection.execute(statement):
        yield _("Card {number} was written from a version that its plan has not.").format(number=number)
