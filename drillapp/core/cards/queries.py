"""What can be asked about disposal cards."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import case, select

from drillapp.core.cards.model import Card
from drillapp.core.database.base import AnySelect
from drillapp.core.listing import Column, Listing
from drillapp.core.plans.model import Plan
from drillapp.core.units.model import Post, Unit


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
        .join(Unit, Unit.id == Card.unit_id)
        .join(Post, Post.id == Card.post_id)
        .outerjoin(Plan, Plan.id == Card.plan_id)
    )  # fmt: skip


CARDS = Listing(
    "cards",
    CardRow,
    (
        Column("number", "Card number", width=150),
        Column("title", "Card title", width=220),
        Column("unit_name", "Unit", width=180),
        Column("post", "Post", width=130),
        Column("person", "Person", width=90),
        Column("state", "State", "choice", 90, "card_state"),
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
