"""By what, besides their codes, people know the records of each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import select

from drillapp.core.cards.model import Card
from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.drills.model import Drill
from drillapp.core.plans.model import Plan
from drillapp.core.supplies.levels.model import Scenario
from drillapp.core.supplies.model import Item, Storehouse
from drillapp.core.teams.model import Team
from drillapp.core.units.model import Person, Post, Unit


class Naming(NamedTuple):
    """How a record of a kind is known by name."""

    code: str
    """The field of its code or number; '' for kinds that are known by name anyway or find codes themselves."""
    unit: str
    """The field that says whose it is; '' for what belongs to no unit."""
    names: tuple[str, ...]
    """The fields that make up its name, the first of them required."""
    records: Callable[[int], AnySelect]
    """All of an office that are in use: code, code of the unit, then the names."""


def _units(owner_id: int) -> AnySelect:
    parent = table_of(Unit).alias("parent")
    rows = select(Unit.code, parent.c.code, Unit.name).outerjoin(parent, parent.c.id == Unit.parent_id)
    return rows.where(Unit.retired_on.is_(None), Unit.owner_id == owner_id)


def _owned(model: Any, code: Any, *names: Any) -> Callable[[int], AnySelect]:
    def records(owner_id: int) -> AnySelect:
        rows = select(code, Unit.code, *names).join(Unit, Unit.id == model.unit_id)
        return rows.where(model.retired_on.is_(None), model.owner_id == owner_id)

    return records


def _cards(owner_id: int) -> AnySelect:
    rows = select(Card.number, Unit.code, Post.name, Card.person).join(Unit, Unit.id == Card.unit_id)
    rows = rows.join(Post, Post.id == Card.post_id)
    return rows.where(Card.retired_on.is_(None), Card.owner_id == owner_id)


def _items(owner_id: int) -> AnySelect:
    rows = select(Item.code, Item.code, Item.name, Item.spec)
    return rows.where(Item.retired_on.is_(None), Item.owner_id == owner_id)


_BY_DAY = _owned(Drill, Drill.number, Drill.title, Drill.planned_on)
NAMINGS: dict[str, Naming] = {
    "units": Naming("code", "parent_code", ("name",), _units),
    "people": Naming("", "unit_code", ("name",), _owned(Person, Person.name, Person.name)),
    "posts": Naming("", "unit_code", ("name",), _owned(Post, Post.name, Post.name)),
    "plans": Naming("number", "unit_code", ("title",), _owned(Plan, Plan.number, Plan.title)),
    "drills": Naming("number", "unit_code", ("title", "planned_on"), _BY_DAY),
    "cards": Naming("number", "unit_code", ("post", "person"), _cards),
    "storehouses": Naming(
        "code", "unit_code", ("name",), _owned(Storehouse, Storehouse.code, Storehouse.name)
    ),
    "scenarios": Naming("code", "unit_code", ("name",), _owned(Scenario, Scenario.code, Scenario.name)),
    "teams": Naming("", "unit_code", ("name",), _owned(Team, Team.name, Team.name)),
    "items": Naming("", "", ("name", "spec"), _items),
}
"""Kinds that are not here are known by what they belong to and a date, an item or a number of their own."""
