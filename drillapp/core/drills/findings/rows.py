"""The steps of a finding's correction, and findings made again, as rows."""

from __future__ import annotations

from datetime import date, datetime

import msgspec


class StepRow(msgspec.Struct, frozen=True):
    """A step as it was taken."""

    id: int
    kind: str
    happened_on: date
    recorded_at: datetime
    who: str | None
    note: str | None
    attachment_name: str | None
    digest: str | None
    """What the proof is kept by."""
    drill_number: str | None


class Repeat(msgspec.Struct, frozen=True):
    """An earlier finding that another one repeats."""

    finding_id: int
    """The one that repeats it."""
    earlier_id: int
    drill_number: str
    number: str
    text: str
    unit_name: str
    planned_on: date
    """Of the earlier drill."""
    verified_on: date | None


class SectionChoice(msgspec.Struct, frozen=True):
    """A section of a plan that a finding can be about."""

    id: int
    title: str
    """With its number before it."""
    plan_title: str
    is_tested: bool
    """Whether the drill was to test this section."""


class LaterDrill(msgspec.Struct, frozen=True):
    """A drill that can show that a correction works."""

    id: int
    number: str
    title: str
    unit_name: str
    held_on: date
