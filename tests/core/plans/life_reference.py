"""The life of a plan told as plainly as possible: what may happen, and what state that gives on a day."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import NamedTuple

STAGE = {
    "drafted": 1, "risk_assessed": 1, "resources_surveyed": 1, "reviewed": 2, "appraised": 2, "approved": 3,
    "published": 4, "filed": 5, "filing_answered": 5,
}  # fmt: skip
ONCE = {"drafted", "risk_assessed", "resources_surveyed", "approved", "published"}
FOR_ALL = {
    "published": ["approved"], "filed": ["published"], "filing_answered": ["filed"],
    "assessed": ["approved published"], "revision_triggered": ["approved published"],
}  # fmt: skip
NEEDS = {
    "government": {"approved": ["risk_assessed"]},
    "unit": {
        "reviewed": ["risk_assessed", "resources_surveyed"], "appraised": ["risk_assessed"],
        "approved": ["risk_assessed", "resources_surveyed"],
    },
    "high risk": {
        "reviewed": ["risk_assessed", "resources_surveyed"], "appraised": ["risk_assessed"],
        "approved": ["risk_assessed", "resources_surveyed", "reviewed"], "filed": ["published", "reviewed"],
    },
}  # fmt: skip


class Told(NamedTuple):
    """An event; `turn` counts the recordings."""

    day: date
    turn: int
    version: int
    kind: str
    conclusion: str = ""


class Life(NamedTuple):
    """A plan with so many versions, and what happened."""

    family: str
    versions: int
    events: list[Told]
    retired_on: date | None

    def of(self, version: int) -> list[Told]:
        return sorted(event for event in self.events if event.version == version)


def begin(life: Life, version: int) -> date | None:
    published = [event.day for event in life.of(version) if event.kind == "published"]
    approved = [event.day for event in life.of(version) if event.kind == "approved"]
    return min(published or approved, default=None)


def replaced_on(life: Life, version: int) -> date | None:
    later = [begin(life, other) for other in range(version + 1, life.versions + 1)]
    return min((day for day in later if day), default=None)


def is_sound(life: Life) -> bool:
    return all(_version_is_sound(life, version) for version in range(1, life.versions + 1))


def _version_is_sound(life: Life, version: int) -> bool:  # noqa: C901 - a reference is read from top to bottom
    needs = FOR_ALL | NEEDS[life.family]
    first, end = begin(life, version), replaced_on(life, version)
    known: set[str] = set()
    stage, waits, review, is_filed = 0, False, "", False
    for day, of_day in groupby(life.of(version), key=lambda event: event.day):
        events = list(of_day)
        if life.retired_on and day > life.retired_on:
            return False
        by_evening = known | {event.kind for event in events}
        for event in events:
            review = event.conclusion if event.kind in ("reviewed", "appraised") else review
        for event in events:
            asked = needs.get(event.kind, [])
            if not all(by_evening & set(any_of.split()) for any_of in asked):
                return False
            if event.kind in ONCE and event.kind in known:
                return False
            known.add(event.kind)
            if 0 < STAGE.get(event.kind, 0) < stage:
                return False
            if event.kind != "filing_answered" and end and day >= end:
                return False
            if event.kind in ("assessed", "revision_triggered") and (not first or day < first):
                return False
            if event.kind == "approved" and review == "rejected":
                return False
            if event.kind == "filed":
                if waits or is_filed:
                    return False
                waits = True
            if event.kind == "filing_answered":
                if not waits:
                    return False
                waits, is_filed = False, event.conclusion == "complete"
        stage = max([stage, *(STAGE.get(event.kind, 0) for event in events)])
    return True


def state(life: Life, version: int, day: date) -> str:
    """The state on a day: the events up to it, told again."""
    end, first = replaced_on(life, version), begin(life, version)
    if end and end <= day:
        return "superseded"
    if life.retired_on and life.retired_on <= day:
        return "retired"
    if first and first <= day:
        return "in_force"
    now = "drafting"
    for event in life.of(version):
        if event.day > day:
            break
        if event.kind in ("reviewed", "appraised") and now != "approved":
            now = "drafting" if event.conclusion == "rejected" else "reviewed"
        if event.kind == "approved":
            now = "approved"
    return now


def in_force(life: Life, day: date) -> int | None:
    found = [version for version in range(1, life.versions + 1) if state(life, version, day) == "in_force"]
    assert len(found) <= 1, "never two"
    return found[0] if found else None


def is_filed(life: Life, version: int, day: date) -> bool:
    now = False
    for event in life.of(version):
        if event.day <= day and event.kind == "filed":
            now = True
        if event.day <= day and event.kind == "filing_answered":
            now = event.conclusion == "complete"
    return now
