"""The annual programme of one street of the sample district: drawn up before the year began, approved, published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
from msgspec import UNSET
from sqlalchemy import select

from drillapp.core.datafile import read_data_file
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.programme.approving import approve, publish
from drillapp.core.drills.programme.commands import drop_items, move_items
from drillapp.core.drills.programme.queries import items_of, programme_of
from drillapp.core.drills.programme.scheduling import items_of_month, schedule_items
from drillapp.core.ledgers.sheet_rows import read_rows
from drillapp.core.office import Office
from drillapp.core.programming import draw_up
from drillapp.core.resources import resource_path
from drillapp.core.sample_drill_texts import DrillText, Strict
from drillapp.core.sample_time import on
from drillapp.core.units.model import Unit

_FILE = "samples/programme.toml"
_LEDGER = "samples/drills.csv"


class ChangeText(Strict, frozen=True):
    """An item put on another day, or dropped where there is none, with the reason."""

    day: date
    unit: str
    planned_on: date
    reason: str
    to: date | None = None


class ProgrammeText(Strict, frozen=True):
    """A unit's programme and its life."""

    unit: str
    year: int
    drawn_up_on: date
    approved_on: date
    approved_by: str
    published_on: date
    document: str
    scheduled_on: date
    scheduled_months: tuple[int, ...]
    change: tuple[ChangeText, ...] = ()


def draw_up_programme(office: Office, texts: Sequence[DrillText]) -> None:
    """Plan the drills of the year as they stood before it began, and have the programme published.

    The ledger of drills, which says how they went, is imported afterwards.
    """
    said = read_data_file(_FILE, ProgrammeText)
    with on(office, said.drawn_up_on):
        own = [planned(text) for text in texts if text.kind == "drill"]
        save_drills(office, [*_of_ledger(said), *own])
        programme = draw_up(office, _unit(office, said.unit), said.year).programme_id
    with on(office, said.approved_on):
        approve(office, programme, day=said.approved_on, by=said.approved_by)
    with on(office, said.published_on):
        publish(office, programme, day=said.published_on, document=said.document)


def go_on_with_programme(office: Office) -> None:
    """Change some items, with reasons, and make drills of those that are still ahead."""
    said = read_data_file(_FILE, ProgrammeText)
    programme = programme_of(office, _unit(office, said.unit), said.year).id
    for change in said.change:
        with on(office, change.day):
            _change(office, programme, change)
    with on(office, said.scheduled_on):
        items = [item for month in said.scheduled_months for item in items_of_month(office, programme, month)]
        schedule_items(office, items)


def _change(office: Office, programme: int, change: ChangeText) -> None:
    items = [
        one.id
        for one in items_of(office, programme)
        if one.unit_code == change.unit and one.planned_on == change.planned_on
    ]
    if change.to is None:
        drop_items(office, items, change.reason)
    else:
        move_items(office, items, change.to, is_day_fixed=True, reason=change.reason)


def planned(text: DrillText) -> DrillEntry:
    """A drill, or an event, as it stands before it begins."""
    return DrillEntry(
        number=text.number, unit_code=text.unit, title=text.title, planned_on=text.planned_on, kind=text.kind,
        plan_number=text.plan, hazard=text.hazard, evacuation=text.evacuation, content=text.content, form=text.form,
        purpose=text.purpose, place=text.place, leader=text.leader, expected=text.expected,
    )  # fmt: skip


def _of_ledger(said: ProgrammeText) -> Iterator[DrillEntry]:
    """The drills of the unit's and those below it in the year, without what came later."""
    rows = read_rows("drills", DrillEntry, resource_path(_LEDGER))
    for entry in rows.entries:
        if entry.unit_code.startswith(said.unit) and entry.planned_on.year == said.year:
            yield msgspec.structs.replace(
                entry,
                started_at=UNSET,
                ended_at=UNSET,
                participants=UNSET,
                rating=UNSET,
                third_party=UNSET,
                reported_on=UNSET,
            )


def _unit(office: Office, code: str) -> int:
    with office.read() as connection:
        return connection.execute(select(Unit.id).where(Unit.code == code)).scalar_one()
