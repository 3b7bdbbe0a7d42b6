"""What can be asked about units, people and posts."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect, still
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.units.model import Person, Post, Unit, UnitAncestor


class UnitRow(msgspec.Struct, frozen=True):
    """A unit in a list."""

    id: int
    unit_id: int
    revision: int
    code: str
    name: str
    parent_code: str | None
    parent_name: str | None
    kind: str
    sectors: str | None
    address: str | None
    headcount: int | None
    high_risk: bool
    crowded: bool
    valid_from: date | None
    valid_to: date | None
    retired_on: date | None


class PersonRow(msgspec.Struct, frozen=True):
    """A person in a list."""

    id: int
    unit_id: int
    revision: int
    unit_code: str
    unit_name: str
    name: str
    post: str | None
    phone: str | None
    key_person: bool
    retired_on: date | None


class PostRow(msgspec.Struct, frozen=True):
    """A post in a list."""

    id: int
    unit_id: int
    revision: int
    unit_code: str
    unit_name: str
    name: str
    sector: str | None
    key_post: bool
    retired_on: date | None


class UnitNode(msgspec.Struct, frozen=True):
    """A unit in the tree."""

    id: int
    parent_id: int | None
    code: str
    name: str
    kind: str


def _units(as_of: date) -> AnySelect:
    parent = aliased(Unit)
    return select(
        Unit.id, Unit.id.label("unit_id"), Unit.revision, Unit.code, Unit.name, parent.code.label("parent_code"),
        parent.name.label("parent_name"), Unit.kind, Unit.sectors, Unit.address, Unit.headcount, Unit.high_risk,
        Unit.crowded, Unit.valid_from, Unit.valid_to, Unit.retired_on,
    ).outerjoin(parent, Unit.parent_id == parent.id)  # fmt: skip


def _people(as_of: date) -> AnySelect:
    return select(
        Person.id, Person.unit_id, Person.revision, Unit.code.label("unit_code"), Unit.name.label("unit_name"),
        Person.name, Person.post, Person.phone, Person.key_person, Person.retired_on,
    ).join(Unit, Unit.id == Person.unit_id)  # fmt: skip


def _posts(as_of: date) -> AnySelect:
    return select(
        Post.id, Post.unit_id, Post.revision, Unit.code.label("unit_code"), Unit.name.label("unit_name"),
        Post.name, Post.sector, Post.key_post, Post.retired_on,
    ).join(Unit, Unit.id == Post.unit_id)  # fmt: skip


UNITS = Listing(
    "units",
    UnitRow,
    (
        Column("code", "Unit code", width=130),
        Column("name", "Unit name", width=240),
        Column("kind", "Kind", "choice", 90, "unit_kind"),
        Column("parent_name", "Superior unit", width=160),
        Column("sectors", "Sectors", "choice", 150, "sector"),
        Column("address", "Address", width=200),
        Column("headcount", "Headcount", "number", 80),
        Column("high_risk", "High risk", "flag", 80),
        Column("crowded", "Crowded place", "flag", 90),
        Column("valid_from", "Valid from", "date", 100),
        Column("valid_to", "Valid to", "date", 100),
    ),
    _units,
    searched=("name", "code"),
    joined=("sectors",),
    sort=(("code", False),),
)
PEOPLE = Listing(
    "people",
    PersonRow,
    (
        Column("name", "Name", width=120),
        Column("unit_name", "Unit", width=220),
        Column("post", "Post", width=140),
        Column("phone", "Phone", width=140),
        Column("key_person", "Key person", "flag", 90),
    ),
    _people,
    searched=("name", "post", "phone", "unit_name"),
    sort=(("unit_code", False), ("name", False)),
)
POSTS = Listing(
    "posts",
    PostRow,
    (
        Column("name", "Post", width=160),
        Column("unit_name", "Unit", width=220),
        Column("sector", "Sector", "choice", 120, "sector"),
        Column("key_post", "Key post", "flag", 90),
    ),
    _posts,
    searched=("name", "unit_name"),
    sort=(("unit_code", False), ("name", False)),
)


def unit_tree(office: Office) -> list[UnitNode]:
    """All units that are not retired, superior units before those below them, each level by code."""
    statement = (
        select(Unit.id, Unit.parent_id, Unit.code, Unit.name, Unit.kind)
        .join(UnitAncestor, UnitAncestor.unit_id == Unit.id)
        .where(still(Unit.retired_on, office.as_of))
        .group_by(Unit.id, Unit.parent_id, Unit.code, Unit.name, Unit.kind)
        .order_by(func.max(UnitAncestor.distance), Unit.code)
    )
    with office.read() as connection:
        return [UnitNode(*row) for row in connection.execute(statement)]
