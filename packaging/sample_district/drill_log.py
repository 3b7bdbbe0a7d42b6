"""Live logs of some of the drills, after a script for each kind of event."""

from __future__ import annotations

import random
from datetime import timedelta

from sample_district.district import District, Drill, Unit
from sample_district.ledger import Row
from sample_district.words import words

_PER_SCRIPT = 4


def drill_log_rows(district: District) -> list[Row]:
    """Logs of the latest drills of each script, at most four of each, in the order of the drills."""
    dice = district.dice("log")
    chosen = sorted(_chosen(district), key=lambda drill: (drill.planned_on, drill.number))
    return [row for drill in chosen for row in _log(drill, dice)]


def _chosen(district: District) -> list[Drill]:
    by_script: dict[str, list[Drill]] = {}
    for drill in reversed(district.drills):
        script = words("hazards")["hazard"][drill.against]["script"]
        if drill.ended_at and script and (script != "command") == (drill.form == "live"):
            by_script.setdefault(script, []).append(drill)
    return [drill for drills in by_script.values() for drill in _spread(drills)]


def _spread(drills: list[Drill]) -> list[Drill]:
    """The latest ones, each of another unit."""
    seen: dict[str, Drill] = {}
    for drill in drills:
        seen.setdefault(drill.unit.code, drill)
    return list(seen.values())[:_PER_SCRIPT]


def _log(drill: Drill, dice: random.Random) -> list[Row]:
    assert drill.started_at is not None
    script = words("scripts")[words("hazards")["hazard"][drill.against]["script"]]
    rows: list[Row] = []
    second = 0
    for minute, who, text in script:
        second = max(second + 5, minute * 60 + dice.randint(0, 50))
        filled = text.format(unit=drill.unit.name, gather=gathering_place(drill.unit), n=drill.participants)
        at = drill.started_at + timedelta(seconds=second)
        rows.append({"drill_number": drill.number, "at": at, "text": filled, "who": who})
    return rows


def gathering_place(unit: Unit) -> str:
    """Where the unit's people gather."""
    places = words("names")["gathering"]
    return str(places.get(unit.kind, places["other"]))
