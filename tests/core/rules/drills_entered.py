"""An office with the units, plans and drills of the reference in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.model import Drill as DrillRecord
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.model import Unit as UnitRecord
from tests.core.rules.drills_reference import Drill, Drills, Plan, Unit


def enter_units(office: Office, units: Iterable[Unit]) -> None:
    """Save units below the office's own."""
    save_units(
        office,
        [
            UnitEntry(
                code=unit.code, name=unit.name or unit.code, kind=unit.kind, parent_code="110102",
                high_risk=unit.high_risk, crowded=unit.crowded, sectors="fire_safety" if unit.fire else None,
                valid_from=unit.begin, valid_to=unit.end,
            )
            for unit in units
        ],
    )  # fmt: skip


def enter_plans(office: Office, plans: Iterable[Plan]) -> None:
    """Save plans with the days on which they came into force and ended."""
    save_plans(
        office,
        [
            PlanEntry(
                number=plan.number, title=plan.number, unit_code=plan.unit, kind=plan.kind, hazard=plan.hazard,
                approved_on=plan.begin, retired_on=plan.end,
            )
            for plan in plans
        ],
    )  # fmt: skip


def enter_drills(office: Office, drills: list[Drill]) -> None:
    """Save drills that were held, with the units that took part in them."""
    save_drills(office, [_entry(drill) for drill in drills])
    with office.write("parties") as work:
        units = dict(work.connection.execute(select(UnitRecord.code, UnitRecord.id)).all())
        keys = dict(work.connection.execute(select(DrillRecord.number, DrillRecord.id)).all())
        parties = [
            {"drill_id": keys[drill.number], "position": place, "unit_id": units[code]}
            for drill in drills
            for place, code in enumerate(drill.guests, 1)
        ]
        if parties:
            work.connection.execute(insert(DrillParty), parties)
        gone = [keys[drill.number] for drill in drills if drill.is_retired]
        work.connection.execute(
            update(DrillRecord).where(DrillRecord.id.in_(gone)).values(retired_on=office.as_of)
        )


def enter(office: Office, all_of: Drills) -> None:
    """Save everything."""
    enter_units(office, all_of.units)
    enter_plans(office, all_of.plans)
    enter_drills(office, all_of.drills)


def _entry(drill: Drill) -> DrillEntry:
    begin = datetime(drill.day.year, drill.day.month, drill.day.day, 22, tzinfo=BEIJING)
    return DrillEntry(
        number=drill.number, unit_code=drill.unit, title=drill.number, planned_on=drill.day,
        kind="event" if drill.is_event else "drill", plan_number=drill.plan, hazard=drill.hazard,
        evacuation=drill.evacuation, started_at=begin, ended_at=begin + timedelta(minutes=119),
    )  # fmt: skip
