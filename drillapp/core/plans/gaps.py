"""What a version of a plan lacks: sections, levels, phones, people, reviews, filing; and whether its superior moved on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, exists, func, select

from drillapp.core import enumerations
from drillapp.core.database.base import table_of
from drillapp.core.dates import earliest_begin
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.law import assessment_rule
from drillapp.core.office import Office
from drillapp.core.phones import is_phone
from drillapp.core.plans.articles import articles
from drillapp.core.plans.concerned import SUBJECT, Subject
from drillapp.core.plans.content import Content, Level, Named, says_anything
from drillapp.core.plans.filing import filing_rule
from drillapp.core.plans.life_rules import Need, needs
from drillapp.core.plans.model import Plan, PlanEvent, PlanVersion
from drillapp.core.plans.outline import Entry, Outline, filled_lists, lacks, outline_for
from drillapp.core.plans.standing import begin_of, end_of
from drillapp.core.plans.writing import stored_content
from drillapp.core.units.model import Person, Unit, UnitAncestor
from drillapp.core.workdays.calendar import Calendar, calendar_of

FEWEST_LEVELS, MOST_LEVELS = 2, 4


class Gap(msgspec.Struct, frozen=True):
    """Something that is missing, late or no longer right."""

    kind: str
    """A code of the enumeration plan_gap."""
    where: str
    """The section, level, person or event that it is about."""
    message: str
    article: str = ""
    is_advice: bool = False
    """Worth a look, but asked by no rule."""
    section: int | None = None
    """The place of the section in the text, from 0."""


class _Facts(NamedTuple):
    """What is on record about a version, all read at one moment."""

    version: Any
    content: Content
    events: dict[str, list[tuple[date, str]]]
    people: dict[str, bool]
    """Of the roster's names those that the unit or one below it knows, and whether they are still there."""
    calendar: Calendar
    day: date

    @property
    def is_in_force(self) -> bool:
        """Whether the version is in force on the day."""
        begin, end, retired = self.version.begin, self.version.end, self.version.retired_on
        return (
            begin is not None
            and begin <= self.day
            and not any(d is not None and d <= self.day for d in (end, retired))
        )


def gaps_of(office: Office, version_id: int) -> list[Gap]:
    """What a version lacks on the office's date: first its text, then people, then its record.

    Takes the same number of statements however much is written. Raises NotFound for an unknown version.
    """
    facts = _facts(office, version_id)
    return [
        *_in_sections(facts.content, outline_for(facts.version.plan_kind, facts.version.tier)),
        *_in_levels(facts.content.levels),
        *_in_phones(facts.content),
        *_in_people(facts),
        *_in_superior(facts),
        *_in_record(facts),
    ]


def _facts(office: Office, version_id: int) -> _Facts:
    day = office.as_of
    with office.read() as connection:
        version = _version(connection, version_id, day)
        content = stored_content(connection, version_id)
        people = _people(connection, version.unit_id, content, day)
        return _Facts(
            version, content, _events(connection, version_id, day), people, calendar_of(connection), day
        )


def _version(connection: Connection, version_id: int, day: date) -> Any:
    superior, versions = table_of(Plan).alias(), table_of(PlanVersion)
    theirs = versions.alias()
    their_begin = begin_of(theirs)
    superior_begin = (
        select(func.max(their_begin))
        .where(theirs.c.plan_id == superior.c.id, their_begin <= day)
        .scalar_subquery()
    )
    knows_people = exists(select(Person.id).where(Person.unit_id == Plan.unit_id))
    row = connection.execute(
        select(
            PlanVersion.plan_id, Plan.unit_id, Plan.tier, Plan.retired_on, Unit.name.label("unit_name"),
            *(column.label(name) for column, name in zip(SUBJECT, Subject._fields, strict=True)),
            begin_of(versions).label("begin"), end_of(versions).label("end"),
            superior.c.title.label("superior"), superior.c.retired_on.label("superior_retired_on"),
            superior_begin.label("superior_begin"), knows_people.label("knows_people"),
        )
        .select_from(PlanVersion)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .join(Unit, Unit.id == Plan.unit_id)
        .outerjoin(superior, superior.c.id == Plan.parent_id)
        .where(PlanVersion.id == version_id)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound(_("There is no such version of a plan."))
    return row


def _events(connection: Connection, version_id: int, day: date) -> dict[str, list[tuple[date, str]]]:
    statement = (
        select(PlanEvent.kind, PlanEvent.happened_on, PlanEvent.conclusion)
        .where(PlanEvent.version_id == version_id, PlanEvent.happened_on <= day)
        .order_by(PlanEvent.happened_on, PlanEvent.id)
    )
    found: dict[str, list[tuple[date, str]]] = {}
    for kind, happened_on, conclusion in connection.execute(statement):
        found.setdefault(kind, []).append((happened_on, conclusion or ""))
    return found


def _people(connection: Connection, unit_id: int, content: Content, day: date) -> dict[str, bool]:
    names = {each.name for each in content.roster if each.name}
    gone = func.coalesce(Person.retired_on <= day, False)
    statement = (
        select(Person.name, gone)
        .join(UnitAncestor, UnitAncestor.unit_id == Person.unit_id)
        .where(UnitAncestor.ancestor_id == unit_id, Person.name.in_(names))
    )
    found: dict[str, bool] = {}
    for name, has_gone in connection.execute(statement):
        found[name] = found.get(name, False) or not has_gone
    return found


def _in_sections(content: Content, outline: Outline) -> Iterator[Gap]:
    if not content.sections:
        message = _("Nothing has been written yet; the outline “{outline}” is there to start from.")
        yield Gap("no_content", "", message.format(outline=outline.title), outline.standard)
        return
    sections = [(each.level, each.title, says_anything(each.blocks)) for each in content.sections]
    for lack in lacks(outline, sections, filled_lists(content)):
        where = f"{lack.entry.number} {lack.entry.title}"
        if lack.place is None:
            yield Gap("section_missing", where, _missing(lack.entry), outline.source_of(lack.entry))
        else:
            here = content.sections[lack.place]
            message = _("The section says nothing yet.")
            article = outline.source_of(lack.entry)
            yield Gap(
                "section_empty", f"{here.number} {here.title}".strip(), message, article, section=lack.place
            )


def _missing(entry: Entry) -> str:
    if entry.hint:
        return _("There is no such section. It says: {hint}").format(hint=entry.hint)
    return _("There is no such section.")


def _in_levels(levels: tuple[Level, ...]) -> Iterator[Gap]:
    if levels and not FEWEST_LEVELS <= len(levels) <= MOST_LEVELS:
        message = _("{count} response levels; two to four are usual.").format(count=len(levels))
        yield Gap("levels_count", "", message, articles().levels.article, is_advice=True)
    for level in levels:
        if not level.trigger.strip():
            message = _("The level does not say when it is started.")
            yield Gap("level_trigger", level.name, message, articles().levels.article)
        if not level.starter.strip():
            yield Gap(
                "level_starter",
                level.name,
                _("The level does not say who starts it."),
                articles().levels.article,
            )


def _in_phones(content: Content) -> Iterator[Gap]:
    phones = [(_called(each), each.phone) for each in (*content.roster, *content.contacts)]
    for where, phone in phones:
        if not phone.strip():
            yield Gap(
                "phone_missing",
                where,
                _("No phone number is given."),
                articles().directory.article,
                is_advice=True,
            )
    for where, phone in [*phones, *((each.name, each.phone) for each in content.resources)]:
        if phone.strip() and not is_phone(phone):
            message = _("'{phone}' cannot be called.").format(phone=phone.strip())
            yield Gap("phone_invalid", where, message, articles().directory.article)


def _called(each: Named) -> str:
    return " ".join(filter(None, (each.organisation, each.role, each.name)))


def _in_people(facts: _Facts) -> Iterator[Gap]:
    """Those of other organisations are not the unit's to know."""
    for each in facts.content.roster:
        if not each.name or each.organisation not in ("", facts.version.unit_name):
            continue
        is_here = facts.people.get(each.name)
        if is_here is False:
            message = _("{name} is no longer in the unit.").format(name=each.name)
            yield Gap("person_gone", _called(each), message, articles().directory.article)
        elif is_here is None and facts.version.knows_people:
            message = _("{name} is not among the unit's people.").format(name=each.name)
            yield Gap("person_unknown", _called(each), message, articles().directory.article, is_advice=True)


def _in_superior(facts: _Facts) -> Iterator[Gap]:
    row = facts.version
    if row.superior_retired_on is not None and row.superior_retired_on <= facts.day:
        message = _("The superior plan was retired on {day}.").format(day=row.superior_retired_on)
        yield Gap("superior_retired", row.superior, message, articles().superior.article)
    elif row.superior_begin is not None and row.begin is not None and row.superior_begin > row.begin:
        message = _("The superior plan has a version in force since {day}, after this one's.")
        yield Gap(
            "superior_newer",
            row.superior,
            message.format(day=row.superior_begin),
            articles().superior.article,
        )


def _in_record(facts: _Facts) -> Iterator[Gap]:
    subject = Subject(*(getattr(facts.version, name) for name in Subject._fields))
    seen: set[tuple[str, ...]] = set()
    for need in needs():
        if need.any_of not in seen and _is_unmet(need, subject, facts):
            seen.add(need.any_of)
            labels = _(" or ").join(enumerations.label("plan_event", kind) for kind in need.any_of)
            yield Gap("event_missing", labels, _("It is not on record."), need.article)
    if facts.is_in_force:
        yield from _late(subject, facts)


def _is_unmet(need: Need, subject: Subject, facts: _Facts) -> bool:
    """What approval needs is asked of drafts too; the rest of what has happened."""
    is_asked = need.event == "approved" or need.event in facts.events
    return is_asked and need.concerns(subject) and facts.events.keys().isdisjoint(need.any_of)


def _late(subject: Subject, facts: _Facts) -> Iterator[Gap]:
    rule, published = filing_rule(subject), facts.events.get("published")
    if rule.days and published and not _is_filed(facts):
        due = facts.calendar.after(published[0][0], rule.days)
        if due.day < facts.day:
            message = _("It was to be filed by {day}.").format(day=due.day)
            yield Gap("not_filed", enumerations.label("plan_event", "filed"), message, rule.article)
    looked_at = [facts.version.begin, *(day for day, _conclusion in facts.events.get("assessed", ()))]
    if max(looked_at) < earliest_begin(facts.day, assessment_rule().months):
        message = _("It was last assessed or issued on {day}.").format(day=max(looked_at))
        yield Gap(
            "assessment_due",
            enumerations.label("plan_event", "assessed"),
            message,
            assessment_rule().article,
        )


def _is_filed(facts: _Facts) -> bool:
    """Filed, and not sent back after the last filing."""
    filed, answers = facts.events.get("filed", []), facts.events.get("filing_answered", [])
    return bool(filed) and not (len(answers) >= len(filed) and answers[-1][1] == "incomplete")
