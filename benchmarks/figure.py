"""A measured figure beside its floor, and how both are measured."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

Work = Callable[[], object]


class Figure(NamedTuple):
    """What something takes in this program, against the least that it could take."""

    name: str
    ours: float
    floor: float
    limit: float
    """Largest allowed ratio of ours to the floor."""
    slack: float = 0.0
    """Allowed beyond that, in the figure's unit."""
    ceiling: float = float("inf")
    """Largest allowed value, in the figure's unit."""
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.ours / self.floor

    @property
    def is_met(self) -> bool:
        """Whether the limit is kept."""
        return self.ours <= self.limit * self.floor + self.slack and self.ours <= self.ceiling

    @property
    def allowed(self) -> str:
        """The limit in words."""
        slack = f" + {self.slack:g} {self.unit}" if self.slack else ""
        parts = [f"<= {self.limit:g} x{slack}"] if self.limit != float("inf") else []
        if self.ceiling != float("inf"):
            parts.append(f"<= {self.ceiling:g} {self.unit}")
        return " and ".join(parts)


def milliseconds(work: Work) -> float:
    """How long a piece of work takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def alternating(
    ours: Work, floor: Work, rounds: int, *, warm: bool = True
) -> tuple[list[float], list[float]]:
    """Times of both in milliseconds, taken in turns so that whatever slows the machine slows both."""
    if warm:
        ours()
        floor()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        times[0].append(milliseconds(ours))
        times[1].append(milliseconds(floor))
    return times


def compared(
    name: str, ours: Work, floor: Work, limit: float, *, rounds: int = 5, ceiling: float = float("inf")
) -> Figure:
    """The medians of both."""
    mine, least = alternating(ours, floor, rounds)
    return Figure(name, statistics.median(mine), statistics.median(least), limit, ceiling=ceiling)


def percentile(times: Sequence[float], share: float) -> float:
    """The time that this share of all does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
