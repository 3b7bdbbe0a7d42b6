"""Six drills for each unit over three years, with findings and logs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from benchmarks.making.filling import Filling
from benchmarks.making.plans import MadePlan
from benchmarks.making.units import MadeUnit
from benchmarks.making.words import TODAY, dice, words
from drillapp.core.drills.model import Drill, DrillLogEntry, Finding
from drillapp.core.enumerations import codes

_EACH = 6


def make_drills(filling: Filling, units: list[MadeUnit], plans: list[MadePlan]) -> dict[str, list[Any]]:
    """Write the drills and what hangs on them; returns the drills' columns."""
    chance = dice("drills")
    columns: dict[str, list[Any]] = {}
    for number, unit in enumerate(units):
        own = plans[3 * number : 3 * number + 3]
        for turn in range(_EACH):
            for name, value in _drill(chance, unit, own, turn).items():
                columns.setdefault(name, []).append(value)
    filling.add(Drill, columns)
    _make_findings(filling, columns)
    _make_log(filling, columns)
    return columns


def _drill(chance: Random, unit: MadeUnit, plans: list[MadePlan], turn: int) -> dict[str, Any]:
    planned = TODAY - timedelta(days=900 - 180 * turn - chance.randint(-80, 80))
    plan = plans[turn % 3]
    title = chance.choice(words()["drills"]["titles"])
    return {
        "number": f"YL-{unit.code}-{turn + 1}",
        "unit_id": unit.id,
        "title": title.format(unit=unit.name, hazard=plan.hazard, year=planned.year, street=unit.street),
        "content": chance.choice(codes("drill_content")),
        "form": chance.choice(codes("drill_form")),
        "purpose": chance.choice(codes("drill_purpose")),
        "planned_on": planned,
        "place": words()["drill_place"].format(unit=unit.name),
        "leader": chance.choice(words()["surnames"]) + chance.choice(words()["given"]),
        "expected": chance.randint(10, 300),
        **_record(chance, planned, plan),
    }


def _record(chance: Random, planned: date, plan: MadePlan) -> dict[str, Any]:
    """What was recorded of a drill when it was held; its plan only when that was in force on the day."""
    held = planned < TODAY - timedelta(days=5) and chance.random() < 0.92
    start = datetime.combine(planned, time(1, 30), UTC) + timedelta(days=chance.randint(0, 3))
    in_force = plan.begin is not None and plan.begin <= planned
    in_force &= plan.retired_on is None or plan.retired_on > start.date()
    reported = start.date() + timedelta(days=chance.randint(0, 25))
    return {
        "plan_id": plan.id if in_force else None,
        "started_at": start if held else None,
        "ended_at": start + timedelta(minutes=chance.randint(30, 200)) if held else None,
        "participants": chance.randint(5, 300) if held else None,
        "rating": chance.choice(codes("drill_rating")) if held else None,
        "third_party": held and chance.random() < 0.1,
        "reported_on": reported if held and reported <= TODAY and chance.random() < 0.8 else None,
    }


def _make_findings(filling: Filling, drills: dict[str, list[Any]]) -> None:
    chance = dice("findings")
    rows: list[dict[str, Any]] = []
    for key, (unit, start) in enumerate(zip(drills["unit_id"], drills["started_at"], strict=True), 1):
        if start is None:
            continue
        for number in range(chance.choice((0, 0, 1, 2))):
            rows.append(
                {"drill_id": key, "number": str(number + 1), "unit_id": unit} | _finding(chance, start.date())
            )
    filling.add(Finding, {name: [row[name] for row in rows] for name in rows[0]})


def _finding(chance: Random, held: date) -> dict[str, Any]:
    due = held + timedelta(days=30)
    done = held + timedelta(days=chance.randint(3, 50)) if chance.random() < 0.8 else None
    done = done if done and done <= TODAY else None
    verified = done + timedelta(days=5) if done and chance.random() < 0.7 else None
    subject = chance.randrange(len(words()["findings"]))
    return {
        "text": words()["findings"][subject],
        "severity": chance.choice(codes("finding_severity")),
        "cause": chance.choice((None, *codes("finding_cause"))),
        "action": words()["actions"][subject],
        "owner": chance.choice(words()["surnames"]) + chance.choice(words()["given"]),
        "due_on": due,
        "done_on": done,
        "verified_on": verified,
        "verified_by": chance.choice(words()["surnames"]) + chance.choice(words()["given"])
        if verified
        else None,
    }


def _make_log(filling: Filling, drills: dict[str, list[Any]]) -> None:
    lines = words()["log_lines"]
    logged = [key for key, start in enumerate(drills["started_at"], 1) if start is not None and key % 10 == 0]
    starts = drills["started_at"]
    filling.add(
        DrillLogEntry,
        {
            "drill_id": [key for key in logged for _ in lines],
            "at": [starts[key - 1] + timedelta(minutes=7 * n) for key in logged for n in range(len(lines))],
            "text": lines * len(logged),
            "who": [drills["leader"][key - 1] for key in logged for _ in lines],
        },
    )
