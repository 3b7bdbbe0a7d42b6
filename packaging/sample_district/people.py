"""Posts, and invented people in them."""

from __future__ import annotations

import random

from sample_district.district import District, Person, Post, Unit
from sample_district.ledger import Row
from sample_district.words import words

PHONE = "010-0066"
"""Beginning of every number here: no subscriber's number in Beijing begins with 0, so none of them is anyone's."""


def make_people(district: District) -> None:
    """Give every unit its posts and one or two people at each."""
    dice = district.dice("people")
    fire_stations = _communities_with_fire_station(district, dice)
    for unit in district.units:
        posts = _posts(unit, unit.code in fire_stations)
        district.posts[unit.code] = posts
        district.people[unit.code] = _people(posts, dice)


def post_rows(district: District) -> list[Row]:
    """The posts' ledger."""
    return [
        {"unit_code": post.unit.code, "name": post.name, "sector": post.sector, "key_post": post.key_post}
        for posts in district.posts.values()
        for post in posts
    ]


def people_rows(district: District) -> list[Row]:
    """The people's ledger."""
    return [
        {
            "unit_code": person.unit.code,
            "name": person.name,
            "post": person.post,
            "phone": person.phone,
            "key_person": person.key_person,
        }
        for people in district.people.values()
        for person in people
    ]


def phone(dice: random.Random) -> str:
    """A number that nobody can have."""
    return f"{PHONE}{dice.randint(0, 9999):04}"


def _communities_with_fire_station(district: District, dice: random.Random) -> set[str]:
    communities = district.of_kind("community")
    return {
        unit.code for street in district.of_kind("street") for unit in _some(communities, street.code, dice)
    }


def _some(communities: list[Unit], street: str, dice: random.Random) -> list[Unit]:
    here = [unit for unit in communities if unit.street == street]
    return dice.sample(here, max(3, len(here) // 4))


def _posts(unit: Unit, has_fire_station: bool) -> list[Post]:
    table = words("trades")["posts"]
    entries = list(unit.trade["posts"] if unit.trade else table[unit.kind])
    if has_fire_station:
        entries.append(table["community_fire"])
    group = "government" if unit.is_government else "community" if unit.kind == "community" else "unit"
    posts = [Post(unit, table["head"][group], "", False, [])]
    if unit.trade and (unit.headcount or 0) >= 30:
        posts.append(Post(unit, table["safety"], "", False, []))
    return posts + [
        Post(unit, name, sector, key, _one_of(unit, cards)) for name, sector, key, cards in entries
    ]


def _one_of(unit: Unit, cards: list[str]) -> list[str]:
    """The card of the post's greater danger; communities differ in theirs."""
    return cards[int(unit.code[-1], 36) % max(1, len(cards)) :][:1]


def _people(posts: list[Post], dice: random.Random) -> list[Person]:
    people: list[Person] = []
    taken: set[str] = set()
    for post in posts:
        large = (post.unit.headcount or 0) > 60
        for _ in range(2 if post.key_post and large and dice.random() < 0.12 else 1):
            name = _name(dice, taken)
            key = not people or (post.key_post and dice.random() < 0.6)
            people.append(Person(post.unit, name, post.name, phone(dice), key))
    return people


def _name(dice: random.Random, taken: set[str]) -> str:
    table = words("names")
    while True:
        first = dice.choice(table["given_first"]) if dice.random() < 0.75 else ""
        name: str = dice.choice(table["surnames"]) + first + dice.choice(table["given_second"])
        if name not in taken and not (first and first == name[-1]):
            taken.add(name)
            return name
