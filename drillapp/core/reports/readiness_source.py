"""The readiness report of a unit from the office's ledgers, as of the office's date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.law import Settlement, rules_settled_by
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.formula import Indicator, Value, formula
from drillapp.core.readiness.queries import readiness, trend
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.reports.charts.series import Series
from drillapp.core.reports.readiness_report import (
    Gap,
    IndicatorScore,
    Lacking,
    Ranking,
    Standing,
    UnitReadinessReport,
)
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.units.references import unit_id

MONTHS = 24
LISTED = 20
"""So many gaps of a rule are listed; of the others their number is given."""


def readiness_report(
    office: Office, unit_code: str | None = None, progress: Progress = SILENT
) -> UnitReadinessReport:
    """What the paper about a unit with all below it says; the office's own unit when none is named.

    Raises NotFound for an unknown unit and one that was not there on the office's date.
    """
    key = _unit(office, unit_code)
    units = readiness(office, key)
    if not units:
        raise NotFound(
            _("The unit {unit} did not exist on {day}.").format(
                unit=unit_code or office.name, day=office.as_of
            ),
            _("Choose another day or another unit."),
        )
    own = units[0]
    missing = _by_rule(obligations(office, key, states=("overdue",)))
    peers = _peers(office, own)
    return UnitReadinessReport(
        office=office.name,
        as_of=office.as_of,
        unit=own.unit_name,
        score=own.score,
        grade=label("grade", own.grade),
        indicators=tuple(_indicator(one, own, missing) for one in formula().indicator),
        peers=_average(peers),
        standing=_standing(own, peers),
        trend=tuple((point.as_of, point.readiness.score) for point in trend(office, key, MONTHS, progress)),
        below=_rankings([unit for unit in units if unit.parent_id == key]),
    )


def _unit(office: Office, code: str | None) -> int:
    if code is None and office.unit_id is not None:
        return office.unit_id
    if not code:
        raise InvalidInput(_("Say which unit the report is about."), field="unit_code")
    with office.read() as connection:
        return unit_id(connection, code)


def _indicator(
    indicator: Indicator, own: UnitReadiness, missing: Mapping[str, Sequence[Obligation]]
) -> IndicatorScore:
    value = own.indicators[indicator.name]
    return IndicatorScore(
        name=indicator.title,
        value=_points(value),
        weight=value.weight,
        met=value.met,
        asked=value.asked,
        rule=_capital(_("; ").join(filter(None, map(_asked, indicator.settled_by)))),
        lacking=tuple(
            _lacking(missing[rule], own)
            for rule in missing
            if missing[rule][0].settled_by in indicator.settled_by
        ),
    )


def _points(value: Value) -> float | None:
    return None if value.value is None else 100 * value.value


def _asked(settlement: Settlement) -> str:
    asked = rules_settled_by(settlement)
    if settlement == "drill_held":
        return _("drills as often as the law asks of the kind of unit")
    return asked[0].title if asked else ""


def _by_rule(missing: Iterable[Obligation]) -> dict[str, list[Obligation]]:
    found: dict[str, list[Obligation]] = {}
    for each in missing:
        found.setdefault(each.rule, []).append(each)
    return found


def _lacking(missing: Sequence[Obligation], own: UnitReadiness) -> Lacking:
    """The unit's own gaps first, then the longest overdue."""
    first = sorted(missing, key=lambda each: each.unit_id != own.unit_id)[:LISTED]
    return Lacking(_capital(missing[0].title), missing[0].article, len(missing), tuple(map(_gap, first)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _gap(missing: Obligation) -> Gap:
    return Gap(missing.unit_name, _words(missing), missing.due_on)


def _words(missing: Obligation) -> str:
    by = missing.evidence[0] if missing.evidence else ""
    match missing.settled_by:
        case "plan_in_force":
            return _("no plan in force")
        case "plan_assessed":
            return _("“{plan}” {number}").format(plan=missing.subject, number=by)
        case "drill_held":
            return _("last drill: {number}").format(number=by) if by else _("no drill held yet")
        case "finding_corrected":
            return _("{finding} (drill {number})").format(finding=missing.subject, number=by)
        case "level_met":
            available, _slash, required = by.partition("/")
            return _("{item}: {available} fit for use, {required} required").format(
                item=missing.subject, available=available, required=required
            )
        case "card_issued":
            return _("{post}: no card issued").format(post=missing.subject)


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


def _rankings(units: Sequence[UnitReadiness]) -> tuple[Ranking, ...]:
    """Like is ranked among like; the kind with the most units first."""
    kinds: dict[str, list[UnitReadiness]] = {}
    for unit in sorted(units, key=lambda unit: (unit.score is None, -(unit.score or 0.0), unit.unit)):
        kinds.setdefault(unit.kind, []).append(unit)
    largest_first = sorted(kinds, key=lambda kind: (-len(kinds[kind]), kind))
    return tuple(
        Ranking(_capital(label("unit_kind", kind)), tuple(map(_series, kinds[kind])))
        for kind in largest_first
    )


def _series(unit: UnitReadiness) -> Series:
    return Series(unit.unit_name, (unit.score, *map(_points, unit.indicators.values())))
