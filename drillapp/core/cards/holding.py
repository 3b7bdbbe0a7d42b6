"""Copies of cards as SQL: which is the newest, which are in somebody's hand on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, func, select

from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.database.base import AnySelect, still, table_of

_COPIES = table_of(CardCopy)


def newest_issue(cards: Table, as_of: date = date.max) -> ColumnElement[Any]:
    """The day on which a card was last issued by a date."""
    return _copies_of(cards, as_of).with_only_columns(func.max(_COPIES.c.issued_on)).scalar_subquery()


def newest_acknowledgement(cards: Table, as_of: date = date.max) -> ColumnElement[Any]:
    """The day on which the newest copy of a card was acknowledged, by a date."""
    by_then = case((_COPIES.c.acknowledged_on <= as_of, _COPIES.c.acknowledged_on))
    newest = _copies_of(cards, as_of).with_only_columns(by_then)
    return newest.order_by(_COPIES.c.issued_on.desc(), _COPIES.c.id.desc()).limit(1).scalar_subquery()


def is_in_hand(as_of: date) -> ColumnElement[bool]:
    """Whether a copy is in somebody's hand on a day."""
    return and_(CardCopy.issued_on <= as_of, still(CardCopy.ended_on, as_of))


def copies_in_hand(as_of: date) -> ColumnElement[Any]:
    """How many copies of a card are in somebody's hand on a day."""
    counted = select(func.count()).select_from(CardCopy)
    return counted.where(CardCopy.card_id == Card.id, is_in_hand(as_of)).scalar_subquery()


def has_copy_in_hand(as_of: date) -> ColumnElement[bool]:
    """Whether any copy of a card is in somebody's hand on a day."""
    return select(CardCopy.id).where(CardCopy.card_id == Card.id, is_in_hand(as_of)).exists()


def card_state(as_of: date) -> ColumnElement[Any]:
    """A code of the enumeration card_state: acknowledged when that holds of every copy in hand."""
    signed = case((CardCopy.acknowledged_on <= as_of, 1), else_=0)
    in_hand = case((still(CardCopy.ended_on, as_of), signed))
    # One look at the copies tells all: no copy yet, none any more, one unsigned among them, all signed.
    code = case(
        (func.count() == 0, "draft"),
        (func.min(in_hand).is_(None), "taken_back"),
        (func.min(in_hand) == 0, "issued"),
        else_="acknowledged",
    )
    of_copies = select(code).where(CardCopy.card_id == Card.id, CardCopy.issued_on <= as_of)
    return case((Card.retired_on <= as_of, "retired"), else_=of_copies.scalar_subquery())


def _copies_of(cards: Table, as_of: date) -> AnySelect:
    return select(_COPIES).where(_COPIES.c.card_id == cards.c.id, _COPIES.c.issued_on <= as_of)
