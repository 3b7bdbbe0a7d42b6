"""Figures of readiness in words, the same in the head, in every view and in every hover."""

from __future__ import annotations

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.readiness.formula import Floor, Value, formula
from drillapp.core.readiness.rows import UnitReadiness


def score_words(score: float | None) -> str:
    """A score with one decimal; a dash where there is none."""
    return "–" if score is None else f"{score:.1f}"


def grade_words(grade: str | None) -> str:
    """A grade with what it means; empty where there is none."""
    return enumerations.label("grade", grade) if grade else ""


def share_of(score: float | None) -> float | None:
    """A score as the share of 0 to 1 that charts take."""
    return None if score is None else score / 100


def change_words(score: float | None, earlier: float | None) -> str:
    """How much a score changed within a quarter."""
    if score is None or earlier is None:
        return ""
    change = round(score - earlier, 1)
    if not change:
        return _("as a quarter earlier")
    sign = "▲" if change > 0 else "▼"
    return _("{change} within a quarter").format(change=f"{sign} {abs(change):.1f}")


def confidence_words(share: float | None) -> str:
    """How far a grade can be relied on, with the share of what is asked that anything is known of."""
    if share is None:
        return ""
    code = formula().confidence_of(share)
    word = enumerations.label("readiness_confidence", code) if code else ""
    return _("Confidence {word}: {share} known").format(word=word, share=f"{100 * share:.0f}%")


def coverage_words(unit: UnitReadiness) -> str:
    """Of how many units anything is known, beside how many anything is asked of."""
    if not unit.units:
        return ""
    return _("{reported} of {units} units reported").format(
        reported=f"{unit.reported:,}", units=f"{unit.units:,}"
    )


def coverage_short(unit: UnitReadiness) -> str:
    """The same as a figure, for a unit with others below it."""
    return f"{unit.reported:,}/{unit.units:,}" if unit.units > 1 else ""


def broken_floors(unit: UnitReadiness) -> list[Floor]:
    """The floors that the unit itself breaks."""
    return [floor for floor in formula().floor if floor.name in unit.broken]


def floor_sentence(floor: Floor) -> str:
    """What a broken floor is, and what it does to the grade."""
    return _("{floor}: the grade is not better than {grade}").format(floor=floor.title, grade=floor.cap)


def capped_words(unit: UnitReadiness) -> str:
    """The floors that a unit breaks, each as a sentence; empty where it breaks none."""
    return "\n".join(floor_sentence(floor) for floor in broken_floors(unit))


def value_words(value: Value) -> str:
    """How much of what is asked is met, and of how much nothing is known."""
    if not value.asked:
        return _("nothing asked")
    if not value.known:
        return _("no data on {count} duties").format(count=f"{value.asked:,}")
    words = _("{met} of {asked} met").format(met=f"{value.met:,}", asked=f"{value.known:,}")
    unknown = value.asked - value.known
    return _("{words}, {count} without data").format(words=words, count=f"{unknown:,}") if unknown else words


def known_share(value: Value) -> float:
    """The share that is known of what is asked, 0 to 1; 1 where nothing is asked."""
    return value.known / value.asked if value.asked else 1.0
