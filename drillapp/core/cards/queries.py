"""What can be asked about disposal cards."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, func, literal, or_, select

from drillapp.core import enumerations
from drillapp.core.cards.holding import card_state, copies_in_hand, newest_acknowledgement, newest_issue
from drillapp.core.cards.listed import SEARCHED, whose
from drillapp.core.cards.model import Card
from drillapp.core.database.base import AnySelect, narrowed, still, table_of
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan, PlanSection, PlanVersion
from drillapp.core.units.model import Post, Unit
from drillapp.core.units.references import in_scope

_NAMED = 10


class CardRow(msgspec.Struct, frozen=True):
    """A card in a list."""

    id: int
    unit_id: int
    revision: int
    number: str
    unit_code: str
    unit_name: str
    post: str
    person: str | None
    plan_number: str | None
    title: str | None
    hazards: str | None
    first_action: str | None
    alarm: str | None
    steps: str | None
    protection: str | None
    prohibitions: str | None
    route: str | None
    supplies: str | None
    contacts: str | None
    valid_until: date | None
    issued_on: date | None
    acknowledged_on: date | None
    plan_version_id: int | None
    """The version of the plan that the card was written from."""
    plan_version: str | None
    """Its label."""
    section_id: int | None
    section: str | None
    """Number and title of the section that it was written from."""
    version: int
    copies: int
    """In somebody's hand."""
    state: str
    retired_on: date | None


def _cards(as_of: date) -> AnySelect:
    cards = table_of(Card)
    return (
        select(
            Card.id, Card.unit_id, Card.revision, Card.number, Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), Post.name.label("post"), Card.person, Plan.number.label("plan_number"),
            Card.title, Card.hazards, Card.first_action, Card.alarm, Card.steps, Card.protection, Card.prohibitions,
            Card.route, Card.supplies, Card.contacts, Card.valid_until, newest_issue(cards, as_of).label("issued_on"),
            newest_acknowledgement(cards, as_of).label("acknowledged_on"), Card.plan_version_id,
            _label().label("plan_version"), Card.section_id, _section().label("section"), Card.version,
            copies_in_hand(as_of).label("copies"), card_state(as_of).label("state"), Card.retired_on,
        )
        .outerjoin(Unit, Unit.id == Card.unit_id)
        .outerjoin(Post, Post.id == Card.post_id)
        .outerjoin(Plan, Plan.id == Card.plan_id)
    )  # fmt: skip


def _label() -> ColumnElement[Any]:
    return select(PlanVersion.label).where(PlanVersion.id == Card.plan_version_id).scalar_subquery()


def _section() -> ColumnElement[Any]:
    named = func.trim(func.coalesce(PlanSection.number, "").concat(" ").concat(PlanSection.title))
    return select(named).where(PlanSection.id == Card.section_id).scalar_subquery()


CARDS = Listing(
    "cards",
    CardRow,
    (
        *whose(Column("state", "State", "choice", 100, "card_state")),
        Column("hazards", "Hazards", width=140),
        Column("issued_on", "Issued on", "date", 100),
        Column("acknowledged_on", "Acknowledged on", "date", 110),
        Column("valid_until", "Valid until", "date", 100),
        Column("copies", "Copies in hand", "number", 90),
        Column("version", "Version", "number", 70),
        Column("plan_number", "Plan number", width=150),
        Column("first_action", "First action", width=200),
        Column("steps", "Steps", width=260),
        Column("contacts", "Contacts", width=200),
    ),
    _cards,
    searched=SEARCHED,
    sort=(("number", False),),
)


def cards_in_use(
    office: Office, numbers: Collection[str] = (), unit_id: int | None = None, sector: str | None = None
) -> array[int]:
    """The keys of the cards with these numbers, or all, of a unit and those below it, of a sector, by number.

    Raises NotFound naming the numbers of which there is no card there, or none that is still in use.
    """
    statement = (
        select(Card.number, Card.id)
        .where(still(Card.retired_on, office.as_of), in_scope(Card.unit_id, unit_id))
        .order_by(Card.number, Card.id)
    )
    if sector is not None:
        statement = _of_sector(statement, enumerations.parse("sector", sector) or sector)
    if numbers:
        statement = narrowed(statement, Card.number, numbers)
    with office.read() as connection:
        found = connection.execute(statement).all()
    wanted = set(numbers) or {number for number, _key in found}
    unknown = sorted(wanted.difference(number for number, _key in found))
    if unknown:
        named = ", ".join(unknown[:_NAMED]) + (" …" if len(unknown) > _NAMED else "")
        raise NotFound(
            _("There are no cards in use with the numbers {numbers}.").format(numbers=named),
            _("'drillapp list cards' shows the numbers there are."),
        )
    return array("q", [key for number, key in found if number in wanted])


def _of_sector(statement: AnySelect, sector: str) -> AnySelect:
    """The cards whose post is of the sector, or whose unit is where the post says none."""
    of_unit = literal(",").concat(Unit.sectors).concat(",").contains(f",{sector},", autoescape=True)
    return (
        statement.join(Unit, Unit.id == Card.unit_id)
        .join(Post, Post.id == Card.post_id)
        .where(or_(Post.sector == sector, and_(Post.sector.is_(None), of_unit)))
    )
