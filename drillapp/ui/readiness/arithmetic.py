"""A score taken apart: what each indicator adds, in the steps in which the score is worked out."""

from __future__ import annotations

from typing import NamedTuple

from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.rows import UnitReadiness


class Term(NamedTuple):
    """What one indicator adds."""

    name: str
    title: str
    met: int
    asked: int
    weight: float
    value: float | None
    """100 × met ÷ asked; None when nothing is asked, and then it is left out."""

    @property
    def product(self) -> float:
        """Value × weight."""
        return (self.value or 0.0) * self.weight


class Arithmetic(NamedTuple):
    """The way from the terms to the score."""

    terms: tuple[Term, ...]
    total: float
    """Sum of the products."""
    weight: float
    """Sum of the weights of what is asked."""
    score: float | None

    @property
    def exact(self) -> float | None:
        """Total ÷ weight, before rounding to one decimal."""
        return self.total / self.weight if self.weight else None


def arithmetic(row: UnitReadiness) -> Arithmetic:
    """The arithmetic behind a unit's score."""
    terms = tuple(_term(row, indicator.name, indicator.title) for indicator in formula().indicator)
    counted = [term for term in terms if term.value is not None]
    total, weight = sum(term.product for term in counted), sum(term.weight for term in counted)
    return Arithmetic(terms, total, weight, row.score)


def _term(row: UnitReadiness, name: str, title: str) -> Term:
    value = row.indicators[name]
    share = None if value.value is None else 100 * value.value
    return Term(name, title, value.met, value.asked, value.weight, share)
