"""What can be done with plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, cast

from msgspec import UNSET
from sqlalchemy import ColumnElement, Table, bindparam, select, update

from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import table_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans import events
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.model import Plan, PlanEvent
from drillapp.core.plans.titled import no_plan_called, write_plan_numbers
from drillapp.core.plans.told import DATED, ToldVersions, newest_label
from drillapp.core.saving import Saved, Saving, save
from drillapp.core.superiors import check_superiors
from drillapp.core.units.references import look_up_units
from drillapp.core.work import Work


def _parent_number(table: Table) -> ColumnElement[Any]:
    parent = table.alias("parent")
    return select(parent.c.number).where(parent.c.id == table.c.parent_id).scalar_subquery()


_PLANS = Target(
    kind="plans",
    table=table_of(Plan),
    key=("number",),
    fields=("number", "title", "tier", "kind", "hazard", "retired_on"),
    required=("number", "title", "unit_code"),
    choices={"tier": "plan_tier", "kind": "plan_kind"},
    searched=("title", "number"),
    derived={
        "parent_number": _parent_number,
        "version": newest_label,
        "filing_number": events.filing_number,
        **{field: events.latest(kind) for field, kind in DATED.items()},
    },
)


def save_plans(office: Office, entries: Sequence[PlanEntry], saving: Saving = Saving()) -> Saved:
    """Create or update plans by number; a superior plan may stand anywhere in the same entries.

    Raises InvalidInput for unknown units and superior plans, circles, and events out of order: approved, then
    published, then filed (生产安全事故应急预案管理办法 articles 24 and 26), nothing after retirement.
    A label that the plan has not had makes a further version, which the entry's dates belong to; without one they
    belong to the newest version. From a form, a new label is a better name for the newest version.
    """
    told = ToldVersions()
    return save(office, _PLANS, entries, saving, partial(_prepare, told), partial(_finish, told))


def _prepare(told: ToldVersions, batch: Batch) -> None:
    look_up_units(batch)
    told.prepare(batch)
    for i, entry in enumerate(batch.entries):
        _check_order(batch, i, cast(PlanEntry, entry))
    write_plan_numbers(batch, "parent_number", among_them=True)
    check_superiors(
        batch,
        "number",
        "parent_number",
        unknown=_("There is no plan with the number '{value}'."),
        named=no_plan_called(),
        circle=_("This plan would be above itself."),
    )


def _check_order(batch: Batch, i: int, entry: PlanEntry) -> None:
    """Only dates that stand in the same entry are compared; an approved plan may be assessed long after."""
    _not_before(batch, i, "published_on", entry.published_on, entry.approved_on, _("the approval"))
    _not_before(
        batch, i, "filed_on", entry.filed_on, entry.published_on or entry.approved_on, _("the publication")
    )
    _not_before(batch, i, "assessed_on", entry.assessed_on, entry.approved_on, _("the approval"))
    _not_before(
        batch,
        i,
        "retired_on",
        entry.retired_on,
        entry.published_on or entry.approved_on,
        _("the publication"),
    )
    unfiled = entry.filing_number and i not in batch.refused and not isinstance(entry.filed_on, date)
    if unfiled and not _is_filed(batch, entry):
        batch.refuse(i, "filed_on", _("A filing number needs the date of the filing."))


def _is_filed(batch: Batch, entry: PlanEntry) -> bool:
    """Whether an entry that does not say so is of a plan that was filed before."""
    record = Plan.id == batch.edited if batch.edited is not None else Plan.number == entry.number
    filed = (
        select(Plan.id).join(PlanEvent, PlanEvent.plan_id == Plan.id).where(record, PlanEvent.kind == "filed")
    )
    return entry.filed_on is UNSET and batch.connection.execute(filed.limit(1)).first() is not None


def _not_before(batch: Batch, i: int, field: str, day: Any, earlier: Any, event: str) -> None:
    if isinstance(day, date) and isinstance(earlier, date) and day < earlier:
        batch.refuse(i, field, _("Lies before {event} on {day}.").format(event=event, day=earlier))


def _finish(told: ToldVersions, work: Work, batch: Batch) -> None:
    moved = [*batch.new, *(i for i, fields in batch.changed.items() if "parent_number" in fields)]
    parents = {i: batch.given["parent_number"][i] for i in moved}
    numbers = {number for number in parents.values() if number}
    if numbers or any(i in batch.changed for i in moved):
        ids = dict(work.connection.execute(select(Plan.number, Plan.id)).all()) if numbers else {}
        rows = [
            {"_id": batch.id_of(i), "_parent": ids[number] if number else None}
            for i, number in parents.items()
        ]
        statement = update(Plan).where(Plan.id == bindparam("_id")).values(parent_id=bindparam("_parent"))
        work.connection.execute(statement, rows)
    told.write(work, batch)
    events.write_events(work, batch, told)
