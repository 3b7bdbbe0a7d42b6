"""The sections of a dossier on obligations and readiness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drillapp.core.enumerations import label
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.core.readiness.overview import remembered_trend
from drillapp.core.readiness.why import Why, why
from drillapp.core.readiness.why_words import why_lines
from drillapp.core.reports.dossier import Part, Section
from drillapp.core.reports.dossier_rows import filled
from drillapp.core.reports.readiness_words import (
    article_words,
    capital,
    confidence_words,
    coverage_words,
    due_words,
    floor_sentences,
    grade_words,
    late_words,
    pressing,
    score_words,
    subject_words,
)
from drillapp.core.reports.table import Column
from drillapp.core.reports.text import sentences
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.units.queries import UnitRow

_MONTHS = 24
_STATES = ("overdue", "no_data", "due", "met")
"""What presses most first."""


def obligation_section(office: Office, unit: UnitRow) -> Section:
    """All that is asked of the unit itself, by state, each with its article and day."""
    found = obligations(office, unit.id, own_only=True)
    by_state = {
        state: pressing([row for row in found if row.state == state], office.as_of) for state in _STATES
    }
    counts = _(", ").join(
        _("{state}: {count}").format(state=label("obligation_state", state), count=len(rows))
        for state, rows in by_state.items()
        if rows
    )
    texts = (
        (_("Asked of the unit: {count}; {counts}.").format(count=len(found), counts=counts),) if found else ()
    )
    parts = (_duty_part(office, state, rows) for state, rows in by_state.items())
    return Section(_("Obligations"), texts, filled(*parts), notes=tuple(_notes(found)))


def _duty_part(office: Office, state: str, rows: Sequence[Obligation]) -> Part:
    has_late = state == "overdue"
    columns = (
        Column(_("Rule"), 56), Column(_("What is asked, and of what")), Column(_("Article"), 128),
        Column(_("By when"), 62, "centre"), *([Column(_("Days late"), 36, "right")] if has_late else []),
    )  # fmt: skip
    lines = [
        (
            row.rule, f"{capital(row.title)}\n{subject_words(row)}".removesuffix("\n—"),
            article_words(row.article, row.mark), due_words(row),
            *([late_words(row, office.as_of)] if has_late else []),
        )
        for row in rows
    ]  # fmt: skip
    heading = _("{kind} ({count})").format(kind=capital(label("obligation_state", state)), count=len(rows))
    return Part(columns, lines, heading)


def _notes(found: Sequence[Obligation]) -> Iterator[str]:
    if any(row.is_estimated for row in found):
        yield _(
            "Due days with the word “estimated” count working days of a year whose holidays are not announced yet."
        )


def readiness_section(office: Office, unit: UnitRow, progress: Progress) -> Section:
    """The score with all units below, why it is so, and its trend."""
    try:
        found = why(office, unit.id)
    except NotFound:
        return Section(_("Readiness"), (_("The unit is not there on {day}.").format(day=office.as_of),))
    points = remembered_trend(office, unit.id, _MONTHS, progress)
    days = tuple(
        (
            one.as_of,
            one.readiness.score,
            1.0 if one.readiness.confidence is None else one.readiness.confidence,
        )
        for one in points
    )
    columns = (
        Column(_("Indicator")), Column(_("Met"), 50, "right"), Column(_("Known"), 50, "right"), Column(_("Asked"), 50, "right"),
        Column(_("Value"), 50, "right"), Column(_("Weight"), 50, "right"), Column(_("Points"), 50, "right"),
    )  # fmt: skip
    lines = [
        (
            term.title, f"{term.value.met:,}", f"{term.value.known:,}", f"{term.value.asked:,}",
            "—" if term.share is None else f"{100 * term.share:.1f}", f"{term.value.weight:g}",
            "—" if term.share is None else f"{term.points:.2f}",
        )
        for term in found.terms
    ]  # fmt: skip
    return Section(
        _("Readiness"),
        (_standing(found),),
        filled(Part(columns, lines, _("Indicators"))),
        notes=tuple(why_lines(found)),
        trend=days if len(days) > 1 else (),
    )


def _standing(found: Why) -> str:
    row = found.readiness
    if row.score is None:
        return _("There is no score: nothing is asked, or nothing is known of what is asked.")
    return sentences(
        _("Score {score} of 100, grade {grade}.").format(
            score=score_words(row.score), grade=grade_words(row.grade)
        ),
        *(_("A floor caps the grade: {floor}.").format(floor=floor) for floor in floor_sentences(row.broken)),
        _("Confidence of the figures: {confidence}.").format(confidence=confidence_words(row.confidence)),
        _("Units of which anything is known: {coverage}.").format(coverage=coverage_words(row))
        if row.units > 1
        else "",
    )
