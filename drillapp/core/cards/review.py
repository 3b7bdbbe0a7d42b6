"""A stale card beside what it was written from and what holds now, so that a person can judge it."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from drillapp.core.cards.model import Card, CardPerson
from drillapp.core.cards.queries import CARDS, CardRow
from drillapp.core.cards.stale import reasons_of
from drillapp.core.database.base import table_of
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import rows
from drillapp.core.office import Office
from drillapp.core.plans.content import read_blocks, text_of
from drillapp.core.plans.model import Plan, PlanSection, PlanVersion
from drillapp.core.plans.standing import version_in_force_as_of
from drillapp.core.units.model import Person


class SectionText(msgspec.Struct, frozen=True):
    """A section of a version of the card's plan; the whole version where the card names no section."""

    version_id: int
    version: str
    """Its label."""
    section_id: int | None = None
    title: str = ""
    text: str = ""


class PersonOnCard(msgspec.Struct, frozen=True):
    """Somebody who stands on a card, as printed and as known now."""

    name: str
    printed: str | None
    phone: str | None
    gone_on: date | None


class CardReview(msgspec.Struct, frozen=True):
    """All that is needed to judge a card."""

    card: CardRow
    reasons: tuple[str, ...]
    """Codes of the enumeration stale_reason."""
    plan_title: str
    written_from: SectionText | None
    in_force: SectionText | None
    """What takes its place in the version in force; without title where the section was left out."""
    people: tuple[PersonOnCard, ...]


class SourceSection(msgspec.Struct, frozen=True):
    """A section that a card can be written from."""

    version_id: int
    version: str
    id: int
    name: str
    """Number and title."""
    level: int


def review_of(office: Office, card_id: int) -> CardReview:
    """A card with its reasons and what they are about; raises NotFound."""
    found = rows(office, CARDS, [card_id])
    if not found:
        raise NotFound(_("There is no such card any more."))
    reasons = reasons_of(office, card_id)
    with office.read() as connection:
        source = connection.execute(_source(office.as_of).where(Card.id == card_id)).one()
        old = _section(connection, source.plan_version_id, source.section_id)
        carried_on = _carried_on(connection, source.section_id, source.in_force)
        new = _section(connection, source.in_force, carried_on)
        people = connection.execute(_people(card_id)).all()
    shown = tuple(PersonOnCard(*person) for person in people)
    return CardReview(found[0], reasons, source.title or "", old, new, shown)


def sections_to_write_from(office: Office, plan_number: str) -> list[SourceSection]:
    """The sections of a plan's version in force, or of its newest one where none is, in their order."""
    plans = table_of(Plan)
    newest = (
        select(PlanVersion.id)
        .where(PlanVersion.plan_id == plans.c.id)
        .order_by(PlanVersion.ordinal.desc())
        .limit(1)
        .scalar_subquery()
    )
    version = select(version_in_force_as_of(plans.c.id, office.as_of), newest).where(
        Plan.number == plan_number
    )
    with office.read() as connection:
        row = connection.execute(version).first()
        if row is None:
            return []
        statement = (
            select(PlanSection.version_id, PlanVersion.label, PlanVersion.ordinal, PlanSection.id,
                   PlanSection.number, PlanSection.title, PlanSection.level)
            .join(PlanVersion, PlanVersion.id == PlanSection.version_id)
            .where(PlanSection.version_id == (row[0] or row[1]))
            .order_by(PlanSection.position)
        )  # fmt: skip
        found = connection.execute(statement).all()
    return [
        SourceSection(
            one.version_id,
            one.label or str(one.ordinal),
            one.id,
            f"{one.number or ''} {one.title}".strip(),
            one.level,
        )
        for one in found
    ]


def _source(as_of: date) -> Any:
    cards = table_of(Card)
    in_force = version_in_force_as_of(cards.c.plan_id, as_of).label("in_force")
    return select(Card.plan_version_id, Card.section_id, Plan.title, in_force).outerjoin(
        Plan, Plan.id == Card.plan_id
    )


def _section(connection: Connection, version_id: int | None, section_id: int | None) -> SectionText | None:
    version = connection.execute(
        select(PlanVersion.label, PlanVersion.ordinal).where(PlanVersion.id == version_id)
    ).first()
    if version is None or version_id is None:
        return None
    label = version.label or str(version.ordinal)
    section = connection.execute(
        select(PlanSection.id, PlanSection.number, PlanSection.title, PlanSection.blocks).where(
            PlanSection.id == section_id
        )
    ).first()
    if section is None:
        return SectionText(version_id, label)
    title = f"{section.number or ''} {section.title}".strip()
    return SectionText(version_id, label, section.id, title, text_of(read_blocks(section.blocks)))


def _carried_on(connection: Connection, section_id: int | None, version_id: int | None) -> int | None:
    """The section of a version that goes on from an earlier one."""
    old, new = table_of(PlanSection).alias(), table_of(PlanSection).alias()
    statement = (
        select(new.c.id)
        .join_from(old, new, new.c.lineage == old.c.lineage)
        .where(old.c.id == section_id, new.c.version_id == version_id)
        .order_by(new.c.position)
    )
    return connection.execute(statement).scalar()


def _people(card_id: int) -> Any:
    return (
        select(Person.name, CardPerson.phone, Person.phone, Person.retired_on)
        .join(Person, Person.id == CardPerson.person_id)
        .where(CardPerson.card_id == card_id)
        .order_by(Person.name)
    )
