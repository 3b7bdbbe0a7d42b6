"""What a readiness bulletin says, from the office's ledgers as of a day compared with an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from drillapp.core.dates import months_before
from drillapp.core.enumerations import label
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.bulletins.rows import BulletinEntry
from drillapp.core.readiness.compared import Compared, Moved, compared
from drillapp.core.readiness.formula import Formula, formula
from drillapp.core.readiness.overview import QUARTER
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.reports.bulletin import BulletinPaper, OverdueLine, OverdueUnit
from drillapp.core.reports.comparison_source import causes, moved_line, placed_of
from drillapp.core.reports.readiness_charts import Group, Placed, grouped
from drillapp.core.reports.readiness_words import (
    article_words,
    capital,
    confidence_words,
    due_words,
    floor_sentences,
    gain_words,
    grade_words,
    late_words,
    missing_words,
    moved_words,
    pressing,
    score_words,
)
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.text import sentences
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation

_CAUSES = 8
_MOVERS = 3
_OF_A_UNIT, _OF_MANY, _MANY = 5, 3, 10
"""So many overdue things of a unit are listed, fewer where there are many units."""
_NAMED = 10
_MOST_ADDRESSEES = 4


def bulletin_paper(office: Office, entry: BulletinEntry, progress: Progress = SILENT) -> BulletinPaper:
    """All that the bulletin says; compared with a quarter earlier where the entry names no day.

    Raises NotFound for a unit that is not there on the day, and for an unknown version of the formula.
    """
    used = formula(entry.version)
    before = compared_day(entry)
    units = readiness(office, entry.unit_id, entry.as_of, used.version)
    found = compared(office, entry.unit_id, before, entry.as_of, used.version, progress)
    whole = placed_of(found.whole)
    if whole is None:
        raise NotFound(_("The unit is not there on {day}.").format(day=entry.as_of))
    groups = grouped(filter(None, map(placed_of, found.below)))
    late = obligations(office, entry.unit_id, states=("overdue",), on=entry.as_of)
    moved = [one for one in found.moved if round(one.points, 2)]
    return BulletinPaper(
        office=office.name,
        unit=whole.now.unit_name,
        number=entry.number,
        title=entry.title or _title(whole.now),
        addressees=_addressees(groups, whole.now),
        as_of=entry.as_of,
        issued_on=office.as_of,
        compared_with=before,
        version=used.version,
        whole=whole,
        opening=_opening(whole, groups, entry.as_of, before),
        groups=groups,
        moved=tuple(map(moved_line, moved[:_CAUSES])),
        more=_more(found, moved),
        overdue=tuple(_overdue(late, units, whole.now, entry.as_of)),
        overdue_words=_overdue_words(late, entry.as_of),
        good=tuple(_good(office, groups, found)),
        bad=tuple(_bad(office, groups, found, units, used)),
        reliance=tuple(_reliance(whole.now, units, used)),
        unverified=_unverified(late),
    )


def compared_day(entry: BulletinEntry) -> date:
    """The day that a bulletin's figures are compared with."""
    return entry.compared_with or months_before(entry.as_of, QUARTER)


def _title(unit: UnitReadiness) -> str:
    return _("Bulletin on emergency readiness\nof {unit}").format(unit=unit.unit_name)


def _addressees(groups: Sequence[Group], own: UnitReadiness) -> str:
    """The units right below by name where they are few, else by their kinds."""
    units = [one.now.unit_name for group in groups for one in group.units]
    if not units:
        names = own.unit_name
    elif len(units) <= _MOST_ADDRESSEES:
        names = _(", ").join(units)
    else:
        names = _(", ").join(_("all units of the kind {kind}").format(kind=group.kind) for group in groups)
    return _("{authority}:").format(authority=capital(names))


def _opening(whole: Placed, groups: Sequence[Group], day: date, before: date) -> str:
    now, earlier = whole.now, whole.before
    if not now.units:
        return _("Nothing is asked of {unit} yet, so it has no score.").format(unit=now.unit_name)
    if now.score is None:
        return _("By {day} nothing is known of what is asked of {unit}, so it has no score.").format(
            day=long_date(day), unit=now.unit_name
        )
    first = _("By {day} the readiness of {unit} is {score} of 100, grade: {grade}.").format(
        day=long_date(day), unit=now.unit_name, score=score_words(now.score), grade=grade_words(now.grade)
    )
    change = ""
    if earlier is not None and earlier.score is not None:
        change = _("On {day} it was {score}: {change} since.").format(
            day=long_date(before),
            score=score_words(earlier.score),
            change=moved_words(now.score, earlier.score),
        )
    return sentences(first, change, *_grades_of(groups), _("The situation is made known as follows."))


def _grades_of(groups: Sequence[Group]) -> Iterator[str]:
    """How many units of the largest kind have which grade, and which of them are first and last."""
    if not groups:
        return
    units = groups[0].units
    grades = [one.now.grade for one in units]
    counts = _(", ").join(
        _("{grade}: {count} units").format(grade=grade, count=grades.count(grade))
        for grade in sorted({grade for grade in grades if grade})
    )
    scored = [one.now for one in units if one.now.score is not None]
    if counts:
        yield _("Of {count} units of the kind {kind}, by grade {counts}.").format(
            count=len(units), kind=groups[0].kind, counts=counts
        )
    if len(scored) > 1:
        yield _("First is {first} ({first_score}), last {last} ({last_score}).").format(
            first=scored[0].unit_name, first_score=score_words(scored[0].score),
            last=scored[-1].unit_name, last_score=score_words(scored[-1].score),
        )  # fmt: skip


def _more(found: Compared, moved: Sequence[Moved]) -> str:
    """How many more causes there are than are listed, and what they come to."""
    rest = moved[_CAUSES:]
    if not rest or found.exact_before is None or found.exact_after is None:
        return ""
    whole = found.exact_after - found.exact_before
    return _("{count} more causes, together {points}, are not listed here.").format(
        count=len(rest), points=gain_words(whole - sum(one.points for one in moved[:_CAUSES]))
    )


def _overdue(
    late: Sequence[Obligation], units: Sequence[UnitReadiness], own: UnitReadiness, day: date
) -> Iterator[OverdueUnit]:
    """By unit right below with all under it, those with the most first; the unit's own before them."""
    top = _tops(units, own)
    by_unit: dict[int, list[Obligation]] = {}
    for row in late:
        by_unit.setdefault(top.get(row.unit_id, own.unit_id), []).append(row)
    names = {unit.unit_id: unit.unit_name for unit in units}
    if len(units) > 1:  # its own things are not those of all below it, who would read its bare name so
        names[own.unit_id] = _("{unit} itself").format(unit=own.unit_name)
    order = sorted(by_unit, key=lambda key: (key != own.unit_id, -len(by_unit[key]), names.get(key, "")))
    most = _OF_MANY if len(order) > _MANY else _OF_A_UNIT
    for key in order:
        rows = by_unit[key]
        name = names.get(key, own.unit_name)
        lines = tuple(
            _line(row, name if row.unit_id == key else row.unit_name, day)
            for row in pressing(rows, day)[:most]
        )
        yield OverdueUnit(name, len(rows), lines)


def _tops(units: Sequence[UnitReadiness], own: UnitReadiness) -> Mapping[int, int]:
    """For each unit that one right below the whole under which it stands."""
    top = {own.unit_id: own.unit_id}
    for unit in units:  # superior units come first
        if unit.unit_id != own.unit_id:
            above = top.get(unit.parent_id or 0, own.unit_id)
            top[unit.unit_id] = unit.unit_id if above == own.unit_id else above
    return top


def _line(row: Obligation, unit: str, day: date) -> OverdueLine:
    return OverdueLine(
        unit, missing_words(row), row.title, article_words(row.article, row.mark), due_words(row),
        late_words(row, day),
    )  # fmt: skip


def _overdue_words(late: Sequence[Obligation], day: date) -> str:
    if not late:
        return _("Nothing is overdue.")
    rules: dict[str, list[Obligation]] = {}
    for row in late:
        rules.setdefault(row.rule, []).append(row)
    most = sorted(rules.values(), key=len, reverse=True)[:3]
    named = _("; ").join(
        _("{rule} ({count})").format(rule=rows[0].title, count=f"{len(rows):,}") for rows in most
    )
    first = _("By {day} {count} things are overdue in {units} units.").format(
        day=long_date(day), count=f"{len(late):,}", units=f"{len({row.unit_id for row in late}):,}"
    )
    return sentences(first, _("Most of them: {rules}.").format(rules=named))


def _good(office: Office, groups: Sequence[Group], found: Compared) -> Iterator[str]:
    best = [one.now for group in groups for one in group.units if one.now.grade == "A"]
    if best:
        yield _("Grade A: {units}.").format(units=_named(best))
    yield from _movers(office, groups, found, rising=True)


def _bad(
    office: Office, groups: Sequence[Group], found: Compared, units: Sequence[UnitReadiness], used: Formula
) -> Iterator[str]:
    yield from _movers(office, groups, found, rising=False)
    for floor in used.floor:
        broken = [unit for unit in units if floor.name in unit.broken]
        if broken:
            yield _("{floor}: {count} units. {units}.").format(
                floor=capital(floor_sentences((floor.name,), used)[0]),
                count=len(broken),
                units=_named(broken),
            )
    silent = [unit for unit in units if unit.units and not unit.reported]
    if silent:
        yield _("Without any data: {count} units. {units}.").format(count=len(silent), units=_named(silent))


def _movers(office: Office, groups: Sequence[Group], found: Compared, *, rising: bool) -> Iterator[str]:
    """The units right below that rose or fell most, with what moved them."""
    moved = [one for group in groups for one in group.units if (one.change or 0) * (1 if rising else -1) > 0]
    moved.sort(key=lambda one: abs(one.change or 0), reverse=True)
    text = (
        _("{unit} rose by {points} points to {score}.")
        if rising
        else _("{unit} fell by {points} points to {score}.")
    )
    for one in moved[:_MOVERS]:
        of_unit = compared(office, one.now.unit_id, found.before_on, found.after_on, found.version)
        said = text.format(
            unit=one.now.unit_name, points=f"{abs(one.change or 0):.1f}", score=score_words(one.now.score)
        )
        why = causes(of_unit.moved, rising)
        yield sentences(said, _("Above all: {causes}.").format(causes=why) if why else "")


def _named(units: Sequence[UnitReadiness]) -> str:
    """The first of them by name."""
    names = _(", ").join(unit.unit_name for unit in units[:_NAMED])
    if len(units) <= _NAMED:
        return names
    return _("{names} and others, {count} in all").format(names=names, count=f"{len(units):,}")


def _reliance(own: UnitReadiness, units: Sequence[UnitReadiness], used: Formula) -> Iterator[str]:
    yield sentences(
        _("Something is known of {reported} of the {units} units of which anything is asked.").format(
            reported=f"{own.reported:,}", units=f"{own.units:,}"
        ),
        _("Confidence of the score: {confidence}.").format(confidence=confidence_words(own.confidence, used)),
    )
    low = [unit for unit in units if unit.confidence is not None and _is_low(unit, used)]
    if low:
        yield _("Low confidence, so that their grades say little: {count} units. {units}.").format(
            count=f"{len(low):,}", units=_named(low)
        )
    yield _(
        "Figures are worked out by version {version} of the formula; the last attachment says how."
    ).format(version=used.version)


def _is_low(unit: UnitReadiness, used: Formula) -> bool:
    return bool(used.confidence) and used.confidence_of(unit.confidence or 0.0) == used.confidence[-1].code


def _unverified(late: Iterable[Obligation]) -> tuple[str, ...]:
    named = {row.rule: row for row in late if row.mark in ("V2", "M")}
    return tuple(
        _("{rule} ({mark})").format(rule=row.title, mark=label("rule_mark", row.mark))
        for row in named.values()
    )
