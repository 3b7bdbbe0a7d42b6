"""Which of the rules that a unit has not met one drill could settle together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from drillapp.core.law import Rule


class OneDrill(NamedTuple):
    """A drill, by what it must be like, and the rules that it settles."""

    plan_kinds: tuple[str, ...]
    """Of a plan of one of these kinds; of any, or of none, when empty."""
    hazards: tuple[str, ...]
    evacuation: bool
    rules: tuple[str, ...]


def drills_for(open_rules: Iterable[str], known: Mapping[str, Rule]) -> list[OneDrill]:
    """The different drills worth holding: none that settles no more than another one does.

    A drill is of one plan and against one hazard; people can be evacuated in any. A rule that asks for a drill of each
    plan is settled for one of them.
    """
    rules = [known[one] for one in open_rules]
    found: dict[frozenset[str], OneDrill] = {}
    for kinds in dict.fromkeys([(), *(rule.plan_kinds for rule in rules)]):
        for hazards in dict.fromkeys([(), *(rule.hazards for rule in rules)]):
            fitting = [
                rule for rule in rules if rule.plan_kinds in ((), kinds) and rule.hazards in ((), hazards)
            ]
            settled = frozenset(rule.id for rule in fitting)
            evacuation = any(rule.evacuation for rule in fitting)
            if settled:
                found.setdefault(settled, OneDrill(kinds, hazards, evacuation, tuple(sorted(settled))))
    return [drill for settled, drill in found.items() if not any(settled < other for other in found)]
