"""Obligations as rows."""

from __future__ import annotations

from datetime import date

import msgspec

from drillapp.core.law import Settlement

ALL: tuple[Settlement, ...] = (
    "plan_in_force", "plan_assessed", "drill_held", "finding_corrected", "level_met", "card_issued",
)  # fmt: skip


class Obligation(msgspec.Struct, frozen=True):
    """What a rule asks of a unit, whether it is met as of the date, and by what."""

    unit_id: int
    unit: str
    """The unit's code."""
    unit_name: str
    rule: str
    title: str
    article: str
    settled_by: Settlement
    subject_kind: str
    """The kind of record the duty is about: units plans findings items posts."""
    subject_id: int
    subject: str
    due_on: date | None
    """By when; None where it must always be so."""
    state: str
    evidence: list[str]
    """Numbers of the records that met it, or that come nearest: plans, drills, cards; 'stock/level' for supplies."""
