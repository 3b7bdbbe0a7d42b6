"""What lists of cards and of their copies have in common: whose card it is, and what is looked through."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement

from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.listing import Column
from drillapp.core.units.model import Post, Unit

SEARCHED = ("number", "title", "post", "person", "unit_name")


class OfCopy(msgspec.Struct, frozen=True):
    """A copy: of which card, in whose hand; `id` is the copy's key."""

    id: int
    card_id: int
    unit_id: int
    unit_code: str
    unit_name: str
    number: str
    title: str | None
    post: str
    person: str | None


def copy_columns() -> tuple[Any, ...]:
    """The columns of OfCopy, over copies joined with card, unit and post."""
    unit: tuple[ColumnElement[Any], ...] = (Unit.code.label("unit_code"), Unit.name.label("unit_name"))
    card = (Card.number, Card.title, Post.name.label("post"))
    return (CardCopy.id, CardCopy.card_id, Card.unit_id, *unit, *card, CardCopy.person)


def whose(standing: Column) -> tuple[Column, ...]:
    """The first columns of a list: the card, how it stands, and whose it is."""
    return (
        Column("number", "Card number", width=180),
        Column("title", "Card title", width=220),
        standing,
        Column("unit_name", "Unit", width=180),
        Column("post", "Post", width=130),
        Column("person", "Card holder", width=90),
    )
