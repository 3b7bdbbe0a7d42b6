"""From figures to a rating: the first level of the rule whose conditions all hold, with every condition looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from drillapp.core.drills.evaluation.agreement import JudgedItem, weighted_mean
from drillapp.core.drills.evaluation.rule import Level, RatingRule, rating_rule


class Figures(NamedTuple):
    """All that a rating follows from."""

    score: Fraction | None
    """Weighted mean of the items judged, in percent; None: nothing was judged."""
    judged: int = 0
    faults: int = 0
    critical: int = 0
    """Faults in items where they are serious errors."""
    unanswered: int = 0
    not_applicable: int = 0
    met: int = 0
    partly: int = 0
    unmet: int = 0
    late: int = 0
    stopped: bool = False

    @property
    def fault_share(self) -> Fraction:
        """Faults among the items judged, in percent."""
        return Fraction(100 * self.faults, self.judged) if self.judged else Fraction()


class Check(NamedTuple):
    """A condition of a level and how it was."""

    name: str
    """The field of the rule: score_from, faults_most …"""
    value: Fraction | int | bool
    limit: int | bool
    holds: bool


class LevelResult(NamedTuple):
    """A level with its conditions."""

    code: str
    checks: tuple[Check, ...]

    @property
    def is_reached(self) -> bool:
        """Whether all conditions hold."""
        return all(check.holds for check in self.checks)


class Rating(NamedTuple):
    """A rating with its arithmetic."""

    code: str | None
    """A code of drill_rating; None when nothing was judged."""
    figures: Figures
    levels: tuple[LevelResult, ...]
    """From the best to the one that was reached."""


def figures_of(
    items: Sequence[JudgedItem], met: Iterable[str | None], late: int, *, stopped: bool
) -> Figures:
    """The figures of a drill: its items, how far its objectives were met, actions that were late."""
    said, faults = list(met), [item for item in items if item.is_fault]
    return Figures(
        score=weighted_mean(items),
        judged=sum(item.share is not None for item in items),
        faults=len(faults),
        critical=sum(item.item.critical for item in faults),
        unanswered=sum(not item.opinions for item in items),
        not_applicable=sum(bool(item.opinions) and item.share is None for item in items),
        met=said.count("met"),
        partly=said.count("partly"),
        unmet=said.count("not_met"),
        late=late,
        stopped=stopped,
    )


def rate(figures: Figures, rule: RatingRule | None = None) -> Rating:
    """The rating by the rule in force, or another one."""
    if figures.score is None:
        return Rating(None, figures, ())
    levels = []
    for level in (rule or rating_rule()).level:
        levels.append(LevelResult(level.code, tuple(_checks(level, figures, figures.score))))
        if levels[-1].is_reached:
            break
    return Rating(levels[-1].code, figures, tuple(levels))


def _checks(level: Level, figures: Figures, score: Fraction) -> Iterable[Check]:
    if level.score_from is not None:
        yield Check("score_from", score, level.score_from, score >= level.score_from)
    for name, value in _counted(figures).items():
        limit: int | None = getattr(level, name)
        if limit is not None:
            yield Check(name, value, limit, value <= limit)
    if level.stopped is not None:
        yield Check("stopped", figures.stopped, level.stopped, figures.stopped == level.stopped)


def _counted(figures: Figures) -> dict[str, Fraction | int]:
    return {
        "faults_most": figures.faults,
        "fault_share_most": figures.fault_share,
        "critical_most": figures.critical,
        "unanswered_most": figures.unanswered,
        "late_most": figures.late,
        "partly_most": figures.partly,
        "unmet_most": figures.unmet,
    }
