"""The copies of cards as lists: all of them, and those of one card."""

from __future__ import annotations

from datetime import date

from sqlalchemy import case, select

from drillapp.core.cards.listed import SEARCHED, OfCopy, copy_columns, whose
from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.database.base import AnySelect
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.units.model import Post, Unit


class CopyRow(OfCopy, frozen=True):
    """A copy that was handed out; what came after the date is not told."""

    version: int
    newest: int
    """Version of the card."""
    state: str
    """A code of the enumeration copy_state."""
    issued_on: date
    acknowledged_on: date | None
    ended_on: date | None


def _copies(as_of: date) -> AnySelect:
    ended, signed = CardCopy.ended_on <= as_of, CardCopy.acknowledged_on <= as_of
    state = case((ended, CardCopy.ended_how), (signed, "acknowledged"), else_="issued")
    return (
        select(
            *copy_columns(), CardCopy.version, Card.version.label("newest"), state.label("state"), CardCopy.issued_on,
            case((signed, CardCopy.acknowledged_on)).label("acknowledged_on"),
            case((ended, CardCopy.ended_on)).label("ended_on"),
        )
        .join(Card, Card.id == CardCopy.card_id)
        .join(Unit, Unit.id == Card.unit_id)
        .join(Post, Post.id == Card.post_id)
        .where(CardCopy.issued_on <= as_of)
    )  # fmt: skip


COPIES = Listing(
    "card_copies",
    CopyRow,
    (
        *whose(Column("state", "State", "choice", 100, "copy_state")),
        Column("issued_on", "Issued on", "date", 100),
        Column("acknowledged_on", "Acknowledged on", "date", 110),
        Column("ended_on", "Taken back on", "date", 100),
        Column("version", "Version of the copy", "number", 90),
        Column("newest", "Newest version", "number", 90),
    ),
    _copies,
    searched=SEARCHED,
    sort=(("issued_on", True), ("number", False)),
)


def copies_of(office: Office, card_id: int) -> list[CopyRow]:
    """The copies of a card, the newest first."""
    statement = _copies(office.as_of).where(CardCopy.card_id == card_id)
    with office.read() as connection:
        rows = connection.execute(statement.order_by(CardCopy.issued_on.desc(), CardCopy.id.desc()))
        return [CopyRow(*row) for row in rows]
