"""What the drills showed, and what became of it."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sample_district.district import District, Drill, Person, Unit, past, quality
from sample_district.ledger import Row
from sample_district.words import words

_COUNT = {"excellent": (0, 0, 0, 1), "good": (0, 0, 1, 1), "fair": (1, 1, 2), "poor": (2, 3, 3)}
_DAYS = {"minor": (20, 45), "major": (15, 30), "critical": (5, 10)}


def finding_rows(district: District) -> list[Row]:
    """The findings' ledger: the worse a drill, the more; the worse its unit, the longer they stay open."""
    dice = district.dice("findings")
    return [row for drill in district.drills if drill.ended_at for row in _of_drill(district, drill, dice)]


def _of_drill(district: District, drill: Drill, dice: random.Random) -> list[Row]:
    table = words("findings")
    group = "command" if drill.form == "tabletop" else words("hazards")["hazard"][drill.against]["group"]
    choice = table[group] + dice.sample(table["any"], 3)
    texts = dice.sample(choice, dice.choice(_COUNT[drill.rating]))
    return [_finding(district, drill, number, text, dice) for number, text in enumerate(texts, 1)]


def _finding(district: District, drill: Drill, number: int, line: str, dice: random.Random) -> Row:
    text, action, severity = line.split("|")
    assert drill.ended_at is not None
    held_on = drill.ended_at.date()
    unit = _responsible(district, drill.unit, dice)
    due_on = held_on + timedelta(days=dice.randint(*_DAYS[severity]))
    done_on = _done(unit, held_on, due_on, dice)
    verified_on = (
        past(done_on + timedelta(days=dice.randint(1, 12))) if done_on and dice.random() < 0.8 else None
    )
    return {
        "drill_number": drill.number, "number": str(number), "text": text, "unit_code": unit.code,
        "severity": severity, "action": action, "owner": dice.choice(district.people[unit.code]).name,
        "due_on": due_on, "done_on": done_on, "verified_on": verified_on,
        "verified_by": _verifier(district, unit).name if verified_on else None,
    }  # fmt: skip


def _responsible(district: District, unit: Unit, dice: random.Random) -> Unit:
    """A sub-district's drill sometimes shows what one of its communities must put right."""
    if unit.kind != "street" or dice.random() < 0.6:
        return unit
    return dice.choice([other for other in district.of_kind("community") if other.street == unit.code])


def _done(unit: Unit, held_on: date, due_on: date, dice: random.Random) -> date | None:
    good = quality(unit, held_on)
    chance = dice.random()
    if chance < good:
        return past(held_on + timedelta(days=dice.randint(2, max(2, (due_on - held_on).days))))
    if chance < good + (1 - good) * 0.6:
        return past(due_on + timedelta(days=dice.randint(3, 90)))
    return None


def _verifier(district: District, unit: Unit) -> Person:
    above = unit.street if unit.street and unit.kind != "street" else district.units[1].code
    return district.people[above][0]
