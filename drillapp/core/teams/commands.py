"""What can be done with rescue teams: kept with their members, what they must have, agreements and trainings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import msgspec
from sqlalchemy import select

from drillapp.core.batch import Batch, Target
from drillapp.core.changes import Changes
from drillapp.core.database.base import still, table_of
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.retiring import retire, retire_within
from drillapp.core.saving import Saved, Saving, save, save_within
from drillapp.core.supplies.model import Item
from drillapp.core.supplies.quantities import check_quantities
from drillapp.core.supplies.references import look_up_items, look_up_storehouses
from drillapp.core.teams.entries import AgreementEntry, EquipmentEntry, MemberEntry, TeamEntry, TrainingEntry
from drillapp.core.teams.model import Team, TeamAgreement, TeamEquipment, TeamMember, TeamTraining
from drillapp.core.teams.references import given, look_up_teams
from drillapp.core.units.references import look_up_units

_LONGEST_TRAINING = 24 * 7
"""In hours."""

_TEAMS = Target(
    kind="teams",
    table=table_of(Team),
    key=("unit_id", "name"),
    fields=(
        "name",
        "kind",
        "leader",
        "phone",
        "members",
        "station",
        "response_minutes",
        "insured_until",
        "note",
    ),
    required=("unit_code", "name"),
    choices={"kind": "team_kind"},
    searched=("name",),
    key_field="name",
)
_MEMBERS = Target(
    kind="team_members",
    table=table_of(TeamMember),
    key=("team_id", "name"),
    fields=(
        "name", "role", "phone", "qualification", "qualified_until", "insured_until", "joined_on", "left_on", "note",
    ),
    required=("unit_code", "team", "name"),
    choices={"role": "team_role"},
    key_field="name",
)  # fmt: skip
_EQUIPMENT = Target(
    kind="team_equipment",
    table=table_of(TeamEquipment),
    key=("team_id", "item_id"),
    fields=("quantity",),
    required=("unit_code", "team", "item_code", "quantity"),
    key_field="item_code",
)
_AGREEMENTS = Target(
    kind="team_agreements",
    table=table_of(TeamAgreement),
    key=("team_id", "number"),
    fields=("number", "partner", "scope", "valid_from", "valid_until"),
    required=("unit_code", "team", "number", "partner"),
    key_field="number",
)
_TRAININGS = Target(
    kind="team_trainings",
    table=table_of(TeamTraining),
    key=("team_id", "held_on", "subject"),
    fields=("held_on", "subject", "hours", "attended", "trainer", "note"),
    required=("unit_code", "team", "held_on", "subject"),
    key_field="subject",
)


def save_teams(office: Office, entries: Sequence[TeamEntry], saving: Saving = Saving()) -> Saved:
    """Create or update teams by unit and name; raises InvalidInput for unknown units, kinds and storehouses."""
    return save(office, _TEAMS, entries, saving, _prepare_teams)


def save_members(office: Office, entries: Sequence[MemberEntry], saving: Saving = Saving()) -> Saved:
    """Create or update members by team and name; raises InvalidInput for unknown teams, and an end before the start."""
    return save(office, _MEMBERS, entries, saving, _prepare_members)


def save_equipment(office: Office, entries: Sequence[EquipmentEntry], saving: Saving = Saving()) -> Saved:
    """Say what teams must have of items; raises InvalidInput for unknown teams and items and for nothing of an item."""
    return save(office, _EQUIPMENT, entries, saving, _prepare_equipment)


def save_agreements(office: Office, entries: Sequence[AgreementEntry], saving: Saving = Saving()) -> Saved:
    """Create or update agreements by team and number; raises InvalidInput, also for an end before the start."""
    return save(office, _AGREEMENTS, entries, saving, _prepare_agreements)


def save_trainings(office: Office, entries: Sequence[TrainingEntry], saving: Saving = Saving()) -> Saved:
    """Create or update trainings by team, day and subject; raises InvalidInput, also for a day that has not come yet."""
    return save(office, _TRAININGS, entries, saving, partial(_prepare_trainings, office))


def require(office: Office, entry: EquipmentEntry) -> Saved:
    """Say what a team must have of an item, also of one that was asked for once and then no more.

    Raises as `save_equipment` does.
    """
    with office.write("require equipment") as work:
        saved = save_within(office, work, _EQUIPMENT, [entry], Saving(), _prepare_equipment)
        retired = select(TeamEquipment.id).where(
            TeamEquipment.id.in_(saved.ids), TeamEquipment.retired_on.is_not(None)
        )
        gone = list(work.connection.execute(retired).scalars())
        if not gone:
            return saved
        retire_within(work, "team_equipment", gone, None)
        return msgspec.structs.replace(saved, updated=1, unchanged=0, changes=work.changes)


def withdraw(office: Office, team_id: int, item_code: str, day: date) -> Changes:
    """Ask nothing of an item of a team any more, from a day on; raises NotFound when nothing was asked."""
    statement = (
        select(TeamEquipment.id)
        .join(Item, Item.id == TeamEquipment.item_id)
        .where(TeamEquipment.team_id == team_id, Item.code == item_code, still(TeamEquipment.retired_on, day))
    )
    with office.read() as connection:
        asked = list(connection.execute(statement).scalars())
    if not asked:
        raise NotFound(
            _("Nothing of the item '{code}' is asked of this team.").format(code=item_code),
            _("'drillapp team show' tells what is."),
        )
    return retire(office, "team_equipment", asked, day)


def _prepare_teams(batch: Batch) -> None:
    look_up_units(batch)
    look_up_storehouses(batch)
    for i, members in enumerate(batch.given["members"]):
        if isinstance(members, int) and members < 0:
            batch.refuse(i, "members", _("Must be 0 or more."))
    for i, minutes in enumerate(batch.given["response_minutes"]):
        if isinstance(minutes, int) and not 0 < minutes <= 24 * 60:
            batch.refuse(i, "response_minutes", _("Must be from 1 to {most} minutes.").format(most=24 * 60))


def _prepare_members(batch: Batch) -> None:
    look_up_teams(batch)
    _refuse_backward(batch, "joined_on", "left_on", _("Left on {end}, before joining on {begin}."))


def _prepare_equipment(batch: Batch) -> None:
    look_up_teams(batch)
    look_up_items(batch)
    check_quantities(batch)
    for i, quantity in enumerate(batch.given["quantity"]):
        if isinstance(quantity, int | float) and 0 <= quantity < 0.001:
            batch.refuse(i, "quantity", _("Must be more than 0."))


def _prepare_agreements(batch: Batch) -> None:
    look_up_teams(batch)
    _refuse_backward(batch, "valid_from", "valid_until", _("Ends on {end}, before it begins on {begin}."))


def _prepare_trainings(office: Office, batch: Batch) -> None:
    look_up_teams(batch)
    today = office.clock.today()
    for i, day in enumerate(batch.given["held_on"]):
        if given(day) and day > today:
            batch.refuse(
                i, "held_on", _("A training that was held cannot lie after today, {day}.").format(day=today)
            )
    for i, hours in enumerate(batch.given["hours"]):
        if isinstance(hours, int | float) and not 0 < hours <= _LONGEST_TRAINING:
            batch.refuse(
                i, "hours", _("Must be more than 0 and at most {most} hours.").format(most=_LONGEST_TRAINING)
            )
    for i, attended in enumerate(batch.given["attended"]):
        if isinstance(attended, int) and attended < 0:
            batch.refuse(i, "attended", _("Must be 0 or more."))


def _refuse_backward(batch: Batch, first: str, last: str, message: str) -> None:
    """Refuse entries whose end lies before their beginning; `message` has {begin} and {end}."""
    for i, (begin, end) in enumerate(zip(batch.given[first], batch.given[last], strict=True)):
        if given(begin) and given(end) and end < begin:
            batch.refuse(i, last, message.format(begin=begin, end=end))
