"""Which duties of one unit are taken together: what one go settles, and the drills that settle all that is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from drillapp.core.law import Rule, Settlement
from drillapp.core.readiness.one_drill import OneDrill, drills_for
from drillapp.core.rules.rows import Obligation

_OPEN = ("overdue", "no_data")
_ONE_GO: frozenset[Settlement] = frozenset(
    {"plan_filed", "finding_verified", "level_met", "upkeep_done", "card_issued", "card_current"}
)
"""Of which a unit settles all of a rule in one go: one letter, one purchase, one round of the storehouse."""


def in_one_go(duties: Iterable[Obligation], places: Mapping[int, int]) -> Iterator[list[Obligation]]:
    """The duties by what settles them: those of a rule that one go settles together, each other one by itself.

    `places` says in which storehouse an upkeep is due: each storehouse is a go of its own.
    """
    found: dict[tuple[str, str, int], list[Obligation]] = {}
    for duty in duties:
        is_one_go = duty.settled_by in _ONE_GO
        place = places.get(duty.subject_id, 0) if duty.settled_by == "upkeep_done" else 0
        key = (duty.rule, "", place) if is_one_go else (duty.rule, duty.subject_kind, duty.subject_id)
        found.setdefault(key, []).append(duty)
    yield from found.values()


def settled_by_one(
    drill: OneDrill, asked: Sequence[Obligation], known: Mapping[str, Rule]
) -> list[Obligation]:
    """Which of the drills that are asked one such drill settles: of a rule for each plan only one, sooner one that is open."""
    fitting = sorted(
        (duty for duty in asked if duty.rule in drill.rules), key=lambda duty: duty.state == "due"
    )
    first = {duty.rule: duty for duty in reversed(fitting)}
    return [duty for duty in fitting if known[duty.rule].per == "unit" or duty is first[duty.rule]]


def drills_for_all(
    asked: Sequence[Obligation], known: Mapping[str, Rule]
) -> list[tuple[OneDrill, list[Obligation]]]:
    """Drills, each with what it settles, after which nothing that is asked stays open: the one that settles most first."""
    left, found = list(asked), []
    while any(duty.state in _OPEN for duty in left):
        choices = [
            (drill, settled_by_one(drill, left, known))
            for drill in drills_for(dict.fromkeys(duty.rule for duty in left), known)
        ]
        drill, settled = max(choices, key=lambda choice: open_ones(choice[1]))
        found.append((drill, settled))
        left = [duty for duty in left if duty not in settled]
    return found


def open_ones(duties: Iterable[Obligation]) -> int:
    """How many of them are late, or without data."""
    return sum(1 for duty in duties if duty.state in _OPEN)
