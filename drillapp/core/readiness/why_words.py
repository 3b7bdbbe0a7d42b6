"""The arithmetic behind a score in words, for the command line, for papers and for the page."""

from __future__ import annotations

from collections.abc import Iterator

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.readiness.formula import Value
from drillapp.core.readiness.why import BrokenFloor, Term, Why


def why_lines(why: Why) -> list[str]:
    """One line a term, then the sum, the division and the rounding, the floors, the confidence and the coverage."""
    return [
        *map(term_words, why.terms),
        *_score_lines(why),
        *map(floor_words, why.floors),
        *_confidence_lines(why),
    ]


def term_words(term: Term) -> str:
    """What one indicator adds, and how its value comes about."""
    if term.share is None:
        if not term.value.asked:
            return _("{indicator}: nothing is asked, so it is left out.").format(indicator=term.title)
        return _("{indicator}: of {asked} duties nothing is known, so it is left out.").format(
            indicator=term.title, asked=f"{term.value.asked:,}"
        )
    return _("{indicator}: {value}; × weight {weight} = {product}, which is {points} points").format(
        indicator=term.title, value=value_words(term.value), weight=f"{term.value.weight:g}",
        product=f"{term.product:,.1f}", points=f"{term.points:.2f}",
    )  # fmt: skip


def value_words(value: Value) -> str:
    """Met / known of a unit's own duties and of those below it, put together as the formula does."""
    share = f"{100 * (value.value or 0):.1f}"
    below_met, below_known = value.met - value.own_met, value.known - value.own_known
    if value.own_share is None or not value.own_known or not below_known:
        words = _("{met} met of {known} known = {share}").format(
            met=f"{value.met:,}", known=f"{value.known:,}", share=share
        )
    else:
        words = _(
            "own {own_met} of {own_known} × {own_share} + below {below_met} of {below_known} × {below_share} = {share}"
        ).format(
            own_met=f"{value.own_met:,}", own_known=f"{value.own_known:,}", own_share=f"{value.own_share:g}",
            below_met=f"{below_met:,}", below_known=f"{below_known:,}", below_share=f"{1 - value.own_share:g}",
            share=share,
        )  # fmt: skip
    unknown = value.asked - value.known
    if not unknown:
        return words
    return _("{words} ({count} more without data)").format(words=words, count=f"{unknown:,}")


def floor_words(floor: BrokenFloor) -> str:
    """What a broken floor does to the grade, and what breaks it."""
    subjects = _(", ").join(dict.fromkeys(duty.subject for duty in floor.duties))
    return _("Not better than {grade}: {floor} ({subjects})").format(
        grade=enumerations.label("grade", floor.cap), floor=floor.title, subjects=subjects
    )


def _score_lines(why: Why) -> Iterator[str]:
    if why.exact is None or why.score is None:
        yield _("There is no score: nothing is asked, or nothing is known of what is asked.")
        return
    yield _("Together {total} ÷ weights {weight} = {exact}; to one decimal: {score}").format(
        total=f"{why.total:,.1f}",
        weight=f"{why.weight:g}",
        exact=f"{why.exact:.4f}",
        score=f"{why.score:.1f}",
    )
    if why.earned is not None:
        yield _("Grade by the score: {grade}").format(grade=enumerations.label("grade", why.earned))


def _confidence_lines(why: Why) -> Iterator[str]:
    row = why.readiness
    if row.confidence is None:
        return
    share = f"{100 * row.confidence:.1f}"
    if why.confidence is None:
        yield _("{share} % of what is asked is known.").format(share=share)
    else:
        yield _("{share} % of what is asked is known: confidence {confidence}.").format(
            share=share, confidence=enumerations.label("readiness_confidence", why.confidence)
        )
    yield _("Something is known of {reported} of the {units} units of which anything is asked.").format(
        reported=f"{row.reported:,}", units=f"{row.units:,}"
    )
