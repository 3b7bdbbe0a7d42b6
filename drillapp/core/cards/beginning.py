"""What a new card can begin with: the templates for a post, the best first, and what is known of its unit to fill in."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from drillapp.core.cards.posts import PostGroup, post_groups
from drillapp.core.cards.templates import Template, fitting, templates
from drillapp.core.office import Office
from drillapp.core.units.model import Unit


class Beginning(msgspec.Struct, frozen=True):
    """Templates for the card of a post."""

    templates: tuple[Template, ...]
    """All of them, those that fit the post first."""
    fits: int
    """How many of them are meant for the post; the others are for other posts."""
    places: dict[str, str]
    """What is known of the unit, for `fill`."""


def beginning_of(office: Office, unit_code: str, post: str) -> Beginning:
    """What a card of this post of this unit can begin with; all templates for a unit that there is not."""
    with office.read() as connection:
        statement = select(Unit.name, Unit.kind, Unit.sectors, Unit.address)
        unit = connection.execute(statement.where(Unit.code == unit_code)).first()
    groups: list[PostGroup] = []
    places: dict[str, str] = {}
    if unit is not None:
        sectors = tuple((unit.sectors or "").split(","))
        groups = [group for group in post_groups(office) if group.concerns(unit.name, unit.kind, sectors)]
        places = {"unit": unit.name, "address": unit.address or ""}
    asked = _asked_for(groups, post)
    others = [one for one in fitting(post, groups[0].id if groups else "") if one.id not in asked]
    by_word = sum(any(word in post for word in one.posts) for one in others) if post else 0
    known = templates()
    return Beginning((*(known[name] for name in asked), *others), len(asked) + by_word, places)


def _asked_for(groups: list[PostGroup], post: str) -> tuple[str, ...]:
    """The cards that the dictionary names for a post, in the groups of its unit."""
    found = (one.cards for group in groups for one in group.posts if post in (one.name, *one.also))
    return tuple(dict.fromkeys(name for cards in found for name in cards))
