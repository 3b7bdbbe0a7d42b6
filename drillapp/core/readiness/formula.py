"""The arithmetic of readiness: from what is asked and met to values, score and grade; weights from resources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from drillapp.core.i18n import language
from drillapp.core.law import Settlement
from drillapp.core.resources import load_toml


class Indicator(msgspec.Struct, frozen=True):
    """One side of readiness, with its weight in the score."""

    name: str
    weight: float
    zh: str
    en: str
    settled_by: tuple[Settlement, ...]

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en


class Grade(msgspec.Struct, frozen=True):
    """A grade and the lowest score that earns it."""

    code: str
    lowest: float = msgspec.field(name="from")


class Formula(msgspec.Struct, frozen=True):
    """A named version of weights and grades."""

    version: str
    indicator: tuple[Indicator, ...]
    grade: tuple[Grade, ...]


class Value(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An indicator of a unit: how much is asked of it and those below it, how much is met, and of itself alone."""

    weight: float
    met: int
    asked: int
    own_met: int
    own_asked: int

    @property
    def value(self) -> float | None:
        """met / asked, 0 to 1; None when nothing is asked."""
        return self.met / self.asked if self.asked else None


@cache
def formula() -> Formula:
    """The formula in force."""
    return msgspec.convert(load_toml("readiness.toml"), Formula)


def score(values: Mapping[str, Value]) -> float | None:
    """100 times the weighted mean of the values, over the indicators of which something is asked; one decimal."""
    weight = reached = 0.0
    for value in values.values():
        if value.asked:
            weight += value.weight
            reached += value.weight * value.met / value.asked
    return round(100 * reached / weight, 1) if weight else None


def grade(score: float | None) -> str | None:
    """The grade that a score earns; None where there is no score."""
    if score is None:
        return None
    return next(step.code for step in formula().grade if score >= step.lowest)
