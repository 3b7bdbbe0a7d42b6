"""Obligations as rows."""

from __future__ import annotations

from datetime import date

import msgspec

from drillapp.core.law import SETTLEMENTS, Settlement

ALL: tuple[Settlement, ...] = SETTLEMENTS


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
    """The kind of record the duty is about: units plans drills findings items posts cards teams."""
    subject_id: int
    subject: str
    due_on: date | None
    """By when; None where it must always be so."""
    state: str
    """met, due, overdue or no_data: nothing of the sort was ever recorded of the unit."""
    evidence: list[str]
    """Numbers of the records that met it, or that come nearest: plans, drills, cards; 'stock/level' for supplies."""
    late: bool = False
    """Of what is met: whether it was done after its day."""
    is_estimated: bool = False
    """Whether `due_on` counts working days of a year whose holidays are not announced yet."""
    mark: str = "V"
    """How far the rule was verified: V V2 M C L, as in `law.Mark`."""
