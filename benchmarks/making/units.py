"""The tree: the district, its departments and streets, their communities, and everyone below those."""

from __future__ import annotations

from typing import Any, NamedTuple

from benchmarks.making.filling import Filling
from benchmarks.making.words import dice, words
from drillapp.core.enumerations import codes
from drillapp.core.units.model import Person, Post, Unit
from drillapp.core.units.tree import rebuild_ancestors

_SHARES = {"enterprise": 78, "school": 8, "hospital": 4, "care_home": 4, "site": 4, "station": 2}
"""In hundredths of the units below communities."""


class MadeUnit(NamedTuple):
    """A unit as the other records need it."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int
    street: str


def make_units(filling: Filling, own_id: int, size: float) -> list[MadeUnit]:
    """Write 20,000 units at size 1 below the office's own unit; returns them with it as the first."""
    count = round(20_000 * size)
    made = [MadeUnit(own_id, "110102", words()["district"], "district", 0, "")]
    _add_streets(made)
    _add_communities(made, max(30, round(260 * size)))
    _add_others(made, count)
    _write(filling, made[1:])
    rebuild_ancestors(filling.work.connection, range(1, count + 1))
    return made


def _add_streets(made: list[MadeUnit]) -> None:
    for kind, names, suffix in (
        ("department", words()["departments"], ""),
        ("street", words()["streets"], words()["street"]),
    ):
        for name in names:
            key = made[0].id + len(made)
            made.append(MadeUnit(key, f"11{key:07}", name + suffix, kind, made[0].id, name))


def _add_communities(made: list[MadeUnit], count: int) -> None:
    streets = [unit for unit in made if unit.kind == "street"]
    places = words()["places"]
    for number in range(count):
        street, key = streets[number % len(streets)], made[0].id + len(made)
        name = f"{street.street}{places[number % len(places)]}{words()['community']}"
        made.append(MadeUnit(key, f"11{key:07}", name, "community", street.id, street.name))


def _add_others(made: list[MadeUnit], count: int) -> None:
    chance = dice("units")
    communities = [unit for unit in made if unit.kind == "community"]
    kinds = chance.choices(list(_SHARES), list(_SHARES.values()), k=count)
    places, surnames = words()["places"], words()["surnames"]
    while len(made) < count:
        key = made[0].id + len(made)
        above, kind = chance.choice(communities), kinds[key % count]
        own = "".join(chance.choices(places, k=chance.choice((1, 1, 2))))
        name = f"{above.street[:3]}{own}{chance.choice(surnames)}{key}{chance.choice(words()['kinds'][kind])}"
        made.append(MadeUnit(key, f"11{key:07}", name, kind, above.id, above.street))


def _write(filling: Filling, made: list[MadeUnit]) -> None:
    chance = dice("units' marks")
    sectors = codes("sector")
    road = words()["road"]
    columns: dict[str, list[Any]] = {
        name: [] for name in ("sectors", "address", "headcount", "high_risk", "crowded")
    }
    for unit in made:
        columns["sectors"].append(chance.choice(sectors) if unit.kind in _SHARES else None)
        place = chance.choice(words()["places"])
        columns["address"].append(
            road.format(place=place, number=chance.randint(1, 99), house=chance.randint(1, 30))
        )
        columns["headcount"].append(chance.randint(5, 2000))
        columns["high_risk"].append(chance.random() < 0.05)
        columns["crowded"].append(chance.random() < 0.1)
    columns |= {
        "code": [unit.code for unit in made],
        "name": [unit.name for unit in made],
        "kind": [unit.kind for unit in made],
        "parent_id": [unit.parent_id for unit in made],
    }
    filling.add(Unit, columns, made[0].id)


class MadePost(NamedTuple):
    """A post as its card needs it."""

    id: int
    unit: MadeUnit
    name: str


def make_posts(filling: Filling, units: list[MadeUnit]) -> list[MadePost]:
    """Write five or six posts for each unit, two of them key posts."""
    chance = dice("posts")
    names, sectors = words()["posts"], codes("sector")
    made: list[MadePost] = []
    for unit in units:
        for name in chance.sample(names, chance.choice((5, 6))):
            made.append(MadePost(len(made) + 1, unit, name))
    filling.add(
        Post,
        {
            "unit_id": [post.unit.id for post in made],
            "name": [post.name for post in made],
            "sector": [chance.choice(sectors) for _ in made],
            "key_post": [chance.random() < 0.4 for _ in made],
        },
    )
    return made


def make_people(filling: Filling, units: list[MadeUnit]) -> list[str]:
    """Write two people for each unit; returns their names in the order of their keys."""
    chance = dice("people")
    names: list[str] = []
    for _ in units:
        first, second = chance.sample(words()["surnames"], 2)
        names += [first + chance.choice(words()["given"]), second + chance.choice(words()["given"])]
    filling.add(
        Person,
        {
            "unit_id": [unit.id for unit in units for _ in (0, 1)],
            "name": names,
            "post": [chance.choice(words()["posts"]) for _ in names],
            "phone": [f"010-6600{number % 10_000:04}" for number in range(len(names))],
            "key_person": [number % 2 == 0 for number in range(len(names))],
        },
    )
    return names
