"""Disposal cards for the key posts: many where work is good, few where it is not."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sample_district.district import TODAY, District, Plan, Post, Unit, day_between, past, quality
from sample_district.drill_log import gathering_place
from sample_district.ledger import Row
from sample_district.people import phone
from sample_district.words import words

_TREND_STARTS = date(2024, 12, 1)


def card_rows(district: District) -> list[Row]:
    """The cards' ledger, numbered within each unit."""
    dice = district.dice("cards")
    desks = {unit.code: phone(dice) for unit in district.units}
    rows: list[Row] = []
    for unit in district.units:
        wanted = [(post, card) for post in district.posts[unit.code] if post.key_post for card in post.cards]
        made = [(post, card, _issued(unit, dice)) for post, card in wanted if _exists(unit, dice)]
        rows += [
            _card(district, desks, f"{unit.code}-CZK-{number:02}", post, card, issued_on, dice)
            for number, (post, card, issued_on) in enumerate(made, 1)
        ]
    return rows


def _exists(unit: Unit, dice: random.Random) -> bool:
    return dice.random() < quality(unit, TODAY) * 1.02


def _issued(unit: Unit, dice: random.Random) -> date | None:
    """As large a part of the cards before the trend's beginning as the unit was good then."""
    if dice.random() < 0.03:
        return None
    share = min(1.0, 0.9 * quality(unit, _TREND_STARTS) / quality(unit, TODAY))
    begins = unit.valid_from or date(2022, 6, 1)
    if dice.random() < share and begins < _TREND_STARTS:
        return day_between(dice, max(begins, date(2022, 6, 1)), _TREND_STARTS)
    return day_between(dice, max(begins, _TREND_STARTS), TODAY - timedelta(days=4))


def _card(
    district: District, desks: dict[str, str], number: str, post: Post, card: str, issued_on: date | None,
    dice: random.Random,
) -> Row:  # fmt: skip
    text = words("cards")["card"][card]
    gather = gathering_place(post.unit)
    acknowledged = issued_on and dice.random() < 0.6 + 0.35 * quality(post.unit, issued_on)
    plan = _plan(district, post.unit, card, issued_on)
    return {
        "number": number, "unit_code": post.unit.code, "post": post.name,
        "person": district.holder(post.unit, post.name).name, "plan_number": plan.number if plan else None,
        "title": text["title"], "hazards": text["hazards"],
        "steps": "\n".join(step.format(gather=gather) for step in text["steps"]),
        "contacts": "\n".join(_contacts(district, desks, post.unit, text["calls"])),
        "issued_on": issued_on,
        "acknowledged_on": past(issued_on + timedelta(days=dice.randint(0, 15))) if issued_on and acknowledged else None,
    }  # fmt: skip


def _plan(district: District, unit: Unit, card: str, issued_on: date | None) -> Plan | None:
    """The plan in force when the card was issued that is about its danger, or else the unit's widest one."""
    plans = [plan for plan in district.plans.get(unit.code, []) if plan.in_force(issued_on or TODAY)]
    text = words("cards")["card"][card]
    about = [plan for plan in plans if plan.hazard in text["title"] + text["hazards"]]
    return next(iter(about + plans), None)


def _contacts(district: District, desks: dict[str, str], unit: Unit, calls: list[str]) -> list[str]:
    table = words("cards")["calls"]
    lines = [table["own"].format(phone=desks[unit.code])]
    if unit.street and unit.kind != "street":
        street = district.unit(unit.street)
        lines.append(table["street"].format(street=street.name, phone=desks[street.code]))
    return lines + [table[call] for call in calls]
