"""Drill programmes drawn up from what the rules ask: it knows both rooms, which do not know each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from drillapp.core.changes import Changes
from drillapp.core.database.base import still, table_of
from drillapp.core.database.engine import prepare_bulk
from drillapp.core.database.rows import insert_rows, next_ids, plain_rows
from drillapp.core.database.uid import new_uid
from drillapp.core.drills.model import Drill
from drillapp.core.drills.programme.adopting import adopt, scheduled_elsewhere
from drillapp.core.drills.programme.merging import KnownPlan
from drillapp.core.drills.programme.model import Programme, ProgrammeDuty, ProgrammeItem
from drillapp.core.drills.programme.proposal import Proposed, There, proposed
from drillapp.core.drills.programme.queries import has_drill, item_day
from drillapp.core.drills.programme.writing import Standing, add_items, refuse_without_reason, standing
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.events import has_come_into_force
from drillapp.core.plans.model import Plan
from drillapp.core.progress import SILENT, Progress
from drillapp.core.rules.drill_duties import DrillDuty, drill_duties
from drillapp.core.uncollected import uncollected
from drillapp.core.units.references import in_scope
from drillapp.core.work import Work
from drillapp.core.workdays.calendar import calendar_of

_YEARS = range(2000, 2100)
_MANY = 5000
"""From so many duties on, memory is traded for time."""
_ITEMS, _DUTIES = table_of(ProgrammeItem), table_of(ProgrammeDuty)


class DrawnUp(msgspec.Struct, frozen=True):
    """What came of drawing a programme up."""

    programme_id: int
    added: int = 0
    """New items."""
    settled: int = 0
    """Duties that had no item before."""
    changes: Changes = Changes()


def draw_up(
    office: Office, unit_id: int | None, year: int, *, reason: str | None = None, progress: Progress = SILENT
) -> DrawnUp:
    """Draw up a unit's programme for a year, or add to it what it lacks; what people entered or changed stays.

    Drills that are scheduled already are taken over. Each duty of the unit and those below it that no drill and no
    item of any programme settles goes to an item that can settle it, or to a new one. Of no unit: of the office's own. Raises InvalidInput for a year that is over or far
    off, and without a reason once the programme is approved.
    """
    unit = unit_id if unit_id is not None else office.unit_id
    if unit is None:
        raise InvalidInput(_("The office has no unit of its own."), _("Say for which unit the programme is."))
    _check_year(office, year)
    progress.step(0, 3, _("What is asked"))
    asked = uncovered(office, unit, year)
    with uncollected(), office.write("draw up programme") as work:
        if len(asked) >= _MANY:
            prepare_bulk(work.connection)
        programme = _programme(work, office, unit, year)
        adopted = scheduled_elsewhere(office, work.connection, unit, year)
        if asked or adopted:
            refuse_without_reason(programme, reason)
        taken = adopt(office, work, programme, adopted, reason)
        progress.step(1, 3, _("Merging and spreading"))
        found = _proposed(office, work.connection, programme, asked)
        progress.step(2, 3, _("Writing"))
        added = _write(office, work, programme, found, reason)
        return DrawnUp(programme.id, added + taken, len(asked), work.changes)


def uncovered(office: Office, unit_id: int | None, year: int) -> list[DrillDuty]:
    """The duties of a unit and those below it that neither a drill of the year nor an item of a programme settles."""
    asked = [one for one in drill_duties(office, unit_id, year) if one.drill_id is None]
    with office.read() as connection:
        covered = _covered(connection, unit_id, year)
    return [one for one in asked if not _is_covered(one, covered)] if covered else asked


def _check_year(office: Office, year: int) -> None:
    if year not in _YEARS:
        raise InvalidInput(_("{year} is not a year to plan for.").format(year=year), field="year")
    if year < office.as_of.year:
        raise InvalidInput(
            _("{year} is over.").format(year=year),
            _("Draw up the programme of this year or a later one."),
            field="year",
        )


_Key = tuple[int, str, int | None]


def _covered(connection: Connection, unit_id: int | None, year: int) -> dict[_Key, set[str]]:
    """By unit, rule and plan the last days of the periods for which an item of a programme stands."""
    statement = (
        select(ProgrammeItem.unit_id, ProgrammeDuty.rule, ProgrammeDuty.plan_id, ProgrammeDuty.due_on)
        .join(ProgrammeItem, ProgrammeItem.id == ProgrammeDuty.item_id)
        .join(Programme, Programme.id == ProgrammeItem.programme_id)
        .where(
            Programme.year == year,
            Programme.retired_on.is_(None),
            ProgrammeItem.dropped_on.is_(None),
            in_scope(ProgrammeItem.unit_id, unit_id),
        )
    )
    found: dict[_Key, set[str]] = {}
    for unit, rule, plan, day in plain_rows(connection, statement):
        found.setdefault((unit, rule, plan), set()).add(str(day))
    return found


def _is_covered(duty: DrillDuty, covered: dict[_Key, set[str]]) -> bool:
    """Of a rule that counts from the last drill any item of the year will do: its day moves with each drill."""
    days = covered.get((duty.unit_id, duty.rule, duty.plan_id))
    return days is not None and (duty.is_rolling or duty.ends_on.isoformat() in days)


def _programme(work: Work, office: Office, unit_id: int, year: int) -> Standing:
    known = select(Programme.id, Programme.retired_on).where(
        Programme.unit_id == unit_id, Programme.year == year
    )
    row = work.connection.execute(known).first()
    if row is None:
        values = {"uid": new_uid(), "owner_id": office.id, "unit_id": unit_id, "year": year}
        key = work.connection.execute(insert(Programme).values(values).returning(Programme.id)).scalar_one()
        work.created("programmes", [key])
        work.touched("programmes", {unit_id})
        return standing(work.connection, key)
    if row.retired_on is not None:
        work.connection.execute(update(Programme).where(Programme.id == row.id).values(retired_on=None))
        work.changed("programmes", row.id, {"retired_on": (row.retired_on, None)})
    return standing(work.connection, row.id)


def _proposed(
    office: Office, connection: Connection, programme: Standing, asked: Sequence[DrillDuty]
) -> list[Proposed]:
    if not asked:
        return []
    plans = _plans(office, connection, programme.unit_id, asked)
    calendar = calendar_of(connection)
    there = _there(connection, programme.id)
    return proposed(programme.year, asked, plans, calendar.is_working, there, office.as_of)


def _plans(
    office: Office, connection: Connection, unit_id: int, asked: Sequence[DrillDuty]
) -> dict[int, list[KnownPlan]]:
    """The plans in force of units for which a rule wants a drill of a certain plan, or kind of plan."""
    kinds = {kind for one in asked for kind in one.plan_kinds}
    named = {one.plan_id for one in asked if one.plan_id is not None}
    found: dict[int, list[KnownPlan]] = {}
    for one in asked:
        if one.plan_id is not None:
            _add(found, one.unit_id, KnownPlan(one.plan_id, None, one.plan_hazard, one.plan_title or ""))
    if not kinds and not named:
        return found
    statement = (
        select(Plan.unit_id, Plan.id, Plan.kind, Plan.hazard, Plan.title)
        .where(
            Plan.kind.in_(kinds) if not named else Plan.kind.is_not(None),
            in_scope(Plan.unit_id, unit_id),
            has_come_into_force(table_of(Plan), office.as_of),
            still(Plan.retired_on, office.as_of),
        )
        .order_by(Plan.unit_id, Plan.id)
    )
    for unit, *plan in plain_rows(connection, statement):
        _add(found, unit, KnownPlan(*plan))
    return found


def _add(found: dict[int, list[KnownPlan]], unit: int, plan: KnownPlan) -> None:
    """A plan that a duty names takes its kind from the list of plans."""
    known = found.setdefault(unit, [])
    known[:] = [one for one in known if one.id != plan.id] if len(known) else known
    known.append(plan)


def _there(connection: Connection, programme_id: int) -> list[There]:
    """The items that could settle more: those of the programme that were not dropped."""
    statement = (
        select(
            ProgrammeItem.id, ProgrammeItem.unit_id, item_day, Plan.id, Plan.kind, Plan.hazard, Plan.title,
            ProgrammeItem.hazard, ProgrammeItem.evacuation, ProgrammeItem.content, ProgrammeItem.form,
        )
        .outerjoin(Plan, Plan.id == ProgrammeItem.plan_id)
        .outerjoin(Drill, Drill.id == ProgrammeItem.drill_id)
        .where(
            ProgrammeItem.programme_id == programme_id,
            ProgrammeItem.dropped_on.is_(None),
            ~has_drill | Drill.ended_at.is_(None),
        )
        .order_by(item_day, ProgrammeItem.id)
    )  # fmt: skip
    return [
        There(row[0], row[1], row[2], KnownPlan(*row[3:7]) if row[3] is not None else None, *row[7:])
        for row in connection.execute(statement)
    ]


def _write(
    office: Office, work: Work, programme: Standing, found: Sequence[Proposed], reason: str | None
) -> int:
    """Write new items and which duties items settle; returns how many items are new."""
    new = [one for one in found if one.item_id is None]
    count = len(new)
    keys: list[int] = []
    if new:
        columns: dict[str, Sequence[Any]] = {
            "unit_id": [one.unit_id for one in new],
            "title": [one.title for one in new],
            "plan_id": [one.plan_id for one in new],
            "hazard": [one.hazard for one in new],
            "evacuation": [one.evacuation for one in new],
            "content": [one.content for one in new],
            "form": [one.form for one in new],
            "purpose": ["testing"] * count,
            "planned_on": [one.planned_on for one in new],
            "is_day_fixed": [False] * count,
        }
        keys = add_items(office, work, programme, columns, reason)
    items = [*zip(new, keys, strict=True), *((one, one.item_id) for one in found if one.item_id is not None)]
    _write_duties(work, [(key, duty) for one, key in items for duty in one.duties])
    return count


def _write_duties(work: Work, pairs: Collection[tuple[int | None, Any]]) -> None:
    if not pairs:
        return
    ids = next_ids(work.connection, _DUTIES, len(pairs))
    due: list[date] = [duty.ends_on for _item, duty in pairs]
    columns: dict[str, Sequence[Any]] = {
        "id": ids,
        "item_id": [item for item, _duty in pairs],
        "rule": [duty.rule for _item, duty in pairs],
        "plan_id": [duty.plan_id for _item, duty in pairs],
        "due_on": due,
    }
    insert_rows(work.connection, _DUTIES, columns)
    work.created("programme_duties", ids)
