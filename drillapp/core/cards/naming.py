"""Which cards and copies are meant by somebody who names cards by their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from drillapp.core.cards.copy_lists import COPIES, CopyRow
from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.database.base import in_blocks
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import rows
from drillapp.core.office import Office


def cards_named(office: Office, numbers: Sequence[str]) -> list[int]:
    """The office's cards with these numbers, in their order; raises NotFound naming those that there are not."""
    statement = select(Card.number, Card.id).where(Card.owner_id == office.id)
    with office.read() as connection:
        found = {row.number: row.id for row in in_blocks(connection, statement, Card.number, numbers)}
    if missing := [number for number in numbers if number not in found]:
        raise NotFound(
            _("There are no cards with these numbers: {numbers}").format(numbers=", ".join(missing))
        )
    return [found[number] for number in numbers]


def copies_in_hand(office: Office, numbers: Sequence[str], person: str | None = None) -> list[CopyRow]:
    """The copies of these cards that somebody, or this person, has in hand; raises NotFound when there is none."""
    statement = select(CardCopy.id).where(CardCopy.ended_on.is_(None), CardCopy.issued_on <= office.as_of)
    if person is not None:
        statement = statement.where(CardCopy.person == person)
    with office.read() as connection:
        ids = [
            row.id for row in in_blocks(connection, statement, CardCopy.card_id, cards_named(office, numbers))
        ]
    if not ids:
        raise NotFound(
            _("Nobody has a copy of these cards in hand: {numbers}").format(numbers=", ".join(numbers))
        )
    return rows(office, COPIES, ids)
