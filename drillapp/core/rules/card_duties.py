"""What is asked about disposal cards, as SQL."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import case, exists, literal, select

from drillapp.core.cards.holding import has_copy_in_hand
from drillapp.core.cards.model import Card
from drillapp.core.database.base import still
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.units.model import Post


def card_issued(scope: Scope) -> Iterator[Duty]:
    """Each key post has a card in somebody's hand."""
    issued = Card.post_id == Post.id, has_copy_in_hand(scope.as_of), still(Card.retired_on, scope.as_of)
    number = select(Card.number).where(*issued).order_by(Card.id.desc()).limit(1).scalar_subquery()
    for rule in scope.rules_settled_by("card_issued"):
        yield Duty(
            scope.as_of,
            select()
            .select_from(Post)
            .where(scope.has(Post.unit_id), Post.key_post, still(Post.retired_on, scope.as_of)),
            Post.unit_id, literal(rule.id), case((exists().where(*issued), "met"), else_="overdue"),
            literal("posts"), Post.id, Post.name, evidence=number,
        )  # fmt: skip
