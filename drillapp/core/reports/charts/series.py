"""Named values of a paper, 0 to 100, and how papers say them."""

from __future__ import annotations

import msgspec


class Series(msgspec.Struct, frozen=True):
    """Named values, one for each label of the chart; None where there is no value."""

    name: str
    values: tuple[float | None, ...]


def figure(value: float | None) -> str:
    """A value to one decimal, none where it is whole, a dash where there is none."""
    if value is None:
        return "—"
    return f"{value:.1f}".removesuffix(".0")


def share(value: float | None) -> float | None:
    """The value as charts take it, 0 to 1."""
    return None if value is None else value / 100
