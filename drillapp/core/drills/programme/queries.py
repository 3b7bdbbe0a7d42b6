"""What can be asked about programmes and their items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, case, func, or_, select

from drillapp.core.database.base import AnySelect, still
from drillapp.core.drills.model import Drill
from drillapp.core.drills.programme.model import Programme, ProgrammeChange, ProgrammeDuty, ProgrammeItem
from drillapp.core.drills.programme.rows import ItemRow, ProgrammeChangeRow, ProgrammeRow, SettledDuty
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Column, Listing
from drillapp.core.localtime import end_of_day
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
from drillapp.core.units.model import Unit, UnitAncestor

has_drill: ColumnElement[bool] = and_(Drill.id.is_not(None), Drill.retired_on.is_(None))
"""Whether an item has a drill, of items joined to theirs."""
item_day: Any = case((has_drill, Drill.planned_on), else_=ProgrammeItem.planned_on)
"""The day of an item, which is its drill's once it has one."""


def item_state(as_of: date) -> ColumnElement[Any]:
    """A code of the enumeration programme_item_state, of items joined to their drills.

    Where only the month is settled, an item is late when the month is over.
    """
    is_fixed = or_(ProgrammeItem.is_day_fixed, has_drill)
    return case(
        (ProgrammeItem.dropped_on <= as_of, "dropped"),
        (and_(has_drill, Drill.ended_at <= end_of_day(as_of)), "held"),
        (or_(and_(is_fixed, item_day < as_of), item_day < as_of.replace(day=1)), "late"),
        (has_drill, "scheduled"),
        else_="planned",
    )


def programme_state(as_of: date) -> ColumnElement[Any]:
    """A code of the enumeration programme_state."""
    return case(
        (Programme.published_on <= as_of, "published"),
        (Programme.approved_on <= as_of, "approved"),
        else_="draft",
    )


def _programmes(as_of: date) -> AnySelect:
    items = (
        select(func.count())
        .select_from(ProgrammeItem)
        .where(ProgrammeItem.programme_id == Programme.id, still(ProgrammeItem.dropped_on, as_of))
        .scalar_subquery()
    )
    return select(
        Programme.id, Programme.unit_id, Programme.revision, Unit.code.label("unit_code"),
        Unit.name.label("unit_name"), Programme.year, programme_state(as_of).label("state"), items.label("items"),
        Programme.approved_on, Programme.approved_by, Programme.published_on, Programme.document, Programme.retired_on,
    ).join(Unit, Unit.id == Programme.unit_id)  # fmt: skip


def _items(as_of: date) -> AnySelect:
    duties = (
        select(func.count())
        .select_from(ProgrammeDuty)
        .where(ProgrammeDuty.item_id == ProgrammeItem.id)
        .scalar_subquery()
    )
    return (
        select(
            ProgrammeItem.id, ProgrammeItem.programme_id, ProgrammeItem.unit_id, Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), ProgrammeItem.title, item_day.label("planned_on"), ProgrammeItem.is_day_fixed,
            item_state(as_of).label("state"), Plan.number.label("plan_number"), Plan.title.label("plan_title"),
            ProgrammeItem.hazard, ProgrammeItem.evacuation, ProgrammeItem.content, ProgrammeItem.form,
            ProgrammeItem.purpose, ProgrammeItem.place, ProgrammeItem.expected, ProgrammeItem.budget,
            ProgrammeItem.leader, ProgrammeItem.note, case((has_drill, Drill.number)).label("drill_number"),
            duties.label("settles"),
        )
        .outerjoin(Unit, Unit.id == ProgrammeItem.unit_id)
        .outerjoin(Plan, Plan.id == ProgrammeItem.plan_id)
        .outerjoin(Drill, Drill.id == ProgrammeItem.drill_id)
    )  # fmt: skip


PROGRAMMES = Listing(
    "programmes",
    ProgrammeRow,
    (
        Column("unit_name", "Unit", width=220),
        Column("year", "Year", "number", 70),
        Column("state", "State", "choice", 90, "programme_state"),
        Column("items", "Drills", "number", 70),
        Column("approved_on", "Approved on", "date", 100),
        Column("approved_by", "Approved by", width=120),
        Column("published_on", "Published on", "date", 100),
        Column("document", "Number of the document", width=160),
    ),
    _programmes,
    searched=("unit_name", "document"),
    sort=(("year", True), ("unit_name", False)),
)
PROGRAMME_ITEMS = Listing(
    "programme_items",
    ItemRow,
    (
        Column("planned_on", "Planned on", "date", 96),
        Column("title", "Drill title", width=240),
        Column("unit_name", "Unit", width=150),
        Column("state", "State", "choice", 90, "programme_item_state"),
        Column("content", "Content", "choice", 84, "drill_content"),
        Column("form", "Form", "choice", 84, "drill_form"),
        Column("settles", "Duties", "number", 60),
        Column("hazard", "Hazard", width=90),
        Column("plan_title", "Plan title", width=200),
        Column("plan_number", "Plan number", width=130),
        Column("purpose", "Purpose", "choice", 80, "drill_purpose"),
        Column("evacuation", "With evacuation", "flag", 90),
        Column("is_day_fixed", "Day is settled", "flag", 90),
        Column("place", "Place", width=140),
        Column("expected", "Expected", "number", 80),
        Column("budget", "Budget (yuan)", "number", 100),
        Column("leader", "Commander", width=90),
        Column("note", "Remark", width=160),
        Column("drill_number", "Drill number", width=170),
    ),
    _items,
    searched=("title", "unit_name", "plan_title", "place", "leader", "note"),
    sort=(("planned_on", False),),
)


def items_listing(chosen: Callable[[], int]) -> Listing:
    """The list of one programme's items: of the one that is chosen whenever the list is asked."""
    return PROGRAMME_ITEMS._replace(
        statement=lambda as_of: _items(as_of).where(ProgrammeItem.programme_id == chosen())
    )


def programme_for(office: Office, unit_id: int | None, year: int) -> ProgrammeRow | None:
    """The programme of a year that covers a unit: its own, or else that of the nearest unit above it.

    Of no unit: the office's own.
    """
    unit = unit_id if unit_id is not None else office.unit_id
    statement = (
        _programmes(office.as_of)
        .join(UnitAncestor, UnitAncestor.ancestor_id == Programme.unit_id)
        .where(UnitAncestor.unit_id == unit, Programme.year == year, Programme.retired_on.is_(None))
        .order_by(UnitAncestor.distance)
        .limit(1)
    )
    with office.read() as connection:
        row = connection.execute(statement).first()
    return None if row is None else ProgrammeRow(*row)


def programme_of(office: Office, unit_id: int | None, year: int) -> ProgrammeRow:
    """A unit's own programme for a year; raises NotFound."""
    found = programme_for(office, unit_id, year)
    if found is None or (unit_id is not None and found.unit_id != unit_id):
        raise NotFound(
            _("There is no drill programme for {year} of this unit.").format(year=year),
            _("Draw it up first: 'drillapp programme create {year}'.").format(year=year),
        )
    return found


def items_of(office: Office, programme_id: int, unit_id: int | None = None) -> list[ItemRow]:
    """The items of a programme, of a unit and those below it or of all, by day."""
    statement = _items(office.as_of).where(ProgrammeItem.programme_id == programme_id)
    if unit_id is not None:
        below = select(UnitAncestor.unit_id).where(UnitAncestor.ancestor_id == unit_id)
        statement = statement.where(ProgrammeItem.unit_id.in_(below))
    with office.read() as connection:
        rows = connection.execute(statement.order_by(item_day, ProgrammeItem.id))
        return [ItemRow(*row) for row in rows]


def item_named(office: Office, item_id: int) -> ItemRow:
    """The item with this key; raises NotFound."""
    with office.read() as connection:
        row = connection.execute(_items(office.as_of).where(ProgrammeItem.id == item_id)).first()
    if row is None:
        raise NotFound(
            _("There is no item {item} in any programme.").format(item=item_id),
            _("'drillapp programme items' shows those there are."),
        )
    return ItemRow(*row)


def duties_of_item(office: Office, item_id: int) -> list[SettledDuty]:
    """The duties that an item is to settle, the soonest due first."""
    statement = (
        select(ProgrammeDuty.rule, Plan.title, ProgrammeDuty.due_on, item_day <= ProgrammeDuty.due_on)
        .select_from(ProgrammeDuty)
        .join(ProgrammeItem, ProgrammeItem.id == ProgrammeDuty.item_id)
        .outerjoin(Plan, Plan.id == ProgrammeDuty.plan_id)
        .outerjoin(Drill, Drill.id == ProgrammeItem.drill_id)
        .where(ProgrammeDuty.item_id == item_id)
        .order_by(ProgrammeDuty.due_on, ProgrammeDuty.rule)
    )
    with office.read() as connection:
        return [
            SettledDuty(rule, plan, day, bool(known))
            for rule, plan, day, known in connection.execute(statement)
        ]


def rules_by_item(office: Office, programme_id: int) -> dict[int, list[str]]:
    """For each item of a programme the rules whose duties it is to settle."""
    statement = (
        select(ProgrammeDuty.item_id, ProgrammeDuty.rule)
        .join(ProgrammeItem, ProgrammeItem.id == ProgrammeDuty.item_id)
        .where(ProgrammeItem.programme_id == programme_id)
        .order_by(ProgrammeDuty.item_id, ProgrammeDuty.rule)
    )
    found: dict[int, list[str]] = {}
    with office.read() as connection:
        for item, rule in connection.execute(statement):
            known = found.setdefault(item, [])
            if rule not in known:
                known.append(rule)
    return found


def changes_of(office: Office, programme_id: int, item_id: int | None = None) -> list[ProgrammeChangeRow]:
    """What was changed after the approval, the latest first; of one item or of all."""
    statement = (
        select(
            ProgrammeChange.changed_at, ProgrammeChange.who, ProgrammeChange.reason, ProgrammeItem.title,
            ProgrammeChange.fields,
        )
        .join(ProgrammeItem, ProgrammeItem.id == ProgrammeChange.item_id)
        .where(ProgrammeChange.programme_id == programme_id)
        .order_by(ProgrammeChange.changed_at.desc(), ProgrammeChange.id.desc())
    )  # fmt: skip
    if item_id is not None:
        statement = statement.where(ProgrammeChange.item_id == item_id)
    with office.read() as connection:
        return [
            ProgrammeChangeRow(*row[:4], msgspec.json.decode(row[4])) for row in connection.execute(statement)
        ]
