"""Taking records out of use, and back: nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update

from drillapp.core.cards.model import Card
from drillapp.core.changes import Changes
from drillapp.core.database.base import Travelling
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.drills.record.reserving import release_supplies
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.levels.model import RequiredLevel
from drillapp.core.supplies.model import Item, Storehouse
from drillapp.core.supplies.stores.model import Shelf
from drillapp.core.teams.model import Team, TeamAgreement, TeamEquipment, TeamMember, TeamTraining
from drillapp.core.units.model import Person, Post, Unit
from drillapp.core.work import Work

_MODELS: dict[str, type[Travelling]] = {
    "units": Unit, "people": Person, "posts": Post, "plans": Plan, "drills": Drill, "findings": Finding,
    "items": Item, "storehouses": Storehouse, "categories": Category, "shelves": Shelf, "levels": RequiredLevel, "cards": Card, "teams": Team,
    "team_members": TeamMember, "team_equipment": TeamEquipment, "team_agreements": TeamAgreement,
    "team_trainings": TeamTraining,
}  # fmt: skip
"""What can be retired; log lines and movements are corrected by further ones."""


def retire(office: Office, kind: str, ids: Sequence[int], day: date | None) -> Changes:
    """Take records out of use from a day on, or with None put them back to use.

    What was set aside in the stores for a drill that is called off is given back.

    Raises InvalidInput for kinds that cannot be retired and for the office's own unit.
    """
    if kind not in _MODELS:
        raise InvalidInput(
            _("Records of this kind are corrected by further ones, not retired."),
            _("Enter a further one that puts it right."),
        )
    if kind == "units" and office.unit_id in ids and day is not None:
        raise InvalidInput(
            _("The office's own unit cannot be retired."), _("Retire the units below it instead.")
        )
    with office.write(f"retire {kind}" if day else f"put back {kind}") as work:
        retire_within(work, kind, ids, day)
        return work.changes


def retire_within(work: Work, kind: str, ids: Sequence[int], day: date | None) -> None:
    """The same as part of a larger command, for kinds that can be retired."""
    model: Any = _MODELS[kind]
    chosen = model.id.in_(list(ids)) & (model.owner_id == work.office_id)
    before = work.connection.execute(select(model.id, model.retired_on).where(chosen)).all()
    work.connection.execute(update(model).where(chosen).values(retired_on=day, revision=model.revision + 1))
    for key, old in before:
        if old != day:
            work.changed(kind, key, {"retired_on": (old, day)})
    if kind == "drills" and day is not None:
        release_supplies(work, [key for key, _old in before])
    work.touched(kind, None)
