"""The rule by which answers become a rating, from resources/standards/evaluation/rating.toml."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated

import msgspec

from drillapp.core import enumerations
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.drills.evaluation.forms import RATING_FILE, Mark, Said

Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Count = Annotated[int, msgspec.Meta(ge=0)]
CHOICES = ("full", "mostly", "partly", "none")
"""From best to worst."""


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rating and what it asks for; None: nothing."""

    code: str
    score_from: Percent | None = None
    faults_most: Count | None = None
    fault_share_most: Percent | None = None
    """Faults among the items that were judged, in percent."""
    critical_most: Count | None = None
    unanswered_most: Count | None = None
    late_most: Count | None = None
    """Expected actions done late or not at all."""
    partly_most: Count | None = None
    unmet_most: Count | None = None
    stopped: bool | None = None
    """False: the drill was not stopped early."""


class ChoiceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"least": "from"}):
    """A choice, the share of the full mark that it stands for, and from which share on it is read."""

    code: str
    share: Percent
    least: Percent


class Conversion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How answers of one kind are read as another."""

    mark: Mark
    source: Said
    score_most: Annotated[int, msgspec.Meta(ge=1, le=100)]
    yes_from: Percent
    choice: tuple[ChoiceRule, ...]


class RatingRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    mark: Mark
    source: Said
    fault_below: Percent
    dispute_from: Annotated[int, msgspec.Meta(ge=1, le=100)]
    level: tuple[Level, ...]
    conversion: Conversion


@cache
def rating_rule() -> RatingRule:
    """The rule; raises Damaged naming file, line and field of what is wrong."""
    return read_rule(RATING_FILE)


def read_rule(name: str) -> RatingRule:
    """The rule in a file below resources/."""
    return read_data_file(name, RatingRule, _check)


def _check(rule: RatingRule) -> None:
    for place, problem in (*_level_problems(rule), *_conversion_problems(rule.conversion)):
        raise BadField(place, problem)


def _level_problems(rule: RatingRule) -> Iterator[tuple[str, str]]:
    known = enumerations.codes("drill_rating")
    if [level.code for level in rule.level] != known:
        yield "level[0].code", f"the levels must be {' '.join(known)}, from best to worst"
    if rule.level and rule.level[-1] != Level(rule.level[-1].code):
        yield (
            f"level[{len(rule.level) - 1}].code",
            "the last level takes what no other does: it asks for nothing",
        )


def _conversion_problems(conversion: Conversion) -> Iterator[tuple[str, str]]:
    choices = conversion.choice
    if tuple(choice.code for choice in choices) != CHOICES:
        yield "conversion.choice[0].code", f"the choices must be {' '.join(CHOICES)}"
    if 100 % conversion.score_most:
        yield "conversion.score_most", "must divide 100, so that every score is a whole share"
    if choices and choices[-1].least:
        yield f"conversion.choice[{len(choices) - 1}].from", "the last choice is read from 0 on"
    for place, choice in enumerate(choices):
        above = choices[place - 1].least if place else 101
        if not choice.least <= choice.share < above:
            yield f"conversion.choice[{place}].share", "the choice would be read as another"
