"""Answers, shares and times as papers and window say them."""

from __future__ import annotations

from fractions import Fraction

from drillapp.core import enumerations
from drillapp.core.drills.evaluation.agreement import Opinion
from drillapp.core.drills.evaluation.conversion import kind_of
from drillapp.core.drills.evaluation.rating_words import percent
from drillapp.core.i18n import _


def answer_in_words(value: str) -> str:
    """An answer: yes, basically, 4 points."""
    if kind_of(value) == "score":
        return _("{score} points").format(score=value)
    return enumerations.label("evaluation_answer", value)


def opinion_in_words(opinion: Opinion) -> str:
    """Who said what, and why."""
    said = _("{who}: {answer}").format(who=opinion.who, answer=answer_in_words(opinion.answer.value))
    reason = opinion.answer.reason.strip()
    return _("{said} - {reason}").format(said=said, reason=reason) if reason else said


def share_in_words(share: Fraction | None) -> str:
    """A share of the full mark; a dash where nothing was judged."""
    return "—" if share is None else f"{percent(share)} %"


def span_in_words(seconds: float | None) -> str:
    """Minutes and seconds; a dash where there is no time."""
    if seconds is None:
        return "—"
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return _("{seconds} s").format(seconds=rest)
    if not rest:
        return _("{minutes} min").format(minutes=minutes)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
