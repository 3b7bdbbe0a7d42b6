"""The arithmetic of a rating in words: what was counted, and why each level was reached or not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from drillapp.core import enumerations
from drillapp.core.drills.evaluation.rating import Check, Figures, LevelResult, Rating
from drillapp.core.i18n import _


def rating_in_words(rating: Rating) -> list[str]:
    """One sentence a line: the figures, then every level from the best to the one that was reached."""
    if rating.code is None:
        return [_("No item was judged yet: there is nothing to rate.")]
    return [*figures_in_words(rating.figures), *map(level_in_words, rating.levels)]


def figures_in_words(figures: Figures) -> list[str]:
    """What was counted."""
    lines = [
        _("{judged} items were judged; their weighted mean is {score} %.").format(
            judged=figures.judged, score=percent(figures.score or Fraction())
        ),
        _("Faults: {faults} ({share} % of the items judged), serious errors among them: {critical}.").format(
            faults=figures.faults, share=percent(figures.fault_share), critical=figures.critical
        ),
    ]
    if figures.unanswered or figures.not_applicable:
        text = _("Without an answer: {unanswered}; not applicable: {not_applicable}.")
        lines.append(text.format(unanswered=figures.unanswered, not_applicable=figures.not_applicable))
    if figures.met or figures.partly or figures.unmet:
        text = _("Objectives: {met} met, {partly} partly, {unmet} not.")
        lines.append(text.format(met=figures.met, partly=figures.partly, unmet=figures.unmet))
    lines.append(_("Expected actions late or not done: {late}.").format(late=figures.late))
    if figures.stopped:
        lines.append(_("The drill was stopped early."))
    return lines


def level_in_words(level: LevelResult) -> str:
    """Why a level was reached or not."""
    name = enumerations.label("drill_rating", level.code).capitalize()
    if not level.checks:
        return _("{level}: what reaches none of the levels above.").format(level=name)
    failed = [check for check in level.checks if not check.holds]
    if failed:
        terms = _("; ").join(map(check_in_words, failed))
        return _("{level}: not reached, since {terms}.").format(level=name, terms=terms)
    terms = _("; ").join(map(check_in_words, level.checks))
    return _("{level}: reached, {terms}.").format(level=name, terms=terms)


def check_in_words(check: Check) -> str:
    """A condition with its figures: 'faults 3 > 0'."""
    words = _WORDS[check.name]()
    if check.name == "stopped":
        return _("stopped early") if check.value else _("not stopped early")
    at_least = check.name == "score_from"
    sign = ("≥" if check.holds else "<") if at_least else ("≤" if check.holds else ">")
    unit = " %" if check.name in ("score_from", "fault_share_most") else ""
    return f"{words} {percent(Fraction(check.value))}{unit} {sign} {check.limit}{unit}"


def percent(value: Fraction) -> str:
    """To one decimal, halves upward, none where it is whole."""
    tenths = int(value * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")


_WORDS: dict[str, Callable[[], str]] = {
    "score_from": lambda: _("weighted mean"),
    "faults_most": lambda: _("faults"),
    "fault_share_most": lambda: _("share of faults"),
    "critical_most": lambda: _("serious errors"),
    "unanswered_most": lambda: _("items without an answer"),
    "late_most": lambda: _("actions late or not done"),
    "partly_most": lambda: _("objectives partly met"),
    "unmet_most": lambda: _("objectives not met"),
    "stopped": lambda: _("stopped early"),
}
