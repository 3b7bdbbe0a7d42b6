"""The readiness report of a unit from the office's ledgers, as of the office's date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from drillapp.core.enumerations import label
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.advice import Action, advice
from drillapp.core.readiness.formula import Indicator, Value, formula
from drillapp.core.readiness.overview import remembered_trend
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.rows import TrendPoint, UnitReadiness
from drillapp.core.readiness.why import why
from drillapp.core.readiness.why_words import why_lines
from drillapp.core.reports.charts.series import Series
from drillapp.core.reports.plan_source import scope_of
from drillapp.core.reports.readiness_charts import Placed, grouped
from drillapp.core.reports.readiness_report import (
    Gap,
    IndicatorScore,
    Lacking,
    Standing,
    UnitReadinessReport,
)
from drillapp.core.reports.readiness_words import (
    article_words,
    capital,
    confidence_words,
    coverage_words,
    floor_sentences,
    grade_words,
    missing_words,
    score_words,
)
from drillapp.core.reports.text import sentences
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.windows import day_of

MONTHS = 24
LISTED = 20
"""So many gaps of a rule are listed; of the others their number is given."""


def readiness_report(
    office: Office, unit_code: str | None = None, progress: Progress = SILENT
) -> UnitReadinessReport:
    """What the paper about a unit with all below it says; the office's own unit when none is named.

    Raises NotFound for an unknown unit and one that was not there on the office's date.
    """
    key, _name = scope_of(office, unit_code)
    units = readiness(office, key)
    if not units:
        raise NotFound(
            _("The unit {unit} did not exist on {day}.").format(
                unit=unit_code or office.name, day=office.as_of
            ),
            _("Choose another day or another unit."),
        )
    own, used = units[0], formula()
    missing = _by_rule(obligations(office, key, states=("overdue", "no_data")))
    peers = _peers(office, own)
    return UnitReadinessReport(
        office=office.name,
        as_of=office.as_of,
        unit=own.unit_name,
        score=own.score,
        grade=grade_words(own.grade),
        indicators=tuple(_indicator(one, own, missing) for one in used.indicator),
        version=used.version,
        why=tuple(why_lines(why(office, key))),
        confidence="" if own.confidence is None else confidence_words(own.confidence),
        coverage=coverage_words(own) if own.units > 1 else "",
        floors=tuple(floor_sentences(own.broken)),
        helps=tuple(map(_help, advice(office, key))),
        peers=_average(peers),
        standing=_standing(own, peers),
        trend=tuple(map(_point, remembered_trend(office, key, MONTHS, progress))),
        below=grouped(Placed(unit) for unit in units if unit.parent_id == key),
    )


def _help(action: Action) -> str:
    where = action.unit_name or _("{count} units").format(count=f"{action.units:,}")
    text = _(
        "{title} ({where}, {count} duties): from {before} to {after} points, for about {days} working days."
    )
    said = text.format(
        title=capital(action.title), where=where, count=f"{action.count:,}", before=score_words(action.score_before),
        after=score_words(action.score_after), days=f"{action.effort / 2:g}",
    )  # fmt: skip
    if action.grade_before == action.grade_after:
        return said
    grade = _("The grade becomes {grade}.").format(grade=grade_words(action.grade_after))
    return sentences(said, grade)


def _point(point: TrendPoint) -> tuple[date, float | None, float]:
    share = point.readiness.confidence
    return point.as_of, point.readiness.score, 1.0 if share is None else share


def _indicator(
    indicator: Indicator, own: UnitReadiness, missing: Mapping[str, Sequence[Obligation]]
) -> IndicatorScore:
    value = own.indicators[indicator.name]
    return IndicatorScore(
        name=indicator.title,
        value=_points(value),
        weight=value.weight,
        met=value.met,
        known=value.known,
        asked=value.asked,
        rule=capital(_(", ").join(label("settlement", one) for one in indicator.settled_by)),
        lacking=tuple(
            _lacking(missing[rule], own)
            for rule in missing
            if missing[rule][0].settled_by in indicator.settled_by
        ),
    )


def _points(value: Value) -> float | None:
    return None if value.value is None else 100 * value.value


def _by_rule(missing: Iterable[Obligation]) -> dict[str, list[Obligation]]:
    found: dict[str, list[Obligation]] = {}
    for each in missing:
        found.setdefault(each.rule, []).append(each)
    return found


def _lacking(missing: Sequence[Obligation], own: UnitReadiness) -> Lacking:
    """The unit's own gaps first, then the longest overdue, then what lacks data."""
    first = sorted(missing, key=lambda each: (each.unit_id != own.unit_id, each.state == "no_data"))[:LISTED]
    article = article_words(missing[0].article, missing[0].mark)
    return Lacking(capital(missing[0].title), article, len(missing), tuple(map(_gap, first)))


def _gap(missing: Obligation) -> Gap:
    day = day_of(missing)
    state = label("obligation_state", "no_data") if missing.state == "no_data" else ""
    return Gap(missing.unit_name, missing_words(missing), day.isoformat() if day else "", state)


def _peers(office: Office, own: UnitReadiness) -> list[UnitReadiness]:
    """Units of the same kind under the same superior, itself among them."""
    if own.parent_id is None:
        return []
    beside = readiness(office, own.parent_id)
    return [unit for unit in beside if unit.parent_id == own.parent_id and unit.kind == own.kind]


def _average(peers: Sequence[UnitReadiness]) -> Series | None:
    if len(peers) < 2:
        return None
    columns = zip(*(map(_points, unit.indicators.values()) for unit in peers), strict=True)
    means = tuple(_mean([each for each in column if each is not None]) for column in columns)
    return Series(_("Average of its kind"), means)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _standing(own: UnitReadiness, peers: Sequence[UnitReadiness]) -> Standing | None:
    scores = [unit.score for unit in peers if unit.score is not None]
    if own.score is None or len(scores) < 2:
        return None
    return Standing(1 + sum(score > own.score for score in scores), len(scores), label("unit_kind", own.kind))
