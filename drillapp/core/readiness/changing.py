"""The same arithmetic on changed counts: what a score would be, or how it came from another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from drillapp.core.readiness.formula import Value

Values = Mapping[str, Value]
"""The indicators of a unit by name."""
COUNTED = ("met", "known", "asked", "own_met", "own_known", "own_asked")


def with_counts(values: Values, name: str, change: Iterable[int]) -> Values:
    """The values where the counts of one indicator are changed: met, known and asked of all, then of the unit's own."""
    old = values[name]
    counts = {field: getattr(old, field) + more for field, more in zip(COUNTED, change, strict=True)}
    return {**values, name: msgspec.structs.replace(old, **counts)}


def sums(values: Iterable[Value]) -> tuple[float, float]:
    """The weights of the indicators of which anything is known, and 100 x their values x weights, added up."""
    weight = reached = 0.0
    for one in values:
        value = one.value
        if value is not None:
            weight += one.weight
            reached += one.weight * value
    return weight, 100 * reached


def exact_score(values: Values) -> float | None:
    """The score before it is rounded to one decimal; None where nothing is known."""
    weight, total = sums(values.values())
    return total / weight if weight else None
