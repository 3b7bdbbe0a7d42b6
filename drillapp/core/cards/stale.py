"""Cards that have become wrong by themselves, with the reasons, and the copies that are to be taken back for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased
from sqlalchemy.orm.util import AliasedClass

from drillapp.core.cards.holding import copies_in_hand, is_in_hand
from drillapp.core.cards.listed import SEARCHED, OfCopy, copy_columns, whose
from drillapp.core.cards.model import Card, CardCopy, CardPerson
from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan, PlanSection, PlanVersion
from drillapp.core.plans.standing import begin_of
from drillapp.core.units.model import Person, Post, Unit
from drillapp.core.units.references import in_effect

_Cards: TypeAlias = type[Card] | AliasedClass[Card]
_BETWEEN_DIGITS = "- ()\uff08\uff09\uff0d\u2014"


class StaleCard(msgspec.Struct, frozen=True):
    """A card in use whose words or addresses are no longer right."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    number: str
    title: str | None
    post: str
    person: str | None
    reasons: str
    """Codes of the enumeration stale_reason, joined with commas."""
    copies: int
    """In somebody's hand."""
    version: int
    valid_until: date | None
    plan_number: str | None


class CopyToRecall(OfCopy, frozen=True):
    """A copy in somebody's hand that is no longer right."""

    reasons: str
    issued_on: date
    acknowledged_on: date | None
    version: int
    """Of the copy."""
    newest: int
    """Of the card."""


class _Looked(NamedTuple):
    """What is looked up beside the cards, each worked out once for all of them."""

    people: Subquery
    versions: Subquery


def reasons_of(office: Office, card_id: int) -> tuple[str, ...]:
    """The reasons for which one card is stale now; none for one that is right."""
    statement = _stale_cards(office.as_of, select(literal(card_id))).where(Card.id == card_id)
    with office.read() as connection:
        row = connection.execute(statement).first()
    return tuple(row.reasons.split(",")) if row is not None else ()


def looked_over(
    statement: AnySelect, as_of: date, chosen: AnySelect | None = None
) -> tuple[AnySelect, ColumnElement[bool]]:
    """A statement over cards joined to their units and to what makes cards stale, and whether a card is stale.

    `chosen` gives the keys of the cards that are asked about, where they are few.
    """
    looked = _Looked(_wrong_people(as_of, chosen), _later_versions(as_of, chosen))
    return _joined(statement, Card, looked), or_(*_card_reasons(Card, looked, as_of).values())


def _stale_cards(as_of: date, chosen: AnySelect | None = None) -> AnySelect:
    # Whether a card is stale stands in an index; joined last, only those that are get looked up for what they say.
    standing = aliased(Card)
    looked = _Looked(_wrong_people(as_of, chosen), _later_versions(as_of, chosen))
    reasons = _card_reasons(standing, looked, as_of)
    return _joined(
        select(
            Card.id, Card.unit_id, Unit.code.label("unit_code"), Unit.name.label("unit_name"), Card.number, Card.title,
            Post.name.label("post"), Card.person, _codes(reasons).label("reasons"),
            copies_in_hand(as_of).label("copies"), Card.version, Card.valid_until, Plan.number.label("plan_number"),
        ).select_from(standing),
        standing, looked,
    ).outerjoin(Card, Card.id == standing.id).where(still(standing.retired_on, as_of), or_(*reasons.values()))  # fmt: skip


def _copies_to_recall(as_of: date) -> AnySelect:
    looked = _Looked(_wrong_people(as_of), _later_versions(as_of))
    of_copy = {
        "card_retired": Card.retired_on <= as_of,
        "newer_version": CardCopy.version < Card.version,
    }
    reasons = of_copy | _card_reasons(Card, looked, as_of)
    return _joined(
        select(
            *copy_columns(), _codes(reasons).label("reasons"), CardCopy.issued_on, CardCopy.acknowledged_on,
            CardCopy.version, Card.version.label("newest"),
        ).select_from(CardCopy).join(Card, Card.id == CardCopy.card_id),
        Card, looked,
    ).where(is_in_hand(as_of), or_(*reasons.values()))  # fmt: skip


def _joined(statement: AnySelect, card: _Cards, looked: _Looked) -> AnySelect:
    return (
        statement.join(Unit, Unit.id == card.unit_id)
        .join(Post, Post.id == card.post_id)
        .outerjoin(Plan, Plan.id == card.plan_id)
        .outerjoin(looked.people, looked.people.c.card_id == card.id)
        .outerjoin(looked.versions, looked.versions.c.plan_id == card.plan_id)
    )


def _card_reasons(card: _Cards, looked: _Looked, as_of: date) -> dict[str, ColumnElement[bool]]:
    """For each reason for which a card can be stale, whether it holds of a card."""
    return {
        "section_superseded": _is_superseded(card, looked.versions),
        "plan_retired": Plan.retired_on <= as_of,
        "person_gone": looked.people.c.gone == 1,
        "phone_changed": looked.people.c.changed == 1,
        "post_retired": or_(Post.retired_on <= as_of, not_(in_effect(as_of))),
        "expired": card.valid_until < as_of,
    }


def _codes(reasons: Mapping[str, ColumnElement[bool]]) -> ColumnElement[Any]:
    texts = [case((holds, f"{code},"), else_="") for code, holds in reasons.items()]
    joined: ColumnElement[Any] = texts[0]
    for text in texts[1:]:
        joined = joined.concat(text)
    return func.rtrim(joined, ",")


def _wrong_people(as_of: date, chosen: AnySelect | None = None) -> Subquery:
    """The cards on which somebody stands who is gone, or a phone that is not theirs any more."""
    gone = Person.retired_on <= as_of
    differs = phone_differs()
    return (
        select(
            CardPerson.card_id,
            func.max(case((gone, 1), else_=0)).label("gone"),
            func.max(case((differs, 1), else_=0)).label("changed"),
        )
        .join(Person, Person.id == CardPerson.person_id)
        .where(or_(gone, differs), true() if chosen is None else CardPerson.card_id.in_(chosen))
        .group_by(CardPerson.card_id)
        .subquery()
    )


def phone_differs() -> ColumnElement[bool]:
    """Whether the phone that stands on a card is not the person's any more; persons are joined to those on cards."""
    # Most phones are written the same way; only the others are taken apart.
    phone = CardPerson.phone
    return and_(
        phone.is_not(None),
        or_(Person.phone.is_(None), and_(Person.phone != phone, not_(_digits(Person.phone).contains(phone)))),
    )


def _digits(column: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    digits: Any = column
    for mark in _BETWEEN_DIGITS:
        digits = func.replace(digits, mark, "")
    return digits  # type: ignore[no-any-return]


def _later_versions(as_of: date, chosen: AnySelect | None = None) -> Subquery:
    """For each plan that has been revised, its version in force: versions begin in their order."""
    version, other = table_of(PlanVersion).alias(), table_of(PlanVersion).alias()
    after_it = select(other.c.id).where(
        other.c.plan_id == version.c.plan_id, other.c.ordinal > version.c.ordinal, begin_of(other) <= as_of
    )
    return (
        select(version.c.plan_id, version.c.id.label("version_id"), version.c.ordinal)
        .where(version.c.ordinal > 1, begin_of(version) <= as_of, ~after_it.exists())
        .where(true() if chosen is None else version.c.plan_id.in_(_plans_of(chosen)))
        .subquery()
    )


def _plans_of(chosen: AnySelect) -> AnySelect:
    card = aliased(Card)
    return select(card.plan_id).where(card.id.in_(chosen))


def _is_superseded(card: _Cards, later: FromClause) -> ColumnElement[bool]:
    """Whether a later version is in force, unless it carries on the card's own section word for word."""
    source = aliased(PlanVersion)
    ordinal = select(source.ordinal).where(source.id == card.plan_version_id).scalar_subquery()
    old, new = aliased(PlanSection), aliased(PlanSection)
    carried_on = (
        select(literal(1))
        .select_from(old)
        .join(new, and_(new.lineage == old.lineage, new.title == old.title, new.blocks == old.blocks))
        .where(old.id == card.section_id, new.version_id == later.c.version_id)
        .exists()
    )
    return and_(later.c.ordinal > ordinal, not_(carried_on))


_WHOSE = whose(Column("reasons", "Why it is wrong", "choice", 220, "stale_reason"))
STALE_CARDS = Listing(
    "stale_cards",
    StaleCard,
    (
        *_WHOSE,
        Column("copies", "Copies in hand", "number", 90),
        Column("valid_until", "Valid until", "date", 100),
        Column("plan_number", "Plan number", width=150),
        Column("version", "Version", "number", 70),
    ),
    _stale_cards,
    searched=SEARCHED,
    joined=("reasons",),
    sort=(("unit_code", False), ("number", False)),
)
COPIES_TO_RECALL = Listing(
    "copies_to_recall",
    CopyToRecall,
    (
        *_WHOSE,
        Column("issued_on", "Issued on", "date", 100),
        Column("acknowledged_on", "Acknowledged on", "date", 110),
        Column("version", "Version of the copy", "number", 90),
        Column("newest", "Newest version", "number", 90),
    ),
    _copies_to_recall,
    searched=SEARCHED,
    joined=("reasons",),
    sort=(("unit_code", False), ("number", False), ("issued_on", False)),
)
