"""Made-up rows, as many as a test wants, with a note of what was asked for."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

from drillapp.core.listing import Column, View


class Row(NamedTuple):
    id: int
    number: str
    state: str
    quantity: float


class CountedSource:
    """Rows 1 to `count`; `moved` are keys that come first when all keys are asked for."""

    columns = (
        Column("number", "Plan number", width=120),
        Column("state", "State", "choice", 100, "plan_state"),
        Column("quantity", "Headcount", "number", 90),
    )

    def __init__(self, count: int) -> None:
        self.count = count
        self.moved: list[int] = []
        self.asked: list[int] = []
        self.views: list[View] = []
        self.error: Exception | None = None

    def first(self, _office: Any, view: View, limit: int) -> list[Row]:
        self.views.append(view)
        if self.error is not None:
            raise self.error
        return [_row(key) for key in self._order(view)[:limit]]

    def keys(self, _office: Any, view: View) -> array[int]:
        return array("q", [*self.moved, *self._order(view)])

    def rows(self, _office: Any, ids: Sequence[int]) -> list[Row]:
        self.asked.extend(ids)
        return [_row(key) for key in ids]

    def _order(self, view: View) -> list[int]:
        order = list(range(1, self.count + 1))
        return order[::-1] if view.sort and view.sort[0][1] else order


def _row(key: int) -> Row:
    return Row(key, f"P-{key}", ("in_force", "draft")[key % 2], key * 1.5)
