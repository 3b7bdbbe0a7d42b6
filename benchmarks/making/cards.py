"""Disposal cards of the posts, and rescue teams."""

from __future__ import annotations

from datetime import timedelta

from benchmarks.making.filling import Filling
from benchmarks.making.units import MadePost, MadeUnit
from benchmarks.making.words import TODAY, dice, words
from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.enumerations import codes
from drillapp.core.teams.model import Team


def make_cards(filling: Filling, posts: list[MadePost], count: int) -> dict[str, list[str]]:
    """Write a card for each of `count` posts, which leaves some without; returns titles and numbers."""
    chance = dice("cards")
    holders = sorted(chance.sample(posts, count))
    steps = words()["card"]["steps"]
    issued = [
        TODAY - timedelta(days=chance.randint(1, 1400)) if chance.random() < 0.9 else None for _ in holders
    ]
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
            "plan_id": [None] * count,
            "hazards": [chance.choice(words()["hazards"]) for _ in holders],
            "steps": ["\n".join(steps[: chance.randint(4, 6)]) for _ in holders],
            "contacts": [words()["contacts"].format(number=f"{post.id % 10_000:04}") for post in holders],
        },
    )
    out = [place for place, day in enumerate(issued) if day is not None]
    days = [issued[place] for place in out]
    filling.add(
        CardCopy,
        {
            "card_id": [place + 1 for place in out],
            "version": [1] * len(out),
            "person": [people[place] for place in out],
            "issued_on": days,
            "acknowledged_on": [day if chance.random() < 0.8 else None for day in days],
        },
    )
    return named


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
