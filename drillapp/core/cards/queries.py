"""What can be asked about disposal cards."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from datetime import date

import msgspec
from sqlalchemy import case, select

from drillapp.core.cards.model import Card
from drillapp.core.database.base import AnySelect, narrowed, still
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
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
    steps: str | None
    contacts: str | None
    issued_on: date | None
    acknowledged_on: date | None
    state: str
    retired_on: date | None


def _cards(as_of: date) -> AnySelect:
    state = case(
        (Card.retired_on <= as_of, "retired"),
        (Card.acknowledged_on <= as_of, "acknowledged"),
        (Card.issued_on <= as_of, "issued"),
        else_="draft",
    )
    return (
        select(
            Card.id, Card.unit_id, Card.revision, Card.number, Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), Post.name.label("post"), Card.person, Plan.number.label("plan_number"),
            Card.title, Card.hazards, Card.steps, Card.contacts, Card.issued_on, Card.acknowledged_on,
            state.label("state"), Card.retired_on,
        )
        .outerjoin(Unit, Unit.id == Card.unit_id)
        .outerjoin(Post, Post.id == Card.post_id)
        .outerjoin(Plan, Plan.id == Card.plan_id)
    )  # fmt: skip


CARDS = Listing(
    "cards",
    CardRow,
    (
        Column("number", "Card number", width=180),
        Column("title", "Card title", width=220),
        Column("state", "State", "choice", 100, "card_state"),
        Column("unit_name", "Unit", width=180),
        Column("post", "Post", width=130),
        Column("person", "Card holder", width=90),
        Column("hazards", "Hazards", width=140),
        Column("issued_on", "Issued on", "date", 100),
        Column("acknowledged_on", "Acknowledged on", "date", 110),
        Column("plan_number", "Plan number", width=150),
        Column("steps", "Steps", width=260),
        Column("contacts", "Contacts", width=200),
    ),
    _cards,
    searched=("number", "title", "post", "person", "unit_name"),
    sort=(("number", False),),
)


def cards_in_use(office: Office, numbers: Collection[str] = (), unit_id: int | None = None) -> array[int]:
    """The keys of the cards with these numbers, or all, of a unit and those below it, by number.

    Raises NotFound naming the numbers of which there is no card there, or none that is still in use.
    """
    statement = (
        select(Card.number, Card.id)
        .where(still(Card.retired_on, office.as_of), in_scope(Card.unit_id, unit_id))
        .order_by(Card.number, Card.id)
    )
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
