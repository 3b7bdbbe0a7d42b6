"""Which posts have a card that is in somebody's hand, and how far each unit is."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, case, exists, func, select

from drillapp.core.cards.holding import has_copy_in_hand
from drillapp.core.cards.model import Card
from drillapp.core.database.base import AnySelect, still
from drillapp.core.listing import Column, Listing
from drillapp.core.units.model import Post, Unit
from drillapp.core.units.references import in_effect


class UnitCoverage(msgspec.Struct, frozen=True):
    """A unit with how many of its key posts have an issued card."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    kind: str
    key_posts: int
    covered: int
    missing: int
    share: int
    """Whole percent, rounded down."""
    state: str
    """met or short."""


class PostCoverage(msgspec.Struct, frozen=True):
    """A post with its card: state is a code of the enumeration post_card."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    name: str
    sector: str | None
    key_post: bool
    cards: int
    state: str


def _posts(as_of: date) -> AnySelect:
    cards = _counted(_in_use(as_of))
    issued = _counted(_issued(as_of))
    state = case(
        (issued > 0, "issued"), (cards > 0, "draft"), (Post.key_post.is_(True), "none"), else_="not_asked"
    )
    return (
        select(
            Post.id, Post.unit_id, Unit.code.label("unit_code"), Unit.name.label("unit_name"), Post.name, Post.sector,
            Post.key_post, cards.label("cards"), state.label("state"),
        )
        .join(Unit, Unit.id == Post.unit_id)
        .where(still(Post.retired_on, as_of), in_effect(as_of))
    )  # fmt: skip


def _units(as_of: date) -> AnySelect:
    has_card = exists().where(Card.post_id == Post.id, _issued(as_of))
    covered = case((has_card, 1), else_=0)
    posts = (
        select(Post.unit_id, func.count().label("key_posts"), func.sum(covered).label("covered"))
        .where(Post.key_post.is_(True), still(Post.retired_on, as_of))
        .group_by(Post.unit_id)
        .subquery()
    )
    missing = posts.c.key_posts - posts.c.covered
    return (
        select(
            Unit.id, Unit.id.label("unit_id"), Unit.code.label("unit_code"), Unit.name.label("unit_name"), Unit.kind,
            posts.c.key_posts, posts.c.covered, missing.label("missing"),
            (100 * posts.c.covered // posts.c.key_posts).label("share"),
            case((missing == 0, "met"), else_="short").label("state"),
        )
        .join(posts, posts.c.unit_id == Unit.id)
        .where(in_effect(as_of))
    )  # fmt: skip


def _counted(condition: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(Card).where(Card.post_id == Post.id, condition).scalar_subquery()


def _in_use(as_of: date) -> ColumnElement[bool]:
    return still(Card.retired_on, as_of)


def _issued(as_of: date) -> ColumnElement[bool]:
    return and_(_in_use(as_of), has_copy_in_hand(as_of))


UNIT_COVERAGE = Listing(
    "card_coverage",
    UnitCoverage,
    (
        Column("unit_name", "Unit", width=240),
        Column("kind", "Kind", "choice", 90, "unit_kind"),
        Column("state", "State", "choice", 100, "fulfilment_state"),
        Column("key_posts", "Key posts", "number", 100),
        Column("covered", "With a card", "number", 100),
        Column("missing", "Without a card", "number", 110),
        Column("share", "Coverage (%)", "number", 100),
        Column("unit_code", "Unit code", width=140),
    ),
    _units,
    searched=("unit_name", "unit_code"),
    sort=(("missing", True), ("unit_code", False)),
)
POST_COVERAGE = Listing(
    "post_coverage",
    PostCoverage,
    (
        Column("name", "Post", width=180),
        Column("unit_name", "Unit", width=240),
        Column("state", "Card", "choice", 110, "post_card"),
        Column("key_post", "Key post", "flag", 90),
        Column("sector", "Sector", "choice", 120, "sector"),
        Column("cards", "Number of cards", "number", 100),
    ),
    _posts,
    searched=("name", "unit_name"),
    sort=(("unit_code", False), ("name", False)),
)
