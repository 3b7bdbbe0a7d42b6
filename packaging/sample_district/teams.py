"""Rescue teams of the district, the sub-districts, communities and larger units."""

from __future__ import annotations

import random
from collections.abc import Iterator

from sample_district.district import TODAY, District, Unit, quality
from sample_district.ledger import Row
from sample_district.people import phone
from sample_district.words import words


def team_rows(district: District) -> list[Row]:
    """The teams' ledger."""
    dice = district.dice("teams")
    return [_team(district, *entry, dice) for entry in _teams(district, dice)]


def _teams(district: District, dice: random.Random) -> Iterator[tuple[Unit, str, str]]:
    table = words("teams")
    fire_post = words("trades")["posts"]["community_fire"][0]
    for unit in district.units:
        if unit.kind == "district":
            yield from ((unit, "professional", name) for name in table["professional"])
        elif unit.kind == "street":
            yield unit, "comprehensive", table["comprehensive"].format(area=unit.area)
            if dice.random() < quality(unit, TODAY):
                yield unit, "volunteer", table["volunteer"].format(area=unit.area)
            if dice.random() < 0.3:
                yield unit, "social", table["social"].format(area=unit.area)
        elif any(post.name == fire_post for post in district.posts[unit.code]):
            yield unit, "micro_fire_station", table["micro_fire_station"].format(area=unit.area)
        elif (
            unit.trade
            and (unit.high_risk or (unit.headcount or 0) > 100)
            and dice.random() < quality(unit, TODAY)
        ):
            yield unit, "part_time", table["part_time"].format(unit=unit.name)


def _team(district: District, unit: Unit, kind: str, name: str, dice: random.Random) -> Row:
    return {
        "unit_code": unit.code, "name": name, "kind": kind, "leader": dice.choice(district.people[unit.code]).name,
        "phone": phone(dice), "members": dice.randint(*words("teams")["members"][kind]),
    }  # fmt: skip
