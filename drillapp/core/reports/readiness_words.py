"""Readiness and what is missing for it, as papers say it: the same words in every one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.law import Mark, Settlement
from drillapp.core.readiness.formula import Formula, formula
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.windows import DATED, day_of, is_never_done

UNVERIFIED: tuple[Mark, ...] = ("V2", "M")
"""Marks of rules that were not read in the text itself: papers say so beside the article."""


def capital(text: str) -> str:
    """The text with a capital letter at its beginning, where its script has any."""
    return text[:1].upper() + text[1:]


def score_words(score: float | None) -> str:
    """A score to one decimal, a dash where there is none."""
    return "—" if score is None else f"{score:.1f}"


def change_words(after: float | None, before: float | None) -> str:
    """How many points a score rose or fell, with its sign; a dash where one of both is missing."""
    if after is None or before is None:
        return "—"
    change = round(after - before, 1)
    return f"{change:+.1f}".replace("-", "−") if change else "0"


def moved_words(after: float | None, before: float | None) -> str:
    """How a score moved, for sentences: no sign that a line could end with."""
    if after is None or before is None:
        return _("not to be compared")
    return gain_words(round(after - before, 1), 1)


def gain_words(points: float, decimals: int = 2) -> str:
    """So many points up or down, for sentences."""
    figure = f"{abs(points):.{decimals}f}"
    if not round(points, decimals):
        return _("unchanged")
    return (
        _("up {points} points").format(points=figure)
        if points > 0
        else _("down {points} points").format(points=figure)
    )


def grade_words(grade: str | None) -> str:
    """A grade with what it means; a dash where there is none."""
    return label("grade", grade) if grade else "—"


def confidence_words(share: float | None, used: Formula | None = None) -> str:
    """How far a grade can be relied on, with the share that is known of what is asked (0 to 1)."""
    if share is None:
        return "—"
    code = (used or formula()).confidence_of(share)
    word = label("readiness_confidence", code) if code else ""
    known = f"{100 * share:.0f}%"
    return _("{word} ({share})").format(word=word, share=known) if word else known


def coverage_words(unit: UnitReadiness) -> str:
    """Of how many units anything is known, out of those of which anything is asked."""
    return f"{unit.reported:,}/{unit.units:,}" if unit.units else "—"


def floor_titles(names: Sequence[str], used: Formula | None = None) -> list[str]:
    """What the broken floors are called."""
    return [one.title for one in (used or formula()).floor if one.name in names]


def floor_sentences(names: Sequence[str], used: Formula | None = None) -> list[str]:
    """What each broken floor is, and the best grade that it leaves."""
    return [
        _("{floor}: the grade is not better than {grade}").format(floor=one.title, grade=one.cap)
        for one in (used or formula()).floor
        if one.name in names
    ]


def article_words(article: str, mark: str) -> str:
    """The article, and beside it how far the rule was verified where it was not read in the text itself."""
    if mark not in UNVERIFIED:
        return article
    return _("{article} [{mark}]").format(article=article, mark=label("rule_mark", mark))


def due_words(row: Obligation) -> str:
    """By when: the day, with a word where it is estimated; else why there is none."""
    if is_never_done(row):
        return _("never done")
    if row.settled_by not in DATED:
        return _("at all times")
    day = day_of(row) or row.due_on
    if day is None:
        return _("no day set")
    return _("{day} (estimated)").format(day=day) if row.is_estimated else day.isoformat()


def days_late(row: Obligation, as_of: date) -> int | None:
    """For how many days something has been overdue; None where no day was set or it never was done."""
    day = day_of(row)
    return None if day is None or row.state == "met" or day >= as_of else (as_of - day).days


def late_words(row: Obligation, as_of: date) -> str:
    """The days that something is late, that nothing is known of it, or a dash where no day was set."""
    if row.state == "no_data":
        return _("no data")
    late = days_late(row, as_of)
    return "—" if late is None else f"{late:,}"


def pressing(rows: Sequence[Obligation], as_of: date) -> list[Obligation]:
    """The most pressing first: what breaks a floor, then the longest late, then what has no day, then what lacks data."""
    of_floors = {floor.broken_by for floor in formula().floor}

    def rank(row: Obligation) -> tuple[bool, bool, bool, int, str, str]:
        late = days_late(row, as_of)
        return (
            row.state == "no_data", row.settled_by not in of_floors, late is None, -(late or 0), row.unit, row.rule
        )  # fmt: skip

    return sorted(rows, key=rank)


def missing_words(row: Obligation) -> str:
    """What of the duty is missing, with the number of the record that comes nearest."""
    by = row.evidence[0] if row.evidence else ""
    match row.settled_by:
        case "drill_held":
            return _drill_words(row, by)
        case "level_met" | "critical_stocked":
            return _level_words(row, by)
        case "card_issued" if row.state == "no_data":
            return _("no key post recorded")
        case "upkeep_done" | "stocktake_done":
            by = by or _("never")
    words = _sentences().get(row.settled_by, _("“{subject}” {number}"))
    return words.format(subject=row.subject, number=by).strip()


def _sentences() -> dict[Settlement, str]:
    return {
        "plan_in_force": _("no plan in force"),
        "finding_corrected": _("{subject} (drill {number})"),
        "finding_verified": _("{subject} (drill {number})"),
        "card_issued": _("{subject}: no card issued"),
        "card_current": _("card {number} does not agree with the facts"),
        "team_standing": _("no team, no agreement"),
        "team_standard": _("{subject} is below its standard"),
        "upkeep_done": _("{subject} (last: {number})"),
        "stocktake_done": _("{subject} (last: {number})"),
        "loan_returned": _("{subject} (lent by {number})"),
    }


def subject_words(row: Obligation) -> str:
    """What a duty is about, whatever its state: a record by its name and number, or the unit itself."""
    by = row.evidence[0] if row.evidence else ""
    match row.settled_by:
        case "plan_in_force" | "team_standing":
            return by or "—"
        case "drill_held":
            of_plan = row.subject if row.subject_kind == "plans" else ""
            return " ".join(filter(None, (of_plan, by))) or "—"
        case "level_met" | "critical_stocked":
            return f"{row.subject} {by}".strip()
        case _:
            return row.subject if by in ("", row.subject) else f"{row.subject} ({by})"


def _drill_words(row: Obligation, by: str) -> str:
    if by:
        words = _("last drill: {number}").format(number=by)
    else:  # the unit may have held others, which do not settle this
        words = _("no drill held yet") if row.state == "no_data" else _("no such drill held yet")
    return f"{row.subject}: {words}" if row.subject_kind == "plans" else words


def _level_words(row: Obligation, by: str) -> str:
    available, _slash, required = by.partition("/")
    return _("{item}: {available} fit for use, {required} required").format(
        item=row.subject, available=available or "0", required=required or "—"
    )


def method_lines(used: Formula) -> list[str]:
    """How a score is worked out by a version of the formula, a paragraph each."""
    weights = _(", ").join(f"{one.title} {one.weight:g}" for one in used.indicator)
    grades = _(", ").join(
        _("{grade} from {lowest}").format(grade=grade_words(one.code), lowest=f"{one.lowest:g}")
        for one in used.grade
    )
    lines = [
        _("Each thing that a rule asks of a unit is met, missed, or without data; what is not due yet is not counted."),
        _(
            "The value of an indicator is what is met of all that anything is known of. What is without data lowers the"
            " confidence, not the value."
        ),
        _(
            "The score is the mean of the values of the indicators by their weights, times 100, over the indicators of"
            " which anything is known. Weights: {weights}."
        ).format(weights=weights),
    ]  # fmt: skip
    if used.rollup:
        lines.append(_rollup_line(used))
    lines.append(_("Grades: {grades}.").format(grades=grades))
    if used.floor:
        names = [one.name for one in used.floor]
        floors = _("; ").join(floor_sentences(names, used))
        lines.append(
            _("Floors of a unit's own duties that no average can hide: {floors}.").format(floors=floors)
        )
    if used.confidence:
        steps = _(", ").join(
            _("{grade} from {lowest}").format(
                grade=label("readiness_confidence", one.code), lowest=f"{100 * one.lowest:.0f}%"
            )
            for one in used.confidence
        )
        lines.append(
            _("Confidence by the share that is known of what is asked: {steps}.").format(steps=steps)
        )
    lines.append(
        _("Version {version} of the formula. No law gives weights: they are the office's own choice.").format(
            version=used.version
        )
    )
    return lines


def _rollup_line(used: Formula) -> str:
    shares = _("; ").join(
        _("{kinds} {share}%").format(
            kinds=_(", ").join(label("unit_kind", kind) for kind in one.kinds), share=f"{100 * one.own:.0f}"
        )
        for one in used.rollup
    )
    return _(
        "Of a unit with others below it, its own duties weigh so much of each value, and all units below it the rest:"
        " {shares}. Of others, own duties and those below are counted together."
    ).format(shares=shares)
