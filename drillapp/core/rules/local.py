"""A rule that an office enters itself: the numbers of a city's or a district's own regulation."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from drillapp.core.law import Rule


class LocalRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of which units, how often, and where that is written; a drill settles it."""

    id: str
    """LOCAL- and capital letters, digits, hyphens."""
    zh: str
    article: str
    """The document and article that it stands in."""
    en: str = ""
    """As `zh` where nothing is said."""
    kinds: tuple[str, ...] = ()
    high_risk: bool | None = None
    crowded: bool | None = None
    sectors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    window: Literal["cal_month", "cal_quarter", "cal_half", "cal_year"] | None = None
    months: int = 0
    plan_kinds: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()
    evacuation: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def rule(self) -> Rule:
        """The same as a rule among the others."""
        return Rule(
            self.id.strip(), "drill_held", self.zh.strip(), self.en.strip() or self.zh.strip(), self.article.strip(), "L",
            months=self.months, kinds=self.kinds, high_risk=self.high_risk, crowded=self.crowded,
            sectors=self.sectors, names=_words(self.names), valid_from=self.valid_from, valid_to=self.valid_to,
            window=self.window, plan_kinds=self.plan_kinds, hazards=_words(self.hazards), evacuation=self.evacuation,
        )  # fmt: skip

    @classmethod
    def of(cls, rule: Rule) -> LocalRule:
        """A rule among the others as it was entered."""
        return cls(**{name: getattr(rule, name) for name in cls.__struct_fields__})


def _words(told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for word in told if word.strip())
