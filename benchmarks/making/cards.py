"""Disposal cards of the posts, and rescue teams."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks.making.filling import Filling
from benchmarks.making.plans import MadePlan
from benchmarks.making.units import MadePost, MadeUnit
from benchmarks.making.words import TODAY, dice, words
from drillapp.core.cards.model import Card, CardCopy, CardPerson
from drillapp.core.enumerations import codes
from drillapp.core.teams.model import Team


def make_cards(
    filling: Filling, posts: list[MadePost], plans: list[MadePlan], count: int
) -> dict[str, list[str]]:
    """Write a card for each of `count` posts, which leaves some without; returns titles and numbers."""
    chance = dice("cards")
    holders = sorted(chance.sample(posts, count))
    of_unit: dict[int, list[MadePlan]] = {}
    for plan in plans:
        of_unit.setdefault(plan.unit.id, []).append(plan)
    sources = [chance.choice(of_unit[post.unit.id]).id if chance.random() < 0.7 else None for post in holders]
    named = {
        "title": [words()["card_title"].format(unit=post.unit.name, post=post.name) for post in holders],
        "number": [f"CZK-{post.unit.code}-{post.id:06}" for post in holders],
    }
    people = [chance.choice(words()["surnames"]) + chance.choice(words()["given"]) for _ in holders]
    filling.add(
        Card,
        named
        | {
            "version": [1] * count,
            "unit_id": [post.unit.id for post in holders],
            "post_id": [post.id for post in holders],
            "person": people,
            "plan_id": sources,
            "plan_version_id": sources,  # the first version of a plan has its key
            "valid_until": [_end(chance) for _ in holders],
            **_texts(chance, holders),
        },
    )
    _make_copies(filling, chance, people)
    _make_people(filling, chance, holders, posts[0].unit.id)
    return named


def _end(chance: Random) -> date | None:
    """Most cards have an end that is to come."""
    return TODAY + timedelta(days=chance.randint(-60, 1000)) if chance.random() < 0.8 else None


def _texts(chance: Random, holders: list[MadePost]) -> dict[str, list[str]]:
    steps = words()["card"]["steps"]
    return {
        "hazards": [chance.choice(words()["hazards"]) for _ in holders],
        "first_action": [chance.choice(steps) for _ in holders],
        "steps": ["\n".join(steps[: chance.randint(4, 6)]) for _ in holders],
        "contacts": [words()["contacts"].format(number=f"{post.id % 10_000:04}") for post in holders],
    }


def _make_copies(filling: Filling, chance: Random, people: list[str]) -> None:
    """Write a copy of nine cards in ten, and an older one that it replaced for some."""
    rows: list[dict[str, Any]] = []
    for card, person in enumerate(people, 1):
        if chance.random() < 0.1:
            continue
        day = TODAY - timedelta(days=chance.randint(1, 1400))
        copy = {"card_id": card, "version": 1, "person": person, "ended_on": None, "ended_how": None}
        if chance.random() < 0.2:
            before = day - timedelta(days=300)
            old = {"issued_on": before, "acknowledged_on": before, "ended_on": day, "ended_how": "replaced"}
            rows.append(copy | old)
        rows.append(copy | {"issued_on": day, "acknowledged_on": day if chance.random() < 0.8 else None})
    filling.add(CardCopy, {name: [row[name] for row in rows] for name in rows[0]})


def _make_people(filling: Filling, chance: Random, holders: list[MadePost], first_unit: int) -> None:
    """Let one of the two people of its unit stand on each card with a phone, which is no longer theirs on some."""
    people = [2 * (post.unit.id - first_unit) + chance.choice((1, 2)) for post in holders]
    phones = [f"0106600{(person - 1) % 10_000:04}" for person in people]
    filling.add(
        CardPerson,
        {
            "card_id": range(1, len(holders) + 1),
            "person_id": people,
            "phone": [phone if chance.random() < 0.95 else phone[::-1] for phone in phones],
        },
    )


def make_teams(filling: Filling, units: list[MadeUnit]) -> list[str]:
    """Write a team for each tenth unit; returns their names."""
    chance = dice("teams")
    homes = units[::10]
    names = [unit.name + words()["team"] for unit in homes]
    filling.add(
        Team,
        {
            "unit_id": [unit.id for unit in homes],
            "name": names,
            "kind": [chance.choice(codes("team_kind")) for _ in homes],
            "leader": [chance.choice(words()["surnames"]) + chance.choice(words()["given"]) for _ in homes],
            "members": [chance.randint(4, 60) for _ in homes],
        },
    )
    return names
