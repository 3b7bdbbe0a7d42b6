"""What is asked of disposal cards, swept over many days: told by the days of their copies, plans, people and posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from drillapp.core.cards.model import Card, CardCopy, CardPerson
from drillapp.core.cards.stale import phone_differs
from drillapp.core.plans.model import Plan, PlanSection, PlanVersion
from drillapp.core.readiness.packed import MET, MISSED, UNKNOWN
from drillapp.core.readiness.sweeping import Places, Span, Sweep, covered
from drillapp.core.readiness.sweeping_plans import standing
from drillapp.core.units.model import Person, Post

_Stretches = dict[int, list[Places]]


def issued(sweep: Sweep) -> Iterator[Span]:
    """Each key post has a card in somebody's hand; a unit with a plan in force but no key post is without data."""
    held: _Stretches = {}
    for post, _card, places in _in_hand(sweep):
        held.setdefault(post, []).append(places)
    planned = _planned(sweep)
    key_posts = select(Post.id, Post.unit_id, Post.retired_on).where(Post.key_post)
    posts = [
        (post, unit_id, sweep.from_day(retired_on or date.max))
        for post, unit_id, retired_on in sweep.rows(key_posts, Post.unit_id)
    ]
    with_key_post: _Stretches = {}
    for _post, unit_id, end in posts:
        with_key_post.setdefault(unit_id, []).append((0, end))
    for rule in sweep.rules("card_issued"):
        units = sweep.concerned(rule)
        for post, unit_id, end in posts:
            if units is None or unit_id in units:
                for begin, until, is_met in covered(0, end, held.get(post, ())):
                    yield Span(unit_id, begin, until, MET if is_met else MISSED)
        for unit_id in planned if units is None else units & planned.keys():
            yield from _without_key_post(sweep, unit_id, planned[unit_id], with_key_post.get(unit_id, ()))


def _without_key_post(
    sweep: Sweep, unit_id: int, planned: Iterable[Places], with_key_post: Iterable[Places]
) -> Iterator[Span]:
    for first, until, has_one in covered(0, len(sweep.days), with_key_post):
        if not has_one:
            for begin, end, is_planned in covered(first, until, planned):
                if is_planned:
                    yield Span(unit_id, begin, end, UNKNOWN)


def current(sweep: Sweep) -> Iterator[Span]:
    """Each card in somebody's hand is still right."""
    in_hand: _Stretches = {}
    for _post, card, places in _in_hand(sweep):
        in_hand.setdefault(card, []).append(places)
    stale = _stale(sweep)
    cards = list(sweep.rows(select(Card.id, Card.unit_id), Card.unit_id))
    last = len(sweep.days)
    for rule in sweep.rules("card_current"):
        units = sweep.concerned(rule)
        for card, unit_id in cards:
            if units is not None and unit_id not in units:
                continue
            for first, until, is_asked in covered(0, last, in_hand.get(card, ())):
                if is_asked:
                    for begin, end, is_stale in covered(first, until, stale.get(card, ())):
                        yield Span(unit_id, begin, end, MISSED if is_stale else MET)


def _in_hand(sweep: Sweep) -> Iterator[tuple[int, int, Places]]:
    """The copies of cards in use, by post and card, while they are in somebody's hand."""
    statement = select(
        Card.post_id, Card.id, Card.retired_on, CardCopy.issued_on, CardCopy.ended_on
    ).join(Card, Card.id == CardCopy.card_id)  # fmt: skip
    for post, card, retired_on, issued_on, ended_on in sweep.rows(statement, Card.unit_id):
        end = sweep.from_day(min(retired_on or date.max, ended_on or date.max))
        begin = sweep.from_day(issued_on)
        if begin < end:
            yield post, card, (begin, end)


def _planned(sweep: Sweep) -> _Stretches:
    """The units that must have a plan, while they have one in force."""
    rules = sweep.rules("plan_in_force")
    concerned = [sweep.concerned(rule) for rule in rules]
    found: _Stretches = {}
    for one in standing(sweep):
        if any(units is None or one.unit_id in units for units in concerned):
            found.setdefault(one.unit_id, []).append((one.begin, one.end))
    return found


def _stale(sweep: Sweep) -> _Stretches:
    """When cards are no longer right."""
    found: _Stretches = {}
    last = len(sweep.days)
    for card, begin in (*_ended(sweep), *_without_their_people(sweep)):
        found.setdefault(card, []).append((begin, last))
    for card, places in _superseded(sweep):
        found.setdefault(card, []).append(places)
    return found


def _ended(sweep: Sweep) -> Iterator[tuple[int, int]]:
    """From when cards are expired, or their plan or post is retired."""
    statement = (
        select(Card.id, Card.valid_until, Plan.retired_on, Post.retired_on)
        .join(Post, Post.id == Card.post_id)
        .outerjoin(Plan, Plan.id == Card.plan_id)
        .where(or_(Card.valid_until.is_not(None), Plan.retired_on.is_not(None), Post.retired_on.is_not(None)))
    )
    for card, valid_until, plan_retired, post_retired in sweep.rows(statement, Card.unit_id):
        if valid_until is not None:
            yield card, sweep.after(valid_until)
        yield card, sweep.from_day(min(plan_retired or date.max, post_retired or date.max))


def _without_their_people(sweep: Sweep) -> Iterator[tuple[int, int]]:
    """From when somebody on a card is gone; a phone that is not theirs any more was never dated."""
    people = select(CardPerson.card_id, Person.retired_on).join(Person, Person.id == CardPerson.person_id)
    of_cards = people.join(Card, Card.id == CardPerson.card_id)
    for card, gone_on in sweep.rows(of_cards.where(Person.retired_on.is_not(None)), Card.unit_id):
        yield card, sweep.from_day(gone_on)
    for card, _gone_on in sweep.rows(of_cards.where(phone_differs()), Card.unit_id):
        yield card, 0


def _superseded(sweep: Sweep) -> Iterator[tuple[int, Places]]:
    """While a later version of its plan is in force that does not carry on a card's section word for word."""
    source, later = aliased(PlanVersion), aliased(PlanVersion)
    old, new = aliased(PlanSection), aliased(PlanSection)
    carried_on = (
        select(func.count())
        .select_from(old)
        .join(new, and_(new.lineage == old.lineage, new.title == old.title, new.blocks == old.blocks))
        .where(old.id == Card.section_id, new.version_id == later.id)
        .scalar_subquery()
    )
    statement = (
        select(Card.id, later.id)
        .join(source, source.id == Card.plan_version_id)
        .join(later, and_(later.plan_id == Card.plan_id, later.ordinal > source.ordinal))
        .where(carried_on == 0)
    )
    in_force = {one.id: (one.begin, one.end) for one in standing(sweep)}
    for card, version in sweep.rows(statement, Card.unit_id):
        if version in in_force:
            yield card, in_force[version]
