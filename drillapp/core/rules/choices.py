"""What an office decides about the rules: its own rules, its own terms, and rules that it does not ask."""

from __future__ import annotations

from typing import Annotated

import msgspec

from drillapp.core.law import Rule
from drillapp.core.settings import RULES

SETTING = RULES
"""The setting that keeps it, so that the journal tells who changed what."""


class RuleChoices(msgspec.Struct, frozen=True, omit_defaults=True):
    """The choices of an office; none by default."""

    off: dict[str, Annotated[str, msgspec.Meta(min_length=1)]] = {}
    """Rules that are switched off, by id, each with the reason."""
    terms: dict[str, Annotated[int, msgspec.Meta(ge=1, le=3660)]] = {}
    """Terms of rules whose law sets none, by id: days or months, as the rule counts."""
    local: tuple[Rule, ...] = ()
    """Rules that the office entered, such as the numbers of a city's or a district's own regulation."""
