"""What a drill costs, by kind and in all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drillapp.core.drills.record.rows import CostRow, CostSum


def cost_sums(costs: Iterable[CostRow]) -> list[CostSum]:
    """The costs of each kind in the order in which they first occur, and those of all kinds together at the end."""
    by_kind: dict[str, list[CostRow]] = {}
    for cost in costs:
        by_kind.setdefault(cost.kind, []).append(cost)
    all_of_them = [cost for some in by_kind.values() for cost in some]
    return [*(_sum(kind, some) for kind, some in by_kind.items()), _sum("", all_of_them)]


def over_budget(costs: Iterable[CostRow], budget: float | None) -> float | None:
    """By how much the costs, as far as they are known, exceed the budget; negative while they do not. None without one.

    A cost counts as it came to, or else as it was planned.
    """
    return None if budget is None else _plain(sum(_counted(costs)) - budget)


def _counted(costs: Iterable[CostRow]) -> Iterator[float]:
    for cost in costs:
        yield (cost.planned or 0) if cost.actual is None else cost.actual


def _sum(kind: str, costs: Iterable[CostRow]) -> CostSum:
    known = list(costs)
    planned, actual = sum(one.planned or 0 for one in known), sum(one.actual or 0 for one in known)
    return CostSum(kind, _plain(planned), _plain(actual))


def _plain(amount: float) -> float:
    """Sums of thousandths as they are written."""
    rounded = round(amount, 3)
    return int(rounded) if rounded == int(rounded) else rounded
