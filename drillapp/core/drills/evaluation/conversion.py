"""Answers of one kind read as another (the idea of GB/T 46792-2025 annex D), over the share of the full mark."""

from __future__ import annotations

from fractions import Fraction

from drillapp.core.drills.evaluation.forms import Kind
from drillapp.core.drills.evaluation.rule import CHOICES, Conversion, rating_rule

NOT_APPLICABLE = "na"
YES_NO = ("yes", "no")


def kind_of(value: str) -> Kind | None:
    """Which kind an answer is of; None for 'not applicable' and for what is no answer."""
    if value in YES_NO:
        return "yes_no"
    if value in CHOICES:
        return "choice"
    return "score" if value in scores() else None


def scores() -> tuple[str, ...]:
    """All scores from 0 on."""
    return tuple(map(str, range(rating_rule().conversion.score_most + 1)))


def allowed(kind: Kind) -> tuple[str, ...]:
    """The answers of a kind, the best first, and 'not applicable'."""
    values = {"yes_no": YES_NO, "choice": CHOICES, "score": scores()[::-1]}[kind]
    return (*values, NOT_APPLICABLE)


def share_of(value: str) -> int | None:
    """The share of the full mark that an answer stands for, in percent; None where there is nothing to judge."""
    conversion = rating_rule().conversion
    match kind_of(value):
        case "yes_no":
            return 100 if value == "yes" else 0
        case "choice":
            return next(choice.share for choice in conversion.choice if choice.code == value)
        case "score":
            return int(value) * 100 // conversion.score_most
    return None


def read_as(share: int | Fraction, kind: Kind) -> str:
    """The answer of a kind that a share of the full mark (in percent) is read as."""
    conversion = rating_rule().conversion
    if kind == "yes_no":
        return "yes" if share >= conversion.yes_from else "no"
    if kind == "choice":
        return next(choice.code for choice in conversion.choice if share >= choice.least)
    return str(_rounded(share, conversion))


def convert(value: str, kind: Kind) -> str:
    """An answer as one of another kind; 'not applicable' stays what it is."""
    share = share_of(value)
    return value if share is None or kind_of(value) == kind else read_as(share, kind)


def _rounded(share: int | Fraction, conversion: Conversion) -> int:
    """The nearest score, halves upward."""
    return int(Fraction(share) * conversion.score_most / 100 + Fraction(1, 2))
