"""Answers, shares and times as papers and window say them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from drillapp.core import enumerations
from drillapp.core.drills.evaluation.agreement import Opinion
from drillapp.core.drills.evaluation.conversion import kind_of
from drillapp.core.drills.evaluation.overall import DrillEvaluation
from drillapp.core.drills.evaluation.rating_words import percent
from drillapp.core.drills.evaluation.responses import Response
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


def opinions_in_words(opinions: Iterable[Opinion]) -> str:
    """Who said what, one a line."""
    return "\n".join(map(opinion_in_words, opinions))


def response_in_words(one: Response) -> tuple[str, str, str, str, str, str]:
    """Inject or level, action, who acts, limit, time taken, state."""
    state = enumerations.label("inject_state", one.state) or "—"
    return one.source, one.action, one.actor or "", span_in_words(one.within), span_in_words(one.taken), state


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


def no_fault_in_words(found: DrillEvaluation) -> str:
    """What is said where no faults are listed."""
    return _("Nothing was judged yet.") if found.rating.code is None else _("No item was found wanting.")


def no_dispute_in_words(found: DrillEvaluation) -> str:
    """What is said where no disagreement is listed."""
    if found.rating.code is None:
        return _("Nothing was judged yet.")
    if not any(len(item.shares) > 1 for item in found.items):
        return _("No item was judged by more than one evaluator.")
    return _("The evaluators agree.")
