"""The plan of a year's drills from a unit's programme, as of the office's date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from drillapp.core.drills.programme.queries import changes_of, items_of, programme_of, rules_by_item
from drillapp.core.drills.programme.rows import ItemRow, ProgrammeRow
from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.law import Rule
from drillapp.core.office import Office
from drillapp.core.reports.annual_programme import AnnualProgramme, ProgrammeLine
from drillapp.core.reports.plan_source import scope_of
from drillapp.core.reports.signature import long_date
from drillapp.core.rules.book import rule_book


def annual_programme(office: Office, unit_code: str | None, number: str | None) -> AnnualProgramme:
    """What the plan of a unit's drills says; of the office's own unit and of this year when none is named.

    Raises NotFound for an unknown unit and a year without a programme, InvalidInput for what is no year.
    """
    year = _year(number, office.as_of.year)
    unit_id, name = scope_of(office, unit_code)
    programme = programme_of(office, unit_id, year)
    items = [item for item in items_of(office, programme.id) if item.state != "dropped"]
    asked = rules_by_item(office, programme.id)
    known = rule_book(office).known
    articles = _articles(items, asked, known)
    places = {article: place for place, article in enumerate(articles, 1)}
    changed = len(changes_of(office, programme.id))
    words = _("Changed {count} times since its approval; the changes are kept with their reasons.")
    return AnnualProgramme(
        office=office.name,
        unit=name,
        title=_("{unit}: drill plan for {year}").format(unit=name, year=year),
        standing=_standing(programme),
        summary=_summary(items),
        day=programme.published_on or programme.approved_on or office.as_of,
        lines=[_line(item, asked.get(item.id, ()), places, known) for item in items],
        articles=articles,
        changes=words.format(count=changed) if changed else "",
    )


def _year(number: str | None, usual: int) -> int:
    if number is None:
        return usual
    if not (number.isascii() and number.isdigit() and len(number) == len("2026")):
        raise InvalidInput(_("'{value}' is not a year.").format(value=number), field="number")
    return int(number)


def _standing(programme: ProgrammeRow) -> str:
    if programme.published_on is not None:
        words = _("Published on {day}").format(day=long_date(programme.published_on))
        return (
            _("{words} ({document})").format(words=words, document=programme.document)
            if programme.document
            else words
        )
    if programme.approved_on is not None:
        return _("Approved on {day}").format(day=long_date(programme.approved_on))
    return _("Draft")


def _summary(items: Sequence[ItemRow]) -> str:
    """How many drills of which kind, for how many people and how much money."""
    parts = []
    for name, enumeration in (("content", "drill_content"), ("form", "drill_form")):
        counted = Counter(getattr(item, name) for item in items)
        parts += [f"{label(enumeration, code)} {counted[code]:,}" for code in sorted(filter(None, counted))]
    people = sum(item.expected or 0 for item in items)
    money = sum(item.budget or 0 for item in items)
    parts += [_("{count} people").format(count=f"{people:,}")] if people else []
    parts += [_("{amount} yuan").format(amount=f"{money:,}")] if money else []
    return _("{count} drills in all: {parts}.").format(count=f"{len(items):,}", parts=_(", ").join(parts))


def _articles(
    items: Sequence[ItemRow], asked: Mapping[int, Sequence[str]], known: Mapping[str, Rule]
) -> list[str]:
    found = [known[rule].article for item in items for rule in asked.get(item.id, ()) if rule in known]
    return list(dict.fromkeys(found))


def _line(
    item: ItemRow, asked: Sequence[str], places: Mapping[str, int], known: Mapping[str, Rule]
) -> ProgrammeLine:
    what = " ".join(filter(None, (label("drill_content", item.content), label("drill_form", item.form))))
    basis = sorted({places[known[rule].article] for rule in asked if rule in known})
    settled = item.is_day_fixed or item.drill_number is not None
    when = _("{month}-{day}") if settled else _("month {month}")
    return ProgrammeLine(
        subject=item.title,
        plan=item.plan_title or item.hazard or "",
        kind="\n".join(filter(None, (what, label("drill_purpose", item.purpose)))),
        when=when.format(month=item.planned_on.month, day=item.planned_on.day),
        unit=item.unit_name,
        place=item.place or "",
        people="" if item.expected is None else f"{item.expected:,}",
        budget="" if item.budget is None else f"{item.budget:,}",
        leader=item.leader or "",
        basis=tuple(basis),
        note=item.note or "",
    )
