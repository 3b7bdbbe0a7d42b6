"""What is asked about disposal cards, as SQL."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import case, exists, false, literal, or_, select
from sqlalchemy.orm import aliased

from drillapp.core.cards.holding import has_copy_in_hand
from drillapp.core.cards.model import Card
from drillapp.core.cards.stale import looked_over
from drillapp.core.database.base import still
from drillapp.core.law import Rule
from drillapp.core.rules.concerning import concerns
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.units.model import Post, Unit
from drillapp.core.units.references import in_effect


def card_issued(scope: Scope) -> Iterator[Duty]:
    """Each key post has a card in somebody's hand.

    Of a unit that must have a plan, and has one in force, but no key post, it is not known which cards it needs.
    """
    issued = Card.post_id == Post.id, has_copy_in_hand(scope.as_of), still(Card.retired_on, scope.as_of)
    number = select(Card.number).where(*issued).order_by(Card.id.desc()).limit(1).scalar_subquery()
    for rule in scope.rules_settled_by("card_issued"):
        yield Duty(
            scope.as_of,
            select()
            .select_from(Post)
            .join(Unit, Unit.id == Post.unit_id)
            .where(
                scope.has(Post.unit_id), Post.key_post, still(Post.retired_on, scope.as_of),
                in_effect(scope.as_of), concerns(rule),
            ),
            Post.unit_id, literal(rule.id), case((exists().where(*issued), "met"), else_="overdue"),
            literal("posts"), Post.id, Post.name, evidence=number, is_of_units=True,
        )  # fmt: skip
        yield _without_key_posts(rule, scope)


def _without_key_posts(rule: Rule, scope: Scope) -> Duty:
    must_plan = or_(false(), *map(concerns, scope.rules_settled_by("plan_in_force")))
    key_post = exists().where(Post.unit_id == Unit.id, Post.key_post, still(Post.retired_on, scope.as_of))
    return Duty(
        scope.as_of,
        select()
        .select_from(Unit)
        .where(
            scope.has(Unit.id), in_effect(scope.as_of), concerns(rule), must_plan, ~key_post,
            Unit.id.in_(select(scope.plans_in_force.c.unit_id)),
        ),
        Unit.id, literal(rule.id), literal("no_data"), literal("units"), Unit.id, Unit.name,
        is_of_units=True, may_lack_data=True,
    )  # fmt: skip


def card_current(scope: Scope) -> Iterator[Duty]:
    """Each card in somebody's hand is still right: nothing that it was written from has changed."""
    own = aliased(Card)
    chosen = None if scope.unit_id is None else select(own.id).where(scope.has(own.unit_id))
    cards, is_stale = looked_over(select().select_from(Card), scope.as_of, chosen)
    in_use = has_copy_in_hand(scope.as_of), still(Card.retired_on, scope.as_of)
    for rule in scope.rules_settled_by("card_current"):
        yield Duty(
            scope.as_of,
            cards.where(scope.has(Card.unit_id), *in_use, in_effect(scope.as_of), concerns(rule)),
            Card.unit_id, literal(rule.id), case((is_stale, "overdue"), else_="met"),
            literal("cards"), Card.id, Card.number, evidence=Card.number, is_of_units=True,
        )  # fmt: skip
