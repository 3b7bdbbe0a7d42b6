"""Which events a version's life has and what each asks for, as data from resources/rules/plans/life.toml."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from drillapp.core import enumerations
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.plans.concerned import Concerned

Mark = Literal["V", "V2", "M", "C"]
Asked = Literal["reference", "authority", "people", "conclusion"]
_FILE = "rules/plans/life.toml"


class EventRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of event; the file's head says what each field means."""

    kind: str
    stage: int
    once: bool = False
    asks: tuple[Asked, ...] = ()
    conclusions: str = ""
    during: Literal["", "until_replaced", "in_force"] = ""


class Need(Concerned, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must be on record before an event, of the plans that it concerns."""

    event: str
    any_of: tuple[str, ...]
    article: str
    mark: Mark


class _Life(msgspec.Struct, forbid_unknown_fields=True):
    event: tuple[EventRule, ...]
    need: tuple[Need, ...]


def event_rules() -> dict[str, EventRule]:
    """The kinds of event in the order of a life; raises Damaged when the data file is not well-formed."""
    return {rule.kind: rule for rule in _life().event}


def needs() -> tuple[Need, ...]:
    """What must be on record before which event."""
    return _life().need


@cache
def _life() -> _Life:
    return read_data_file(_FILE, _Life, _check)


def _check(life: _Life) -> None:
    codes = enumerations.codes("plan_event")
    for i, rule in enumerate(life.event):
        if rule.kind not in codes:
            raise BadField(f"event[{i}].kind", f"'{rule.kind}' is no kind of event")
    for i, need in enumerate(life.need):
        if unknown := {need.event, *need.any_of} - set(codes):
            raise BadField(f"need[{i}].event", f"{' '.join(sorted(unknown))}: no kind of event")
        if not need.any_of:
            raise BadField(f"need[{i}].any_of", "names nothing")
